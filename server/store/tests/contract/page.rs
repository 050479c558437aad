//! The sorted, paged table of synsets.

use domain::wnid::Wnid;
use store::projects::{
    CounterDelta, CursorKey, SynsetChoice, SynsetCursor, SynsetOrder, SynsetPageRow, SynsetQuery,
};

use super::bench::Bench;
use super::ground::{NOW, settings, synset, wnid};

cases! {
    every_order_pages_through_every_row_once_in_both_directions,
    names_sort_without_regard_to_capitals,
    synsets_without_a_difficulty_come_last_in_both_directions,
    a_row_brings_its_words_and_a_cursor_of_another_order_starts_again,
}

const ORDERS: [SynsetOrder; 10] = [
    SynsetOrder::Name,
    SynsetOrder::Candidates,
    SynsetOrder::Positive,
    SynsetOrder::Negative,
    SynsetOrder::Escalated,
    SynsetOrder::Open,
    SynsetOrder::Votes,
    SynsetOrder::VotesPerImage,
    SynsetOrder::Difficulty,
    SynsetOrder::ExpectedVotes,
];

/// Eleven synsets whose counters have many equal values; some have no candidates, some no difficulty.
async fn table(bench: &Bench) -> i64 {
    let words = ["dog", "Abel", "cat", "abel", "Zebra", "ant", "bee", "cow", "dog", "elk", "fox"];
    let synsets: Vec<_> = (1..).zip(words).map(|(n, word)| synset(n, &[word], &[])).collect();
    let mut tx = bench.store.begin().await.unwrap();
    tx.replace_ontology(&synsets).await.unwrap();
    let project = tx.insert_project("all", &settings(), NOW).await.unwrap();
    tx.seed_synsets(project, &synsets.iter().map(|synset| synset.wnid).collect::<Vec<_>>(), NOW)
        .await
        .unwrap();
    for row in tx.synsets_of_project(project).await.unwrap() {
        let n = i64::from(row.wnid.offset());
        let delta = CounterDelta {
            candidates: (n % 3) * 7,
            duplicates: 0,
            positive: n % 2,
            negative: n % 4,
            escalated: n % 3,
            votes: (n * 5) % 7,
        };
        tx.add_to_counters(row.project_synset_id, &delta).await.unwrap();
        tx.set_calibration(row.project_synset_id, 1, (n % 4 != 0).then_some(n % 5)).await.unwrap();
    }
    tx.commit().await.unwrap();
    project
}

async fn page(
    bench: &Bench,
    project: i64,
    (order, descending): (SynsetOrder, bool),
    after: Option<SynsetCursor>,
    limit: i64,
) -> Vec<SynsetPageRow> {
    let query = SynsetQuery { choice: SynsetChoice::default(), order, descending, after, limit };
    bench.store.synset_page(project, &query).await.unwrap()
}

async fn pages(bench: &Bench, project: i64, order: SynsetOrder, descending: bool) -> Vec<(CursorKey, Wnid)> {
    let (mut after, mut all) = (None, Vec::new());
    loop {
        let page = page(bench, project, (order, descending), after, 3).await;
        assert!(page.len() <= 3);
        let Some(last) = page.last() else { return all };
        after = SynsetCursor::parse(&last.cursor.to_string());
        all.extend(page.into_iter().map(|row| (row.cursor.key, row.row.wnid)));
    }
}

async fn every_order_pages_through_every_row_once_in_both_directions(bench: &Bench) {
    let project = table(bench).await;
    for order in ORDERS {
        for descending in [false, true] {
            let rows = pages(bench, project, order, descending).await;
            assert_eq!(rows.len(), 11, "{order:?} {descending}");
            for pair in rows.windows(2) {
                let (one, other) = (&pair[0], &pair[1]);
                let by_key = match (&one.0, &other.0) {
                    (CursorKey::Number(a), CursorKey::Number(b)) => a.total_cmp(b),
                    (CursorKey::Text(a), CursorKey::Text(b)) => a.cmp(b),
                    other => panic!("{other:?}"),
                };
                let by_key = if descending { by_key.reverse() } else { by_key };
                assert!(
                    by_key.then(one.1.cmp(&other.1)).is_lt(),
                    "{order:?} {descending}: {one:?} before {other:?}"
                );
            }
        }
    }
}

async fn names_sort_without_regard_to_capitals(bench: &Bench) {
    let project = table(bench).await;
    let rows = pages(bench, project, SynsetOrder::Name, false).await;
    let offsets: Vec<u32> = rows.iter().map(|(_, wnid)| wnid.offset()).collect();
    assert_eq!(offsets, [2, 4, 6, 7, 3, 8, 1, 9, 10, 11, 5]);
}

async fn synsets_without_a_difficulty_come_last_in_both_directions(bench: &Bench) {
    let project = table(bench).await;
    for descending in [false, true] {
        let rows = page(bench, project, (SynsetOrder::Difficulty, descending), None, 100).await;
        let known: Vec<bool> = rows.iter().map(|row| row.row.difficulty.is_some()).collect();
        assert_eq!(known, [[true; 9].as_slice(), &[false; 2]].concat(), "{descending}");
        let rows = page(bench, project, (SynsetOrder::VotesPerImage, descending), None, 100).await;
        let known: Vec<bool> = rows.iter().map(|row| row.row.candidates > 0).collect();
        assert_eq!(known, [[true; 8].as_slice(), &[false; 3]].concat(), "{descending}");
    }
}

async fn a_row_brings_its_words_and_a_cursor_of_another_order_starts_again(bench: &Bench) {
    let project = table(bench).await;
    let first = page(bench, project, (SynsetOrder::Name, false), None, 1).await;
    assert_eq!((first[0].words.as_str(), first[0].row.wnid), ("Abel", wnid(2)));
    let after = Some(first[0].cursor.clone());
    let again = page(bench, project, (SynsetOrder::Votes, false), after, 100).await;
    assert_eq!(again.len(), 11);
    let other = page(bench, project + 1, (SynsetOrder::Name, false), None, 100).await;
    assert_eq!(other, []);
}
