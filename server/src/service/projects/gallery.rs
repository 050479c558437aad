//! The galleries of a project's synset, and the page of one image.
//!
//! Confidence follows from the votes, so an order by it is an order of groups of equal votes: the groups are sorted here by the
//! rules of `domain`, and the database goes through them. A place in a gallery is what stood there last, its votes and its id; so
//! it keeps its meaning when other images come, go, or are voted on.

use super::ProjectsService;
use crate::language::locale;
use crate::service::judging::from_row;
use crate::service::ontology::words;
use crate::service::pictures::{picture_address, picture_addresses};
use crate::service::{Failure, Outcome};
use crate::texts::{missing, watching as say};
use app::api::projects::{
    Gallery, GalleryKind, GallerySort, GalleryTile, ImageDetail, RelatedImage, Said, VoteLine,
};
use domain::consensus::votes::WHOLE;
use domain::consensus::{Calibration, Judgement, Order, Place, Reason, Tally, Threshold, Verdict};
use domain::quality::Share;
use media::BlobKind;
use std::cmp::Ordering;
use store::candidates::{CandidateRow, GalleryFilter, GalleryGroup, VoteRow, Way};

/// Tiles on a page of a gallery.
const TILES_A_PAGE: i64 = 60;

/// What stood at a place of a gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cursor {
    tally: Tally,
    by_expert: bool,
    candidate: i64,
}

impl Cursor {
    fn at(row: &CandidateRow) -> Self {
        Self {
            tally: row.known.tally(),
            by_expert: row.reason.as_deref() == Some(Reason::Expert.as_str()),
            candidate: row.candidate_id,
        }
    }

    fn text(self) -> String {
        let Tally { yes, no, unsure } = self.tally;
        format!("{yes}.{no}.{unsure}.{}.{}", u8::from(self.by_expert), self.candidate)
    }

    fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<i64> = text.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        let [yes, no, unsure, by_expert, candidate]: [i64; 5] = numbers.try_into().ok()?;
        let count = |votes: i64| u32::try_from(votes).ok();
        let tally = Tally { yes: count(yes)?, no: count(no)?, unsure: count(unsure)? };
        Some(Self { tally, by_expert: by_expert == 1, candidate })
    }
}

/// A synset's images of a kind in an order.
struct Shelf<'a> {
    synset: i64,
    kind: GalleryKind,
    sort: GallerySort,
    built: Option<&'a Calibration>,
}

/// Groups to be read in this order, each with how many, and the place before the first if there is one.
type Places = (Vec<(GalleryGroup, i64)>, Option<(i64, i64)>);

impl Shelf<'_> {
    fn order(&self) -> Option<Order> {
        match self.sort {
            GallerySort::Newest => None,
            GallerySort::MostConfident => self.built.map(|_| Order::MostConfident),
            GallerySort::LeastConfident => self.built.map(|_| Order::LeastConfident),
            GallerySort::Disagreement => Some(Order::Disagreement),
        }
    }

    fn place(&self, order: Order, tally: Tally, by_expert: bool) -> Place {
        let by_votes = || self.built.map_or(0.0, |built| built.judge(tally).confidence);
        let confidence = match self.kind {
            GalleryKind::Positive if by_expert => Judgement::by_expert(true).confidence,
            GalleryKind::Negative if by_expert => Judgement::by_expert(false).confidence,
            _ => by_votes(),
        };
        order.place(tally, confidence)
    }

    /// The groups from a cursor on that hold at least `limit` images, each with its place among all.
    fn places(
        &self,
        order: Order,
        groups: &[GalleryGroup],
        from: Option<Cursor>,
        (way, limit): (Way, i64),
    ) -> Places {
        let start = from.map(|cursor| self.place(order, cursor.tally, cursor.by_expert));
        let mut placed: Vec<(Place, GalleryGroup)> =
            groups.iter().map(|group| (self.place(order, group.tally(), group.by_expert), *group)).collect();
        placed.sort_by(|a, b| a.0.compare(&b.0));
        if way == Way::Back {
            placed.reverse();
        }
        // Places are numbered from the cursor's, which is 0: later ones above it, earlier ones below.
        let step = if way == Way::On { 1 } else { -1 };
        let (mut place, mut before, mut held) = (0, start, 0);
        let mut named = Vec::new();
        for (at, group) in placed {
            let ahead = start.map_or(Ordering::Greater, |start| match way {
                Way::On => at.compare(&start),
                Way::Back => start.compare(&at),
            });
            if ahead == Ordering::Less {
                continue;
            }
            if before.is_none_or(|before| before.compare(&at) != Ordering::Equal) {
                if held >= limit {
                    break;
                }
                (place, before) = (place + step, Some(at));
            }
            // The cursor's own group may hold nothing beyond it.
            if ahead == Ordering::Greater {
                held += group.candidates;
            }
            named.push((group, place));
        }
        (named, from.map(|cursor| (0, cursor.candidate)))
    }
}

