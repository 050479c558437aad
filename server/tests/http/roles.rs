//! Who gets what: every route and every role, in one table, and a check that no route is missing from it.

use crate::app::{DOG, TestApp};
use axum::http::Method;
use domain::roles::Role;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::generate_route_list;

cases![every_route_answers_every_role_as_the_table_says, the_table_names_every_route];

/// A form's fields.
type Form = &'static [(&'static str, &'static str)];

/// Signed out, and so no answer but a way to the sign-in, or none at all.
const OUT: u16 = 302;

/// Route, and the status for: nobody, worker, expert, manager, admin. The routes' parameters are a project with a
/// seeded synset; candidates, imports and tokens are unknown ones.
const PAGES: &[(&str, [u16; 5])] = &[
    ("/", [200, 200, 200, 200, 200]),
    ("/sign-in", [200, 200, 200, 200, 200]),
    ("/sign-up", [200, 200, 200, 200, 200]),
    ("/invitation/{token}", [404, 404, 404, 404, 404]),
    ("/account", [OUT, 200, 200, 200, 200]),
    ("/label/{project}", [OUT, 200, 200, 200, 200]),
    ("/label/{project}/practice/{wnid}", [OUT, 404, 404, 404, 404]),
    ("/work", [OUT, 200, 200, 200, 200]),
    ("/label/{project}/last", [OUT, 200, 200, 200, 200]),
    ("/synsets", [OUT, 200, 200, 200, 200]),
    ("/synsets/tree", [OUT, 200, 200, 200, 200]),
    ("/synset/{wnid}", [OUT, 200, 200, 200, 200]),
    ("/projects", [OUT, 403, 403, 200, 200]),
    ("/project/{project}", [OUT, 403, 403, 200, 200]),
    ("/project/{project}/tree", [OUT, 403, 403, 200, 200]),
    ("/project/{project}/synset/{wnid}", [OUT, 403, 403, 200, 200]),
    ("/project/{project}/synset/{wnid}/settings", [OUT, 403, 403, 403, 200]),
    ("/project/{project}/synset/{wnid}/image/{candidate}", [OUT, 403, 403, 404, 404]),
    ("/project/{project}/workers", [OUT, 403, 403, 200, 200]),
    ("/project/{project}/worker/{account}", [OUT, 403, 403, 404, 404]),
    ("/project/{project}/worker/{account}/exclude", [OUT, 403, 403, 404, 404]),
    ("/project/{project}/worker/{account}/restore", [OUT, 403, 403, 404, 404]),
    ("/project/{project}/review", [OUT, 403, 200, 403, 200]),
    ("/review", [OUT, 403, 200, 403, 200]),
    ("/project/{project}/audit", [OUT, 403, 200, 403, 200]),
    ("/project/{project}/anchors", [OUT, 403, 200, 403, 200]),
    ("/project/{project}/replay", [OUT, 403, 403, 200, 200]),
    ("/project/{project}/forecast", [OUT, 403, 403, 200, 200]),
    ("/project/{project}/certificate", [OUT, 403, 403, 200, 200]),
    ("/project/{project}/synset/{wnid}/duplicates", [OUT, 403, 403, 403, 200]),
    ("/project/{project}/settings", [OUT, 403, 403, 403, 200]),
    ("/project/{project}/seed", [OUT, 403, 403, 403, 200]),
    ("/project/{project}/import", [OUT, 403, 403, 403, 200]),
    ("/import/{import}", [OUT, 403, 403, 403, 404]),
    ("/accounts", [OUT, 403, 403, 403, 200]),
];

