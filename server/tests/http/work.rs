//! What comes before a worker's first batch, and what the worker's own page says, on both engines.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, answer, bring_in, dog, picture, submit, workers};
use app::api::ApiError;
use app::api::labeling::{Batch, DefinitionQuestion, Next, Practice, Preface};
use app::backend::Backend;
use app::viewer::{ScreenSize, Worker};
use domain::roles::Role;
use domain::wnid::Wnid;
use domain::wordnet::Synset;
use server::service::importing::{Progress, Provenance, import_folder};
use server::service::{backend, wordnet};
use std::collections::{BTreeSet, HashSet};

cases![
    terms_come_first_and_again_when_their_text_changes,
    consent_to_an_older_wording_does_not_count,
    a_definition_is_asked_until_it_is_found_and_then_never_again,
    an_answer_to_an_older_order_is_left_alone,
    questions_that_are_switched_off_are_not_asked,
    the_next_synset_is_asked_about_before_its_first_batch,
    whoever_practises_learns_what_was_right_and_the_answers_are_no_votes,
    practice_that_fails_comes_once_more_with_other_pictures,
    known_pictures_stand_beside_the_batch_as_examples,
    ones_own_page_adds_up_day_time_streak_and_agreement,
    who_was_stopped_reads_why,
    plain_forms_lead_from_the_terms_to_the_board,
];

const CAT: &str = "n00000003";

/// The meaning that the test's WordNet gives a word.
fn meaning(word: &str) -> String {
    format!("what is called {word}")
}

/// Gives the dog a sibling, a cat, so that there is something to take it for.
async fn with_a_cat(app: &TestApp) {
    let synset = |offset: u32, word: &str, hypernyms: &[u32]| Synset {
        wnid: Wnid::from_offset(offset).unwrap(),
        words: vec![word.to_owned()],
        definition: meaning(word),
        examples: Vec::new(),
        lexicographer_file: 5,
        hypernyms: hypernyms.iter().map(|&offset| Wnid::from_offset(offset).unwrap()).collect(),
        instance_hypernyms: Vec::new(),
    };
    let mut tx = app.world.store.begin().await.unwrap();
    tx.replace_ontology(&[synset(1, "animal", &[]), synset(2, "dog", &[1]), synset(3, "cat", &[1])])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    wordnet::load(&app.world).await.unwrap();
}

async fn next(app: &TestApp, backend: &Backend, worker: &Worker) -> Next {
    backend.labeling.next(worker, app.project, ScreenSize::Large).await.unwrap()
}

async fn batch(app: &TestApp, backend: &Backend, worker: &Worker) -> Batch {
    match next(app, backend, worker).await {
        Next::Batch(batch) => batch,
        other => panic!("not a batch: {other:?}"),
    }
}

async fn question(app: &TestApp, backend: &Backend, worker: &Worker) -> DefinitionQuestion {
    match next(app, backend, worker).await {
        Next::Preface(Preface::Definition(question)) => question,
        other => panic!("not a question: {other:?}"),
    }
}

async fn practice(app: &TestApp, backend: &Backend, worker: &Worker) -> Practice {
    match next(app, backend, worker).await {
        Next::Preface(Preface::Practice(practice)) => practice,
        other => panic!("not a page of practice: {other:?}"),
    }
}

/// Answers a question with the meaning of a word.
async fn choose(backend: &Backend, worker: &Worker, question: &DefinitionQuestion, word: &str) {
    let place = question.choices.iter().position(|choice| *choice == meaning(word)).unwrap();
    let (project, tries) = (question.project, question.tries);
    let choice = Some(u32::try_from(place).unwrap());
    backend.work.answer_definition(worker, project, &question.wnid, tries, choice).await.unwrap();
}

async fn set_terms(app: &TestApp, backend: &Backend, text: &str) -> bool {
    let boss = Role::Admin;
    let name = format!("boss-{}", text.len());
    let id = app.account(&name, boss).await;
    let account = app::viewer::Account { id, name, role: boss };
    let admin = app::viewer::Admin::of(account).unwrap();
    backend.work.change_entry(&admin, app.project, text, true).await.unwrap()
}

