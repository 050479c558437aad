//! Images by where they come from, and verdicts that are passed on to related synsets; on both engines.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, answer, dog, form, label_all, next, no_differences, picture, submit, workers};
use app::api::projects::{GallerySort, SourceLine};
use app::api::settings::SettingsForm;
use app::backend::Backend;
use app::viewer::{Account, Admin, Manager};
use domain::consensus::Verdict;
use domain::roles::Role;
use domain::wnid::Wnid;
use domain::wordnet::Synset;
use server::service::experts::{self, Label};
use server::service::importing::{Progress, Provenance, import_folder};
use server::service::judging::Tables;
use server::service::learning::{learn, offset_sources};
use server::service::passing::{LookedThrough, pass_on_where_due, set_passing};
use server::service::{backend, wordnet};
use std::collections::HashSet;
use store::labeling::ExpertAnswer;
use store::verify::RecountRow;

cases![sources_with_fewer_good_images_are_judged_otherwise, verdicts_are_passed_up_and_down_and_taken_back,];

/// A kind of dog, which is the one of the project.
const HUSKY: &str = "n00000003";

async fn decided_by(app: &TestApp, backend: &Backend, admin: &Admin, form: SettingsForm) {
    backend.projects.change_settings(admin, app.project, form).await.unwrap();
    let mut tx = app.world.store.begin().await.unwrap();
    tx.set_definition_questions(app.project, false).await.unwrap();
    tx.commit().await.unwrap();
}

async fn bring(app: &TestApp, wnid: &str, seeds: std::ops::Range<u64>, found_by: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    for seed in seeds {
        std::fs::write(folder.path().join(format!("{seed:04}.jpg")), picture(seed, 64)).unwrap();
    }
    let provenance = Provenance { found_by: found_by.map(str::to_owned), ..Provenance::default() };
    let progress = &mut |_: &Progress| {};
    import_folder(&app.world, app.project, wnid, folder.path(), provenance, progress).await.unwrap();
}

async fn rows(app: &TestApp, wnid: &str) -> Vec<RecountRow> {
    let wnid: Wnid = wnid.parse().unwrap();
    let row = app.world.store.project_synset(app.project, wnid).await.unwrap().unwrap();
    app.world.store.recounted(row.project_synset_id).await.unwrap()
}

fn manager(admin: &Admin) -> Manager {
    Manager::of(Account { id: admin.id(), name: "admin".into(), role: Role::Admin }).unwrap()
}

async fn sources_with_fewer_good_images_are_judged_otherwise(app: &TestApp) {
    let (backend, tables, admin) = (backend(&app.world), Tables::default(), admin(app).await);
    decided_by(app, &backend, &admin, SettingsForm { method: "full".into(), ..form(30) }).await;
    let workers = workers(app, 12).await;
    bring(app, DOG, 0..30, Some("dog, en")).await;
    let good: HashSet<i64> =
        rows(app, DOG).await.iter().map(|row| row.candidate_id).filter(|id| id % 2 == 0).collect();
    label_all(app, &backend, &workers, &good).await;
    let table = dog(app).await.calibration_id.unwrap();
    // Another search finds hardly any.
    bring(app, DOG, 100..190, Some("hot dog, en")).await;
    label_all(app, &backend, &workers, &good).await;
    no_differences(app).await;
    assert_eq!(offset_sources(&app.world, &tables, app.project).await.unwrap(), 1);
    assert_ne!(dog(app).await.calibration_id, Some(table), "a version of its own");
    no_differences(app).await;
    assert_eq!(offset_sources(&app.world, &tables, app.project).await.unwrap(), 0, "nothing is new");
    let page = backend.projects.synset(&manager(&admin), app.project, DOG, None).await.unwrap();
    let share = |name: &str| {
        let named = |line: &&SourceLine| line.name.as_deref() == Some(name);
        page.sources.iter().find(named).unwrap().share.unwrap()
    };
    let (dogs, hot) = (share("dog, en"), share("hot dog, en"));
    assert!((0.3..0.7).contains(&dogs) && hot < 0.1, "{dogs} and {hot}");
    let images: Vec<i64> = page.sources.iter().map(|line| line.candidates).collect();
    assert_eq!(images, [90, 30]);
    // What is learned of workers and levels builds on it and keeps it.
    learn(&app.world, app.project).await.unwrap();
    no_differences(app).await;
    // Who turns to tables alone tells no sources apart, and nothing of it stays.
    decided_by(app, &backend, &admin, form(30)).await;
    no_differences(app).await;
    let newest = app.world.store.latest_calibration(dog(app).await.project_synset_id).await.unwrap();
    assert_eq!(newest.unwrap().source_offsets, domain::consensus::Offsets::default());
    let page = backend.projects.synset(&manager(&admin), app.project, DOG, None).await.unwrap();
    let shares: HashSet<String> = page.sources.iter().map(|line| format!("{:?}", line.share)).collect();
    assert_eq!(shares.len(), 1, "{shares:?}");
}

