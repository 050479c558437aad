//! Pages and forms, as far as the outside has a part in them.

use crate::app::{PASSWORD, TestApp};
use app::api::ApiError;
use domain::roles::Role;

cases![
    a_form_without_script_goes_where_it_should,
    an_error_of_a_server_function_has_its_own_status,
    an_unknown_page_is_a_page,
    a_file_that_does_not_exist_is_not_a_page_for_a_script,
];

async fn a_form_without_script_goes_where_it_should(app: &TestApp) {
    app.account("ann", Role::Worker).await;
    let mut browser = app.browser();
    let form = [("name", "ann"), ("password", "wrong password"), ("to", "/synsets")];
    let refused = browser.submit("sign_in", &form, "/sign-in").await;
    assert_eq!(refused.status, 302);
    assert!(
        refused.header("location").starts_with("http://127.0.0.1:3000/sign-in?"),
        "{}",
        refused.header("location")
    );
    let form = [("name", "ann"), ("password", PASSWORD), ("to", "/synsets")];
    let done = browser.submit("sign_in", &form, "/sign-in").await;
    assert_eq!((done.status, done.header("location")), (302, "/synsets"));
    assert!(browser.is_signed_in().await);
    let form = [("name", "ann"), ("password", PASSWORD), ("to", "//evil.example")];
    assert_eq!(browser.submit("sign_in", &form, "/sign-in").await.header("location"), "/");
}

async fn an_error_of_a_server_function_has_its_own_status(app: &TestApp) {
    let mut browser = app.browser();
    let nobody = browser.call("create_project", &[("name", "new")]).await;
    assert_eq!((nobody.status, nobody.error()), (401, ApiError::SignInNeeded));
    let mut worker = app.signed_in("ann", Role::Worker).await;
    let forbidden = worker.call("create_project", &[("name", "new")]).await;
    assert_eq!((forbidden.status, forbidden.error().status()), (403, 403));
    let unreadable = worker.call("submit_votes", &[("assignment", "many"), ("key", "k")]).await;
    assert_eq!((unreadable.status, unreadable.error().status()), (422, 422));
}

async fn an_unknown_page_is_a_page(app: &TestApp) {
    for path in
        ["/nowhere", "/project", "/project/1/nothing", "/synvote.db", "/manifest.json", "/api-is-not-here"]
    {
        let reply = app.browser().page(path).await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.text().contains("</html>") && reply.text().contains("href=\"/\""), "{path}");
    }
}

async fn a_file_that_does_not_exist_is_not_a_page_for_a_script(app: &TestApp) {
    use axum::http::Method;
    let mut browser = app.browser();
    let reply = browser.script(Method::POST, "/nowhere").await;
    assert_eq!((reply.status, reply.error().status()), (404, 404));
    assert_eq!(browser.script(Method::DELETE, "/projects").await.status, 405);
    assert_eq!(browser.script(Method::POST, "/api/no_such_function").await.status, 404);
}
