//! Imports and near duplicates.

use crate::fake::Stage;
use crate::{get, post, request, send};
use axum::body::Body;
use domain::roles::Role;
use std::sync::Arc;

#[tokio::test]
async fn an_import_refreshes_until_it_is_over() {
    let running = get(Stage::of(Role::Admin), "/import/1").await;
    running
        .says("83 of 140\u{a0}files looked at")
        .says("/api/cancel_import")
        .says("href=\"/import/1?still=yes\"");
    assert_eq!(running.refresh, "2");
    assert_eq!(get(Stage::of(Role::Admin), "/import/1?still=yes").await.refresh, "");
    let finished = get(Stage::of(Role::Admin), "/import/2").await;
    finished.does_not_say("/api/cancel_import");
    assert_eq!(finished.refresh, "");
    get(Stage::of(Role::Admin), "/import/3").await.says("cut off after 12 files");
}

#[tokio::test]
async fn an_import_that_stopped_can_be_resumed_and_one_that_receives_goes_on() {
    let stopped = get(Stage::of(Role::Admin), "/import/5").await;
    stopped
        .says("What went in stays")
        .says("/api/resume_import")
        .says("Resume with the 57\u{a0}files that wait")
        .says("href=\"/import/5/refused.csv\"")
        .says("By synset")
        .says("table.csv, line 7")
        .does_not_say("/api/cancel_import");
    assert_eq!(stopped.refresh, "");
    let receiving = get(Stage::of(Role::Admin), "/import/4").await;
    receiving
        .says("href=\"/project/1/import?go_on=4\"")
        .says("/api/finish_import")
        .says("Begin with the 140\u{a0}files that are here")
        .does_not_say("/api/resume_import");
    let form = get(Stage::of(Role::Admin), "/project/1/import?go_on=4").await;
    form.says("An import goes on").says("140\u{a0}files are here").does_not_say("name=\"wnid\"");
    // An import that is over, or of another project, can't go on.
    for other in ["/project/1/import?go_on=2", "/project/2/import?go_on=4"] {
        get(Stage::of(Role::Admin), other).await.says("name=\"wnid\"").does_not_say("An import goes on");
    }
}

#[tokio::test]
async fn the_files_of_an_import_are_listed_by_state_page_after_page() {
    let first = get(Stage::of(Role::Admin), "/import/2?show=all").await;
    first
        .says("href=\"/import/2?show=refused#files\"")
        .says("href=\"/import/2?show=all&amp;after=200#files\"")
        .does_not_say("/import/2?show=waiting");
    get(Stage::of(Role::Admin), "/import/2?show=all&after=200").await.does_not_say("More files");
    let running = get(Stage::of(Role::Admin), "/import/1?after=200").await;
    assert_eq!(running.refresh, "", "whoever reads on is left in peace");
}

#[tokio::test]
async fn the_import_form_is_whole_without_script() {
    get(Stage::of(Role::Admin), "/project/1/import")
        .await
        .says("enctype=\"multipart/form-data\" action=\"/project/1/import\"")
        .says("name=\"files\" type=\"file\" multiple")
        .says("name=\"licence\"")
        .does_not_say("webkitdirectory");
}

#[tokio::test]
async fn a_word_about_a_pair_is_a_plain_form() {
    let page = get(Stage::of(Role::Admin), "/project/1/synset/n02110341/duplicates").await;
    page.says("31</span>")
        .says("method=\"post\" action=\"/api/review_duplicate\"")
        .says("name=\"left\" value=\"2\"")
        .says("name=\"decision\" value=\"swap\"")
        .says("2048 × 1536")
        .says("no votes")
        .does_not_say("href=\"javascript:");
    let stage = Arc::new(Stage::of(Role::Admin));
    let from = "/project/1/synset/n02110341/duplicates";
    post(&stage, from, "/api/review_duplicate", "left=2&right=3&decision=apart").await.is(302);
    let reviews = stage.reviews.lock().unwrap().clone();
    assert_eq!(reviews, [(2, 3, app::api::duplicates::Decision::Apart)]);
    send(&stage, request("GET", from, Body::empty()))
        .await
        .says("Candidate 2 stays; candidate 3 is dropped.");
    let gallery = "/project/1/synset/n02110341?show=duplicate";
    get(Stage::of(Role::Admin), gallery).await.says(&format!("href=\"{from}\""));
    get(Stage::of(Role::Manager), gallery).await.is(200).does_not_say("Review them in pairs");
    let almost = get(Stage::of(Role::Admin), "/project/1/synset/n02110341/duplicates?show=almost").await;
    almost.says("Drop the left one").does_not_say(">Dropped<");
    let reviewed = get(Stage::of(Role::Admin), "/project/1/synset/n02110341/duplicates?show=reviewed").await;
    reviewed.says("said ada");
    get(Stage { empty: true, ..Stage::of(Role::Admin) }, from).await.is(200).says("No such pair");
}
