//! `synvote verify --repair`: whatever derived column is damaged, it comes back from the facts; on both engines.

use crate::app::TestApp;
use crate::ground::{admin, bring_in, dog, form, label_all, workers};
use server::service::verify::{repair, verify};
use server::service::{backend, experts};
use std::collections::HashSet;
use store::labeling::{CalibrationRow, ExpertAnswer};
use store::projects::ProjectSynsetRow;
use store::verify::{HourRow, RecountRow};

cases![
    every_damage_is_found_and_put_right,
    several_damages_at_once_are_put_right_together,
    where_nothing_differs_nothing_is_changed,
    what_can_not_be_put_right_is_said,
];

/// Statements that bend what is derived, each in another way.
const DAMAGES: [&str; 14] = [
    "update candidate set yes = yes + 3 where candidate_id = (select min(candidate_id) from candidate)",
    "update candidate set yes = 0, no = 0, unsure = 7",
    "update candidate set discount_yes = 250000, discount_no = 1 where yes > 0",
    "update candidate set expert = not expert where expert is not null",
    "update candidate set expert = true where expert is null",
    "update candidate set reports = 2 where candidate_id = (select max(candidate_id) from candidate)",
    "update candidate set verdict = 'undecided', settled_at = null where verdict = 'positive'",
    "update candidate set confidence = 0.5, reason = null where verdict <> 'undecided'",
    "update candidate set calibration_id = 4711 where verdict <> 'undecided'",
    "update project_synset set candidates = 1, positive = 99, negative = 0, votes = votes + 1",
    "update project_synset set calibration_id = null",
    "update vote_hour set votes = votes + 5",
    "delete from vote_hour",
    "update calibration set prevalence = 0.999, threshold = 0.51, images = 3, audit_shift = 1.5, audited_bad = 9",
];

type Stored = (Vec<RecountRow>, ProjectSynsetRow, Vec<CalibrationRow>, Vec<HourRow>);

/// All that is derived of the dog. When something was settled is no function of facts alone, and left out, and so is how often
/// something changed.
async fn stored(app: &TestApp) -> Stored {
    let synset = ProjectSynsetRow { revision: 0, ..dog(app).await };
    let (store, id) = (&app.world.store, synset.project_synset_id);
    let mut rows = store.recounted(id).await.unwrap();
    rows.iter_mut().for_each(|row| row.settled_at = row.settled_at.map(|_| 0));
    (rows, synset, store.calibrations(id).await.unwrap(), store.miscounted_hours(id).await.unwrap())
}

/// A settled synset with an expert's word on one of its images.
async fn settled(app: &TestApp) {
    let backend = backend(&app.world);
    let admin = admin(app).await;
    backend.projects.change_settings(&admin, app.project, form(8)).await.unwrap();
    bring_in(app, 0..16).await;
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    let good: HashSet<i64> = rows.iter().map(|row| row.candidate_id).filter(|id| id % 3 == 0).collect();
    let crowd = workers(app, 12).await;
    label_all(app, &backend, &crowd, &good).await;
    let outside = rows.iter().find(|row| !row.in_initial_sample).map_or(1, |row| row.candidate_id);
    let label = experts::Label {
        by: crowd[0].id(),
        candidate: outside,
        answer: ExpertAnswer::No,
        seen: None,
        blind: false,
    };
    experts::label(&app.world, label).await.unwrap();
}

async fn every_damage_is_found_and_put_right(app: &TestApp) {
    settled(app).await;
    let whole = stored(app).await;
    assert!(whole.0.iter().any(|row| row.settled_at.is_some()) && !whole.2.is_empty());
    for damage in DAMAGES {
        app.tamper(damage).await;
        let found = verify(&app.world).await.unwrap().differences;
        assert!(!found.is_empty(), "{damage} is not found");
        let repaired = repair(&app.world).await.unwrap();
        assert_eq!((repaired.found.differences, repaired.synsets), (found, 1), "{damage}");
        assert_eq!(repaired.left, Vec::<String>::new(), "{damage}");
        assert_eq!(verify(&app.world).await.unwrap().differences, Vec::<String>::new(), "{damage}");
        assert_eq!(stored(app).await, whole, "{damage}");
    }
}

async fn several_damages_at_once_are_put_right_together(app: &TestApp) {
    settled(app).await;
    let whole = stored(app).await;
    for damage in DAMAGES {
        app.tamper(damage).await;
    }
    app.tamper("update project_synset set state = 'labelling'").await;
    let repaired = repair(&app.world).await.unwrap();
    assert!(repaired.found.differences.len() > DAMAGES.len(), "{repaired:?}");
    assert_eq!(verify(&app.world).await.unwrap().differences, Vec::<String>::new());
    assert_eq!(stored(app).await, whole);
}

async fn where_nothing_differs_nothing_is_changed(app: &TestApp) {
    settled(app).await;
    let whole = stored(app).await;
    let repaired = repair(&app.world).await.unwrap();
    assert_eq!((repaired.synsets, repaired.found.differences.len(), repaired.left.len()), (0, 0, 0));
    assert_eq!(repaired.found, verify(&app.world).await.unwrap());
    assert_eq!(stored(app).await, whole);
}

async fn what_can_not_be_put_right_is_said(app: &TestApp) {
    settled(app).await;
    app.tamper("update calibration set target_precision = 7").await;
    let repaired = repair(&app.world).await.unwrap();
    assert!(repaired.left[0].contains("table 1"), "{:?}", repaired.left);
    assert_eq!(verify(&app.world).await.unwrap().differences, repaired.left);
}
