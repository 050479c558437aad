//! No other site changes anything here.

use crate::app::TestApp;
use axum::body::Body;
use axum::http::Request;
use domain::roles::Role;
use leptos::server_fn::axum::server_fn_paths;

cases![another_site_can_not_sign_anybody_out, no_server_function_can_be_read];

async fn another_site_can_not_sign_anybody_out(app: &TestApp) {
    let mut browser = app.signed_in("ann", Role::Worker).await;
    for headers in [
        &[("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")][..],
        &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:3000")],
        &[("origin", "https://evil.example"), ("host", "127.0.0.1:3000")],
        &[("origin", "null"), ("host", "127.0.0.1:3000")],
        &[("referer", "http://127.0.0.1:3000/"), ("host", "127.0.0.1:3000")],
    ] {
        let mut request =
            Request::post("/api/sign_out").header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let reply = browser.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(reply.status, 403, "{headers:?}");
        assert!(reply.error().to_string().contains("nothing was changed"), "{headers:?}");
    }
    assert!(browser.is_signed_in().await);
    assert_eq!(browser.sign_out().await.status, 200);
    assert!(!browser.is_signed_in().await);
}

async fn no_server_function_can_be_read(app: &TestApp) {
    let mut browser = app.signed_in("ann", Role::Admin).await;
    let mut checked = 0;
    for (path, _) in server_fn_paths() {
        let reply = browser.get(path).await;
        assert_eq!((reply.status, reply.header("allow")), (405, "POST"), "{path}");
        checked += 1;
    }
    assert!(checked >= 15, "{checked} server functions");
}
