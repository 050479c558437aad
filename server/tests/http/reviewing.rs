//! People's word about near duplicates: it holds ever after, moves candidates in and out, and costs no vote.

use crate::app::TestApp;
use crate::ground::{admin, answer, bring_in, dog, import, next, picture, submit, workers};
use app::api::duplicates::{Decision, PairFilter};
use app::viewer::Admin;
use server::service::{backend, verify};
use std::collections::HashSet;
use store::verify::RecountRow;

cases![
    a_swap_keeps_the_other_one_and_can_be_taken_back,
    what_is_apart_stays_apart_whatever_comes_later,
    votes_on_a_dropped_image_come_back_with_it,
    an_almost_duplicate_can_be_dropped,
    the_last_open_image_of_a_sample_may_be_dropped,
    pairs_are_shown_by_what_was_said,
    only_pairs_of_one_synset_can_be_reviewed,
];

async fn rows(app: &TestApp) -> Vec<RecountRow> {
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
    app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap()
}

async fn duplicates(app: &TestApp) -> Vec<(i64, Option<i64>)> {
    rows(app).await.into_iter().map(|row| (row.candidate_id, row.duplicate_of)).collect()
}

async fn review(app: &TestApp, boss: &Admin, left: i64, right: i64, decision: Decision) -> String {
    backend(&app.world).importing.review(boss, left, right, decision).await.unwrap()
}

/// A small picture and the same one large; the large one is kept.
async fn a_pair(app: &TestApp) -> (i64, i64) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("1 small.jpg"), picture(1, 64)).unwrap();
    std::fs::write(folder.path().join("2 large.jpg"), picture(1, 128)).unwrap();
    import(app, folder.path()).await;
    let found = duplicates(app).await;
    let (small, large) = (found[0].0, found[1].0);
    assert_eq!(found, [(small, Some(large)), (large, None)]);
    (small, large)
}

async fn a_swap_keeps_the_other_one_and_can_be_taken_back(app: &TestApp) {
    let boss = admin(app).await;
    let (small, large) = a_pair(app).await;
    let said = review(app, &boss, large, small, Decision::Swap).await;
    assert_eq!(said, format!("Candidate {small} stays; candidate {large} is dropped."));
    assert_eq!(duplicates(app).await, [(small, None), (large, Some(small))]);
    assert!(rows(app).await[0].in_initial_sample, "whoever is free is drawn");
    // Another size of the picture comes: what was said still holds.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("3.jpg"), picture(1, 96)).unwrap();
    assert_eq!(import(app, folder.path()).await.duplicates, 1);
    assert_eq!(duplicates(app).await[..2], [(small, None), (large, Some(small))]);
    review(app, &boss, small, large, Decision::Swap).await;
    assert_eq!(duplicates(app).await[..2], [(small, Some(large)), (large, None)]);
    let row = dog(app).await;
    assert_eq!((row.candidates, row.duplicates), (1, 2));
}

async fn what_is_apart_stays_apart_whatever_comes_later(app: &TestApp) {
    let boss = admin(app).await;
    let (small, large) = a_pair(app).await;
    let said = review(app, &boss, large, small, Decision::Apart).await;
    assert_eq!(said, "Both are candidates of their own.");
    assert_eq!(duplicates(app).await, [(small, None), (large, None)]);
    bring_in(app, 5..8).await;
    assert_eq!(duplicates(app).await[..2], [(small, None), (large, None)]);
    let (backend, worker) = (backend(&app.world), &workers(app, 1).await[0]);
    let batch = next(&backend, worker, app.project).await.unwrap();
    assert_eq!(batch.tiles.len(), 5, "it is served again");
}

async fn votes_on_a_dropped_image_come_back_with_it(app: &TestApp) {
    let boss = admin(app).await;
    let (small, large) = a_pair(app).await;
    let (backend, worker) = (backend(&app.world), &workers(app, 1).await[0]);
    let batch = next(&backend, worker, app.project).await.unwrap();
    submit(&backend, worker, answer(&batch, &HashSet::from([large]))).await.unwrap();
    review(app, &boss, large, small, Decision::Swap).await;
    assert_eq!(duplicates(app).await, [(small, None), (large, Some(small))], "a word outweighs votes");
    let dropped = &rows(app).await[1];
    assert_eq!((dropped.yes, dropped.in_initial_sample), (1, false));
    assert_eq!(dog(app).await.votes, 1);
    review(app, &boss, small, large, Decision::Swap).await;
    let back = &rows(app).await[1];
    assert_eq!((back.yes, back.duplicate_of, back.in_initial_sample), (1, None, true));
}

