//! Every screen, asked for over HTTP, in front of a made-up server.

mod fake;

use app::api::review::ExpertAnswer;
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
async fn a_phone_gets_fewer_pictures_and_a_folded_head() {
    let mut on_a_phone = request("GET", "/label/1", Body::empty());
    on_a_phone.headers_mut().insert("sec-ch-ua-mobile", header::HeaderValue::from_static("?1"));
    let answer = send(&Arc::new(Stage::of(Role::Worker)), on_a_phone).await;
    answer.says("<details class=\"question-more\"><summary>");
    assert_eq!(answer.html.matches("name=\"yes[]\"").count(), 24);
    get(Stage::of(Role::Worker), "/label/1").await.says("<details open class=\"question-more\">");
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
    answer.says("/project/1\"").says("/project/1?sort=votes\"");
}

#[tokio::test]
async fn a_filter_keeps_the_search_and_nothing_found_says_what_was_looked_for() {
    let answer = get(Stage::of(Role::Manager), "/project/1?show=starved&q=whip").await;
    answer.is(200).says("Nothing matches").says("“whip”").says("“Starved”");
    answer.says("href=\"/project/1?show=starved\"").says("href=\"/project/1?show=hard&amp;q=whip\"");
    answer.says("without a single vote in the last 24 hours");
}

#[tokio::test]
async fn costs_are_shown_where_a_vote_has_a_price() {
    get(Stage::of(Role::Manager), "/project/1").await.says("Cost left").says("3,748\u{a0}EUR");
    get(Stage::of(Role::Manager), "/project/2")
        .await
        .does_not_say("data-figure=\"cost-left\"")
        .says("312,346");
}

#[tokio::test]
async fn a_tree_says_what_its_subtrees_hold() {
    let answer = get(Stage::of(Role::Manager), "/project/1/tree?at=n02084071").await;
    answer.is(200).says("/project/1/tree?at=n02121808").says("<details>").says("8\u{a0}synsets");
    get(Stage { empty: true, ..Stage::of(Role::Manager) }, "/project/1/tree")
        .await
        .is(200)
        .says("No synsets yet");
}

#[tokio::test]
async fn a_confidence_table_marks_what_settles() {
    let answer = get(Stage::of(Role::Manager), "/project/1/synset/n02110341").await;
    // What settles is said by a sign, by a word and by the line, not by colour.
    answer
        .says("class=\"verdict-mark\"")
        .says(">✓</span>")
        .says("<span class=\"visually-hidden\"> negative</span>")
        .says("edge-above")
        .says("edge-before")
        .says("Good images get a yes from 95\u{a0}% of workers, bad ones from 3\u{a0}%.");
    get(Stage::of(Role::Manager), "/project/1/synset/n02123394")
        .await
        .says("On hold: No level reaches")
        .says("Very hard");
}

#[tokio::test]
async fn a_cell_tells_more_by_its_button_without_script() {
    let answer = get(Stage::of(Role::Manager), "/project/1/synset/n02110341").await;
    answer
        .says("popovertarget=\"cell-3-1\"")
        .says("id=\"cell-3-1\"")
        .says("range that holds the true chance nine times in ten")
        .says("more than 5 votes");
    assert_eq!(answer.html.matches("class=\"cell-card\"").count(), 21);
}

#[tokio::test]
async fn a_table_has_its_versions_and_what_each_changed() {
    let newest = get(Stage::of(Role::Manager), "/project/1/synset/n02110341").await;
    newest
        .says("href=\"/project/1/synset/n02110341?version=2#table\"")
        .says("Target precision set from 99\u{a0}% to 99.5\u{a0}%.")
        .says("To the version before: the threshold went from .96 to .97; n* went from 2 to 3; 7\u{a0}cells of 135 changed sides")
        .does_not_say("An older version");
    let older = get(Stage::of(Role::Manager), "/project/1/synset/n02110341?version=1").await;
    older.says("An older version").says("Version 1, built").does_not_say("To the version before");
}

#[tokio::test]
async fn a_gallery_keeps_its_kind_and_order_through_every_link() {
    let path = "/project/1/synset/n02110341?show=negative&sort=disputed";
    let answer = get(Stage::of(Role::Manager), path).await;
    answer
        .says("?show=negative&amp;sort=disputed&amp;after=12#gallery")
        .says("?show=open&amp;sort=disputed#gallery")
        .says("?show=negative&amp;sort=confident#gallery")
        .says("/image/7?show=negative&amp;sort=disputed")
        .says("closest to half yes and half no");
    get(Stage::of(Role::Manager), "/project/1/synset/n02110341?show=duplicate")
        .await
        .does_not_say("Most confident")
        .says("Looks like candidate 12, 1\u{a0}bit apart");
}

#[tokio::test]
async fn an_image_has_its_votes_its_judgement_and_its_provenance() {
    let path = "/project/1/synset/n02110341/image/7?show=positive&sort=confident";
    let answer = get(Stage::of(Role::Manager), path).await;
    answer
        .says("first no, changed ")
        .says("Not counted: this worker is excluded.")
        .says("Why: confidence reached the threshold.")
        .says("The chance that it is good is &gt;.99, .97 is needed")
        .says("Photograph by Jane Doe")
        .says("1,600 × 1,200 pixels, JPEG, 348\u{a0}kB")
        .says("rel=\"prev\" href=\"/project/1/synset/n02110341/image/6?show=positive&amp;sort=confident\"")
        .says("rel=\"next\" href=\"/project/1/synset/n02110341/image/8?show=positive&amp;sort=confident\"");
    get(Stage::of(Role::Manager), "/project/1/synset/n02110341/image/24?show=positive")
        .await
        .says("It is not among these any more: it is open now.");
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
    answer.says("said no to 996 of 1,004 images; others said so to 712 of them");
    answer.says("95 % interval: ").says("aria-sort=\"descending\"").says("rel=\"next\"");
    get(Stage::of(Role::Manager), "/project/1/workers?q=zzz").await.is(200).says("No such worker");
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