/// Huskies are dogs, and cats are none.
async fn kinds_of_dogs(app: &TestApp) {
    let wnid = |text: &str| text.parse::<Wnid>().unwrap();
    let synset = |offset: &str, above: &[&str]| Synset {
        wnid: wnid(offset),
        words: vec![format!("kind {offset}")],
        definition: format!("the kind of number {offset}"),
        examples: Vec::new(),
        hypernyms: above.iter().copied().map(wnid).collect(),
        instance_hypernyms: Vec::new(),
        lexicographer_file: 5,
    };
    let mut tx = app.world.store.begin().await.unwrap();
    tx.replace_ontology(&[synset("n00000001", &[]), synset(DOG, &["n00000001"]), synset(HUSKY, &[DOG])])
        .await
        .unwrap();
    tx.seed_synsets(app.project, &[wnid(HUSKY)], app.world.now()).await.unwrap();
    tx.commit().await.unwrap();
    wordnet::load(&app.world).await.unwrap();
}

async fn verdicts_are_passed_up_and_down_and_taken_back(app: &TestApp) {
    let (backend, tables, admin) = (backend(&app.world), Tables::default(), admin(app).await);
    decided_by(app, &backend, &admin, form(20)).await;
    kinds_of_dogs(app).await;
    let (workers, mut looked) = (workers(app, 12).await, LookedThrough::default());
    let mut pass = async || pass_on_where_due(&app.world, &tables, &mut looked).await.unwrap();
    // Dogs of their own teach the dogs' table; then come the huskies' images, for both.
    bring(app, DOG, 0..20, None).await;
    bring(app, HUSKY, 100..140, None).await;
    let seed = |row: &RecountRow| row.candidate_id % 2 == 0;
    let mut good: HashSet<i64> = HashSet::new();
    for wnid in [DOG, HUSKY] {
        good.extend(rows(app, wnid).await.iter().filter(|row| seed(row)).map(|row| row.candidate_id));
    }
    label_all(app, &backend, &workers, &good).await;
    bring(app, DOG, 100..140, None).await;
    assert_eq!(pass().await, 0, "nobody has asked for it");
    assert_eq!(dog(app).await.open(), 40);
    set_passing(&app.world, admin.id(), app.project, true).await.unwrap();
    let huskies = rows(app, HUSKY).await;
    let shown = huskies.iter().filter(|row| row.verdict == Verdict::Positive).count();
    assert_eq!(pass().await, shown, "what shows a husky shows a dog; what shows none may show another dog");
    let row = dog(app).await;
    assert_eq!(row.open(), 40 - i64::try_from(shown).unwrap(), "nobody is asked about these");
    no_differences(app).await;
    let by_husky: Vec<RecountRow> =
        rows(app, DOG).await.into_iter().filter(|row| row.related.is_some()).collect();
    for row in &by_husky {
        assert_eq!((row.verdict, row.reason.as_deref()), (Verdict::Positive, Some("related")));
        assert!(row.confidence.unwrap() > 0.9 && row.counted_yes + row.counted_no == 0, "{row:?}");
    }
    assert_eq!(pass().await, 0, "nothing is new");
    let shown_as = (None, GallerySort::default());
    let page =
        backend.projects.image(&manager(&admin), app.project, DOG, by_husky[0].candidate_id, shown_as).await;
    let related = page.unwrap().related.unwrap();
    assert_eq!((related.wnid.as_str(), related.good, related.decides), (HUSKY, true, true));
    // An expert's no on a dog goes down; a verdict that is taken back takes back what followed.
    let expert = async |candidate, word| {
        let label = Label { by: admin.id(), candidate, answer: word, seen: None, blind: false };
        experts::label(&app.world, label).await.unwrap();
    };
    let is_shown = |row: &&RecountRow| row.verdict == Verdict::Positive && !row.in_initial_sample;
    let source = huskies.iter().find(is_shown).unwrap().candidate_id;
    expert(source, ExpertAnswer::No).await;
    assert_eq!(pass().await, 1);
    assert_eq!(dog(app).await.open(), 41 - i64::try_from(shown).unwrap());
    no_differences(app).await;
    let open: HashSet<i64> = rows(app, DOG)
        .await
        .iter()
        .filter(|row| row.verdict == Verdict::Undecided)
        .map(|row| row.candidate_id)
        .collect();
    let asked = next(&backend, &workers[0], app.project).await.unwrap();
    assert!(asked.tiles.iter().all(|tile| open.contains(&tile.candidate)));
    submit(&backend, &workers[0], answer(&asked, &HashSet::new())).await.unwrap();
    set_passing(&app.world, admin.id(), app.project, false).await.unwrap();
    app.clock.forward(3_600);
    assert_eq!(pass().await, shown - 1, "all of it is taken back");
    assert!(rows(app, DOG).await.iter().all(|row| row.related.is_none()));
    no_differences(app).await;
}
