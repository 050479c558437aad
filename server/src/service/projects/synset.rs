//! The page of a project's synset: where it stands, and its confidence table.

use super::ProjectsService;
use super::table::shown_row;
use crate::service::Outcome;
use crate::service::judging::{sample_image, tally};
use crate::service::ontology::words;
use crate::service::settings::{self, count, in_force, of_project, overrides_of};
use app::api::projects::{Cell, SynsetDetail, TableView};
use domain::consensus::{Calibration, CountedTable, SampleImage, Threshold};
use std::collections::HashMap;
use store::labeling::CalibrationRow;
use store::projects::ProjectSynsetRow;

/// Cells with at most this many votes are shown as a triangle; the counted table has no others.
const SHOWN_VOTES: u32 = 5;

impl ProjectsService {
    pub(super) async fn detail(&self, project: i64, wnid: &str) -> Outcome<SynsetDetail> {
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
            progress: self.progress(row.project_synset_id).await?,
            row: shown_row(&row, words(&ontology, wnid)),
        })
    }

    async fn table_view(&self, row: &CalibrationRow, synset: &ProjectSynsetRow) -> Outcome<TableView> {
        let id = synset.project_synset_id;
        let built = self.tables.of(row)?;
        let through = self.world.store.recounted_sample_through(id, row.through()).await?;
        let sample: Vec<SampleImage> = through.iter().map(|row| sample_image(row.facts())).collect();
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

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