impl ProjectsService {
    pub(super) async fn gallery_of(
        &self,
        project: i64,
        wnid: &str,
        (kind, sort): (GalleryKind, GallerySort),
        after: Option<&str>,
    ) -> Outcome<Gallery> {
        let (_, _, synset) = self.seeded(project, wnid).await?;
        let unreadable = || Failure::invalid(say::damaged_synset(locale()));
        let after = after.map(|text| Cursor::parse(text).ok_or_else(unreadable)).transpose()?;
        let built = self.calibration(synset.project_synset_id).await?;
        let shelf = Shelf { synset: synset.project_synset_id, kind, sort, built: built.as_ref() };
        let mut rows = self.taken(&shelf, after, Way::On, TILES_A_PAGE + 1).await?;
        let page = usize::try_from(TILES_A_PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > page;
        rows.truncate(page);
        let next = rows.last().filter(|_| more).map(|row| Cursor::at(row).text());
        let tiles = rows.iter().map(|row| gallery_tile(row, built.as_ref())).collect();
        Ok(Gallery { kind, sort, tiles, next, has_table: built.is_some() })
    }

    pub(super) async fn image_of(
        &self,
        project: i64,
        wnid: &str,
        candidate: i64,
        kind: Option<GalleryKind>,
        sort: GallerySort,
    ) -> Outcome<ImageDetail> {
        let (project, wnid, synset) = self.seeded(project, wnid).await?;
        let id = synset.project_synset_id;
        let unknown = || {
            Failure::not_found(missing::candidate_of_synset(
                locale(),
                wnid.to_string(),
                candidate.to_string(),
            ))
        };
        let row = self.world.store.candidate(candidate).await?.filter(|row| row.project_synset_id == id);
        let row = row.ok_or_else(unknown)?;
        let image = self.world.store.image(&row.sha256).await?;
        let image = image.ok_or_else(|| Failure::Defect(format!("candidate {candidate} has no image")))?;
        let built = self.calibration(id).await?;
        let stands = kind_of(&row);
        let kind = kind.unwrap_or(stands);
        let shelf = Shelf { synset: id, kind, sort, built: built.as_ref() };
        let here = Some(Cursor::at(&row));
        let previous = self.taken(&shelf, here, Way::Back, 1).await?.first().map(|row| row.candidate_id);
        let next = self.taken(&shelf, here, Way::On, 1).await?.first().map(|row| row.candidate_id);
        let votes = self.world.store.votes_on(candidate).await?;
        Ok(ImageDetail {
            project: (project.project_id, project.name.clone()),
            wnid: wnid.to_string(),
            words: words(&self.world.ontology.get(), wnid),
            tile: gallery_tile(&row, built.as_ref()),
            stands,
            kind,
            sort,
            previous,
            next,
            votes: votes.into_iter().map(vote_line).collect(),
            selected: selected(&row),
            votes_that_decide: built.as_ref().and_then(|built| built.method().fixed_votes()),
            threshold: built.as_ref().and_then(Calibration::threshold).map(Threshold::get),
            rejection: built.as_ref().map_or(0.0, |built| built.rejection().get()),
            reports: row.known.reports,
            in_initial_sample: row.in_initial_sample,
            settled_at: row.settled_at,
            creator: row.creator.clone(),
            counted_under: self.counted_under(&row).await?,
            related: self.related(&row).await?,
            created_at: row.created_at,
            width: image.width,
            height: image.height,
            bytes: image.bytes,
            format: image.format,
        })
    }

    async fn counted_under(&self, row: &CandidateRow) -> Outcome<Option<String>> {
        Ok(match row.known.source_id {
            Some(source) => self.world.store.source_name(source).await?,
            None => None,
        })
    }

    /// What the same image's verdict in a related synset says of it.
    async fn related(&self, row: &CandidateRow) -> Outcome<Option<RelatedImage>> {
        let (Some(chance), Some(other)) = (row.known.related, row.related_candidate_id) else {
            return Ok(None);
        };
        let Some(other) = self.world.store.candidate(other).await? else { return Ok(None) };
        let Some(synset) = self.world.store.project_synset_by_id(other.project_synset_id).await? else {
            return Ok(None);
        };
        Ok(Some(RelatedImage {
            wnid: synset.wnid.to_string(),
            words: words(&self.world.ontology.get(), synset.wnid),
            candidate: other.candidate_id,
            good: Judgement::by_related(chance as f64 / f64::from(WHOLE)).verdict == Verdict::Positive,
            decides: row.reason.as_deref() == Some(Reason::Related.as_str()),
        }))
    }

    async fn calibration(&self, project_synset: i64) -> Outcome<Option<Calibration>> {
        self.world.store.latest_calibration(project_synset).await?.map(|row| from_row(&row)).transpose()
    }

    /// At most `limit` candidates of a gallery beyond a place.
    async fn taken(
        &self,
        shelf: &Shelf<'_>,
        from: Option<Cursor>,
        way: Way,
        limit: i64,
    ) -> Outcome<Vec<CandidateRow>> {
        let (store, synset, filter) = (&self.world.store, shelf.synset, filter(shelf.kind));
        let Some(order) = shelf.order() else {
            return Ok(store.gallery(synset, filter, from.map(|from| from.candidate), way, limit).await?);
        };
        let groups = store.gallery_groups(synset, filter).await?;
        let (places, from) = shelf.places(order, &groups, from, (way, limit));
        Ok(store.gallery_placed(synset, filter, &places, from, way, limit).await?)
    }
}

/// The share of votes that say yes, with its interval.
fn selected(row: &CandidateRow) -> Option<(f64, f64, f64)> {
    let tally = row.known.tally();
    let share = Share { hits: tally.yes, of: tally.total() };
    let (low, high) = share.interval()?;
    Some((share.rate()?, low, high))
}

/// What a vote counts for, where that is less than a whole one.
fn weight(row: &VoteRow) -> Option<f64> {
    let of = |millionths: i64| millionths as f64 / 1e6;
    let weight = match said(row.corrected.as_ref().unwrap_or(&row.answer)) {
        Said::Yes => of(row.weight_yes),
        Said::No => of(row.weight_no),
        Said::Unsure => f64::midpoint(of(row.weight_yes), of(row.weight_no)),
        Said::TakenBack => return None,
    };
    (weight < 1.0).then_some(weight)
}

fn vote_line(row: VoteRow) -> VoteLine {
    let weight = weight(&row);
    VoteLine {
        worker: row.worker,
        answer: said(&row.answer),
        voted_at: row.voted_at,
        corrected: row.corrected.as_deref().map(said).zip(row.corrected_at),
        excluded: row.excluded,
        weight,
    }
}

fn said(answer: &str) -> Said {
    match answer {
        "yes" => Said::Yes,
        "no" => Said::No,
        "unsure" => Said::Unsure,
        _ => Said::TakenBack,
    }
}

fn kind_of(row: &CandidateRow) -> GalleryKind {
    match row.verdict {
        _ if row.duplicate_of.is_some() => GalleryKind::Duplicate,
        Verdict::Positive => GalleryKind::Positive,
        Verdict::Negative => GalleryKind::Negative,
        Verdict::Escalated => GalleryKind::Escalated,
        Verdict::Undecided => GalleryKind::Open,
    }
}

fn gallery_tile(row: &CandidateRow, built: Option<&Calibration>) -> GalleryTile {
    let (small, large) = picture_addresses(&row.sha256);
    GalleryTile {
        candidate: row.candidate_id,
        small,
        medium: picture_address(BlobKind::Medium, &row.sha256),
        large,
        tally: (row.known.yes, row.known.no, row.known.unsure),
        confidence: (row.duplicate_of.is_none() && (built.is_some() || row.known.expert.is_some()))
            .then(|| row.known.facts().judge(built).confidence),
        reason: row.reason.as_deref().and_then(Reason::parse).map(|reason| in_words(reason).to_owned()),
        file_name: row.file_name.clone(),
        source_url: row.source_url.clone(),
        licence: row.licence.clone(),
        attribution: row.attribution.clone(),
        duplicate_of: row.duplicate_of.zip(row.duplicate_distance),
    }
}

fn in_words(reason: Reason) -> &'static str {
    match reason {
        Reason::AboveThreshold => say::above_threshold(locale()),
        Reason::BelowRejection => say::below_rejection(locale()),
        Reason::CapReached => say::cap_reached(locale()),
        Reason::VotedYes => say::voted_yes(locale()),
        Reason::VotedNo => say::voted_no(locale()),
        Reason::NoMajority => say::no_majority(locale()),
        Reason::Expert => say::by_expert(locale()),
        Reason::Related => say::by_related(locale()),
        Reason::Reported => say::reported(locale()),
    }
}

