//! What managers watch, and what admins set.

use super::judging::{Bench, Tables, from_row, sample_image, tally};
use super::labeling::picture_addresses;
use super::ontology::{known, words};
use super::settings::{self, count, in_force, of_project, overrides_of, sentence};
use super::{Failure, Outcome, importing};
use crate::world::World;
use app::api::projects::{
    Cell, Gallery, GalleryKind, GalleryTile, ProjectLine, ProjectPage, SettingsForm, SynsetDetail, SynsetRow,
    SynsetSort, SynsetState, TableView, Totals,
};
use app::backend::{Answer, Projects};
use app::viewer::{Admin, Manager};
use async_trait::async_trait;
use domain::consensus::{Calibration, CountedTable, Reason, SampleImage, Threshold};
use domain::text::ProjectName;
use domain::wnid::Wnid;
use std::collections::HashMap;
use store::StoreError;
use store::candidates::{CandidateRow, GalleryFilter};
use store::labeling::CalibrationRow;
use store::projects::{
    ProjectRow, ProjectSynsetRow, SynsetCursor, SynsetOrder, SynsetState as StoredState, TotalsRow,
};

/// Rows on a page of synsets.
const SYNSETS_A_PAGE: i64 = 100;
/// Tiles on a page of a gallery.
const TILES_A_PAGE: i64 = 60;
/// Cells with at most this many votes are shown as a triangle; the counted table has no others.
const SHOWN_VOTES: u32 = 5;

/// Implements [`Projects`].
pub struct ProjectsService {
    world: World,
    tables: Tables,
}

#[async_trait]
impl Projects for ProjectsService {
    async fn list(&self, _: &Manager) -> Answer<Vec<ProjectLine>> {
        Ok(self.lines().await?)
    }

    async fn page(
        &self,
        _: &Manager,
        project: i64,
        sort: SynsetSort,
        descending: bool,
        after: Option<&str>,
    ) -> Answer<ProjectPage> {
        Ok(self.table(project, sort, descending, after).await?)
    }

    async fn synset(&self, _: &Manager, project: i64, wnid: &str) -> Answer<SynsetDetail> {
        Ok(self.detail(project, wnid).await?)
    }

    async fn gallery(
        &self,
        _: &Manager,
        project: i64,
        wnid: &str,
        kind: GalleryKind,
        after: Option<i64>,
    ) -> Answer<Gallery> {
        Ok(self.gallery_of(project, wnid, kind, after).await?)
    }

    async fn create(&self, admin: &Admin, name: &str) -> Answer<i64> {
        Ok(create(&self.world, Some(admin.id()), name).await?)
    }

    async fn change_settings(&self, admin: &Admin, project: i64, form: SettingsForm) -> Answer<()> {
        Ok(self.set_project(admin, project, &form).await?)
    }

    async fn change_overrides(
        &self,
        admin: &Admin,
        project: i64,
        wnid: &str,
        form: SettingsForm,
    ) -> Answer<()> {
        Ok(self.set_synset(admin, project, wnid, &form).await?)
    }

    async fn pause(&self, admin: &Admin, project: i64, wnid: &str, paused: bool) -> Answer<()> {
        Ok(self.set_paused(admin, project, wnid, paused).await?)
    }
}

/// Makes a project with the usual settings and returns its id.
///
/// # Errors
/// The name is taken or not usable; the database.
pub async fn create(world: &World, by: Option<i64>, name: &str) -> Outcome<i64> {
    let name = ProjectName::parse(name).map_err(|error| Failure::invalid(sentence(&error.to_string())))?;
    let now = world.now();
    let mut tx = world.store.begin().await?;
    let id = match tx.insert_project(name.as_str(), &settings::usual(), now).await {
        Err(StoreError::Conflict(_)) => {
            return Err(Failure::conflict(format!(
                "There is a project named {name:?} already.",
                name = name.as_str()
            )));
        }
        other => other?,
    };
    tx.record_event(by, "create project", &format!("project {id}"), name.as_str(), now).await?;
    tx.commit().await?;
    Ok(id)
}

