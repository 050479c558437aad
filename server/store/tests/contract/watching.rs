//! What managers watch: flags and searches with their counts, outlooks, the pace, prices, images of several synsets.

use domain::consensus::Answer;
use store::StoreError;
use store::projects::{
    CounterDelta, OutlookRow, Price, SynsetChoice, SynsetFlag, SynsetOrder, SynsetQuery, SynsetState,
};

use super::bench::Bench;
use super::ground::{Ground, NOW, count_now, ground, image, new_candidate, populate, vote, wnid};

cases! {
    every_flag_finds_its_synsets_and_its_count_says_how_many,
    a_synset_is_starved_until_a_vote_comes_and_again_a_day_later,
    a_search_finds_parts_of_words_and_wnids_and_takes_wildcards_literally,
    an_outlook_is_stale_as_soon_as_its_synset_is_another,
    votes_are_counted_by_the_hour_and_none_for_what_was_recorded_before,
    a_price_is_kept_and_taken_back,
    only_images_of_several_synsets_are_shared,
}

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

async fn found(bench: &Bench, project: i64, flag: SynsetFlag, search: &str, now: i64) -> Vec<u32> {
    let choice = SynsetChoice { flag, search: search.to_owned(), now };
    let counts = bench.store.choice_counts(project, &choice).await.unwrap();
    let query = SynsetQuery { choice, limit: 100, ..SynsetQuery::default() };
    let rows = bench.store.synset_page(project, &query).await.unwrap();
    let counted = counts.flagged.iter().find(|known| known.0 == flag).map_or(counts.all, |known| known.1);
    assert_eq!(counted, i64::try_from(rows.len()).unwrap(), "{flag:?} {search:?}");
    rows.iter().map(|row| row.row.wnid.offset()).collect()
}

