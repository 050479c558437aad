//! Who sees which screen, and what every screen has in common.

use crate::fake::{Stage, UNREACHABLE};
use crate::{get, request, send};
use axum::body::Body;
use domain::roles::Role;
use std::sync::Arc;

#[tokio::test]
async fn every_screen_renders_for_an_admin_in_full_and_empty() {
    let paths = [
        "/",
        "/sign-in",
        "/sign-up",
        "/invitation/abc",
        "/account",
        "/label/1",
        "/label/4",
        "/label/5",
        "/label/6",
        "/label/7",
        "/label/8",
        "/label/1/practice/n02110341",
        "/work",
        "/label/1/last",
        "/label/2/last",
        "/synsets",
        "/synsets?q=dog",
        "/synset/n02084071",
        "/projects",
        "/project/1",
        "/project/2?show=hold&pace=week&rows=all",
        "/project/1/tree",
        "/project/1/synset/n02110341",
        "/project/1/synset/n02123394?show=duplicate",
        "/project/1/synset/n02110341?show=open&sort=disputed&version=2",
        "/project/1/synset/n02110341/image/7",
        "/project/1/synset/n02110341/image/24?show=positive&sort=confident",
        "/project/1/workers",
        "/project/1/workers?sort=pace&q=ma",
        "/project/1/worker/3",
        "/project/1/worker/3/exclude",
        "/project/1/worker/4/restore",
        "/review",
        "/review?votes=hidden&trail=31&after=1-2-3",
        "/review?case=31&mine=no",
        "/project/1/review",
        "/project/1/settings",
        "/project/1/settings?settings%5Btarget_precision%5D=0.99",
        "/project/1/synset/n02110341/settings",
        "/project/1/seed",
        "/project/1/seed?tree=n02084071&open=n02084071&without=n02085374",
        "/synsets/tree",
        "/synsets/tree?at=n02084071&open=n02084071",
        "/project/1/import",
        "/project/1/import?wnid=n02084071",
        "/project/1/import?go_on=4",
        "/import/1",
        "/import/3",
        "/import/4",
        "/import/5?show=refused",
        "/project/1/synset/n02110341/duplicates",
        "/project/1/synset/n02110341/duplicates?show=almost",
        "/project/1/synset/n02110341/duplicates?show=reviewed",
        "/accounts",
    ];
    for empty in [false, true] {
        for path in paths {
            let answer = get(Stage { empty, ..Stage::of(Role::Admin) }, path).await;
            answer.is(200).says("<h1").says("<title>").says("id=\"content\"").says("</html>");
            assert_eq!(answer.html.matches("<h1").count(), 1, "{path} has one main heading");
            assert!(
                !answer.html.contains(" style=\"") && !answer.html.contains(" onclick="),
                "{path} obeys its own policy"
            );
        }
    }
}

#[tokio::test]
async fn who_is_not_signed_in_goes_to_the_sign_in_page_and_comes_back() {
    let answer = get(Stage::default(), "/project/1?sort=votes&dir=desc").await;
    answer.is(302);
    assert_eq!(answer.location, "/sign-in?to=%2Fproject%2F1%3Fsort%3Dvotes%26dir%3Ddesc");
    get(Stage::default(), &answer.location)
        .await
        .is(200)
        .says("name=\"to\" value=\"/project/1?sort=votes&amp;dir=desc\"");
}

#[tokio::test]
async fn a_visitor_sees_what_it_is_and_the_ways_in_that_are_open() {
    get(Stage::default(), "/").await.is(200).says("href=\"/sign-up\"").does_not_say("/api/sign_out");
    get(Stage { empty: true, ..Stage::default() }, "/")
        .await
        .is(200)
        .does_not_say("href=\"/sign-up\"")
        .says("by invitation");
}

#[tokio::test]
async fn a_role_meets_a_closed_door_in_words() {
    for path in
        ["/projects", "/project/1", "/project/1/synset/n02084071", "/project/1/synset/n02110341/image/7"]
    {
        get(Stage::of(Role::Worker), path)
            .await
            .is(403)
            .says("project managers")
            .says("Not for this account");
    }
    for path in [
        "/accounts",
        "/project/1/settings",
        "/project/1/seed",
        "/project/1/import",
        "/project/1/synset/n02110341/duplicates",
        "/import/1",
    ] {
        get(Stage::of(Role::Manager), path).await.is(403).says("for admins");
    }
}

#[tokio::test]
async fn a_manager_sees_no_form_that_only_an_admin_may_send() {
    for path in ["/projects", "/project/1", "/project/1/synset/n02110341"] {
        let answer = get(Stage::of(Role::Manager), path).await;
        answer
            .is(200)
            .does_not_say("/api/create_project")
            .does_not_say("/api/pause_synset")
            .does_not_say("/seed\"");
    }
}

#[tokio::test]
async fn unknown_addresses_ids_and_tokens_are_designed_404_pages() {
    for path in [
        "/nowhere",
        "/project/77",
        "/project/seven",
        "/synset/n1",
        "/import/77",
        "/project/1/synset/n02110341?version=two",
        "/project/1/synset/n02110341/image/77",
        "/project/1/synset/n02110341/image/seven",
        "/invitation/used",
        "/label/77",
    ] {
        get(Stage::of(Role::Admin), path).await.is(404).says("Nothing here").says("Start page");
    }
}

#[tokio::test]
async fn a_storage_that_is_away_says_when_to_try_again() {
    let answer = get(Stage::of(Role::Worker), &format!("/label/{UNREACHABLE}")).await;
    answer.is(503).says("try again in 7\u{a0}seconds").says(&format!("href=\"/label/{UNREACHABLE}\""));
}

#[tokio::test]
async fn a_hostile_gloss_or_name_stays_text() {
    let answer = get(Stage::of(Role::Admin), "/synset/n00000666").await;
    answer.is(200).does_not_say("<script>alert").says("&lt;script&gt;alert");
    get(Stage::of(Role::Admin), "/projects").await.does_not_say("<b>Vehicles").says("&lt;b&gt;Vehicles");
    get(Stage::of(Role::Admin), "/project/1/synset/n02110341/image/3")
        .await
        .does_not_say("href=\"javascript:")
        .says("javascript:alert(1)");
}

#[tokio::test]
async fn pages_without_an_island_ship_no_script() {
    let script = || Some(app::pages::Script { js: "/pkg/a.js".into(), wasm: "/pkg/a.wasm".into() });
    for path in [
        "/",
        "/projects",
        "/project/1/synset/n02110341",
        "/project/1/synset/n02110341/image/7",
        "/synset/n02084071",
        "/import/1",
    ] {
        get(Stage { script: script(), ..Stage::of(Role::Admin) }, path)
            .await
            .is(200)
            .does_not_say("<script")
            .does_not_say("/pkg/");
    }
    let board = get(Stage { script: script(), ..Stage::of(Role::Worker) }, "/label/1").await;
    board
        .says("<script type=\"module\" nonce=\"")
        .says("import(\"/pkg/a.js\")")
        .says("fetch(\"/pkg/a.wasm\")");
    assert_eq!(board.html.matches("<script").count(), 1);
}

#[tokio::test]
async fn a_page_answers_only_to_reading() {
    let answer = send(&Arc::new(Stage::of(Role::Admin)), request("POST", "/projects", Body::empty())).await;
    answer.is(405);
}
