//! What most cases start from: three synsets, two people, a project with a dog and a cat.

use domain::consensus::{Answer, Method, VoteWeights};
use domain::roles::Role;
use domain::wnid::Wnid;
use domain::wordnet::Synset;
use store::candidates::{ImageRow, NewCandidate};
use store::labeling::{AssignmentRow, Ids, NewSubmission, NewVote, OpenRow, TallyChange};
use store::projects::{CounterDelta, HourOfVotes, ProjectSettings, SynsetState};
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

/// Hands a worker candidates, which the worker holds until they are submitted or `expires_at` has come; returns the assignment.
pub async fn assign(
    tx: &mut Tx,
    account_id: i64,
    project_synset_id: i64,
    assigned_at: i64,
    expires_at: i64,
    candidates: &[i64],
) -> i64 {
    let assignment_id = tx.assignment_ids(1).await.unwrap()[0];
    let new = AssignmentRow {
        assignment_id,
        account_id,
        project_synset_id,
        assigned_at,
        expires_at,
        submitted_at: None,
        candidates: Ids(candidates.to_vec()),
    };
    tx.insert_assignments(&[new]).await.unwrap();
    assignment_id
}

/// A submission to be, of nothing new.
pub fn new_submission(submission_id: i64, account_id: i64, key: &str, assignment_id: i64) -> NewSubmission {
    NewSubmission {
        submission_id,
        account_id,
        submission_key: key.to_owned(),
        body_hash: "body".to_owned(),
        assignment_id,
        recorded: 0,
        next_assignment_id: None,
        calibration_id: None,
        submitted_at: NOW,
    }
}

/// Submits an assignment under a key, without answers; returns the submission.
pub async fn submit_as(tx: &mut Tx, account_id: i64, key: &str, assignment_id: i64, now: i64) -> i64 {
    let id = tx.submission_ids(1).await.unwrap()[0];
    let new = NewSubmission { submitted_at: now, ..new_submission(id, account_id, key, assignment_id) };
    tx.insert_submissions(&[new]).await.unwrap();
    tx.close_assignments(&[assignment_id], now).await.unwrap();
    id
}

/// Answers of one worker in one submission, as votes to be.
pub fn new_votes(
    account_id: i64,
    submission_id: i64,
    votes: &[(i64, Answer)],
    weights: VoteWeights,
    voted_at: i64,
) -> Vec<NewVote> {
    let new = |&(candidate_id, answer)| NewVote {
        candidate_id,
        account_id,
        answer,
        submission_id,
        voted_at,
        weights,
    };
    votes.iter().map(new).collect()
}

/// Submits answers about what a worker was handed, and leaves tallies and counters as they are. What the worker has voted on before
/// is left out; returns the submission's id and what was recorded, ascending.
pub async fn answer(
    tx: &mut Tx,
    account_id: i64,
    assignment_id: i64,
    key: &str,
    votes: &[(i64, Answer)],
    weights: VoteWeights,
    now: i64,
) -> (i64, Vec<(i64, Answer)>) {
    let pairs: Vec<(i64, i64)> = votes.iter().map(|(candidate_id, _)| (*candidate_id, account_id)).collect();
    let before = tx.voted(&pairs).await.unwrap();
    let mut recorded = votes.to_vec();
    recorded.retain(|(candidate_id, _)| !before.contains(&(*candidate_id, account_id)));
    recorded.sort_unstable_by_key(|(candidate_id, _)| *candidate_id);
    let id = tx.submission_ids(1).await.unwrap()[0];
    let new = NewSubmission {
        recorded: recorded.len() as i64,
        submitted_at: now,
        ..new_submission(id, account_id, key, assignment_id)
    };
    tx.insert_submissions(&[new]).await.unwrap();
    assert_eq!(tx.close_assignments(&[assignment_id], now).await.unwrap(), 1);
    tx.insert_votes(&new_votes(account_id, id, &recorded, weights, now)).await.unwrap();
    (id, recorded)
}

/// The changes of tallies that these answers make.
pub fn changes(recorded: &[(i64, Answer)], weights: VoteWeights) -> Vec<TallyChange> {
    recorded.iter().map(|(id, answer)| TallyChange::of(*id).answer(*answer, weights, 1)).collect()
}

/// Hands a worker candidates, submits answers about them and counts these, all in one; returns the submission's id and what was
/// recorded, which is what the worker had not voted on before.
pub async fn vote(
    tx: &mut Tx,
    account_id: i64,
    project_synset_id: i64,
    key: &str,
    votes: &[(i64, Answer)],
) -> (i64, Vec<(i64, Answer)>) {
    let candidates: Vec<i64> = votes.iter().map(|(candidate_id, _)| *candidate_id).collect();
    let assignment = assign(tx, account_id, project_synset_id, NOW, NOW + 1000, &candidates).await;
    let (submission, recorded) = answer(tx, account_id, assignment, key, votes, VoteWeights::FULL, NOW).await;
    tx.change_tallies(&changes(&recorded, VoteWeights::FULL)).await.unwrap();
    let delta = CounterDelta { votes: recorded.len() as i64, ..Default::default() };
    tx.add_to_counters(project_synset_id, &delta).await.unwrap();
    (submission, recorded)
}

/// Counts so many votes of a synset for the hour of [`NOW`].
pub async fn count_now(tx: &mut Tx, project_id: i64, project_synset_id: i64, votes: usize) {
    let of = HourOfVotes { project_id, hour: NOW / 3_600_000, project_synset_id };
    tx.count_for_the_hours(&[(of, votes as i64)]).await.unwrap();
}

/// The open candidates of a synset, read two at a time.
pub async fn open_candidates(store: &Store, project_synset_id: i64) -> Vec<OpenRow> {
    let mut tx = store.begin().await.unwrap();
    let open = tx.open_candidates(project_synset_id, 2).await.unwrap();
    tx.rollback().await.unwrap();
    open
}