async fn every_flag_finds_its_synsets_and_its_count_says_how_many(bench: &Bench) {
    let Ground { project, dog, cat, .. } = ground(&bench.store).await;
    let flagged = async |flag| found(bench, project, flag, "", NOW).await;
    assert_eq!(flagged(SynsetFlag::All).await, [3, 2], "by name: cat, dog");
    assert_eq!(flagged(SynsetFlag::Waiting).await, [3, 2]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_state(dog, SynsetState::Labelling, None).await.unwrap();
    tx.set_calibration(dog, 1, Some(SynsetFlag::HARD)).await.unwrap();
    tx.add_to_counters(dog, &CounterDelta { candidates: 4, escalated: 1, ..CounterDelta::default() })
        .await
        .unwrap();
    tx.set_state(cat, SynsetState::Hold, Some("Why.")).await.unwrap();
    tx.set_calibration(cat, 2, Some(SynsetFlag::HARD - 1)).await.unwrap();
    tx.set_paused(cat, true).await.unwrap();
    tx.commit().await.unwrap();
    for (flag, expected) in [
        (SynsetFlag::Waiting, [].as_slice()),
        (SynsetFlag::Calibrating, &[]),
        (SynsetFlag::Done, &[]),
        (SynsetFlag::Labelling, &[2]),
        (SynsetFlag::Hard, &[2]),
        (SynsetFlag::Escalated, &[2]),
        (SynsetFlag::Hold, &[3]),
        (SynsetFlag::Paused, &[3]),
        (SynsetFlag::Unillustrable, &[3]),
    ] {
        assert_eq!(flagged(flag).await, expected, "{flag:?}");
    }
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_calibration(dog, 1, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(flagged(SynsetFlag::Unillustrable).await, [3, 2], "without a difficulty, too");
    assert_eq!(flagged(SynsetFlag::Hard).await, [0; 0]);
}

async fn a_synset_is_starved_until_a_vote_comes_and_again_a_day_later(bench: &Bench) {
    let Ground { project, dog, ann, .. } = ground(&bench.store).await;
    let ids = populate(&bench.store, dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_state(dog, SynsetState::Calibrating, None).await.unwrap();
    tx.commit().await.unwrap();
    let starved = async |now| found(bench, project, SynsetFlag::Starved, "", now).await;
    assert_eq!(starved(NOW + DAY - 1).await, [0; 0], "seeded less than a day ago");
    assert_eq!(starved(NOW + DAY).await, [2]);
    let mut tx = bench.store.begin().await.unwrap();
    vote(&mut tx, ann, dog, "a", &[(ids[0], Answer::Yes)]).await;
    count_now(&mut tx, project, dog, 1).await;
    tx.commit().await.unwrap();
    assert_eq!(starved(NOW + DAY - HOUR).await, [0; 0]);
    assert_eq!(starved(NOW + DAY + HOUR).await, [2]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_paused(dog, true).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(starved(NOW + DAY + HOUR).await, [0; 0], "nobody is asked");
}

async fn a_search_finds_parts_of_words_and_wnids_and_takes_wildcards_literally(bench: &Bench) {
    let Ground { project, .. } = ground(&bench.store).await;
    for (search, expected) in [
        ("OMEStic", [2].as_slice()),
        ("cat", &[3]),
        ("n00000002", &[2]),
        ("0000", &[3, 2]),
        ("%", &[]),
        ("_", &[]),
        ("!", &[]),
        ("d%g", &[]),
    ] {
        assert_eq!(found(bench, project, SynsetFlag::All, search, NOW).await, expected, "{search}");
        assert_eq!(found(bench, project, SynsetFlag::Done, search, NOW).await, [0; 0], "{search}");
    }
}

async fn an_outlook_is_stale_as_soon_as_its_synset_is_another(bench: &Bench) {
    let Ground { project, dog, cat, .. } = ground(&bench.store).await;
    let stale = async || bench.store.stale_outlooks(project, 10).await.unwrap();
    assert_eq!(stale().await, [0; 0], "nothing is expected of synsets without images");
    populate(&bench.store, dog, 3).await;
    populate(&bench.store, cat, 1).await;
    assert_eq!(stale().await, [dog, cat]);
    let tallies = bench.store.open_tallies(&[dog]).await.unwrap();
    assert_eq!(tallies.iter().map(|some| some.images).sum::<i64>(), 3);
    for (place, votes) in [12.5, 7.0].into_iter().enumerate() {
        let rows = bench.store.project_synsets(&[cat, dog, 999]).await.unwrap();
        let outlooks: Vec<OutlookRow> = rows
            .iter()
            .map(|row| OutlookRow {
                project_synset_id: row.project_synset_id,
                expected_votes: votes,
                state: row.state,
                calibration_id: row.calibration_id,
                candidates: row.candidates,
                positive: row.positive,
                negative: row.negative,
                escalated: row.escalated,
                votes: row.votes,
            })
            .collect();
        let mut tx = bench.store.begin().await.unwrap();
        tx.save_outlooks(&outlooks).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(stale().await, [0; 0]);
        assert_eq!(bench.store.expected_votes(project).await.unwrap(), 2.0 * votes);
        let mut tx = bench.store.begin().await.unwrap();
        if place == 0 {
            tx.add_to_counters(dog, &CounterDelta { votes: 1, ..CounterDelta::default() }).await.unwrap();
        } else {
            tx.set_calibration(dog, 7, None).await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(stale().await, [dog]);
    }
    let query = SynsetQuery {
        order: SynsetOrder::ExpectedVotes,
        descending: true,
        limit: 9,
        ..SynsetQuery::default()
    };
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_state(dog, SynsetState::Hold, None).await.unwrap();
    tx.commit().await.unwrap();
    let rows = bench.store.synset_page(project, &query).await.unwrap();
    let expected: Vec<Option<f64>> = rows.iter().map(|row| row.expected_votes).collect();
    assert_eq!(expected, [Some(7.0), None], "nobody is asked about a synset on hold");
    assert_eq!(bench.store.expected_votes(project).await.unwrap(), 7.0);
    let figures = bench.store.synset_figures(project).await.unwrap();
    assert_eq!(figures.iter().map(|row| row.expected_votes).collect::<Vec<_>>(), [None, Some(7.0)]);
    let mut tx = bench.store.begin().await.unwrap();
    tx.forget_outlooks(project).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(stale().await, [dog, cat]);
}

async fn votes_are_counted_by_the_hour_and_none_for_what_was_recorded_before(bench: &Bench) {
    let Ground { project, dog, ann, bob, .. } = ground(&bench.store).await;
    let ids = populate(&bench.store, dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    for (worker, key, voted) in [(ann, "a", 2), (bob, "b", 3), (ann, "c", 2)] {
        let votes: Vec<(i64, Answer)> = ids.iter().take(voted).map(|id| (*id, Answer::No)).collect();
        let (_, recorded) = vote(&mut tx, worker, dog, key, &votes).await;
        count_now(&mut tx, project, dog, recorded.len()).await;
    }
    tx.commit().await.unwrap();
    let hour = NOW / HOUR;
    assert_eq!(bench.store.votes_by_hour(project, hour).await.unwrap(), [(hour, 5)]);
    assert_eq!(bench.store.votes_by_hour(project, hour + 1).await.unwrap(), []);
    assert_eq!(bench.store.votes_by_hour(project + 1, 0).await.unwrap(), []);
}

async fn a_price_is_kept_and_taken_back(bench: &Bench) {
    let Ground { project, .. } = ground(&bench.store).await;
    assert_eq!(bench.store.price(project).await.unwrap(), None);
    let price = Price { price_per_vote: 0.012, currency: "EUR".to_owned() };
    for wanted in [Some(price), None] {
        let mut tx = bench.store.begin().await.unwrap();
        tx.set_price(project, wanted.as_ref()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(bench.store.price(project).await.unwrap(), wanted);
    }
    let mut tx = bench.store.begin().await.unwrap();
    assert!(matches!(tx.set_price(project + 1, None).await, Err(StoreError::NotFound(_))));
}

async fn only_images_of_several_synsets_are_shared(bench: &Bench) {
    let Ground { project, dog, cat, .. } = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    for (synset, name) in [(dog, "dog"), (dog, "both"), (cat, "both"), (cat, "cat")] {
        tx.upsert_image(&image(name)).await.unwrap();
        tx.insert_candidate(&new_candidate(synset, name, 1), NOW).await.unwrap();
    }
    tx.commit().await.unwrap();
    let shared = bench.store.shared_images(project).await.unwrap();
    let places: Vec<_> = shared.iter().map(|row| (row.sha256.as_str(), row.wnid)).collect();
    assert_eq!(places, [("both", wnid(2)), ("both", wnid(3))]);
    assert_eq!(bench.store.shared_images(project + 1).await.unwrap(), []);
}
