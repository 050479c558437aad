//! What machines ask.

use crate::app::{TestApp, surroundings};
use axum::body::Body;
use axum::http::Request;

cases![alive_and_ready, not_ready_without_storage, metrics_are_for_the_neighbours];

async fn alive_and_ready(app: &TestApp) {
    let mut browser = app.browser();
    assert_eq!(browser.get("/healthz").await.status, 200);
    assert_eq!(browser.get("/readyz").await.status, 200);
    assert_eq!(
        app.world.store.setting("readiness").await.unwrap().as_deref(),
        Some("written"),
        "it makes a real write"
    );
}

async fn not_ready_without_storage(app: &TestApp) {
    let mut browser = app.browser();
    assert_eq!(browser.get("/readyz").await.status, 200);
    app.world.store.close().await.unwrap();
    app.clock.forward(2);
    let reply = browser.get("/readyz").await;
    assert_eq!((reply.status, reply.header("retry-after")), (503, "5"));
    assert_eq!(browser.get("/healthz").await.status, 200, "alive all the same");
}

async fn metrics_are_for_the_neighbours(app: &TestApp) {
    let mut browser = app.browser();
    browser.get("/healthz").await;
    let reply = browser.get("/metrics").await;
    assert_eq!(reply.status, 200);
    let line = r#"synvote_requests_total{method="GET",route="/healthz",status="200"} 1"#;
    assert!(reply.text().contains(line), "{}", reply.text());

    browser.address = "203.0.113.9".parse().unwrap();
    assert_eq!(browser.get("/metrics").await.status, 404);

    let mut behind_a_proxy = app.browser();
    let forwarded =
        || Request::get("/metrics").header("x-forwarded-for", "203.0.113.9").body(Body::empty()).unwrap();
    assert_eq!(behind_a_proxy.send(forwarded()).await.status, 404, "a proxy that nobody told us of");
    let mut known = surroundings("http://127.0.0.1:3000");
    known.trusted_proxy = vec!["127.0.0.1".parse().unwrap()];
    let mut behind_a_known_proxy = app.browser_at(&known);
    assert_eq!(
        behind_a_known_proxy.send(forwarded()).await.status,
        404,
        "a stranger behind a proxy that we know"
    );
}
