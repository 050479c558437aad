//! The page of a project's synset: where it stands, and its confidence table.

use super::ProjectsService;
use super::administration::turn_of;
use super::history::change;
use super::table::shown_row;
use crate::language::locale;
use crate::service::judging::{prior_of, sample_image, tally};
use crate::service::ontology::words;
use crate::service::settings::{self, count, in_force, of_project, overrides_of};
use crate::service::{Failure, Outcome};
use crate::texts::missing;
use app::api::projects::{Cell, LeansOn, Side, SourceLine, SynsetDetail, TableView};
use domain::consensus::{
    Calibration, CountedTable, Prior, SampleImage, Tally, Threshold, Uncertainty, Verdict,
};
use domain::wnid::Wnid;
use std::collections::HashMap;
use store::labeling::CalibrationRow;
use store::learning::PriorRow;
use store::projects::ProjectSynsetRow;
use store::sources::SourceRow;

/// Cells with this many votes are always shown.
const LEAST_SHOWN: u32 = 5;
/// Cells with more votes than this are only shown where images stand.
const MOST_SHOWN: u32 = 10;

impl ProjectsService {
    pub(super) async fn detail(
        &self,
        project: i64,
        wnid: &str,
        version: Option<i64>,
    ) -> Outcome<SynsetDetail> {
        let (project, wnid, row) = self.seeded(project, wnid).await?;
        let ontology = self.world.ontology.get();
        let own = overrides_of(&row);
        let settings = in_force(&of_project(&project), &own);
        let sample = self.world.store.sample_tallies(row.project_synset_id).await?;
        let complete = |row: &&store::candidates::SampleRow| {
            domain::consensus::initial_need(
                row.known.tally(),
                count(settings.initial_votes),
                count(settings.votes_cap),
            ) == 0
        };
        let ready = sample.iter().filter(complete).count();
        let versions = self.world.store.calibrations(row.project_synset_id).await?;
        let table = match asked_for(&versions, version)? {
            Some((shown, before)) => Some(self.table_view(shown, before, &row).await?),
            None => None,
        };
        Ok(SynsetDetail {
            project: (project.project_id, project.name.clone()),
            definition: ontology.get(wnid).map(|entry| entry.definition.to_owned()).unwrap_or_default(),
            hold_reason: row.hold_reason.clone(),
            turn: turn_of(row.priority),
            initial_sample: (length(sample.len()), length(ready)),
            table,
            sources: self.sources(&row).await?,
            history: self.versions(&versions)?,
            settings: settings::shown(&settings),
            overrides: settings::shown_overrides(&own),
            progress: self.progress(row.project_synset_id).await?,
            row: shown_row(&row, words(&ontology, wnid)),
        })
    }

    async fn table_view(
        &self,
        row: &CalibrationRow,
        before: Option<&CalibrationRow>,
        synset: &ProjectSynsetRow,
    ) -> Outcome<TableView> {
        let id = synset.project_synset_id;
        let built = self.tables.of(row)?;
        let prior = match row.prior_id {
            Some(prior) => self.world.store.prior(prior).await?,
            None => None,
        };
        let through = self.world.store.recounted_sample_through(id, row.through()).await?;
        let sample: Vec<SampleImage> = through.iter().map(|row| sample_image(row.known.facts())).collect();
        let standing = self.world.store.tally_counts(id).await?;
        let standing = standing
            .into_iter()
            .map(|(yes, no, unsure, images)| ((tally(yes, no, unsure).weighted()), images));
        let mut images = HashMap::new();
        for ((yes, no), number) in standing {
            *images.entry((yes.floor() as u32, no.floor() as u32)).or_insert(0) += number;
        }
        let before = before.map(|before| self.tables.of(before)).transpose()?;
        let shown_votes = shown_votes(&built);
        Ok(TableView {
            version: row.version,
            created_at: row.created_at,
            cells: cells(&built, &prior_of(prior.as_ref())?, &sample, &images, shown_votes),
            method: row.method.to_string(),
            leans_on: prior.map(|prior| self.leans_on(prior)),
            shown_votes,
            change: before.map(|before| change(&before, &built, &images)),
            threshold: built.threshold().map(Threshold::get),
            rejection: built.rejection().get(),
            votes_cap: built.cap(),
            images: row.images,
            anchored: row.anchored,
            prevalence: row.prevalence,
            good_yes_rate: row.good_yes_rate,
            bad_yes_rate: row.bad_yes_rate,
            stated_precision: built.forecast().mean_confidence_of_accepted,
            expected_votes: built.forecast().expected_votes,
            expected_acceptance: built.forecast().acceptance,
        })
    }
}