async fn an_almost_duplicate_can_be_dropped(app: &TestApp) {
    let boss = admin(app).await;
    app.tamper("update project set duplicate_distance = 0").await;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("1 small.jpg"), picture(1, 64)).unwrap();
    std::fs::write(folder.path().join("2 large.jpg"), picture(1, 128)).unwrap();
    std::fs::write(folder.path().join("3 other.jpg"), picture(2, 64)).unwrap();
    assert_eq!(import(app, folder.path()).await.added, 3);
    let backend = backend(&app.world);
    let page = backend
        .importing
        .duplicates(&boss, app.project, crate::app::DOG, PairFilter::Almost, None)
        .await
        .unwrap();
    assert_eq!((page.counts, page.pairs.len()), ((0, 1, 0), 1));
    let (left, right) = (page.pairs[0].left.candidate, page.pairs[0].right.candidate);
    assert_eq!(page.pairs[0].left.size, (128, 128));
    review(app, &boss, left, right, Decision::Keep).await;
    assert!(duplicates(app).await.contains(&(right, Some(left))));
    let page = backend
        .importing
        .duplicates(&boss, app.project, crate::app::DOG, PairFilter::Almost, None)
        .await
        .unwrap();
    assert_eq!(page.counts, (0, 0, 1));
}

async fn the_last_open_image_of_a_sample_may_be_dropped(app: &TestApp) {
    let boss = admin(app).await;
    let (small, large) = a_pair(app).await;
    review(app, &boss, large, small, Decision::Apart).await;
    assert_eq!(dog(app).await.candidates, 2);
    review(app, &boss, large, small, Decision::Keep).await;
    let row = dog(app).await;
    assert_eq!((row.candidates, row.duplicates), (1, 1));
    assert!(!rows(app).await[0].in_initial_sample);
}

async fn pairs_are_shown_by_what_was_said(app: &TestApp) {
    let boss = admin(app).await;
    let (small, large) = a_pair(app).await;
    let backend = backend(&app.world);
    let shown = async |filter| {
        backend.importing.duplicates(&boss, app.project, crate::app::DOG, filter, None).await.unwrap()
    };
    let open = shown(PairFilter::Open).await;
    assert_eq!((open.counts, open.threshold, open.next), ((1, 0, 0), 8, None));
    let pair = &open.pairs[0];
    assert_eq!((pair.left.candidate, pair.right.candidate), (large, small));
    assert_eq!((pair.left.is_kept, pair.right.is_kept, pair.right.size), (true, false, (64, 64)));
    assert!(pair.distance < 8 && pair.review.is_none());
    review(app, &boss, large, small, Decision::Keep).await;
    assert_eq!(shown(PairFilter::Open).await.pairs, []);
    let reviewed = shown(PairFilter::Reviewed).await;
    let said = reviewed.pairs[0].review.clone().unwrap();
    assert_eq!(
        (said.decision, said.by.as_deref(), reviewed.counts),
        (Decision::Keep, Some("admin"), (0, 0, 1))
    );
    review(app, &boss, large, small, Decision::Apart).await;
    let reviewed = shown(PairFilter::Reviewed).await;
    assert_eq!((reviewed.pairs.len(), reviewed.counts), (1, (0, 0, 1)), "the last word counts");
    // A cursor that nobody made is no reason to fail.
    for (filter, after) in [(PairFilter::Open, "x"), (PairFilter::Almost, "1-2"), (PairFilter::Reviewed, "-")]
    {
        backend.importing.duplicates(&boss, app.project, crate::app::DOG, filter, Some(after)).await.unwrap();
    }
}

async fn only_pairs_of_one_synset_can_be_reviewed(app: &TestApp) {
    let boss = admin(app).await;
    let (small, large) = a_pair(app).await;
    let backend = backend(&app.world);
    let refusal = async |left, right| {
        backend.importing.review(&boss, left, right, Decision::Keep).await.unwrap_err().to_string()
    };
    assert!(refusal(small, small).await.contains("two candidates"));
    assert!(refusal(small, 812_812).await.contains("no candidate 812812"));
    let mut tx = app.world.store.begin().await.unwrap();
    tx.seed_synsets(app.project, &["n00000001".parse().unwrap()], app.world.now()).await.unwrap();
    let animal = tx.project_synset(app.project, "n00000001".parse().unwrap()).await.unwrap().unwrap();
    let sha256 = tx.candidate(small).await.unwrap().unwrap().sha256;
    let new = store::candidates::NewCandidate {
        project_synset_id: animal.project_synset_id,
        sha256,
        serving_rank: 1,
        file_name: "a.jpg".to_owned(),
        source_url: None,
        licence: None,
        attribution: None,
        creator: None,
        source_id: None,
    };
    let other = tx.insert_candidate(&new, app.world.now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    assert!(refusal(large, other).await.contains("different synsets"));
}
