//! What is learned beyond one synset, and what it changes: weights of votes, whose votes teach, and levels to lean on; on both
//! engines.

use crate::app::TestApp;
use crate::ground::{admin, answer, bring_in, dog, form, next, no_differences, picture, submit, workers};
use app::api::labeling::Submission;
use app::api::settings::SettingsForm;
use app::backend::Backend;
use app::viewer::{Account, Admin, Manager, Worker};
use domain::consensus::{Method, VoteWeights};
use domain::roles::Role;
use domain::wnid::Wnid;
use domain::wordnet::Synset;
use server::service::exclusions::{Decision, decide};
use server::service::experts::{self, Label};
use server::service::importing::{Progress, Provenance, import_folder};
use server::service::judging::Tables;
use server::service::learning::{learn, learn_where_due};
use server::service::{backend, wordnet};
use std::collections::HashSet;
use store::labeling::ExpertAnswer;

cases![
    who_is_wrong_weighs_little_and_teaches_no_table,
    synsets_lean_on_what_others_have_taught,
    a_number_of_votes_decides_where_it_was_chosen,
    known_images_stand_among_the_others,
];

async fn decided_by(app: &TestApp, backend: &Backend, admin: &Admin, form: SettingsForm) {
    backend.projects.change_settings(admin, app.project, form).await.unwrap();
}

/// Everybody answers by the parity of the candidate, the first one always the wrong way, until nobody gets a batch.
async fn label_by_parity(app: &TestApp, backend: &Backend, workers: &[Worker], contrary: Option<usize>) {
    let mut gave = true;
    while gave {
        gave = false;
        for (place, worker) in workers.iter().enumerate() {
            let Some(batch) = next(backend, worker, app.project).await else { continue };
            let is_contrary = contrary == Some(place);
            let tiles = batch.tiles.iter().map(|tile| tile.candidate);
            let yes: HashSet<i64> = tiles.filter(|id| (id % 2 == 0) != is_contrary).collect();
            submit(backend, worker, answer(&batch, &yes)).await.unwrap();
            gave = true;
        }
    }
}

async fn weights_of(app: &TestApp, worker: &Worker) -> HashSet<(i64, i64)> {
    let votes = app.world.store.votes_of_project(app.project, (0, 0), 100_000).await.unwrap();
    let own = votes.iter().filter(|vote| vote.account_id == worker.id());
    own.map(|vote| (vote.weight_yes, vote.weight_no)).collect()
}

async fn who_is_wrong_weighs_little_and_teaches_no_table(app: &TestApp) {
    let (backend, tables, admin) = (backend(&app.world), Tables::default(), admin(app).await);
    decided_by(app, &backend, &admin, SettingsForm { method: "full".into(), ..form(20) }).await;
    bring_in(app, 0..60).await;
    let workers = workers(app, 12).await;
    label_by_parity(app, &backend, &workers, Some(0)).await;
    let whole = i64::from(VoteWeights::FULL.yes);
    assert_eq!(weights_of(app, &workers[0]).await, HashSet::from([(whole, whole)]), "nothing is known yet");
    assert!(learn_where_due(&app.world, &tables).await.unwrap() <= 1);
    learn(&app.world, app.project).await.unwrap();
    learn_where_due(&app.world, &tables).await.unwrap();
    let store = &app.world.store;
    assert_eq!(store.untrusted(app.project).await.unwrap(), [workers[0].id()]);
    let table = store.latest_calibration(dog(app).await.project_synset_id).await.unwrap().unwrap();
    assert!(table.version >= 2 && table.through_trust_id > 0, "{table:?}");
    assert_eq!((table.method, table.prior_id), (Method::Full, None));
    assert!(table.good_yes_rate > 0.9, "the contrary one has not taught it: {table:?}");
    no_differences(app).await;
    let manager = Manager::of(Account { id: admin.id(), name: "admin".into(), role: Role::Admin }).unwrap();
    let shown =
        async |worker: &Worker| backend.workers.worker(&manager, app.project, worker.id()).await.unwrap();
    let (wrong, right) = (shown(&workers[0]).await.weight.unwrap(), shown(&workers[1]).await.weight.unwrap());
    assert!(!wrong.teaches && wrong.yes < 0.75 && wrong.no < 0.75, "{wrong:?}");
    assert!(right.teaches && right.yes == 1.0 && right.no == 1.0, "{right:?}");
    bring_in(app, 60..100).await;
    label_by_parity(app, &backend, &workers, Some(0)).await;
    let (wrong, right) = (weights_of(app, &workers[0]).await, weights_of(app, &workers[1]).await);
    assert!(wrong.iter().any(|(yes, no)| *yes < whole * 3 / 4 && *no < whole * 3 / 4), "{wrong:?}");
    assert_eq!(right, HashSet::from([(whole, whole)]), "who votes as people do weighs exactly 1");
    no_differences(app).await;
    corrected(app, &backend, &workers[0]).await;
    for excluded in [true, false] {
        let (by, account) = (workers[1].id(), workers[0].id());
        let decision = Decision { by, project: app.project, account, excluded, reason: "contrary" };
        decide(&app.world, decision).await.unwrap();
        no_differences(app).await;
    }
}

