//! How sessions begin and end.

use crate::app::{PASSWORD, TestApp};
use axum::http::Method;
use domain::roles::Role;
use sha2::{Digest as _, Sha256};

cases![
    signing_in_gives_a_new_id_and_only_its_hash_is_stored,
    a_session_ends_when_it_is_signed_out_and_a_copy_of_its_cookie_with_it,
    saving_does_not_bring_an_ended_session_back,
    signing_out_everywhere_ends_every_session_of_the_account_and_no_other,
    changing_the_password_ends_the_other_sessions,
    an_account_that_is_switched_off_is_signed_out_at_once,
    a_new_role_holds_from_the_next_request_on,
    a_session_ends_when_it_is_not_used,
    a_session_ends_after_a_fortnight_however_much_it_is_used,
    the_vote_path_never_writes_the_session,
    without_storage_nobody_is_told_that_they_are_signed_out,
];

async fn signing_in_gives_a_new_id_and_only_its_hash_is_stored(app: &TestApp) {
    let id = app.account("ann", Role::Worker).await;
    let mut browser = app.browser();
    assert!(
        browser.page("/sign-in").await.headers.get("set-cookie").is_none(),
        "no session before there is a reason"
    );
    browser.cookie = Some("synvote=AAAAAAAAAAAAAAAAAAAAAA".to_owned());
    browser.sign_in("ann", PASSWORD).await;
    let first = browser.cookie.clone().unwrap();
    assert_ne!(first, "synvote=AAAAAAAAAAAAAAAAAAAAAA", "an id that somebody else chose is not taken over");

    browser.sign_in("ann", PASSWORD).await;
    let second = browser.cookie.clone().unwrap();
    assert_ne!(first, second);

    let sessions = app.stored_sessions().await;
    let [(hash, account, data)] = sessions.as_slice() else { panic!("{sessions:?}") };
    let secret = second.strip_prefix("synvote=").unwrap();
    let expected: String = Sha256::digest(secret).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((hash, account), (&expected, &Some(id)));
    assert!(!data.contains(secret), "{data}");
}

async fn a_session_ends_when_it_is_signed_out_and_a_copy_of_its_cookie_with_it(app: &TestApp) {
    let mut browser = app.signed_in("ann", Role::Worker).await;
    let mut copy = browser.clone();
    assert!(copy.is_signed_in().await);
    assert_eq!(browser.sign_out().await.status, 200);
    assert_eq!(browser.cookie, None, "the browser is told to forget it");
    assert!(!copy.is_signed_in().await);
    assert!(app.stored_sessions().await.is_empty());
}

async fn saving_does_not_bring_an_ended_session_back(app: &TestApp) {
    use server::http::session::Sessions;
    use tower_sessions::SessionStore as _;
    let browser = app.signed_in("ann", Role::Worker).await;
    let sessions = Sessions::new(&app.world);
    let id = browser.cookie.as_ref().unwrap().strip_prefix("synvote=").unwrap().parse().unwrap();
    let held_by_a_slow_request = sessions.load(&id).await.unwrap().unwrap();
    browser.clone().sign_out().await;
    sessions.save(&held_by_a_slow_request).await.unwrap();
    assert!(sessions.load(&id).await.unwrap().is_none());
    assert!(!browser.clone().is_signed_in().await);
}

async fn signing_out_everywhere_ends_every_session_of_the_account_and_no_other(app: &TestApp) {
    let mut phone = app.signed_in("ann", Role::Worker).await;
    let mut desktop = app.browser();
    desktop.sign_in("ann", PASSWORD).await;
    let mut bob = app.signed_in("bob", Role::Worker).await;
    assert_eq!(phone.sign_out_everywhere().await.status, 200);
    assert!(!phone.is_signed_in().await && !desktop.is_signed_in().await);
    assert!(bob.is_signed_in().await);
}