async fn terms_come_first_and_again_when_their_text_changes(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..3).await;
    let worker = &workers(app, 1).await[0];
    assert!(set_terms(app, &backend, "Be kind.\r\n\r\nBe quick. ").await);
    let Next::Preface(Preface::Terms(terms)) = next(app, &backend, worker).await else { panic!() };
    assert_eq!(
        (terms.version, terms.name.as_str(), terms.text.as_str()),
        (1, "pets", "Be kind.\n\nBe quick.")
    );
    backend.work.agree(worker, app.project, 1).await.unwrap();
    let held = batch(app, &backend, worker).await;
    assert!(!set_terms(app, &backend, "Be kind.\n\nBe quick.").await, "nothing is new");
    assert_eq!(batch(app, &backend, worker).await, held);
    assert!(set_terms(app, &backend, "Be kind.").await);
    let Next::Preface(Preface::Terms(terms)) = next(app, &backend, worker).await else { panic!() };
    assert_eq!(terms.version, 2);
    let receipt = submit(&backend, worker, answer(&held, &HashSet::new())).await.unwrap();
    assert_eq!(receipt.recorded, 3, "an answer that is given is not lost");
    backend.work.agree(worker, app.project, 2).await.unwrap();
    assert!(matches!(next(app, &backend, worker).await, Next::Nothing(_)));
    assert!(!set_terms(app, &backend, "").await, "without terms nobody is asked");
    assert!(matches!(next(app, &backend, worker).await, Next::Nothing(_)));
}

async fn consent_to_an_older_wording_does_not_count(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..3).await;
    let worker = &workers(app, 1).await[0];
    set_terms(app, &backend, "One").await;
    set_terms(app, &backend, "Other").await;
    for version in [0, 1, 3] {
        let refused = backend.work.agree(worker, app.project, version).await.unwrap_err();
        assert!(matches!(refused, ApiError::Conflict(_)), "{version}: {refused:?}");
    }
    assert!(matches!(next(app, &backend, worker).await, Next::Preface(Preface::Terms(_))));
    backend.work.agree(worker, app.project, 2).await.unwrap();
    batch(app, &backend, worker).await;
}

async fn a_definition_is_asked_until_it_is_found_and_then_never_again(app: &TestApp) {
    let backend = backend(&app.world);
    with_a_cat(app).await;
    bring_in(app, 0..3).await;
    let worker = &workers(app, 1).await[0];
    let asked = question(app, &backend, worker).await;
    assert_eq!((asked.words.as_slice(), asked.tries, &asked.mistake), (&["dog".to_owned()][..], 0, &None));
    assert_eq!(
        asked.choices.iter().cloned().collect::<BTreeSet<_>>(),
        [meaning("cat"), meaning("dog")].into()
    );
    assert_eq!(question(app, &backend, worker).await, asked, "loaded again, it is the same");
    choose(&backend, worker, &asked, "cat").await;
    let again = question(app, &backend, worker).await;
    let mistake = again.mistake.clone().unwrap();
    assert_eq!((mistake.chosen.as_str(), mistake.definition), ("cat", meaning("dog")));
    assert_eq!(again.tries, 1);
    choose(&backend, worker, &again, "dog").await;
    let held = batch(app, &backend, worker).await;
    submit(&backend, worker, answer(&held, &HashSet::new())).await.unwrap();
    assert!(matches!(next(app, &backend, worker).await, Next::Nothing(_)), "never again");
    assert_eq!(app.world.store.definition_outcomes(dog(app).await.project_synset_id).await.unwrap(), (1, 1));
}

async fn an_answer_to_an_older_order_is_left_alone(app: &TestApp) {
    let backend = backend(&app.world);
    with_a_cat(app).await;
    bring_in(app, 0..3).await;
    let worker = &workers(app, 1).await[0];
    let asked = question(app, &backend, worker).await;
    choose(&backend, worker, &asked, "cat").await;
    choose(&backend, worker, &asked, "cat").await;
    choose(&backend, worker, &asked, "dog").await;
    let again = question(app, &backend, worker).await;
    assert_eq!(again.tries, 1, "the answers after the first went to a page that was not the newest");
    for choice in [None, Some(7)] {
        let refused = backend.work.answer_definition(worker, app.project, DOG, 1, choice).await.unwrap_err();
        assert_eq!(refused.to_string(), "Choose one of the definitions first.");
    }
}

async fn questions_that_are_switched_off_are_not_asked(app: &TestApp) {
    let backend = backend(&app.world);
    with_a_cat(app).await;
    bring_in(app, 0..3).await;
    let boss = admin(app).await;
    assert!(backend.work.entry(&boss, app.project).await.unwrap().definition_questions);
    backend.work.change_entry(&boss, app.project, "", false).await.unwrap();
    assert!(!backend.work.entry(&boss, app.project).await.unwrap().definition_questions);
    batch(app, &backend, &workers(app, 1).await[0]).await;
}

