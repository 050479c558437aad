//! What comes before the first page, and one’s own work.

use crate::fake::Stage;
use crate::fake::work::{DEFINITION, MISTAKEN, PRACTICE, REASON, STOPPED, TERMS};
use crate::{Answer, get, post};
use domain::roles::Role;
use std::sync::Arc;

async fn label(project: i64) -> Answer {
    get(Stage::of(Role::Worker), &format!("/label/{project}")).await
}

#[tokio::test]
async fn terms_are_read_before_the_first_page_and_agreed_to_by_a_plain_form() {
    let page = label(TERMS).await;
    page.is(200).says("action=\"/api/agree_to_terms\"").says("name=\"version\" value=\"2\"");
    page.says("nobody has to look at them.</p><p>Your answers")
        .says("Not now")
        .does_not_say("name=\"yes[]\"");
    let stage = Arc::new(Stage::of(Role::Worker));
    let agreed = post(&stage, "/label/4", "/api/agree_to_terms", "project=4&version=2").await;
    assert_eq!(agreed.is(302).location, "/label/4");
    let outdated = post(&stage, "/label/4", "/api/agree_to_terms", "project=4&version=1").await;
    assert!(outdated.location.contains("__err="), "{}", outdated.location);
}

#[tokio::test]
async fn a_definition_question_does_not_give_its_answer_away() {
    let page = label(DEFINITION).await;
    page.is(200).says("What is meant by “dalmatian”?").says("name=\"tries\" value=\"0\"");
    page.does_not_say("<script>alert").says("&lt;script&gt;alert").does_not_say("role=\"alert\"");
    let right = "a large breed having a smooth white coat";
    assert_eq!(page.html.matches(right).count(), 1, "among the choices, and nowhere else");
    for place in 0..4 {
        page.says(&format!("name=\"choice\" value=\"{place}\""));
    }
    let mistaken = label(MISTAKEN).await;
    mistaken.says("you chose what <b>whippet</b> means").says("name=\"tries\" value=\"1\"");
    assert_eq!(mistaken.html.matches(right).count(), 2, "explained once");
    let stage = Arc::new(Stage::of(Role::Worker));
    let form = "project=5&wnid=n02110341&tries=0&choice=1";
    assert_eq!(post(&stage, "/label/5", "/api/answer_definition", form).await.location, "/label/5");
    let nothing =
        post(&stage, "/label/5", "/api/answer_definition", "project=5&wnid=n02110341&tries=0").await;
    assert!(nothing.location.contains("__err="), "{}", nothing.location);
}

#[tokio::test]
async fn practice_is_a_plain_form_and_its_feedback_says_why() {
    let page = label(PRACTICE).await;
    page.is(200).says("action=\"/api/answer_practice\"").says("Once more, with other pictures.");
    assert_eq!(page.html.matches("name=\"shown[]\"").count(), 8);
    let stage = Arc::new(Stage::of(Role::Worker));
    let form = "project=7&wnid=n02110341&shown%5B%5D=44001&yes%5B%5D=44001";
    let answered = post(&stage, "/label/7", "/api/answer_practice", form).await;
    assert_eq!(answered.location, "/label/7/practice/n02110341");
    get(Stage::of(Role::Worker), "/label/7/practice/n02110341")
        .await
        .is(200)
        .says("6 of 8 right.")
        .says("It does not show dalmatian: an expert says so. You picked it.")
        .says("It shows dalmatian, and you picked it.")
        .says("Once more");
    get(Stage::of(Role::Worker), "/label/1/practice/n02110341")
        .await
        .says("Well done")
        .says("Start labeling");
}

#[tokio::test]
async fn who_was_stopped_reads_why_and_whom_to_ask() {
    label(STOPPED).await.is(200).says(REASON).says("ask a manager of this project").says("href=\"/work\"");
    get(Stage::of(Role::Worker), "/work").await.is(200).says(REASON).says("You were stopped here");
}

#[tokio::test]
async fn ones_own_work_has_figures_a_chart_and_the_same_as_a_table() {
    let page = get(Stage::of(Role::Worker), "/work").await;
    page.is(200).says("role=\"img\" aria-label=\"Votes by day: ").says("Days begin at midnight UTC");
    page.says("22 November 2026").says("212 of 225; surely between 90\u{a0}% and 97\u{a0}%");
    page.says("Meaning known after 2\u{a0}mistakes").says("href=\"/account\"");
    assert_eq!(page.html.matches("<th scope=\"row\">").count(), 14);
    get(Stage { empty: true, ..Stage::of(Role::Worker) }, "/work").await.is(200).says("No votes yet");
}
