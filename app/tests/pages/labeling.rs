//! The labeling board, and its plain form.

use crate::fake::{BUSY, SETTLED, Stage};
use crate::{get, post, request, send};
use axum::body::Body;
use axum::http::header;
use domain::roles::Role;
use std::sync::Arc;

#[tokio::test]
async fn the_labeling_form_is_whole_without_script() {
    let answer = get(Stage::of(Role::Worker), "/label/1").await;
    answer
        .is(200)
        .says("method=\"post\" action=\"/api/submit_votes\"")
        .says("name=\"assignment\" value=\"44\"")
        .says("name=\"key\" value=\"key-44\"");
    answer
        .says("alt=\"Candidate 7 of 48\"")
        .says("shows a <b>dalmatian</b>")
        .says("name=\"none_of_these\" value=\"true\"");
    for list in ["yes[]", "unsure[]", "broken[]", "offensive[]"] {
        assert_eq!(answer.html.matches(&format!("name=\"{list}\"")).count(), 48, "{list}");
    }
    assert_eq!(answer.html.matches("fetchpriority=\"high\"").count(), 6, "the first row");
    assert_eq!(
        answer.html.matches("target=\"_blank\" rel=\"noopener\"").count(),
        48 + 4,
        "pictures and the path"
    );
    assert!(!answer.html.contains("alt=\"dalmatian"), "a description must not give the answer away");
}

#[tokio::test]
async fn the_last_page_comes_back_with_its_answers() {
    let answer = get(Stage::of(Role::Worker), "/label/1/last").await;
    answer
        .is(200)
        .says("method=\"post\" action=\"/api/correct_votes\"")
        .says("name=\"assignment\" value=\"43\"")
        .says("Save picked")
        .says("href=\"/label/1\"");
    assert_eq!(answer.html.matches(" checked").count(), 6, "five picked, one unsure");
    get(Stage::of(Role::Worker), "/label/2/last")
        .await
        .is(200)
        .says("No page to change")
        .says("href=\"/label/2\"");
}

#[tokio::test]
async fn a_plain_form_changes_the_last_page_and_goes_on() {
    let stage = Arc::new(Stage::of(Role::Worker));
    let form = "assignment=43&key=k&yes%5B%5D=43001&broken%5B%5D=43002&offensive%5B%5D=43003";
    let answer = post(&stage, "/label/1/last", "/api/correct_votes", form).await;
    answer.is(302);
    assert_eq!(answer.location, "/label/1");
    let submissions = stage.submissions.lock().unwrap();
    assert_eq!((&submissions[0].broken, &submissions[0].offensive), (&vec![43_002], &vec![43_003]));
}

#[tokio::test]
async fn a_phone_gets_fewer_pictures() {
    let mut on_a_phone = request("GET", "/label/1", Body::empty());
    on_a_phone.headers_mut().insert("sec-ch-ua-mobile", header::HeaderValue::from_static("?1"));
    let answer = send(&Arc::new(Stage::of(Role::Worker)), on_a_phone).await;
    assert_eq!(answer.html.matches("name=\"yes[]\"").count(), 24);
    // Which part of the head is folded decides the style, by the room that there is.
    answer.says("<details class=\"question-more\"><summary>");
    get(Stage::of(Role::Worker), "/label/1").await.says("<details class=\"question-more\"><summary>");
}

#[tokio::test]
async fn a_plain_form_records_an_answer_and_comes_back_for_the_next_page() {
    let stage = Arc::new(Stage::of(Role::Worker));
    let form = "assignment=44&key=k&yes%5B%5D=44001&yes%5B%5D=44003&unsure%5B%5D=44003";
    let answer = post(&stage, "/label/1", "/api/submit_votes", form).await;
    answer.is(302);
    assert_eq!(answer.location.trim_end_matches('?'), "http://synvote.test/label/1");
    let submissions = stage.submissions.lock().unwrap();
    assert_eq!((&submissions[0].yes, &submissions[0].unsure), (&vec![44_001, 44_003], &vec![44_003]));
    assert!(!submissions[0].none_of_these);
}

#[tokio::test]
async fn none_of_these_is_said_by_its_button() {
    let stage = Arc::new(Stage::of(Role::Worker));
    post(&stage, "/label/1", "/api/submit_votes", "assignment=44&key=k&none_of_these=true").await.is(302);
    assert!(stage.submissions.lock().unwrap()[0].none_of_these);
}

#[tokio::test]
async fn a_refused_form_comes_back_with_the_reason_above_the_page() {
    let stage = Arc::new(Stage::of(Role::Worker));
    let answer = post(&stage, "/label/1", "/api/submit_votes", "assignment=44&key=k").await;
    answer.is(302);
    let back = answer.location.trim_start_matches("http://synvote.test");
    assert!(back.starts_with("/label/1?"), "{back}");
    send(&stage, request("GET", back, Body::empty()))
        .await
        .is(200)
        .says("role=\"alert\"")
        .says("Nothing is picked. Press “None of these”");

    let mut from_elsewhere = request("GET", back, Body::empty());
    from_elsewhere.headers_mut().insert("sec-fetch-site", header::HeaderValue::from_static("cross-site"));
    send(&stage, from_elsewhere).await.is(200).does_not_say("Nothing is picked. Press");
}

#[tokio::test]
async fn idle_states_say_why() {
    get(Stage::of(Role::Worker), &format!("/label/{SETTLED}")).await.is(200).says("All settled – thank you");
    get(Stage::of(Role::Worker), &format!("/label/{BUSY}"))
        .await
        .is(200)
        .says("Nothing for you just now")
        .says("Try again");
}