impl ProjectsService {
    /// Where the synset's images come from, and the share of good ones that each source's are judged by.
    async fn sources(&self, synset: &ProjectSynsetRow) -> Outcome<Vec<SourceLine>> {
        let built = match synset.calibration_id {
            Some(id) => {
                self.world.store.calibration(id).await?.map(|row| self.tables.of(&row)).transpose()?
            }
            None => None,
        };
        let rows = self.world.store.sources_of_synset(synset.project_synset_id).await?;
        let line = |row: SourceRow| SourceLine {
            share: built.as_ref().map(|built| built.prevalence_in(row.source())),
            name: row.name,
            candidates: row.candidates,
            positive: row.positive,
            negative: row.negative,
            votes: row.votes,
        };
        Ok(rows.into_iter().map(line).collect())
    }

    fn leans_on(&self, prior: PriorRow) -> LeansOn {
        let ancestor = prior.wnid.map(|wnid| {
            let synonyms = Wnid::parse(&wnid).map(|known| words(&self.world.ontology.get(), known));
            (wnid, synonyms.unwrap_or_default())
        });
        LeansOn { ancestor, synsets: prior.synsets, images: prior.images }
    }
}

/// The version asked for, or the newest, with the one before it.
fn asked_for(
    versions: &[CalibrationRow],
    version: Option<i64>,
) -> Outcome<Option<(&CalibrationRow, Option<&CalibrationRow>)>> {
    let mut pairs = std::iter::once(None).chain(versions.iter().map(Some)).zip(versions);
    let Some(version) = version else {
        return Ok(pairs.last().map(|(before, row)| (row, before)));
    };
    let unknown = || {
        Failure::not_found(match versions.len() {
            0 => missing::version_before_any(locale(), version.to_string()),
            n => missing::version(locale(), version.to_string(), n.to_string()),
        })
    };
    pairs.find(|(_, row)| row.version == version).map(|(before, row)| Some((row, before))).ok_or_else(unknown)
}

/// Votes up to which cells are shown: one more than the shortest way to acceptance, so that the line is in sight.
fn shown_votes(built: &Calibration) -> u32 {
    let needed = built.threshold().and_then(|threshold| built.table().votes_to_reach(threshold.get()));
    needed.map_or(LEAST_SHOWN, |votes| votes + 1).clamp(LEAST_SHOWN, MOST_SHOWN)
}

fn cells(
    built: &Calibration,
    prior: &Prior,
    sample: &[SampleImage],
    images: &HashMap<(u32, u32), i64>,
    shown: u32,
) -> Vec<Cell> {
    let counted = CountedTable::from_sample(sample);
    let uncertainty = Uncertainty::of(built.table(), sample, prior);
    let triangle = (0..=shown).flat_map(|yes| (0..=shown - yes).map(move |no| (yes, no)));
    let mut beyond: Vec<(u32, u32)> = images.keys().copied().filter(|(yes, no)| yes + no > shown).collect();
    beyond.sort_unstable();
    let cell = |(yes, no)| {
        let counted = counted.cell(yes, no);
        let interval = uncertainty.interval(yes, no);
        Cell {
            yes,
            no,
            confidence: built.table().confidence(yes, no),
            low: interval.low,
            high: interval.high,
            counted: counted.and_then(|cell| cell.confidence),
            support: counted.map_or(0.0, |cell| cell.support),
            images: images.get(&(yes, no)).copied().unwrap_or(0),
            side: side(built.judge(Tally { yes, no, unsure: 0 }).verdict),
        }
    };
    triangle.chain(beyond).map(cell).collect()
}

fn side(verdict: Verdict) -> Side {
    match verdict {
        Verdict::Positive => Side::Accepts,
        Verdict::Negative => Side::Rejects,
        Verdict::Escalated => Side::Escalates,
        Verdict::Undecided => Side::Asks,
    }
}

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