/// The same for routes that are no pages.
const OTHERS: &[(Method, &str, [u16; 5])] = &[
    (Method::GET, "/healthz", [200, 200, 200, 200, 200]),
    (Method::GET, "/readyz", [200, 200, 200, 200, 200]),
    (Method::GET, "/metrics", [200, 200, 200, 200, 200]),
    (Method::GET, "/robots.txt", [200, 200, 200, 200, 200]),
    (Method::GET, "/synsets/search.json?q=dog", [401, 200, 200, 200, 200]),
    (Method::GET, "/project/{project}/votes.csv", [401, 403, 403, 200, 200]),
    (Method::GET, "/project/999/votes.csv", [401, 403, 403, 404, 404]),
    (Method::GET, "/project/{project}/certificate.json", [401, 403, 403, 200, 200]),
    (Method::GET, "/project/{project}/certificate.json?synset=n00000000", [401, 403, 403, 404, 404]),
    // That of a known project has no end; see `events`.
    (Method::GET, "/project/999/events", [401, 403, 403, 404, 404]),
    (Method::POST, "/project/{project}/import", [401, 403, 403, 403, 422]),
    (Method::PUT, "/import/999/file?name=a.jpg", [401, 403, 403, 403, 404]),
    (Method::GET, "/import/999/refused.csv", [401, 403, 403, 403, 404]),
];

/// Server functions with the arguments that they need: they say 401 and 403 by the right that they ask for; with the
/// right, the arguments are wrong (422, 404) or it is done (200).
const FUNCTIONS: &[(&str, Form, [u16; 5])] = &[
    ("sign_in", &[("name", "x"), ("password", "y")], [422, 422, 422, 422, 422]),
    ("sign_up", &[("name", "x"), ("password", "y")], [403, 403, 403, 403, 403]),
    ("accept_invitation", &[("token", "x"), ("name", "x"), ("password", "y")], [404, 404, 404, 404, 404]),
    ("change_password", &[("present", "x"), ("new", "y")], [401, 422, 422, 422, 422]),
    (
        "submit_votes",
        &[("assignment", "7"), ("key", "5e7f0b2c-0000-4000-8000-000000000000")],
        [401, 404, 404, 404, 404],
    ),
    (
        "correct_votes",
        &[("assignment", "7"), ("key", "5e7f0b2c-0000-4000-8000-000000000000")],
        [401, 404, 404, 404, 404],
    ),
    ("prefetch_batch", &[("assignment", "7")], [401, 404, 404, 404, 404]),
    ("agree_to_terms", &[("project", "999"), ("version", "1")], [401, 404, 404, 404, 404]),
    (
        "answer_definition",
        &[("project", "999"), ("wnid", DOG), ("tries", "0"), ("choice", "0")],
        [401, 404, 404, 404, 404],
    ),
    ("answer_practice", &[("project", "999"), ("wnid", DOG)], [401, 404, 404, 404, 404]),
    ("change_entry", &[("project", "999"), ("terms", "Be kind.")], [401, 403, 403, 403, 404]),
    ("create_project", &[("name", "pets")], [401, 403, 403, 403, 409]),
    ("change_settings", &[("project", "999"), ("settings[threshold]", "2")], [401, 403, 403, 403, 422]),
    (
        "change_overrides",
        &[("project", "999"), ("wnid", DOG), ("settings[threshold]", "")],
        [401, 403, 403, 403, 404],
    ),
    ("set_price", &[("project", "999"), ("price", "free")], [401, 403, 403, 403, 422]),
    ("set_cohort_limit", &[("project", "999"), ("people", "many")], [401, 403, 403, 403, 422]),
    ("pass_verdicts", &[("project", "999"), ("passes", "true")], [401, 403, 403, 403, 404]),
    ("set_budget", &[("project", "999"), ("votes", "many")], [401, 403, 403, 403, 422]),
    (
        "decide_exclusion",
        &[("project", "999"), ("account", "999"), ("excluded", "true"), ("votes", "0"), ("changes", "0")],
        [401, 403, 403, 404, 404],
    ),
    ("label_candidate", &[("candidate", "999"), ("answer", "yes")], [401, 403, 404, 403, 404]),
    (
        "audit_candidate",
        &[("project", "999"), ("candidate", "999"), ("answer", "yes")],
        [401, 403, 404, 403, 404],
    ),
    ("pause_synset", &[("project", "999"), ("wnid", DOG)], [401, 403, 403, 403, 404]),
    ("serve_synset", &[("project", "999"), ("wnid", DOG), ("turn", "first")], [401, 403, 403, 404, 404]),
    ("seed_synsets", &[("project", "999"), ("request[list]", DOG)], [401, 403, 403, 403, 404]),
    ("undo_seeding", &[("project", "999"), ("seeding", "999")], [401, 403, 403, 403, 404]),
    ("open_import", &[("project", "999")], [401, 403, 403, 403, 404]),
    // These two take JSON, and nobody's form: who may call them is shown in `arrivals`.
    ("missing_files", &[("import", "999")], [422, 422, 422, 422, 422]),
    ("leave_out_files", &[("import", "999")], [422, 422, 422, 422, 422]),
    ("finish_import", &[("import", "999")], [401, 403, 403, 403, 404]),
    ("cancel_import", &[("import", "999")], [401, 403, 403, 403, 404]),
    ("resume_import", &[("import", "999")], [401, 403, 403, 403, 404]),
    (
        "review_duplicate",
        &[("left", "998"), ("right", "999"), ("decision", "keep")],
        [401, 403, 403, 403, 404],
    ),
    ("invite", &[("role", "king"), ("days", "7")], [401, 403, 403, 403, 422]),
    ("withdraw_invitation", &[("invitation", "999")], [401, 403, 403, 403, 404]),
    ("change_account", &[("account", "999"), ("role", "worker")], [401, 403, 403, 403, 404]),
    ("set_open_sign_up", &[], [401, 403, 403, 403, 200]),
    // The session ends with these, so they come last.
    ("sign_out_everywhere", &[], [401, 200, 200, 200, 200]),
    ("sign_out", &[], [200, 200, 200, 200, 200]),
];

