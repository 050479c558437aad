//! Settings before they are saved: what they would cost, and what is wrong with them.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, bring_in, dog, form, label_all, workers};
use app::api::ApiError;
use app::api::labeling::{Idle, Next};
use app::api::settings::SettingsForm;
use app::viewer::{Account, Manager, ScreenSize, Worker};
use domain::roles::Role;
use server::service::backend;
use std::collections::HashSet;

cases![
    before_the_first_table_the_samples_votes_are_counted,
    what_is_typed_is_followed_through_the_table_that_there_is,
    every_wrong_entry_is_named_at_its_field,
    a_synset_shows_what_it_overrides,
    a_form_that_is_refused_comes_back_as_it_was_typed,
    recorded_votes_are_played_once_more,
    a_forecast_is_made_for_any_target_and_asking_ends_with_the_budget,
];

async fn before_the_first_table_the_samples_votes_are_counted(app: &TestApp) {
    let (admin, backend) = (admin(app).await, backend(&app.world));
    let page = backend.tuning.of_project(&admin, app.project, None).await.unwrap();
    assert_eq!((page.now.votes, page.ground.candidates, page.then), (0.0, 0, None));
    bring_in(app, 0..30).await;
    let page = backend.tuning.of_project(&admin, app.project, None).await.unwrap();
    assert_eq!((page.ground.synsets, page.ground.calibrated, page.ground.candidates), (1, 0, 30));
    assert_eq!(page.now.sample_votes, 200.0, "20 images with 10 votes");
    assert!(page.now.votes > 200.0 && page.now.accepted < 30.0, "{:?}", page.now);
    let typed = SettingsForm { initial_votes: "15".into(), ..page.typed };
    let page = backend.tuning.of_project(&admin, app.project, Some(typed)).await.unwrap();
    assert_eq!(page.then.unwrap().sample_votes, 300.0);
}

async fn what_is_typed_is_followed_through_the_table_that_there_is(app: &TestApp) {
    let (admin, backend) = (admin(app).await, backend(&app.world));
    backend.projects.change_settings(&admin, app.project, form(12)).await.unwrap();
    bring_in(app, 0..40).await;
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    let good: HashSet<i64> = rows.iter().map(|row| row.candidate_id).filter(|id| id % 3 == 0).collect();
    label_all(app, &backend, &workers(app, 14).await, &good).await;
    let page = backend.tuning.of_project(&admin, app.project, None).await.unwrap();
    let row = dog(app).await;
    assert_eq!((page.now.votes, page.now.accepted), (0.0, row.positive as f64), "all is settled");
    assert!(page.now.precision.is_some_and(|precision| precision >= 0.97));
    // A higher fixed threshold opens images again, and saving it does what was said.
    let typed = SettingsForm { threshold: "0.9999".into(), ..page.typed.clone() };
    let page = backend.tuning.of_project(&admin, app.project, Some(typed.clone())).await.unwrap();
    let then = page.then.unwrap();
    assert!(then.votes > 0.0 || then.on_hold == 1, "{then:?}");
    assert_eq!(dog(app).await, row, "a look changes nothing");
    backend.projects.change_settings(&admin, app.project, typed).await.unwrap();
    let page = backend.tuning.of_project(&admin, app.project, None).await.unwrap();
    assert_eq!((page.now, page.then), (then, None));
}

async fn every_wrong_entry_is_named_at_its_field(app: &TestApp) {
    let (admin, backend) = (admin(app).await, backend(&app.world));
    let typed = SettingsForm {
        rejection: "no".into(),
        batch_size: "1000".into(),
        initial_sample: String::new(),
        ..form(12)
    };
    let page = backend.tuning.of_project(&admin, app.project, Some(typed.clone())).await.unwrap();
    let mut fields: Vec<&str> = page.wrong.iter().map(|(field, _)| field.as_str()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["batch_size", "initial_sample", "rejection"]);
    assert_eq!((page.typed, page.then), (typed, None));
    let typed = SettingsForm { votes_cap: "12".into(), initial_votes: "15".into(), ..form(12) };
    let page = backend.tuning.of_project(&admin, app.project, Some(typed)).await.unwrap();
    assert_eq!(page.wrong.len(), 1);
    assert_eq!(page.wrong[0].0, "votes_cap");
}

async fn a_synset_shows_what_it_overrides(app: &TestApp) {
    let (admin, backend) = (admin(app).await, backend(&app.world));
    bring_in(app, 0..5).await;
    let own = SettingsForm { votes_cap: "30".into(), ..SettingsForm::default() };
    backend.projects.change_overrides(&admin, app.project, DOG, own.clone()).await.unwrap();
    let page = backend.tuning.of_synset(&admin, app.project, DOG, None).await.unwrap();
    assert_eq!((page.typed, page.in_force.votes_cap, page.in_force.initial_sample), (own, 30, 20));
    assert_eq!(page.now.sample_votes, 50.0);
    let unseeded = backend.tuning.of_synset(&admin, app.project, "n00000001", None).await.unwrap_err();
    assert_eq!(unseeded.status(), 404);
}

async fn a_form_that_is_refused_comes_back_as_it_was_typed(app: &TestApp) {
    let mut browser = app.signed_in("boss", Role::Admin).await;
    let (project, here) = (app.project.to_string(), format!("/project/{}/settings", app.project));
    let form =
        [("project", project.as_str()), ("settings[target_precision]", "2"), ("settings[votes_cap]", "17")];
    let refused = browser.submit("change_settings", &form, &here).await;
    assert_eq!(refused.status, 302);
    let back = refused.header("location").to_owned();
    assert!(back.starts_with(&format!("{here}?settings%5B")), "{back}");
    let page = browser.page(&back).await;
    let text = page.text();
    assert!(text.contains("role=\"alert\"") && text.contains("from 0.5 to 1"), "{text}");
    assert!(text.contains("value=\"17\"") && text.contains("aria-invalid=\"true\""), "{text}");
    let refused = browser.call("change_settings", &form).await;
    assert_eq!(refused.status, 422, "a script is told");
}