impl ProjectsService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        Self { world, tables: Tables::default() }
    }

    async fn lines(&self) -> Outcome<Vec<ProjectLine>> {
        let mut lines = Vec::new();
        for row in self.world.store.projects().await? {
            lines.push(self.line(&row).await?);
        }
        Ok(lines)
    }

    async fn line(&self, row: &ProjectRow) -> Outcome<ProjectLine> {
        let totals = self.world.store.totals(row.project_id).await?;
        Ok(ProjectLine { project: row.project_id, name: row.name.clone(), totals: shown_totals(&totals) })
    }

    async fn project(&self, id: i64) -> Outcome<ProjectRow> {
        let unknown = || Failure::not_found(format!("There is no project {id}."));
        self.world.store.project(id).await?.ok_or_else(unknown)
    }

    async fn seeded(&self, project: i64, wnid: &str) -> Outcome<(ProjectRow, Wnid, ProjectSynsetRow)> {
        let project = self.project(project).await?;
        let wnid = known(&self.world.ontology.get(), wnid)?;
        let row = self.world.store.project_synset(project.project_id, wnid).await?;
        let unknown =
            || Failure::not_found(format!("Synset {wnid} is not seeded in project {:?}.", project.name));
        let row = row.ok_or_else(unknown)?;
        Ok((project, wnid, row))
    }

    async fn table(
        &self,
        project: i64,
        sort: SynsetSort,
        descending: bool,
        after: Option<&str>,
    ) -> Outcome<ProjectPage> {
        let project = self.project(project).await?;
        let unreadable = || Failure::invalid("The address of this page is damaged; open the project again.");
        let after = after.map(|text| SynsetCursor::parse(text).ok_or_else(unreadable)).transpose()?;
        let order = order(sort);
        let id = project.project_id;
        let mut rows =
            self.world.store.synset_page(id, order, descending, after.as_ref(), SYNSETS_A_PAGE + 1).await?;
        let page = usize::try_from(SYNSETS_A_PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > page;
        rows.truncate(page);
        let next = rows.last().filter(|_| more).map(|row| row.cursor.to_string());
        let rows = rows
            .iter()
            .map(|row| shown_row(&row.row, row.words.lines().map(str::to_owned).collect()))
            .collect();
        Ok(ProjectPage {
            project: self.line(&project).await?,
            settings: settings::shown(&of_project(&project)),
            rows,
            next,
        })
    }

    async fn detail(&self, project: i64, wnid: &str) -> Outcome<SynsetDetail> {
        let (project, wnid, row) = self.seeded(project, wnid).await?;
        let ontology = self.world.ontology.get();
        let own = overrides_of(&row);
        let settings = in_force(&of_project(&project), &own);
        let sample = self.world.store.sample_tallies(row.project_synset_id).await?;
        let complete = |row: &&store::candidates::SampleRow| {
            domain::consensus::initial_need(
                row.tally(),
                count(settings.initial_votes),
                count(settings.votes_cap),
            ) == 0
        };
        let ready = sample.iter().filter(complete).count();
        let table = match self.world.store.latest_calibration(row.project_synset_id).await? {
            Some(calibration) => Some(self.table_view(&calibration, &row).await?),
            None => None,
        };
        Ok(SynsetDetail {
            project: (project.project_id, project.name.clone()),
            definition: ontology.get(wnid).map(|entry| entry.definition.to_owned()).unwrap_or_default(),
            hold_reason: row.hold_reason.clone(),
            initial_sample: (length(sample.len()), length(ready)),
            table,
            settings: settings::shown(&settings),
            overrides: settings::shown_overrides(&own),
            row: shown_row(&row, words(&ontology, wnid)),
        })
    }

    async fn table_view(&self, row: &CalibrationRow, synset: &ProjectSynsetRow) -> Outcome<TableView> {
        let id = synset.project_synset_id;
        let built = self.tables.of(row)?;
        let through = self.world.store.recounted_sample_through(id, row.through_submission_id).await?;
        let sample: Vec<SampleImage> = through.iter().map(|row| sample_image(row.tally())).collect();
        let standing = self.world.store.tally_counts(id).await?;
        let standing = standing
            .into_iter()
            .map(|(yes, no, unsure, images)| ((tally(yes, no, unsure).weighted()), images));
        let mut images = HashMap::new();
        for ((yes, no), number) in standing {
            *images.entry((yes.floor() as u32, no.floor() as u32)).or_insert(0) += number;
        }
        Ok(TableView {
            version: row.version,
            created_at: row.created_at,
            cells: cells(&built, &CountedTable::from_sample(&sample), &images),
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

    async fn gallery_of(
        &self,
        project: i64,
        wnid: &str,
        kind: GalleryKind,
        after: Option<i64>,
    ) -> Outcome<Gallery> {
        let (_, _, synset) = self.seeded(project, wnid).await?;
        let id = synset.project_synset_id;
        let built = match self.world.store.latest_calibration(id).await? {
            Some(row) => Some(from_row(&row)?),
            None => None,
        };
        let mut rows = self.world.store.gallery(id, filter(kind), after, TILES_A_PAGE + 1).await?;
        let page = usize::try_from(TILES_A_PAGE).unwrap_or(usize::MAX);
        let more = rows.len() > page;
        rows.truncate(page);
        let next = rows.last().filter(|_| more).map(|row| row.candidate_id);
        let tiles = rows.iter().map(|row| gallery_tile(row, built.as_ref())).collect();
        Ok(Gallery { kind, tiles, next })
    }

    async fn set_project(&self, admin: &Admin, project: i64, form: &SettingsForm) -> Outcome<()> {
        let wanted = settings::read_complete(form)?;
        let row = self.project(project).await?;
        let synsets = self.world.store.synsets_of_project(project).await?;
        for synset in &synsets {
            let own = overrides_of(synset);
            let named = |failure| {
                Failure::invalid(format!("Synset {} overrides some of this: {failure}", synset.wnid))
            };
            settings::policy(&in_force(&wanted, &own)).map_err(named)?;
        }
        let before = of_project(&row);
        let mut tx = self.world.store.begin().await?;
        tx.update_project_settings(project, &wanted).await?;
        let detail = format!("{wanted:?}");
        tx.record_event(Some(admin.id()), "set", &format!("project {project}"), &detail, self.world.now())
            .await?;
        tx.commit().await?;
        for synset in synsets {
            let own = overrides_of(&synset);
            if in_force(&before, &own) != in_force(&wanted, &own) {
                self.apply(synset.project_synset_id).await?;
            }
        }
        Ok(())
    }

    async fn set_synset(&self, admin: &Admin, project: i64, wnid: &str, form: &SettingsForm) -> Outcome<()> {
        let wanted = settings::read(form)?;
        let (project, wnid, row) = self.seeded(project, wnid).await?;
        settings::policy(&in_force(&of_project(&project), &wanted))?;
        let mut tx = self.world.store.begin().await?;
        tx.update_overrides(row.project_synset_id, &wanted).await?;
        let subject = format!("synset {wnid} of project {}", project.project_id);
        tx.record_event(Some(admin.id()), "set", &subject, &format!("{wanted:?}"), self.world.now()).await?;
        tx.commit().await?;
        self.apply(row.project_synset_id).await
    }

    /// Puts changed settings into force: near duplicates, the sample, and the table with every verdict that hangs on it. It
    /// gives the same result however often it runs, so a change that was interrupted is finished by saving it again.
    async fn apply(&self, project_synset: i64) -> Outcome<()> {
        let now = self.world.now();
        let mut tx = self.world.store.begin().await?;
        let mut bench = Bench::lock(&mut tx, &self.tables, project_synset).await?;
        importing::mark_near_duplicates(&mut tx, &mut bench, &self.tables, now).await?;
        if bench.table.is_some() {
            bench.calibrate(&mut tx, &self.tables, now).await?;
        } else if bench.synset.state != StoredState::Waiting {
            bench.draw_sample(&mut tx, self.world.chance.seed()).await?;
            bench.judge(&mut tx, &self.tables, &[], now).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn set_paused(&self, admin: &Admin, project: i64, wnid: &str, paused: bool) -> Outcome<()> {
        let (project, wnid, row) = self.seeded(project, wnid).await?;
        let mut tx = self.world.store.begin().await?;
        tx.set_paused(row.project_synset_id, paused).await?;
        let subject = format!("synset {wnid} of project {}", project.project_id);
        tx.record_event(
            Some(admin.id()),
            if paused { "pause" } else { "resume" },
            &subject,
            "",
            self.world.now(),
        )
        .await?;
        Ok(tx.commit().await?)
    }
}

fn cells(built: &Calibration, counted: &CountedTable, images: &HashMap<(u32, u32), i64>) -> Vec<Cell> {
    let triangle = (0..=SHOWN_VOTES).flat_map(|yes| (0..=SHOWN_VOTES - yes).map(move |no| (yes, no)));
    let unanimous = (SHOWN_VOTES + 1..=built.cap()).map(|yes| (yes, 0));
    let cell = |(yes, no)| {
        let counted = counted.cell(yes, no);
        Cell {
            yes,
            no,
            confidence: built.table().confidence(yes, no),
            counted: counted.and_then(|cell| cell.confidence),
            support: counted.map_or(0.0, |cell| cell.support),
            images: images.get(&(yes, no)).copied().unwrap_or(0),
        }
    };
    triangle.chain(unanimous).map(cell).collect()
}

fn gallery_tile(row: &CandidateRow, built: Option<&Calibration>) -> GalleryTile {
    let (small, large) = picture_addresses(&row.sha256);
    let votes = tally(row.yes, row.no, row.unsure);
    GalleryTile {
        candidate: row.candidate_id,
        small,
        large,
        tally: (row.yes, row.no, row.unsure),
        confidence: built.filter(|_| row.duplicate_of.is_none()).map(|built| built.judge(votes).confidence),
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
        Reason::AboveThreshold => "confidence reached the threshold",
        Reason::BelowRejection => "confidence fell to the rejection level",
        Reason::CapReached => "the votes cap was reached without a decision",
        Reason::Expert => "an expert decided",
    }
}

fn shown_totals(row: &TotalsRow) -> Totals {
    Totals {
        synsets: row.synsets,
        candidates: row.candidates,
        duplicates: row.duplicates,
        positive: row.positive,
        negative: row.negative,
        escalated: row.escalated,
        votes: row.votes,
    }
}

fn shown_row(row: &ProjectSynsetRow, words: Vec<String>) -> SynsetRow {
    SynsetRow {
        wnid: row.wnid.to_string(),
        words,
        state: match row.state {
            StoredState::Waiting => SynsetState::Waiting,
            StoredState::Calibrating => SynsetState::Calibrating,
            StoredState::Labelling => SynsetState::Labelling,
            StoredState::Hold => SynsetState::Hold,
            StoredState::Done => SynsetState::Done,
        },
        paused: row.paused,
        totals: Totals {
            synsets: 1,
            candidates: row.candidates,
            duplicates: row.duplicates,
            positive: row.positive,
            negative: row.negative,
            escalated: row.escalated,
            votes: row.votes,
        },
        difficulty: row.difficulty,
    }
}

fn order(sort: SynsetSort) -> SynsetOrder {
    match sort {
        SynsetSort::Name => SynsetOrder::Name,
        SynsetSort::Candidates => SynsetOrder::Candidates,
        SynsetSort::Positive => SynsetOrder::Positive,
        SynsetSort::Negative => SynsetOrder::Negative,
        SynsetSort::Escalated => SynsetOrder::Escalated,
        SynsetSort::Open => SynsetOrder::Open,
        SynsetSort::Votes => SynsetOrder::Votes,
        SynsetSort::VotesPerImage => SynsetOrder::VotesPerImage,
        SynsetSort::Difficulty => SynsetOrder::Difficulty,
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

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