async fn the_next_synset_is_asked_about_before_its_first_batch(app: &TestApp) {
    let backend = backend(&app.world);
    with_a_cat(app).await;
    bring_in(app, 0..3).await;
    let mut tx = app.world.store.begin().await.unwrap();
    tx.seed_synsets(app.project, &[CAT.parse().unwrap()], app.world.now()).await.unwrap();
    tx.commit().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    for seed in 100..103 {
        std::fs::write(folder.path().join(format!("{seed}.jpg")), picture(seed, 64)).unwrap();
    }
    let progress = &mut |_: &Progress| {};
    import_folder(&app.world, app.project, CAT, folder.path(), Provenance::default(), progress)
        .await
        .unwrap();
    let worker = &workers(app, 1).await[0];
    let asked = question(app, &backend, worker).await;
    assert_eq!(asked.wnid, DOG, "the order of the synsets is what it was");
    choose(&backend, worker, &asked, "dog").await;
    let held = batch(app, &backend, worker).await;
    let said = answer(&held, &HashSet::new());
    let first = submit(&backend, worker, said.clone()).await.unwrap();
    let Next::Preface(Preface::Definition(cat)) = &first.next else { panic!("{first:?}") };
    assert_eq!(cat.wnid, CAT);
    assert_eq!(submit(&backend, worker, said.clone()).await.unwrap(), first, "sent twice, answered the same");
    choose(&backend, worker, cat, "cat").await;
    let Next::Nothing(_) = submit(&backend, worker, said).await.unwrap().next else {
        panic!("nothing is leased")
    };
    assert_eq!(batch(app, &backend, worker).await.synset.wnid, CAT);
}

/// Says of candidates what an expert would.
async fn expert_says(app: &TestApp, words: &[(i64, bool)]) {
    for (candidate, shows) in words {
        let verdict = if *shows { "positive" } else { "negative" };
        app.tamper(&format!(
            "update candidate set expert = {shows}, verdict = '{verdict}', confidence = 1 where candidate_id = {candidate}"
        ))
        .await;
    }
}

/// Imports pictures, of which an expert has seen so many: the even ones show a dog. Returns the ids.
async fn with_gold(app: &TestApp, known: usize) -> Vec<i64> {
    bring_in(app, 0..16).await;
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    let mut ids: Vec<i64> = rows.iter().map(|row| row.candidate_id).collect();
    ids.sort_unstable();
    let words: Vec<_> = ids.iter().take(known).enumerate().map(|(place, id)| (*id, place % 2 == 0)).collect();
    expert_says(app, &words).await;
    ids
}

async fn whoever_practises_learns_what_was_right_and_the_answers_are_no_votes(app: &TestApp) {
    let backend = backend(&app.world);
    let ids = with_gold(app, 4).await;
    let worker = &workers(app, 1).await[0];
    let page = practice(app, &backend, worker).await;
    let shown: Vec<i64> = page.tiles.iter().map(|tile| tile.candidate).collect();
    assert_eq!(shown.iter().copied().collect::<BTreeSet<_>>(), ids[..4].iter().copied().collect());
    assert_eq!(page.round, 1);
    let foreign = backend.work.answer_practice(worker, app.project, DOG, vec![ids[5]], Vec::new()).await;
    assert!(matches!(foreign, Err(ApiError::Conflict(_))), "{foreign:?}");
    // Three of four are right.
    let yes = vec![ids[0], ids[1], ids[2]];
    backend.work.answer_practice(worker, app.project, DOG, shown.clone(), yes).await.unwrap();
    let feedback = backend.work.practice_feedback(worker, app.project, DOG).await.unwrap();
    assert!(feedback.passed && !feedback.again, "{feedback:?}");
    let wrong: Vec<i64> = feedback
        .pictures
        .iter()
        .filter(|picture| picture.shows != picture.picked)
        .map(|picture| picture.tile.candidate)
        .collect();
    assert_eq!(wrong, [ids[1]]);
    let twice = backend.work.answer_practice(worker, app.project, DOG, shown, Vec::new()).await;
    assert!(matches!(twice, Err(ApiError::Conflict(_))));
    let held = batch(app, &backend, worker).await;
    assert!(
        held.tiles.iter().all(|tile| !ids[..4].contains(&tile.candidate)),
        "known pictures are not asked about"
    );
    assert_eq!(dog(app).await.votes, 0);
    let mine = backend.work.mine(worker).await.unwrap();
    assert_eq!(mine.projects[0].synsets[0].practice, Some((3, 4)));
}

async fn practice_that_fails_comes_once_more_with_other_pictures(app: &TestApp) {
    let backend = backend(&app.world);
    with_gold(app, 12).await;
    let worker = &workers(app, 1).await[0];
    let mut seen = BTreeSet::new();
    for (round, again) in [(1, true), (2, false)] {
        let page = practice(app, &backend, worker).await;
        assert_eq!(page.round, round);
        let shown: Vec<i64> = page.tiles.iter().map(|tile| tile.candidate).collect();
        assert!(shown.iter().all(|candidate| seen.insert(*candidate)), "other pictures: {shown:?}");
        backend.work.answer_practice(worker, app.project, DOG, shown, Vec::new()).await.unwrap();
        let feedback = backend.work.practice_feedback(worker, app.project, DOG).await.unwrap();
        assert_eq!((feedback.passed, feedback.again), (false, again));
    }
    assert_eq!(seen.len(), 12);
    batch(app, &backend, worker).await;
}

