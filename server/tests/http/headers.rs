//! Every kind of response tells browsers what not to do.

use crate::app::{DOG, TestApp, surroundings};
use axum::body::Body;
use axum::http::Request;
use domain::roles::Role;
use media::{BlobKind, Sha256};

cases![
    every_kind_of_response_is_guarded,
    a_page_runs_only_its_own_scripts,
    a_server_function_is_no_part_of_another_visitors_page,
    https_is_for_good,
    a_form_may_not_be_large
];

async fn every_kind_of_response_is_guarded(app: &TestApp) {
    let mut browser = app.signed_in("ann", Role::Admin).await;
    let sha256 = Sha256::of(b"x");
    app.world.blobs.put(BlobKind::Small, &sha256, b"jpeg".as_slice().into()).await.unwrap();
    let replies = [
        ("page", browser.page("/").await),
        ("unknown page", browser.page("/nowhere").await),
        ("picture", browser.picture("small", &sha256.to_string()).await),
        ("health", browser.get("/healthz").await),
        ("robots", browser.get("/robots.txt").await),
        ("export", browser.votes_csv(app.project).await),
        (
            "server function",
            browser.call("pause_synset", &[("project", "1"), ("wnid", DOG), ("paused", "true")]).await,
        ),
        ("refused method", browser.get("/api/sign_in").await),
        ("upload", browser.upload(app.project, &[]).await),
        ("redirect", app.browser().page("/projects").await),
    ];
    for (kind, reply) in replies {
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{kind}: {policy}");
        assert!(!policy.contains("'unsafe-"), "{kind}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'") || policy.contains("sandbox"), "{kind}: {policy}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{kind}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{kind}");
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{kind}");
        assert_eq!(reply.header("strict-transport-security"), "", "{kind}");
        assert_eq!(reply.header("x-request-id").len(), 16, "{kind}");
        let kept = match kind {
            "picture" => "private, max-age=31536000, immutable",
            "robots" => "public, max-age=3600",
            _ => "no-store",
        };
        assert_eq!(reply.header("cache-control"), kept, "{kind}");
    }
}

async fn a_page_runs_only_its_own_scripts(app: &TestApp) {
    let mut browser = app.browser();
    let nonce_of =
        |policy: &str| policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    let (one, other) = (browser.page("/sign-in").await, browser.page("/sign-in").await);
    let policy = one.header("content-security-policy");
    assert!(policy.contains("'strict-dynamic' 'wasm-unsafe-eval'"), "{policy}");
    let nonce = nonce_of(policy);
    assert!(nonce.len() >= 16, "{policy}");
    assert_ne!(nonce, nonce_of(other.header("content-security-policy")), "a number used once");
    for script in one.text().split("<script").skip(1) {
        assert!(script.split('>').next().unwrap().contains(&nonce), "{script}");
    }
    assert!(!one.text().contains(" style=\""), "the policy would block it");
}

/// A page that is still being sent is the last thing that its thread looked after.
async fn a_server_function_is_no_part_of_another_visitors_page(app: &TestApp) {
    let (mut reader, mut caller) = (app.browser(), app.browser());
    let (status, _page) = reader.line("/sign-in").await;
    assert_eq!(status, 200);
    let reply = caller.sign_in("nobody", "a wrong password").await;
    let policy = reply.header("content-security-policy");
    assert!(!policy.is_empty() && !policy.contains("nonce"), "{policy}");
}

async fn https_is_for_good(app: &TestApp) {
    app.account("ann", Role::Worker).await;
    let mut browser = app.browser_at(&surroundings("https://vote.example.org"));
    let reply = browser.sign_in("ann", crate::app::PASSWORD).await;
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Host-synvote="), "{cookie}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.split("; ").any(|part| part == attribute), "{attribute} in {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert!(reply.header("strict-transport-security").contains("max-age="));

    let plain = app.browser().sign_in("ann", crate::app::PASSWORD).await;
    let cookie = plain.header("set-cookie");
    assert!(cookie.starts_with("synvote=") && !cookie.contains("Secure"), "{cookie}");
}

async fn a_form_may_not_be_large(app: &TestApp) {
    let form = format!("name=ann&password={}", "x".repeat(300_000));
    let request = |said: bool| {
        let request = Request::post("/api/sign_in")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded");
        let request = if said { request.header("content-length", form.len()) } else { request };
        request.body(Body::from(form.clone())).unwrap()
    };
    let said = app.browser().send(request(true)).await;
    assert_eq!(said.status, 413);
    assert!(said.error().to_string().contains("262 kB"), "{}", said.text());
    let unsaid = app.browser().send(request(false)).await;
    assert_eq!(unsaid.status, 422, "cut off while it is read");
    assert!(unsaid.error().to_string().contains("could not be read"), "{}", unsaid.text());
}
