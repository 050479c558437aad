//! What most cases start from: three synsets, two people, a project with a dog and a cat.

use domain::consensus::{Answer, Method, VoteWeights};
use domain::roles::Role;
use domain::wnid::Wnid;
use domain::wordnet::Synset;
use store::candidates::{ImageRow, NewCandidate};
use store::projects::{CounterDelta, ProjectSettings, SynsetState};
use store::{Store, Tx};

/// A time; nothing depends on which.
pub const NOW: i64 = 1_700_000_000_000;

/// The ids of what was made.
pub struct Ground {
    pub ann: i64,
    pub bob: i64,
    pub project: i64,
    /// The dog in the project.
    pub dog: i64,
    /// The cat in the project.
    pub cat: i64,
}

pub fn wnid(offset: u32) -> Wnid {
    Wnid::from_offset(offset).unwrap()
}

pub fn synset(offset: u32, words: &[&str], hypernyms: &[u32]) -> Synset {
    Synset {
        wnid: wnid(offset),
        words: words.iter().map(|&word| word.to_owned()).collect(),
        definition: format!("what synset {offset} means"),
        examples: Vec::new(),
        lexicographer_file: 5,
        hypernyms: hypernyms.iter().map(|&offset| wnid(offset)).collect(),
        instance_hypernyms: Vec::new(),
    }
}

/// Animal (1), dog (2) and cat (3).
pub fn animals() -> Vec<Synset> {
    vec![
        synset(1, &["animal", "beast"], &[]),
        synset(2, &["dog", "domestic dog"], &[1]),
        synset(3, &["cat", "true cat"], &[1]),
    ]
}

pub fn settings() -> ProjectSettings {
    ProjectSettings {
        target_precision: 0.997,
        threshold: None,
        rejection: 0.1,
        initial_sample: 20,
        initial_votes: 10,
        votes_cap: 20,
        batch_size: 36,
        batch_size_phone: 24,
        duplicate_distance: 8,
        method: Method::Table,
    }
}

pub async fn ground(store: &Store) -> Ground {
    let mut tx = store.begin().await.unwrap();
    tx.replace_ontology(&animals()).await.unwrap();
    let ann = tx.insert_account("ann", Role::Worker, "hash", NOW).await.unwrap();
    let bob = tx.insert_account("bob", Role::Worker, "hash", NOW).await.unwrap();
    let project = tx.insert_project("pets", &settings(), NOW).await.unwrap();
    tx.seed_synsets(project, &[wnid(2), wnid(3)], NOW).await.unwrap();
    let dog = tx.project_synset(project, wnid(2)).await.unwrap().unwrap().project_synset_id;
    let cat = tx.project_synset(project, wnid(3)).await.unwrap().unwrap().project_synset_id;
    tx.commit().await.unwrap();
    Ground { ann, bob, project, dog, cat }
}

pub fn image(name: &str) -> ImageRow {
    ImageRow {
        sha256: name.to_owned(),
        width: 640,
        height: 480,
        bytes: 50_000,
        format: "jpeg".to_owned(),
        phash: -7,
        phash_version: 1,
        created_at: NOW,
    }
}

pub fn new_candidate(project_synset_id: i64, sha256: &str, serving_rank: i64) -> NewCandidate {
    NewCandidate {
        project_synset_id,
        sha256: sha256.to_owned(),
        serving_rank,
        file_name: format!("{sha256}.jpg"),
        source_url: Some("https://example.org/".to_owned()),
        licence: Some("CC0".to_owned()),
        attribution: None,
        creator: None,
        source_id: None,
    }
}

/// Gives a synset so many candidates, whose serving ranks fall while their ids rise, and sets it labelling.
pub async fn populate(store: &Store, project_synset_id: i64, count: i64) -> Vec<i64> {
    let mut tx = store.begin().await.unwrap();
    let mut ids = Vec::new();
    for number in 0..count {
        let name = format!("image {project_synset_id} {number}");
        tx.upsert_image(&image(&name)).await.unwrap();
        let new = new_candidate(project_synset_id, &name, count - number);
        ids.push(tx.insert_candidate(&new, NOW).await.unwrap().unwrap());
    }
    tx.add_to_counters(project_synset_id, &CounterDelta { candidates: count, ..Default::default() })
        .await
        .unwrap();
    tx.set_state(project_synset_id, SynsetState::Labelling, None).await.unwrap();
    tx.commit().await.unwrap();
    ids
}

/// Hands a worker candidates and submits answers about them, all in one; returns the submission's id and what was recorded.
pub async fn vote(
    tx: &mut Tx,
    account_id: i64,
    project_synset_id: i64,
    key: &str,
    votes: &[(i64, Answer)],
) -> (i64, Vec<(i64, Answer)>) {
    let candidates: Vec<i64> = votes.iter().map(|(candidate_id, _)| *candidate_id).collect();
    let assignment =
        tx.insert_assignment(account_id, project_synset_id, NOW, NOW + 1000, &candidates).await.unwrap();
    let submission = tx.insert_submission(account_id, key, "body", assignment, None, NOW).await.unwrap();
    assert!(tx.close_assignment(assignment, NOW).await.unwrap());
    let recorded = tx.record_votes(votes, VoteWeights::FULL, account_id, submission, NOW).await.unwrap();
    tx.add_to_tallies(&recorded, VoteWeights::FULL).await.unwrap();
    tx.finish_submission(submission, recorded.len() as i64, None).await.unwrap();
    let delta = CounterDelta { votes: recorded.len() as i64, ..Default::default() };
    tx.add_to_counters(project_synset_id, &delta).await.unwrap();
    (submission, recorded)
}
