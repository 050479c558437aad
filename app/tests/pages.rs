//! Every screen, asked for over HTTP, in front of a made-up server.

mod fake;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use domain::roles::Role;
use fake::work::{DEFINITION, MISTAKEN, PRACTICE, REASON, STOPPED, TERMS};
use fake::{BUSY, SETTLED, Stage, UNREACHABLE};
use std::sync::Arc;
use tower::ServiceExt;

struct Answer {
    status: StatusCode,
    location: String,
    refresh: String,
    html: String,
}

impl Answer {
    #[track_caller]
    fn says(&self, words: &str) -> &Self {
        assert!(self.html.contains(words), "“{words}” is not in\n{}", self.html);
        self
    }

    #[track_caller]
    fn does_not_say(&self, words: &str) -> &Self {
        assert!(!self.html.contains(words), "“{words}” is in\n{}", self.html);
        self
    }

    #[track_caller]
    fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.html);
        self
    }
}

async fn send(stage: &Arc<Stage>, request: Request<Body>) -> Answer {
    let Ok(response) = Arc::clone(stage).router().oneshot(request).await;
    let header = |name| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let (status, location, refresh) = (response.status(), header(header::LOCATION), header(header::REFRESH));
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
    Answer { status, location, refresh, html: String::from_utf8_lossy(&bytes).replace("<!>", "") }
}

async fn get(stage: Stage, path: &str) -> Answer {
    send(&Arc::new(stage), request("GET", path, Body::empty())).await
}

fn request(method: &str, path: &str, body: Body) -> Request<Body> {
    let mut request = Request::new(body);
    *request.method_mut() = method.parse().unwrap_or_default();
    *request.uri_mut() = path.parse().unwrap_or_default();
    request.headers_mut().insert(header::ACCEPT, header::HeaderValue::from_static("text/html"));
    request
}

/// Posts a form as a browser without script does.
async fn post(stage: &Arc<Stage>, from: &str, path: &str, form: &'static str) -> Answer {
    let mut request = request("POST", path, Body::from(form));
    let headers = request.headers_mut();
    headers
        .insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/x-www-form-urlencoded"));
    if let Ok(from) = format!("http://synvote.test{from}").parse() {
        headers.insert(header::REFERER, from);
    }
    send(stage, request).await
}

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
        "/synsets",
        "/synsets?q=dog",
        "/synset/n02084071",
        "/projects",
        "/project/1",
        "/project/1/synset/n02110341",
        "/project/1/synset/n02123394?show=duplicate",
        "/project/1/settings",
        "/project/1/settings?settings%5Btarget_precision%5D=0.99",
        "/project/1/synset/n02110341/settings",
        "/project/1/seed",
        "/project/1/seed?tree=n02084071&open=n02084071&without=n02085374",
        "/synsets/tree",
        "/synsets/tree?at=n02084071&open=n02084071",
        "/project/1/import",
        "/project/1/import?wnid=n02084071",
        "/import/1",
        "/import/3",
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
    for path in ["/projects", "/project/1", "/project/1/synset/n02084071"] {
        get(Stage::of(Role::Worker), path)
            .await
            .is(403)
            .says("project managers")
            .says("Not for this account");
    }
    for path in ["/accounts", "/project/1/settings", "/project/1/seed", "/project/1/import", "/import/1"] {
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
    get(Stage::of(Role::Admin), "/project/1/synset/n02110341").await.does_not_say("href=\"javascript:");
}

#[tokio::test]
async fn pages_without_an_island_ship_no_script() {
    let script = || Some(app::pages::Script { js: "/pkg/a.js".into(), wasm: "/pkg/a.wasm".into() });
    for path in ["/", "/projects", "/project/1/synset/n02110341", "/label/2", "/import/1"] {
        get(Stage { script: script(), ..Stage::of(Role::Admin) }, path)
            .await
            .is(200)
            .does_not_say("<script")
            .does_not_say("/pkg/");
    }
    let board = get(Stage { script: script(), ..Stage::of(Role::Worker) }, "/label/1").await;
    board
        .says("<script type=\"module\" nonce=\"")
        .says("from \"/pkg/a.js\"")
        .says("module_or_path: \"/pkg/a.wasm\"");
    assert_eq!(board.html.matches("<script").count(), 1);
}

#[tokio::test]
async fn the_labeling_form_is_whole_without_script() {
    let answer = get(Stage::of(Role::Worker), "/label/1").await;
    answer
        .is(200)
        .says("method=\"post\" action=\"/api/submit_votes\"")
        .says("name=\"assignment\" value=\"44\"")
        .says("name=\"key\" value=\"key-44\"");
    answer
        .says("alt=\"Candidate 7 of 24\"")
        .says("shows a <b>dalmatian</b>")
        .says("name=\"none_of_these\" value=\"true\"");
    assert_eq!(answer.html.matches("name=\"yes[]\"").count(), 24);
    assert_eq!(answer.html.matches("name=\"unsure[]\"").count(), 24);
    assert!(!answer.html.contains("alt=\"dalmatian"), "a description must not give the answer away");
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
async fn idle_states_say_why() {
    get(Stage::of(Role::Worker), &format!("/label/{SETTLED}")).await.is(200).says("All settled – thank you");
    get(Stage::of(Role::Worker), &format!("/label/{BUSY}"))
        .await
        .is(200)
        .says("Nothing for you just now")
        .says("Try again");
}

#[tokio::test]
async fn a_table_says_how_it_is_sorted_and_where_it_goes_on() {
    let answer = get(Stage::of(Role::Manager), "/project/1?sort=votes&dir=desc").await;
    answer
        .says("aria-sort=\"descending\"")
        .says("/project/1?sort=votes&amp;dir=desc&amp;after=whippet%20n02091134%2F1");
    assert_eq!(answer.html.matches("aria-sort").count(), 1);
    answer.says("/project/1?sort=name\"").says("/project/1?sort=votes\"");
}

#[tokio::test]
async fn a_confidence_table_marks_what_settles() {
    let answer = get(Stage::of(Role::Manager), "/project/1/synset/n02110341").await;
    answer
        .says("✓ positive")
        .says("✕ negative")
        .says("Good images get a yes from 95\u{a0}% of workers, bad ones from 3\u{a0}%.");
    get(Stage::of(Role::Manager), "/project/1/synset/n02123394")
        .await
        .says("On hold: No level reaches")
        .says("Very hard");
}

#[tokio::test]
async fn a_chart_has_its_figures_beside_it() {
    let answer = get(Stage::of(Role::Manager), "/project/1/synset/n02110341").await;
    answer
        .says("Images settled until 22 November 2026, 14:05 UTC: 3,036 positive, 4,555 negative, 202 escalated.")
        .says("<svg role=\"img\"")
        .says("The figures as a table")
        .says("<td class=\"number\">3,036</td>");
    get(Stage::of(Role::Manager), "/project/1/synset/n02123597").await.is(200).does_not_say("Over time");
}

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
async fn a_page_answers_only_to_reading() {
    let answer = send(&Arc::new(Stage::of(Role::Admin)), request("POST", "/projects", Body::empty())).await;
    answer.is(405);
}