async fn known_pictures_stand_beside_the_batch_as_examples(app: &TestApp) {
    let backend = backend(&app.world);
    let ids = with_gold(app, 3).await;
    let crowd = workers(app, 1).await;
    let held = batch(app, &backend, &crowd[0]).await;
    assert_eq!((held.synset.shown_by.len(), held.synset.not_shown_by.len()), (2, 1));
    for tile in &held.tiles {
        assert!(!held.synset.shown_by.contains(&tile.small) && !ids[..3].contains(&tile.candidate));
    }
}

async fn ones_own_page_adds_up_day_time_streak_and_agreement(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..6).await;
    let worker = &workers(app, 1).await[0];
    let mine = backend.work.mine(worker).await.unwrap();
    assert_eq!((mine.votes, mine.streak, mine.days.len(), mine.projects.len()), (0, 0, 14, 1));
    let held = batch(app, &backend, worker).await;
    assert!(backend.work.mine(worker).await.unwrap().projects[0].page_waits);
    app.clock.forward(45);
    let first = held.tiles[0].candidate;
    submit(&backend, worker, answer(&held, &HashSet::from([first]))).await.unwrap();
    expert_says(app, &[(first, true), (held.tiles[1].candidate, true)]).await;
    let mine = backend.work.mine(worker).await.unwrap();
    let today = mine.days.last().unwrap();
    assert_eq!((today.votes, today.pages, today.spent, mine.streak, mine.votes), (6, 1, 45_000, 1, 6));
    let project = &mine.projects[0];
    assert_eq!((project.gold.hits, project.gold.of, project.votes), (1, 2, 6));
    let (low, high) = project.gold.interval.unwrap();
    assert!(low > 0.0 && low < 0.2 && high > 0.8 && high < 1.0, "{low} {high}");
    assert_eq!((project.settled.of, project.page_waits), (0, false));
    app.clock.forward(24 * 3_600);
    let mine = backend.work.mine(worker).await.unwrap();
    assert_eq!((mine.days[13].votes, mine.days[12].votes, mine.streak), (0, 6, 1), "today is not over yet");
    app.clock.forward(24 * 3_600);
    assert_eq!(backend.work.mine(worker).await.unwrap().streak, 0);
}

async fn who_was_stopped_reads_why(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..3).await;
    let worker = &workers(app, 1).await[0];
    app.tamper(&format!(
        "insert into exclusion (project_id, account_id, excluded, reason, decided_at)
         values ({}, {}, true, 'Two seconds a page', 7)",
        app.project,
        worker.id()
    ))
    .await;
    assert_eq!(next(app, &backend, worker).await, Next::Stopped("Two seconds a page".to_owned()));
    let mine = backend.work.mine(worker).await.unwrap();
    assert_eq!(mine.projects[0].stopped, Some(("Two seconds a page".to_owned(), 7)));
}

async fn plain_forms_lead_from_the_terms_to_the_board(app: &TestApp) {
    let backend = backend(&app.world);
    with_a_cat(app).await;
    bring_in(app, 0..3).await;
    set_terms(app, &backend, "Be <b>kind</b>.").await;
    let mut browser = app.signed_in("walker", Role::Worker).await;
    let (path, project) = (format!("/label/{}", app.project), app.project.to_string());
    let page = browser.page(&path).await;
    assert!(page.text().contains("Be &lt;b&gt;kind") && !page.text().contains("/api/submit_votes"));
    let form = [("project", project.as_str()), ("version", "1")];
    let agreed = browser.submit("agree_to_terms", &form, &path).await;
    assert_eq!((agreed.status, agreed.header("location")), (302, path.as_str()));
    let page = browser.page(&path).await;
    let text = page.text().replace("<!>", "");
    let place = |word: &str| text.find(&format!("<span>{}</span>", meaning(word))).unwrap();
    let right = if place("dog") < place("cat") { "0" } else { "1" };
    let form = [("project", project.as_str()), ("wnid", DOG), ("tries", "0"), ("choice", right)];
    let answered = browser.submit("answer_definition", &form, &path).await;
    assert_eq!((answered.status, answered.header("location")), (302, path.as_str()));
    assert!(browser.page(&path).await.text().contains("/api/submit_votes"));
}