fn filter(kind: GalleryKind) -> GalleryFilter {
    match kind {
        GalleryKind::Positive => GalleryFilter::Positive,
        GalleryKind::Negative => GalleryFilter::Negative,
        GalleryKind::Open => GalleryFilter::Open,
        GalleryKind::Escalated => GalleryFilter::Escalated,
        GalleryKind::Duplicate => GalleryFilter::Duplicate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(yes: i64, no: i64, candidates: i64) -> GalleryGroup {
        GalleryGroup { yes, no, unsure: 0, by_expert: false, candidates }
    }

    fn disputed() -> Shelf<'static> {
        Shelf { synset: 1, kind: GalleryKind::Open, sort: GallerySort::Disagreement, built: None }
    }

    fn named(from: Option<(u32, u32)>, way: Way, limit: i64) -> Vec<(i64, i64, i64)> {
        let groups = [group(3, 0, 10), group(1, 1, 2), group(2, 2, 1), group(0, 0, 90), group(0, 3, 5)];
        let from = from.map(|(yes, no)| Cursor {
            tally: Tally { yes, no, unsure: 0 },
            by_expert: false,
            candidate: 7,
        });
        let (places, _) = disputed().places(Order::Disagreement, &groups, from, (way, limit));
        places.into_iter().map(|(group, place)| (group.yes, group.no, place)).collect()
    }

    #[test]
    fn groups_are_named_until_they_fill_a_page_and_equal_ones_share_a_place() {
        assert_eq!(named(None, Way::On, 3), [(2, 2, 1), (1, 1, 2)]);
        assert_eq!(named(None, Way::On, 4), [(2, 2, 1), (1, 1, 2), (3, 0, 3), (0, 3, 3)]);
        assert_eq!(named(None, Way::On, 500).last(), Some(&(0, 0, 4)));
    }

    #[test]
    fn a_cursor_keeps_its_own_group_and_leaves_out_what_came_before() {
        assert_eq!(named(Some((1, 1)), Way::On, 2), [(1, 1, 0), (3, 0, 1), (0, 3, 1)]);
        // A tally that no image has any more still has its place.
        assert_eq!(named(Some((2, 1)), Way::On, 2), [(3, 0, 1), (0, 3, 1)]);
        assert_eq!(named(Some((2, 1)), Way::Back, 9), [(1, 1, -1), (2, 2, -2)]);
        assert_eq!(named(Some((1, 1)), Way::Back, 1), [(1, 1, 0), (2, 2, -1)]);
    }

    #[test]
    fn a_cursor_comes_back_from_its_text_and_nonsense_does_not() {
        let cursor = Cursor { tally: Tally { yes: 3, no: 1, unsure: 2 }, by_expert: true, candidate: 812 };
        assert_eq!(Cursor::parse(&cursor.text()), Some(cursor));
        for nonsense in ["", "812", "1.2.3.4", "1.2.3.0.x", "-1.0.0.0.5", "1.2.3.0.5.6"] {
            assert_eq!(Cursor::parse(nonsense), None, "{nonsense}");
        }
    }
}
