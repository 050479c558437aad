//! Seeding, and looking around in WordNet.

use crate::fake::Stage;
use crate::{get, post, request, send};
use axum::body::Body;
use domain::roles::Role;
use std::sync::Arc;

#[tokio::test]
async fn a_seed_preview_counts_before_anything_is_done() {
    let answer = get(Stage::of(Role::Admin), "/project/1/seed?tree=n02084071&depth.n02084071=2").await;
    answer
        .says("412\u{a0}synsets, 9 already seeded")
        .says("name=\"request[trees]\" value=\"n02084071:2\"")
        .says("Seed 403\u{a0}synsets")
        .says("403 new. 301 have no kinds of their own, 111 have.");
    get(Stage::of(Role::Admin), "/project/1/seed?list=n99999999")
        .await
        .is(200)
        .says("role=\"alert\"")
        .says("Line 1: WordNet 3.0 has no noun synset n99999999.")
        .does_not_say("Seed 403");
}

#[tokio::test]
async fn every_button_of_the_seeding_form_changes_its_state_without_script() {
    let page = async |query: &str| get(Stage::of(Role::Admin), &format!("/project/1/seed?{query}")).await;
    // What is chosen is held once, by its box in the tree.
    let chosen = page("tree=n02084071&without=n02085374").await;
    assert_eq!(chosen.html.matches("name=\"tree\" value=\"n02084071\"").count(), 1);
    chosen.says("name=\"request[without]\" value=\"n02085374\"");
    page("tree=n02084071&drop=n02084071").await.says("Nothing chosen yet");
    page("list=n02091134&one=n02110341").await.says("n02091134\nn02110341\n</textarea>");
    page("open=n02084071").await.says("aria-expanded=\"true\"").says("name=\"close\" value=\"n02084071\"");
    page("open=n02084071&close=n02084071").await.does_not_say("aria-expanded=\"true\"");
    page("trees=n02084071:1%20n02123597&list=")
        .await
        .says("name=\"request[trees]\" value=\"n02084071:1 n02123597\"");
}

#[tokio::test]
async fn a_seeding_says_what_undoing_takes_out_and_what_stays() {
    get(Stage::of(Role::Admin), "/project/1/seed")
        .await
        .says("Undo: take out 396\u{a0}synsets")
        .says("7\u{a0}synsets would stay: 7 with images or votes.")
        .says("Undone: 403\u{a0}synsets went")
        .says("href=\"/project/1/seed?trees=n02084071%3A2\"");
    let stage = Arc::new(Stage::of(Role::Admin));
    let done = post(&stage, "/project/1/seed", "/api/undo_seeding", "project=1&seeding=2").await;
    assert_eq!((done.status.as_u16(), done.location.as_str()), (302, "/project/1/seed#history"));
    send(&stage, request("GET", "/project/1/seed", Body::empty()))
        .await
        .says("Undone: 403\u{a0}synsets left the project.");
}

#[tokio::test]
async fn a_tree_opens_by_links_and_says_where_else_a_synset_is() {
    let tree = get(Stage::of(Role::Worker), "/synsets/tree").await;
    tree.says("href=\"/synsets/tree?open=n02084071#n02084071\"")
        .says("also under")
        .does_not_say("in the project");
    let open = get(Stage::of(Role::Manager), "/synsets/tree?open=n02084071&project=1").await;
    open.says("href=\"/synsets/tree?project=1#n02084071\"").says("9 in the project").says("13 more. ");
}

#[tokio::test]
async fn wordnet_begins_at_the_top_and_marks_what_a_project_has_for_managers_alone() {
    let start = get(Stage::of(Role::Worker), "/synsets").await;
    start.says("The paper’s twelve subtrees").says("href=\"/synsets/tree?at=n02084071\"");
    start.does_not_say("in the project").does_not_say("Mark what is in");
    let marked = get(Stage::of(Role::Manager), "/synsets").await;
    marked.says("Mark what is in").says("9 in the project").says("href=\"/synsets?project=2\"");
    marked.says("href=\"/synsets/tree?at=n02084071&amp;project=1\"");
    get(Stage::of(Role::Manager), "/synsets?q=dog").await.does_not_say("The paper’s twelve subtrees");
}
