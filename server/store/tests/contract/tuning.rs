//! What a forecast for a whole project is made of.

use super::bench::Bench;
use super::ground::{ground, populate, vote};
use domain::consensus::Answer;
use store::candidates::{FactsRow, TallyCountRow};

cases! {
    tallies_of_a_project_are_counted_by_synset_and_sample,
    near_duplicates_are_counted_by_distance,
    a_project_without_tables_has_none,
}

async fn tallies_of_a_project_are_counted_by_synset_and_sample(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 3).await;
    populate(&bench.store, ground.cat, 1).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.mark_initial_sample(&dogs[..1]).await.unwrap();
    vote(&mut tx, ground.ann, ground.dog, "one", &[(dogs[0], Answer::Yes), (dogs[1], Answer::Yes)]).await;
    tx.commit().await.unwrap();
    let mut counted = bench.store.tally_counts_of_project(ground.project).await.unwrap();
    counted.sort_by_key(|row| (row.project_synset_id, !row.in_initial_sample, row.known.yes));
    let row = |project_synset_id, in_initial_sample, yes| TallyCountRow {
        project_synset_id,
        in_initial_sample,
        known: FactsRow { yes, ..FactsRow::default() },
        images: 1,
    };
    assert_eq!(
        counted,
        [
            row(ground.dog, true, 1),
            row(ground.dog, false, 0),
            row(ground.dog, false, 1),
            row(ground.cat, false, 0)
        ]
    );
    assert_eq!(bench.store.tally_counts_of_project(ground.project + 1).await.unwrap(), []);
}

async fn near_duplicates_are_counted_by_distance(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let dogs = populate(&bench.store, ground.dog, 3).await;
    for (place, distance) in [(1, 3), (2, 6)] {
        bench
            .execute(&format!(
                "update candidate set duplicate_of = {}, duplicate_distance = {distance} where candidate_id = {}",
                dogs[0], dogs[place]
            ))
            .await;
    }
    let store = &bench.store;
    assert_eq!(store.duplicates_at_least(ground.dog, 4).await.unwrap(), 1);
    assert_eq!(store.duplicates_at_least(ground.cat, 0).await.unwrap(), 0);
    assert_eq!(store.duplicates_of_project_at_least(ground.project, 3).await.unwrap(), 2);
    assert_eq!(
        store.tally_counts_of_project(ground.project).await.unwrap().len(),
        1,
        "near duplicates left out"
    );
}

async fn a_project_without_tables_has_none(bench: &Bench) {
    let ground = ground(&bench.store).await;
    assert_eq!(bench.store.calibrations_of_project(ground.project).await.unwrap(), []);
    let mut tx = bench.store.begin().await.unwrap();
    let old = tx.insert_calibration(&super::calibrations::new(ground.dog)).await.unwrap();
    let new = tx.insert_calibration(&super::calibrations::new(ground.dog)).await.unwrap();
    tx.set_calibration(ground.dog, new, Some(5)).await.unwrap();
    tx.commit().await.unwrap();
    let current = bench.store.calibrations_of_project(ground.project).await.unwrap();
    assert_eq!(current.iter().map(|row| row.calibration_id).collect::<Vec<_>>(), [new]);
    assert_ne!(old, new);
}