/// The worker thinks again about the page that was submitted last.
async fn corrected(app: &TestApp, backend: &Backend, worker: &Worker) {
    let last = backend.labeling.last(worker, app.project).await.unwrap().unwrap();
    let tiles: Vec<i64> = last.batch.tiles.iter().map(|tile| tile.candidate).collect();
    let (first, rest) = tiles.split_first().unwrap();
    let again = Submission {
        key: last.batch.key.clone(),
        assignment: last.batch.assignment,
        yes: rest.to_vec(),
        unsure: vec![*first],
        broken: Vec::new(),
        offensive: Vec::new(),
        none_of_these: false,
    };
    assert!(backend.labeling.correct(worker, again).await.unwrap().changed > 0);
    no_differences(app).await;
}

/// Five more animals beside the dog, each with pictures of its own.
async fn six_animals(app: &TestApp) {
    let synset = |offset: u32, above: &[u32]| Synset {
        wnid: wnid(offset),
        words: vec![format!("animal {offset}")],
        definition: format!("the animal of number {offset}"),
        examples: Vec::new(),
        hypernyms: above.iter().copied().map(wnid).collect(),
        instance_hypernyms: Vec::new(),
        lexicographer_file: 5,
    };
    // 2 to 6 are below 1; 7 is not.
    let mut synsets: Vec<Synset> = (2..=6).map(|offset| synset(offset, &[1])).collect();
    synsets.extend([synset(1, &[9]), synset(7, &[9]), synset(8, &[1]), synset(9, &[])]);
    let mut tx = app.world.store.begin().await.unwrap();
    tx.replace_ontology(&synsets).await.unwrap();
    let more: Vec<Wnid> = (3..=8).map(wnid).collect();
    tx.seed_synsets(app.project, &more, app.world.now()).await.unwrap();
    tx.set_definition_questions(app.project, false).await.unwrap();
    tx.commit().await.unwrap();
    wordnet::load(&app.world).await.unwrap();
    for offset in 2..=7_u32 {
        let folder = tempfile::tempdir().unwrap();
        for seed in 0..12 {
            let seed = u64::from(offset) * 1_000 + seed;
            std::fs::write(folder.path().join(format!("{seed}.jpg")), picture(seed, 64)).unwrap();
        }
        let (world, wnid, progress) = (&app.world, wnid(offset).to_string(), &mut |_: &Progress| {});
        import_folder(world, app.project, &wnid, folder.path(), Provenance::default(), progress)
            .await
            .unwrap();
    }
}

fn wnid(offset: u32) -> Wnid {
    Wnid::from_offset(offset).unwrap()
}

