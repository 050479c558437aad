//! Photographs from a form: taken whole, or refused with a sentence and nothing left behind.

use crate::app::{DOG, TestApp};
use axum::body::Body;
use axum::http::Request;
use domain::roles::Role;

cases![
    an_upload_is_staged_and_handed_to_a_job,
    an_upload_that_can_not_be_used_says_why_on_the_form,
    what_was_staged_before_a_refusal_is_removed,
    an_upload_that_is_no_form_is_refused,
    an_upload_that_breaks_off_is_given_up,
];

fn staged(app: &TestApp) -> usize {
    std::fs::read_dir(&app.world.incoming).unwrap().count()
}

async fn an_upload_is_staged_and_handed_to_a_job(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let parts = [
        ("wnid", None, DOG.as_bytes()),
        ("licence", None, b"CC0".as_slice()),
        ("files", Some("a.jpg"), b"one"),
        ("files", Some("../../b.jpg"), b"two"),
    ];
    let reply = admin.upload(app.project, &parts).await;
    assert_eq!(reply.status, 303, "{reply:?}");
    let import: i64 = reply.header("location").strip_prefix("/import/").unwrap().parse().unwrap();
    let job = app.world.store.job(import).await.unwrap().unwrap();
    assert_eq!(job.licence.as_deref(), Some("CC0"));
    let files = app.world.store.waiting_files(import, 10).await.unwrap();
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["a.jpg", "../../b.jpg"], "a name is data");
    assert_eq!(staged(app), 2);
    assert_eq!(admin.page(&format!("/import/{import}")).await.status, 200);
}

async fn an_upload_that_can_not_be_used_says_why_on_the_form(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let long = "x".repeat(5_000);
    let cases: [(&[crate::browser::Part], &str); 7] = [
        (
            &[("files", Some("a.jpg"), b"one"), ("wnid", None, DOG.as_bytes())],
            "wnid came after the first file",
        ),
        (&[("wnid", None, DOG.as_bytes())], "No file was chosen"),
        (&[("wnid", None, DOG.as_bytes()), ("files", Some(""), b"")], "No file was chosen"),
        (&[("wnid", None, b"n00000001"), ("files", Some("a.jpg"), b"one")], "not seeded"),
        (&[("wnid", None, DOG.as_bytes()), ("licence", None, long.as_bytes())], "licence is longer than"),
        (&[("wnid", None, DOG.as_bytes()), ("role", None, b"admin")], "is no field of this form"),
        (&[("wnid", None, b"\xff")], "not valid UTF-8"),
    ];
    for (parts, sentence) in cases {
        let reply = admin.upload(app.project, parts).await;
        assert_eq!(reply.status, 303, "{sentence}");
        let back = reply.header("location").to_owned();
        assert!(back.starts_with(&format!("/project/{}/import", app.project)), "{back}");
        let form = admin.page(&back).await;
        assert!(form.text().contains(sentence), "{sentence:?} in {}", form.text());
        assert_eq!(staged(app), 0, "{sentence}");
    }
}

async fn what_was_staged_before_a_refusal_is_removed(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let parts = [
        ("wnid", None, DOG.as_bytes()),
        ("files", Some("a.jpg"), b"one".as_slice()),
        ("licence", None, b"CC0".as_slice()),
    ];
    let reply = admin.upload(app.project, &parts).await;
    let form = admin.page(reply.header("location")).await;
    assert!(form.text().contains("licence came after the first file"), "{}", form.text());
    assert_eq!(staged(app), 0);
}

async fn an_upload_that_is_no_form_is_refused(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    for kind in ["application/json", "multipart/form-data", "multipart/form-data; boundary="] {
        let request = Request::post(format!("/project/{}/import", app.project))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", kind);
        let reply = admin.send(request.body(Body::from("{}")).unwrap()).await;
        assert_eq!((reply.status, reply.error().status()), (422, 422), "{kind}");
    }
    let huge = Request::post(format!("/project/{}/import", app.project))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=x")
        .header("content-length", "3000000000");
    assert_eq!(admin.send(huge.body(Body::empty()).unwrap()).await.status, 413);
}

async fn an_upload_that_breaks_off_is_given_up(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let start = format!(
        "--x\r\nContent-Disposition: form-data; name=\"wnid\"\r\n\r\n{DOG}\r\n\
         --x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.jpg\"\r\n\r\nhalf of a pict"
    );
    let request = Request::post(format!("/project/{}/import", app.project))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=x");
    let reply = admin.send(request.body(Body::from(start)).unwrap()).await;
    assert_eq!(reply.status, 422);
    assert!(reply.error().to_string().contains("broke off"), "{}", reply.text());
    assert_eq!(staged(app), 0);
}