async fn every_route_answers_every_role_as_the_table_says(app: &TestApp) {
    let roles = [None, Some(Role::Worker), Some(Role::Expert), Some(Role::Manager), Some(Role::Admin)];
    let mut wrong = Vec::new();
    for (column, role) in roles.into_iter().enumerate() {
        let name = role.map_or("nobody", Role::as_str);
        let mut browser = match role {
            Some(role) => app.signed_in(name, role).await,
            None => app.browser(),
        };
        let mut check = |what: String, got: u16, expected: [u16; 5]| {
            if got != expected[column] {
                wrong.push(format!("{name} {what}: {got}, not {}", expected[column]));
            }
        };
        for &(route, expected) in PAGES {
            check(route.to_owned(), browser.page(&filled(app, route)).await.status, expected);
        }
        for &(ref method, route, expected) in OTHERS {
            check(
                format!("{method} {route}"),
                browser.script(method.clone(), &filled(app, route)).await.status,
                expected,
            );
        }
        for &(function, form, expected) in FUNCTIONS {
            check(function.to_owned(), browser.call(function, form).await.status, expected);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Fails when a route is added to the program and not to the table.
async fn the_table_names_every_route(_: &TestApp) {
    let mut functions: Vec<String> = server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let mut listed: Vec<String> = FUNCTIONS.iter().map(|(function, ..)| format!("/api/{function}")).collect();
    functions.sort();
    listed.sort();
    assert_eq!(functions, listed);
    let mut pages: Vec<String> =
        generate_route_list(app::pages::App).iter().map(|route| route.path().to_owned()).collect();
    let mut listed: Vec<String> = PAGES.iter().map(|(route, _)| (*route).to_owned()).collect();
    pages.sort();
    listed.sort();
    assert_eq!(pages, listed);
}

fn filled(app: &TestApp, route: &str) -> String {
    route
        .replace("{project}", &app.project.to_string())
        .replace("{wnid}", DOG)
        .replace("{candidate}", "999")
        .replace("{import}", "999")
        .replace("{account}", "999")
        .replace("{token}", "unknown")
}
