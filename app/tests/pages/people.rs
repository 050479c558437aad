//! Workers and the expert’s queue.

use crate::fake::Stage;
use crate::{get, post, request, send};
use app::api::review::ExpertAnswer;
use axum::body::Body;
use domain::roles::Role;
use std::sync::Arc;

#[tokio::test]
async fn managers_see_workers_and_experts_see_cases_and_neither_the_others() {
    for path in ["/project/1/workers", "/project/1/worker/3", "/project/1/worker/3/exclude"] {
        get(Stage::of(Role::Expert), path).await.is(403).says("for project managers");
        get(Stage::of(Role::Manager), path).await.is(200);
    }
    for path in ["/review", "/project/1/review"] {
        get(Stage::of(Role::Manager), path).await.is(403).says("for experts");
        get(Stage::of(Role::Expert), path).await.is(200);
    }
}

#[tokio::test]
async fn the_table_of_workers_says_how_good_each_is_and_why_one_deserves_a_look() {
    let answer = get(Stage::of(Role::Manager), "/project/1/workers").await;
    answer.says("href=\"/project/1/worker/3\"").says("12,408").says("Excluded");
    answer.says("Too fast").says("0.2\u{a0}s a picture, the median of 41\u{a0}pages");
    answer.says(
        "said no to 996 of 1,004 images; other people said so 71\u{a0}% of the time on the same images",
    );
    answer.says("Like guessing").says("found 9 of 21 good ones (24–63\u{a0}%)");
    answer.says("people found 85\u{a0}% and turned down 95\u{a0}%");
    answer.says("95 % interval: ").says("aria-sort=\"descending\"").says("rel=\"next\"");
    get(Stage::of(Role::Manager), "/project/1/workers?q=zzz").await.is(200).says("No such worker");
}

#[tokio::test]
async fn who_is_wrong_together_with_somebody_links_to_them_and_says_how_unlikely_that_is() {
    for (path, other) in [("/project/1/workers", 3), ("/project/1/worker/3", 4), ("/project/1/worker/4", 3)] {
        let answer = get(Stage::of(Role::Manager), path).await;
        answer.says("Wrong together").says(&format!("with <a href=\"/project/1/worker/{other}\">"));
        answer.says(": of 19 images that either got wrong, both gave the same wrong answer to 18; by");
        answer.says("chance that would be 2.3, and as many at most once in 4,200,000 such projects");
    }
}

#[tokio::test]
async fn excluding_shows_what_would_change_before_it_asks_for_a_reason() {
    let stage = Arc::new(Stage::of(Role::Manager));
    let page = "/project/1/worker/3/exclude";
    let answer = send(&stage, request("GET", page, Body::empty())).await;
    answer.is(200).says("312\u{a0}votes on 4\u{a0}synsets would no longer count");
    answer.says("2\u{a0}confidence tables would be built again").says("30\u{a0}images would change");
    answer.says("9 positive → open").says("24 of the images").says("The worker reads it as you write it");
    answer.says("name=\"votes\" value=\"312\"").says("name=\"changes\" value=\"30\"");
    answer.does_not_say("This is you");
    get(Stage::of(Role::Manager), "/project/1/worker/7/exclude").await.says("This is you");
    let form = "project=1&account=3&excluded=true&votes=312&changes=30&reason=Too+fast.";
    let done = post(&stage, page, "/api/decide_exclusion", form).await;
    assert_eq!(done.location, "/project/1/worker/3");
    assert_eq!(*stage.exclusions.lock().unwrap(), [(true, "Too fast.".to_owned())]);
}

#[tokio::test]
async fn a_case_is_decided_by_a_plain_form_that_goes_on_with_the_next() {
    let stage = Arc::new(Stage::of(Role::Expert));
    let answer = send(&stage, request("GET", "/review?after=0-5-30&trail=7", Body::empty())).await;
    answer
        .is(200)
        .says("Does it show: dalmatian?")
        .says("6 yes, 6 no, 3 unsure")
        .says("shows it with a chance of .47");
    answer.says("1\u{a0}person reports it as broken; 1\u{a0}person reports it as offensive.");
    answer.says("data-key=\"y\"").says("data-key=\"n\"").says("href=\"/review?after=0-5-30&amp;case=7\"");
    answer.says("href=\"/review?after=0-5-32&amp;trail=7,32\"").says("/picture/33?large");
    let form = "candidate=32&answer=yes&seen=0&place=%2Freview%3Fafter%3D0-5-30%26trail%3D7";
    let done = post(&stage, "/review", "/api/label_candidate", form).await;
    assert_eq!(done.location, "/review?after=0-5-30&trail=7,32");
    let form = "candidate=32&answer=open&seen=1&place=%2Fproject%2F1%2Freview%3Ftrail%3D7%26votes%3Dhidden";
    let done = post(&stage, "/review", "/api/label_candidate", form).await;
    assert_eq!(done.location, "/project/1/review?trail=7&votes=hidden&case=32");
    assert_eq!(*stage.labels.lock().unwrap(), [(32, ExpertAnswer::Yes), (32, ExpertAnswer::Open)]);
}

#[tokio::test]
async fn a_blind_review_shows_no_votes_before_the_decision() {
    let blind = get(Stage::of(Role::Expert), "/review?votes=hidden").await;
    blind.is(200).does_not_say("6 yes").does_not_say("chance of").says("Show the votes");
    get(Stage::of(Role::Expert), "/review?votes=hidden&case=31")
        .await
        .says("6 yes")
        .says("bob said: it shows it");
}

#[tokio::test]
async fn what_another_expert_decided_meanwhile_is_told_with_both_answers() {
    let stage = Arc::new(Stage::of(Role::Expert));
    let form = "candidate=31&answer=no&seen=0&place=%2Freview%3Ftrail%3D7";
    let answer = post(&stage, "/review?case=31", "/api/label_candidate", form).await;
    assert_eq!(answer.location, "/review?trail=7&case=31&mine=no");
    let told = send(&stage, request("GET", &answer.location, Body::empty())).await;
    told.is(200).says("Somebody else decided this a moment ago");
    told.says("bob said: it shows it. You said: it does not show it. Yours is not recorded.");
    told.says("Still: it does not show it").says("name=\"seen\" value=\"8\"");
    assert_eq!(*stage.labels.lock().unwrap(), []);
}