async fn recorded_votes_are_played_once_more(app: &TestApp) {
    let backend = backend(&app.world);
    let admin = admin(app).await;
    let manager =
        Manager::of(Account { id: admin.id(), name: "admin".to_owned(), role: Role::Admin }).unwrap();
    backend.projects.change_settings(&admin, app.project, form(12)).await.unwrap();
    let replayed = async |typed| backend.tuning.replay(&manager, app.project, typed).await.unwrap();
    let nothing = replayed(None).await;
    assert_eq!((nothing.recorded.votes, nothing.now.images, nothing.then), (0, 0.0, None));
    bring_in(app, 0..30).await;
    let votes = label_all(app, &backend, &workers(app, 12).await, &HashSet::new()).await;
    let page = replayed(None).await;
    assert_eq!((page.recorded.synsets, page.recorded.images, page.recorded.labelled), (1, 30, 0));
    assert_eq!(page.recorded.votes.unsigned_abs(), votes);
    assert_eq!((page.now.negative, page.now.positive, page.then), (30.0, 0.0, None));
    assert!(page.now.votes <= votes as f64, "nothing is asked that was not recorded");
    let three = SettingsForm { method: "majority".into(), majority_votes: "11".into(), ..page.typed.clone() };
    let then = replayed(Some(three)).await.then.unwrap();
    assert_eq!((then.undecided, then.negative), (30.0, 0.0), "nobody was asked eleven times");
    let wrong = replayed(Some(SettingsForm { method: "dice".into(), ..page.typed.clone() })).await;
    assert_eq!((wrong.wrong[0].0.as_str(), wrong.then), ("method", None));
}

async fn a_forecast_is_made_for_any_target_and_asking_ends_with_the_budget(app: &TestApp) {
    let backend = backend(&app.world);
    let admin = admin(app).await;
    let manager =
        Manager::of(Account { id: admin.id(), name: "admin".to_owned(), role: Role::Admin }).unwrap();
    backend.projects.change_settings(&admin, app.project, form(12)).await.unwrap();
    bring_in(app, 0..30).await;
    let forecast =
        async |target: &str| backend.tuning.forecast(&manager, app.project, None, target).await.unwrap();
    let before = forecast("").await;
    assert_eq!((before.images, before.tables, before.then.is_none()), (30, (0, 1), true));
    assert_eq!((before.targets.len(), before.now.target, before.votes, before.budget), (8, 0.97, 0, None));
    let (low, high) = (before.targets[0].expected, before.targets[7].expected);
    assert!(low.votes < high.votes && low.recall() >= high.recall(), "{low:?} {high:?}");
    assert!(low.spread > 0.0 && low.good > 0.0);
    let other = forecast("0.99").await;
    assert_eq!(other.then.map(|then| then.target), Some(0.99));
    assert_eq!(other.settings.target_precision, "0.99");
    // The same of its only synset, which has settings of its own then.
    let of_dog =
        async |target: &str| backend.tuning.forecast(&manager, app.project, Some(DOG), target).await.unwrap();
    let (dog, largest) = (of_dog("").await, before.largest);
    assert_eq!((dog.now, dog.images, dog.tables, dog.largest.len()), (before.now, 30, (0, 1), 0));
    assert_eq!((largest.len(), largest[0].wnid.as_str(), largest[0].expected), (1, DOG, before.now.expected));
    let stricter = of_dog("0.99").await;
    assert_eq!((stricter.then, stricter.settings.target_precision.as_str()), (other.then, "0.99"));
    let unknown = backend.tuning.forecast(&manager, app.project, Some("n00000001"), "").await;
    assert!(matches!(unknown, Err(ApiError::NotFound(_))), "not seeded: {unknown:?}");
    assert!(forecast("1.5").await.wrong.unwrap().contains("from 0.9 to 0.999"));
    for wrong in ["0", "-3", "many", "1.5"] {
        let refused = backend.tuning.set_budget(&admin, app.project, wrong).await;
        assert!(matches!(refused, Err(ApiError::Invalid(_))), "{wrong}: {refused:?}");
    }
    // One page more than the budget may be out already, and none after it.
    backend.tuning.set_budget(&admin, app.project, " 30 ").await.unwrap();
    let votes = label_all(app, &backend, &workers(app, 12).await, &HashSet::new()).await;
    assert!((30..60).contains(&votes), "{votes}");
    let idle = backend.labeling.next(&worker(app).await, app.project, ScreenSize::Large).await.unwrap();
    assert_eq!(idle, Next::Nothing(Idle::EnoughVotes));
    assert_eq!(forecast("").await.budget, Some(30));
    backend.tuning.set_budget(&admin, app.project, "").await.unwrap();
    let next = backend.labeling.next(&worker(app).await, app.project, ScreenSize::Large).await.unwrap();
    assert!(matches!(next, Next::Batch(_)), "{next:?}");
}

/// Somebody who has not answered anything yet.
async fn worker(app: &TestApp) -> Worker {
    let mut tx = app.world.store.begin().await.unwrap();
    let name = format!("late-{}", app.world.chance.seed());
    let id = tx.insert_account(&name, Role::Worker, "none", app.world.now()).await.unwrap();
    tx.commit().await.unwrap();
    Worker::of(Account { id, name, role: Role::Worker }).unwrap()
}