async fn synsets_lean_on_what_others_have_taught(app: &TestApp) {
    let (backend, tables, admin) = (backend(&app.world), Tables::default(), admin(app).await);
    decided_by(app, &backend, &admin, SettingsForm { method: "full".into(), ..form(8) }).await;
    six_animals(app).await;
    label_by_parity(app, &backend, &workers(app, 11).await, None).await;
    let store = &app.world.store;
    let rebuilt = learn_where_due(&app.world, &tables).await.unwrap();
    assert_eq!(rebuilt, 6, "every synset with a table leans on others now");
    let synsets = store.synsets_of_project(app.project).await.unwrap();
    let level = async |offset: u32| {
        let row = synsets.iter().find(|row| row.wnid == wnid(offset)).unwrap();
        store.prior(row.prior_id.unwrap()).await.unwrap().unwrap()
    };
    let (animals, all) = (level(2).await, level(7).await);
    assert_eq!((animals.wnid.as_deref(), animals.synsets, animals.images), (Some("n00000001"), 5, 40));
    assert_eq!((all.wnid.as_deref(), all.synsets, all.images), (None, 6, 48));
    assert_eq!(level(8).await, animals, "it has no table yet, and leans on the same level as its siblings");
    for row in synsets.iter().filter(|row| row.calibration_id.is_some()) {
        let table = store.latest_calibration(row.project_synset_id).await.unwrap().unwrap();
        assert_eq!((table.prior_id, Some(table.calibration_id)), (row.prior_id, row.calibration_id));
    }
    no_differences(app).await;
    assert_eq!(learn_where_due(&app.world, &tables).await.unwrap(), 0, "nothing is new");
    // Who comes later leans on what there is, and nothing is built again.
    let mut tx = app.world.store.begin().await.unwrap();
    tx.seed_synsets(app.project, &[wnid(1), wnid(9)], app.world.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(learn_where_due(&app.world, &tables).await.unwrap(), 0);
    for offset in [1, 9] {
        let row = app.world.store.project_synset(app.project, wnid(offset)).await.unwrap().unwrap();
        assert_eq!(row.prior_id, Some(all.prior_id), "no ancestor of it has a level");
    }
    // Without weights nothing leans on anything.
    decided_by(app, &backend, &admin, form(8)).await;
    let table = store.latest_calibration(dog(app).await.project_synset_id).await.unwrap().unwrap();
    assert_eq!((table.method, table.prior_id, table.through_trust_id), (Method::Table, None, 0));
    no_differences(app).await;
}

async fn a_number_of_votes_decides_where_it_was_chosen(app: &TestApp) {
    let (backend, admin) = (backend(&app.world), admin(app).await);
    let majority =
        |votes: &str| SettingsForm { method: "majority".into(), majority_votes: votes.into(), ..form(5) };
    decided_by(app, &backend, &admin, majority("3")).await;
    bring_in(app, 0..30).await;
    label_by_parity(app, &backend, &workers(app, 11).await, None).await;
    let row = dog(app).await;
    let rows = app.world.store.recounted(row.project_synset_id).await.unwrap();
    for row in rows.iter().filter(|row| !row.in_initial_sample) {
        assert_eq!(row.yes + row.no, 3, "as many as were chosen");
        let reason = if row.candidate_id % 2 == 0 { "voted_yes" } else { "voted_no" };
        assert_eq!(row.reason.as_deref(), Some(reason));
    }
    let sample: Vec<i64> =
        rows.iter().filter(|row| row.in_initial_sample).map(|row| row.yes + row.no).collect();
    assert_eq!(sample, [10; 5], "the sample gets its votes, so that the precision can be stated");
    assert_eq!((row.positive, row.negative, row.open()), (15, 15, 0));
    no_differences(app).await;
    // More votes are wanted: what has too few is open again.
    decided_by(app, &backend, &admin, majority("4")).await;
    assert_eq!(dog(app).await.open(), 25);
    no_differences(app).await;
}

async fn known_images_stand_among_the_others(app: &TestApp) {
    let (backend, admin) = (backend(&app.world), admin(app).await);
    decided_by(app, &backend, &admin, SettingsForm { method: "full".into(), ..form(30) }).await;
    bring_in(app, 0..90).await;
    let workers = workers(app, 14).await;
    label_by_parity(app, &backend, &workers, None).await;
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    for row in rows.iter().filter(|row| !row.in_initial_sample) {
        let answer = if row.candidate_id % 2 == 0 { ExpertAnswer::Yes } else { ExpertAnswer::No };
        let label = Label { by: admin.id(), candidate: row.candidate_id, answer, seen: None, blind: false };
        experts::label(&app.world, label).await.unwrap();
    }
    bring_in(app, 90..330).await;
    let store = &app.world.store;
    let rows = store.recounted(dog(app).await.project_synset_id).await.unwrap();
    let known: HashSet<i64> =
        rows.iter().filter(|row| row.expert.is_some()).map(|row| row.candidate_id).collect();
    let (mut tiles, mut gold) = (0, HashSet::new());
    for worker in workers.iter().cycle().take(60) {
        let Some(batch) = next(&backend, worker, app.project).await else { continue };
        tiles += batch.tiles.len();
        let shown: Vec<i64> = batch.tiles.iter().map(|tile| tile.candidate).collect();
        for candidate in shown.iter().filter(|id| known.contains(id)) {
            assert!(gold.insert((worker.id(), *candidate)), "nobody is shown one twice");
        }
        let yes: HashSet<i64> = shown.into_iter().filter(|id| id % 2 == 0).collect();
        submit(&backend, worker, answer(&batch, &yes)).await.unwrap();
    }
    assert!(!gold.is_empty() && gold.len() * 5 < tiles, "{} of {tiles}", gold.len());
    // Votes on them are votes, and change nothing about them.
    let rows = store.recounted(dog(app).await.project_synset_id).await.unwrap();
    for row in rows.iter().filter(|row| known.contains(&row.candidate_id)) {
        assert_eq!(row.reason.as_deref(), Some("expert"));
    }
    no_differences(app).await;
}
