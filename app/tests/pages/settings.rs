//! Settings, and what they would cost.

use crate::fake::Stage;
use crate::{get, post};
use domain::roles::Role;
use std::sync::Arc;

#[tokio::test]
async fn settings_arrive_under_their_names() {
    let stage = Arc::new(Stage::of(Role::Admin));
    let page = get(Stage::of(Role::Admin), "/project/1/settings").await;
    page.says("name=\"settings[target_precision]\"").says("value=\"0.995\"");
    let form = "project=1&settings%5Btarget_precision%5D=0.99&settings%5Bvotes_cap%5D=12";
    post(&stage, "/project/1/settings", "/api/change_settings", form).await.is(302);
    let settings = stage.settings.lock().unwrap().pop().unwrap();
    assert_eq!((settings.target_precision.as_str(), settings.votes_cap.as_str()), ("0.99", "12"));
    get(
        Stage { notice: Some("The settings are saved.".to_owned()).into(), ..Stage::of(Role::Admin) },
        "/project/1/settings",
    )
    .await
    .says("role=\"status\"")
    .says("The settings are saved.");
}

#[tokio::test]
async fn an_admin_sees_the_terms_as_workers_do() {
    let page = get(Stage::of(Role::Admin), "/project/1/settings").await;
    page.says("name=\"terms\"").says("31\u{a0}people have agreed to it.").says("As workers see them");
    get(Stage { empty: true, ..Stage::of(Role::Admin) }, "/project/1/settings")
        .await
        .says("There are no terms: nobody is asked.");
}

#[tokio::test]
async fn settings_say_what_they_would_cost_before_they_are_saved() {
    let page = async |query: &str| get(Stage::of(Role::Admin), &format!("/project/1/settings{query}")).await;
    page("")
        .await
        .says("What it costs as it is")
        .says("48,120")
        .says("577.44\u{a0}EUR")
        .says("43\u{a0}synsets without a table: up to 8,600\u{a0}votes")
        .does_not_say("As typed");
    page("?settings%5Btarget_precision%5D=0.99")
        .await
        .says("It would cost 9,118\u{a0}votes less")
        .says("As typed")
        .says("value=\"0.99\"");
    page("?settings%5Btarget_precision%5D=2")
        .await
        .says("role=\"alert\"")
        .says("href=\"#settings-target_precision-\"")
        .says("aria-invalid=\"true\"")
        .says("value=\"2\"")
        .does_not_say("As typed");
    get(Stage::of(Role::Admin), "/project/1/synset/n02110341/settings")
        .await
        .says("action=\"/api/change_overrides\"")
        .says("in force: 0.995")
        .does_not_say("Synsets on hold");
}

#[tokio::test]
async fn who_decides_is_chosen_by_what_it_would_mean() {
    let page = get(Stage::of(Role::Admin), "/project/1/settings").await;
    page.says("name=\"settings[method]\"")
        .says("What each would mean here")
        .says("Majority of 5")
        .says("in force");
    let own = get(Stage::of(Role::Admin), "/project/1/synset/n02110341/settings").await;
    own.does_not_say("settings[method]");
}

#[tokio::test]
async fn votes_are_played_once_more_under_other_settings() {
    let replayed =
        async |query: &str| get(Stage::of(Role::Manager), &format!("/project/1/replay{query}")).await;
    replayed("").await.says("What came of it").does_not_say("As typed").says("that experts labeled");
    let typed =
        "?settings%5Bmethod%5D=majority&settings%5Bmajority_votes%5D=5&settings%5Btarget_precision%5D=0.995";
    replayed(typed).await.says("more would have been asked for").says("As typed").says("dalmatian");
    replayed("?settings%5Btarget_precision%5D=2")
        .await
        .says("Mend what is wrong first")
        .does_not_say("As typed");
    get(Stage { empty: true, ..Stage::of(Role::Manager) }, "/project/1/replay")
        .await
        .says("There are no votes yet");
    get(Stage::of(Role::Worker), "/project/1/replay").await.is(403);
}

#[tokio::test]
async fn a_forecast_goes_from_target_to_target_and_says_what_the_budget_leaves() {
    let forecast =
        async |role, query: &str| get(Stage::of(role), &format!("/project/1/forecast{query}")).await;
    forecast(Role::Manager, "")
        .await
        .says("Nine times in ten")
        .says("100,000 votes")
        .does_not_say("Set this target");
    let other = forecast(Role::Admin, "?target=0.98").await;
    other.says("instead of").says("Set this target").says("/project/1/settings?");
    forecast(Role::Manager, "?target=2").await.says("a number from 0.9 to 0.999 is expected");
    get(Stage { empty: true, ..Stage::of(Role::Manager) }, "/project/1/forecast")
        .await
        .says("Nothing to expect yet");
    forecast(Role::Worker, "").await.is(403);
    let stage = Arc::new(Stage::of(Role::Admin));
    post(&stage, "/project/1/forecast", "/api/set_budget", "project=1&votes=500").await.is(302);
    assert_eq!(stage.budgets.lock().unwrap().pop().as_deref(), Some("500"));
}
