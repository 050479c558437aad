//! Where candidates come from, and what verdicts on the same image in other synsets say of them.

use domain::consensus::{Answer, Source, Verdict};
use store::StoreError;
use store::candidates::{JudgementRow, NewCandidate};
use store::related::{PassingRow, SharedRow};
use store::sources::SourceRow;

use super::bench::Bench;
use super::ground::{Ground, NOW, ground, image, new_candidate, vote};

cases! {
    sources_are_told_apart,
    images_of_several_synsets_are_found_page_by_page,
    what_is_passed_on_comes_back_and_is_taken_back,
}

async fn sources_are_told_apart(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let flickr = tx.source(ground.project, "husky, en").await.unwrap();
    assert_eq!(tx.source(ground.project, "husky, en").await.unwrap(), flickr, "known by its name");
    let other = tx.source(ground.project, "Husky, en").await.unwrap();
    assert_ne!(other, flickr);
    let mut ids = Vec::new();
    for (rank, (hash, source)) in
        (0..).zip([("a", Some(flickr)), ("b", Some(flickr)), ("c", None), ("d", Some(other))])
    {
        tx.upsert_image(&image(hash)).await.unwrap();
        let new = NewCandidate { source_id: source, ..new_candidate(ground.dog, hash, rank) };
        ids.push(tx.insert_candidate(&new, NOW).await.unwrap().unwrap());
    }
    let said = [(ids[0], Answer::Yes), (ids[1], Answer::Yes), (ids[2], Answer::Unsure)];
    vote(&mut tx, ground.ann, ground.dog, "one", &said).await;
    tx.set_duplicate(ids[3], Some((ids[0], 3)), false).await.unwrap();
    tx.commit().await.unwrap();
    let rows = bench.store.sources_of_synset(ground.dog).await.unwrap();
    let named = SourceRow {
        source_id: Some(flickr),
        name: Some("husky, en".to_owned()),
        candidates: 2,
        positive: 0,
        negative: 0,
        votes: 2,
    };
    let unnamed = SourceRow { source_id: None, name: None, candidates: 1, votes: 1, ..named.clone() };
    assert_eq!((named.source(), unnamed.source()), (Source(u32::try_from(flickr).unwrap()), Source(0)));
    assert_eq!(rows, [named, unnamed]);
    let mut tallies = bench.store.voted_tallies(ground.dog).await.unwrap();
    tallies.sort_by_key(|some| some.known.source_id);
    let found: Vec<_> =
        tallies.iter().map(|some| (some.known.source_id, some.known.yes, some.images)).collect();
    assert_eq!(found, [(None, 0, 1), (Some(flickr), 1, 2)]);
    assert_eq!(bench.store.source_name(other).await.unwrap().as_deref(), Some("Husky, en"));
    assert_eq!(bench.store.source_name(other + 1).await.unwrap(), None);
    let candidate = bench.store.candidate(ids[0]).await.unwrap().unwrap();
    assert_eq!(candidate.known.facts().source, Source(u32::try_from(flickr).unwrap()));
}

/// `a` and `c` are candidates of the dog and the cat, `b` of the dog alone; the dog's `a` is accepted.
async fn shared(bench: &Bench, ground: &Ground) -> Vec<i64> {
    let mut tx = bench.store.begin().await.unwrap();
    let mut ids = Vec::new();
    for (rank, (synset, hash)) in (0..).zip([
        (ground.dog, "a"),
        (ground.dog, "b"),
        (ground.dog, "c"),
        (ground.cat, "a"),
        (ground.cat, "c"),
    ]) {
        tx.upsert_image(&image(hash)).await.unwrap();
        ids.push(tx.insert_candidate(&new_candidate(synset, hash, rank), NOW).await.unwrap().unwrap());
    }
    let accepted = JudgementRow {
        candidate_id: ids[0],
        verdict: Verdict::Positive,
        reason: Some("above_threshold".to_owned()),
        confidence: 0.998,
        calibration_id: None,
        settled_at: Some(NOW),
    };
    tx.save_judgements(&[accepted]).await.unwrap();
    tx.commit().await.unwrap();
    ids
}

async fn images_of_several_synsets_are_found_page_by_page(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = shared(bench, &ground).await;
    let page = async |after: &str, limit| {
        let rows = bench.store.passable_images(ground.project, after, limit).await.unwrap();
        rows.into_iter().map(|row| (row.sha256, row.candidate_id)).collect::<Vec<_>>()
    };
    let a = [("a".to_owned(), ids[0]), ("a".to_owned(), ids[3])];
    let c = [("c".to_owned(), ids[2]), ("c".to_owned(), ids[4])];
    assert_eq!(page("", 10).await, [a.clone(), c.clone()].concat());
    assert_eq!(page("", 1).await, a);
    assert_eq!(page("a", 1).await, c);
    assert_eq!(page("c", 1).await, []);
    let rows = bench.store.passable_images(ground.project, "", 1).await.unwrap();
    let SharedRow { verdict, confidence, related, .. } = rows[0].clone();
    assert_eq!((verdict, confidence, related), (Verdict::Positive, Some(0.998), None));
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[0], Some((ids[1], 2)), false).await.unwrap();
    tx.save_passed(&[(ids[4], Some((998_000, ids[2])))]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(page("", 10).await, c, "a near duplicate is no candidate");
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_duplicate(ids[2], Some((ids[1], 2)), false).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(page("", 10).await, [("c".to_owned(), ids[4])], "what was passed on is to be taken back");
}

async fn what_is_passed_on_comes_back_and_is_taken_back(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let ids = shared(bench, &ground).await;
    let store = &bench.store;
    assert_eq!(store.passing_projects().await.unwrap(), []);
    assert_eq!(store.passes_verdicts(ground.project).await.unwrap(), Some(false));
    assert_eq!(store.passes_verdicts(ground.project + 1).await.unwrap(), None);
    let mut tx = store.begin().await.unwrap();
    tx.set_passes_verdicts(ground.project, true).await.unwrap();
    tx.save_passed(&[(ids[3], Some((998_000, ids[0]))), (ids[4], None)]).await.unwrap();
    tx.commit().await.unwrap();
    let row = store.candidate(ids[3]).await.unwrap().unwrap();
    assert_eq!((row.known.related, row.related_candidate_id), (Some(998_000), Some(ids[0])));
    assert_eq!(row.known.facts().related, Some(998_000));
    assert_eq!(store.candidate(ids[4]).await.unwrap().unwrap().known.related, None);
    let passing = PassingRow {
        project_id: ground.project,
        passes_verdicts: true,
        candidates: 0,
        duplicates: 0,
        positive: 0,
        negative: 0,
        votes: 0,
        related: 1,
    };
    assert_eq!(store.passing_projects().await.unwrap(), [passing]);
    let mut tx = store.begin().await.unwrap();
    tx.set_passes_verdicts(ground.project, false).await.unwrap();
    tx.commit().await.unwrap();
    let still = PassingRow { passes_verdicts: false, ..passing };
    assert_eq!(store.passing_projects().await.unwrap(), [still], "something is to be taken back");
    let mut tx = store.begin().await.unwrap();
    tx.save_passed(&[(ids[3], None)]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(store.passing_projects().await.unwrap(), []);
    let row = store.candidate(ids[3]).await.unwrap().unwrap();
    assert_eq!((row.known.related, row.related_candidate_id), (None, None));
    let mut tx = store.begin().await.unwrap();
    let unknown = tx.set_passes_verdicts(ground.project + 1, true).await;
    assert!(matches!(unknown, Err(StoreError::NotFound(_))), "{unknown:?}");
}
