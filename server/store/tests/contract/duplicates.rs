//! Reviews of near duplicates.

use domain::dedup::Ruling;

use super::bench::Bench;
use super::ground::{NOW, ground, populate};

cases! {
    every_word_about_a_pair_is_kept_and_the_last_one_is_listed,
    pairs_wait_until_someone_speaks,
    both_sides_of_a_pair_come_with_their_pictures,
}

async fn every_word_about_a_pair_is_kept_and_the_last_one_is_listed(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let mut tx = bench.store.begin().await.unwrap();
    for (pair, kept) in
        [((ids[1], ids[0]), Some(ids[0])), ((ids[1], ids[2]), None), ((ids[0], ids[1]), Some(ids[1]))]
    {
        tx.insert_duplicate_review(ground.dog, pair, kept, ground.ann, NOW).await.unwrap();
    }
    let said: Vec<Ruling> =
        tx.duplicate_reviews(ground.dog).await.unwrap().iter().map(|row| row.ruling()).collect();
    let expected = [
        Ruling::Same { kept: ids[0], dropped: ids[1] },
        Ruling::Apart(ids[1], ids[2]),
        Ruling::Same { kept: ids[1], dropped: ids[0] },
    ];
    assert_eq!(said, expected);
    tx.commit().await.unwrap();
    let last = bench.store.last_duplicate_reviews(ground.dog, i64::MAX, 10).await.unwrap();
    assert_eq!(last.iter().map(|row| row.ruling()).collect::<Vec<_>>(), [expected[2], expected[1]]);
    assert_eq!(last[0].reviewer.as_deref(), Some("ann"));
    let next = bench.store.last_duplicate_reviews(ground.dog, last[0].duplicate_review_id, 10).await.unwrap();
    assert_eq!(next, last[1..]);
    assert_eq!(bench.store.duplicate_reviews(ground.cat).await.unwrap(), []);
    assert_eq!(bench.store.duplicate_review_counts(ground.dog).await.unwrap(), (0, 2));
}

async fn pairs_wait_until_someone_speaks(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 5).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[0], Some((ids[4], 2)), false).await.unwrap();
    tx.set_duplicate(ids[2], Some((ids[1], 3)), false).await.unwrap();
    tx.set_duplicate(ids[3], Some((ids[1], 4)), false).await.unwrap();
    tx.insert_duplicate_review(ground.dog, (ids[1], ids[2]), Some(ids[1]), ground.ann, NOW).await.unwrap();
    // Something else was said about 3 before it came to duplicate 1.
    tx.insert_duplicate_review(ground.dog, (ids[3], ids[4]), None, ground.ann, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let open = |after, limit| bench.store.unreviewed_duplicates(ground.dog, after, limit);
    assert_eq!(open(0, 10).await.unwrap(), [(ids[0], ids[4]), (ids[3], ids[1])]);
    assert_eq!(open(0, 1).await.unwrap(), [(ids[0], ids[4])]);
    assert_eq!(open(ids[0], 10).await.unwrap(), [(ids[3], ids[1])]);
    assert_eq!(bench.store.duplicate_review_counts(ground.dog).await.unwrap(), (2, 2));
    assert_eq!(bench.store.duplicate_review_counts(ground.cat).await.unwrap(), (0, 0));
}

async fn both_sides_of_a_pair_come_with_their_pictures(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = populate(&bench.store, ground.dog, 3).await;
    let sides = bench.store.pair_sides(&[ids[2], ids[0], 812_812]).await.unwrap();
    assert_eq!(sides.iter().map(|side| side.candidate_id).collect::<Vec<_>>(), [ids[0], ids[2]]);
    assert_eq!((sides[0].width, sides[0].height, sides[0].format.as_str()), (640, 480, "jpeg"));
    assert_eq!((sides[0].project_synset_id, sides[0].licence.as_deref()), (ground.dog, Some("CC0")));
    assert_eq!(bench.store.pair_sides(&[]).await.unwrap(), []);
}
