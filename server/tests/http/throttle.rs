//! Guessing is slow.

use crate::app::TestApp;
use app::api::ApiError;
use domain::roles::Role;

cases![tries_from_one_address_run_out_and_come_back];

async fn tries_from_one_address_run_out_and_come_back(app: &TestApp) {
    app.account("ann", Role::Worker).await;
    let mut browser = app.browser();
    browser.address = "203.0.113.9".parse().unwrap();
    for number in 0..60 {
        // A name that can't be a name, so that no time is spent on hashing.
        let reply =
            browser.call("accept_invitation", &[("token", "no"), ("name", "x"), ("password", "y")]).await;
        assert_ne!(reply.status, 429, "try {number}");
    }
    let reply = browser.sign_in("ann", crate::app::PASSWORD).await;
    assert_eq!((reply.status, reply.error()), (429, ApiError::TooOften { seconds: 2 }));
    assert_eq!(reply.header("retry-after"), "2");

    let mut neighbour = app.browser();
    neighbour.address = "203.0.113.10".parse().unwrap();
    assert_eq!(
        neighbour.sign_in("ann", crate::app::PASSWORD).await.status,
        200,
        "another address has its own tries"
    );
    assert_eq!(browser.page("/sign-in").await.status, 200, "only guessing is limited");

    app.clock.forward(2);
    assert_eq!(browser.sign_in("ann", crate::app::PASSWORD).await.status, 200);
}