async fn changing_the_password_ends_the_other_sessions(app: &TestApp) {
    let mut phone = app.signed_in("ann", Role::Worker).await;
    let mut desktop = app.browser();
    desktop.sign_in("ann", PASSWORD).await;
    let before = phone.cookie.clone();
    let reply = phone.change_password(PASSWORD, "another long password").await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(phone.is_signed_in().await && phone.cookie != before);
    assert!(!desktop.is_signed_in().await);
    assert_eq!(desktop.sign_in("ann", PASSWORD).await.status, 422);
    assert_eq!(desktop.sign_in("ann", "another long password").await.status, 200);
}

async fn an_account_that_is_switched_off_is_signed_out_at_once(app: &TestApp) {
    let mut ann = app.signed_in("ann", Role::Worker).await;
    let id = app.world.store.account_by_name("ann").await.unwrap().unwrap().account_id;
    let mut tx = app.world.store.begin().await.unwrap();
    tx.set_role_and_state(id, Role::Worker, Some(app.world.now())).await.unwrap();
    tx.commit().await.unwrap();
    assert!(!ann.is_signed_in().await);
    assert_eq!(ann.cookie, None);
    assert!(app.stored_sessions().await.is_empty(), "switching it on again brings no session back");
    assert_eq!(ann.sign_in("ann", PASSWORD).await.status, 422);
}

async fn a_new_role_holds_from_the_next_request_on(app: &TestApp) {
    let mut ann = app.signed_in("ann", Role::Worker).await;
    assert_eq!(ann.page("/projects").await.status, 403);
    let id = app.world.store.account_by_name("ann").await.unwrap().unwrap().account_id;
    let mut tx = app.world.store.begin().await.unwrap();
    tx.set_role_and_state(id, Role::Manager, None).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(ann.page("/projects").await.status, 200);
}

async fn a_session_ends_when_it_is_not_used(app: &TestApp) {
    let mut used = app.signed_in("ann", Role::Worker).await;
    let mut unused = app.browser();
    unused.sign_in("ann", PASSWORD).await;
    app.clock.forward(11 * 3_600);
    assert!(used.is_signed_in().await);
    app.clock.forward(2 * 3_600);
    assert!(used.is_signed_in().await, "eleven hours ago it was used");
    assert!(!unused.is_signed_in().await, "thirteen hours ago it was used");
}

async fn a_session_ends_after_a_fortnight_however_much_it_is_used(app: &TestApp) {
    let mut ann = app.signed_in("ann", Role::Worker).await;
    for _ in 0..33 {
        app.clock.forward(10 * 3_600);
        assert!(ann.is_signed_in().await);
    }
    app.clock.forward(6 * 3_600 + 1);
    assert!(!ann.is_signed_in().await, "14 days and a second");
}

async fn the_vote_path_never_writes_the_session(app: &TestApp) {
    let mut ann = app.signed_in("ann", Role::Worker).await;
    let before = app.stored_sessions().await;
    app.clock.forward(3 * 3_600);
    let votes =
        [("assignment", "1"), ("key", "5e7f0b2c-0000-4000-8000-000000000000"), ("none_of_these", "true")];
    let reply = ann.call("submit_votes", &votes).await;
    assert_eq!(reply.status, 404, "{}", reply.text());
    assert_eq!(app.stored_sessions().await, before);
    assert!(ann.is_signed_in().await);
    assert_ne!(app.stored_sessions().await, before, "a page does, once an hour");
}

async fn without_storage_nobody_is_told_that_they_are_signed_out(app: &TestApp) {
    let mut ann = app.signed_in("ann", Role::Worker).await;
    app.world.store.close().await.unwrap();
    let cookie = ann.cookie.clone();
    let page = ann.page("/account").await;
    assert_eq!((page.status, page.header("retry-after")), (503, "5"));
    assert!(
        page.header("content-type").starts_with("text/html") && page.text().contains("<html"),
        "{}",
        page.text()
    );
    let script = ann.script(Method::POST, "/api/submit_votes").await;
    assert_eq!((script.status, script.error().status()), (503, 503));
    assert_eq!(ann.cookie, cookie, "the cookie stays for when storage is back");
}
