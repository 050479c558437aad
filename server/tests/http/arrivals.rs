//! Files of an import that come one by one: each is noted once, however often and from however many tabs it is sent.

use crate::app::{DOG, TestApp};
use crate::browser::Browser;
use axum::body::{Body, Bytes};
use axum::http::Request;
use domain::roles::Role;
use futures::stream;
use store::jobs::JobState;

cases![
    a_file_that_comes_twice_is_noted_once,
    the_server_says_which_files_are_missing,
    a_file_that_breaks_off_leaves_nothing_and_can_come_again,
    what_can_not_be_taken_is_refused_in_words,
    a_name_is_data_and_never_a_path,
    an_import_that_has_begun_takes_no_more,
    what_was_left_out_stands_in_the_list,
];

pub async fn open(admin: &mut Browser, project: i64, wnid: &str) -> i64 {
    let reply = admin
        .call("open_import", &[("project", &project.to_string()), ("wnid", wnid), ("licence", "CC0")])
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.text().parse().unwrap()
}

fn staged(app: &TestApp) -> usize {
    std::fs::read_dir(&app.world.incoming).unwrap().count()
}

async fn a_file_that_comes_twice_is_noted_once(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    assert_eq!(admin.put_file(import, "dogs/a.jpg", 5, b"one").await.text(), r#"{"known":false}"#);
    assert_eq!(admin.put_file(import, "dogs/a.jpg", 5, b"one").await.text(), r#"{"known":true}"#);
    // Without its length said, it is received before it is recognised.
    let again = Request::put(format!("/import/{import}/file?name=dogs%2Fa.jpg&modified=5"))
        .header("sec-fetch-site", "same-origin");
    assert_eq!(admin.send(again.body(Body::from("one")).unwrap()).await.text(), r#"{"known":true}"#);
    for (name, modified, bytes) in
        [("dogs/b.jpg", 5, b"one".as_slice()), ("dogs/a.jpg", 6, b"one"), ("dogs/a.jpg", 5, b"more")]
    {
        assert_eq!(admin.put_file(import, name, modified, bytes).await.text(), r#"{"known":false}"#);
    }
    let mut both = (admin.clone(), admin.clone());
    let (one, other) = tokio::join!(
        both.0.put_file(import, "c.jpg", 1, b"same"),
        both.1.put_file(import, "c.jpg", 1, b"same")
    );
    assert_eq!((one.status, other.status), (200, 200));
    assert_eq!(app.world.store.import_counts(import).await.unwrap().waiting, 5);
    assert_eq!(staged(app), 5);
}

async fn the_server_says_which_files_are_missing(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    admin.put_file(import, "a.jpg", 5, b"one").await;
    admin.put_file(import, "ü c.jpg", 6, b"two").await;
    let ask = |import: i64| {
        format!(
            r#"{{"import":{import},"files":[{{"name":"a.jpg","bytes":3,"modified":5}},{{"name":"b.jpg","bytes":3,"modified":5}},
                {{"name":"ü c.jpg","bytes":3,"modified":6}},{{"name":"a.jpg","bytes":4,"modified":5}}]}}"#
        )
    };
    assert_eq!(admin.call_json("missing_files", ask(import)).await.text(), "[1,3]");
    assert_eq!(admin.call_json("missing_files", ask(999)).await.status, 404);
    let many = format!(
        r#"{{"import":{import},"files":[{}]}}"#,
        vec![r#"{"name":"a","bytes":1,"modified":1}"#; 1_001].join(",")
    );
    let refused = admin.call_json("missing_files", many).await;
    assert_eq!((refused.status, refused.error().to_string().contains("1,001 files")), (422, true));
    for (role, status) in [(Role::Worker, 403), (Role::Manager, 403)] {
        let mut other = app.signed_in(role.as_str(), role).await;
        assert_eq!(other.call_json("missing_files", ask(import)).await.status, status);
        let left_out = format!(r#"{{"import":{import},"files":[]}}"#);
        assert_eq!(other.call_json("leave_out_files", left_out).await.status, status);
        assert_eq!(other.put_file(import, "z.jpg", 1, b"z").await.status, status);
    }
    assert_eq!(app.browser().call_json("missing_files", ask(import)).await.status, 401);
}

async fn a_file_that_breaks_off_leaves_nothing_and_can_come_again(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    let half =
        stream::iter([Ok(Bytes::from_static(b"half of")), Err(std::io::Error::other("the line is dead"))]);
    let request = Request::put(format!("/import/{import}/file?name=a.jpg&modified=5"))
        .header("sec-fetch-site", "same-origin")
        .header("content-length", "14");
    let reply = admin.send(request.body(Body::from_stream(half)).unwrap()).await;
    assert_eq!((reply.status, reply.error().to_string().contains("broke off")), (422, true), "{reply:?}");
    assert_eq!((staged(app), app.world.store.import_counts(import).await.unwrap().files), (0, 0));
    // Nobody waits for the answer any more: what came so far goes too.
    let endless = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    let request = Request::put(format!("/import/{import}/file?name=a.jpg&modified=5"))
        .header("sec-fetch-site", "same-origin");
    let sending = admin.send(request.body(endless).unwrap());
    assert!(tokio::time::timeout(std::time::Duration::from_millis(300), sending).await.is_err());
    assert_eq!(staged(app), 0);
    assert_eq!(admin.put_file(import, "a.jpg", 5, b"half of a pict").await.text(), r#"{"known":false}"#);
    assert_eq!(staged(app), 1);
}

async fn what_can_not_be_taken_is_refused_in_words(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    let mut put = async |query: &str, length: &str| {
        let request = Request::put(format!("/import/{import}/file{query}"))
            .header("sec-fetch-site", "same-origin")
            .header("content-length", length);
        admin.send(request.body(Body::empty()).unwrap()).await
    };
    for (query, length, status, words) in [
        ("?name=a.jpg", "20000001", 422, "a.jpg has more than 20 MB"),
        ("?name=a.csv", "10000001", 422, "more than 10 MB"),
        ("?name=a.zip", "1000000001", 422, "more than 1000 MB"),
        ("?name=a.zip", "3000000000", 413, "too large"),
        ("", "3", 422, "?name="),
        ("?name=", "3", 422, "has no name"),
        ("?name=a.jpg&role=admin", "3", 422, "nothing else"),
        ("?name=a.jpg&modified=never", "3", 422, "nothing else"),
    ] {
        let reply = put(query, length).await;
        assert_eq!(reply.status, status, "{query} {length}");
        assert!(reply.error().to_string().contains(words), "{words:?} in {:?}", reply.error());
    }
    let more = vec![0_u8; 20_000_001];
    let request =
        Request::put(format!("/import/{import}/file?name=lies.jpg")).header("sec-fetch-site", "same-origin");
    let reply = admin.send(request.body(Body::from(more)).unwrap()).await;
    assert_eq!(reply.status, 422, "whoever does not say its length is stopped at the limit");
    assert_eq!(staged(app), 0);
}

async fn a_name_is_data_and_never_a_path(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    let long = format!("{}.jpg", "x".repeat(5_000));
    for (bytes, name) in [(1, "../../etc/passwd"), (2, "/absolute.jpg"), (3, "a\0b\r\n.jpg"), (4, &long)] {
        let reply = admin.put_file(import, name, 0, &vec![7; bytes]).await;
        assert_eq!(reply.status, 200, "{name:?} {reply:?}");
    }
    let names: Vec<String> =
        app.world.store.waiting_files(import, 10).await.unwrap().into_iter().map(|file| file.name).collect();
    assert_eq!(names[..3], ["../../etc/passwd", "/absolute.jpg", "ab.jpg"]);
    assert_eq!(names[3].chars().count(), 255);
    assert_eq!(staged(app), 4, "all of them are in our folder, under names of ours");
}

async fn an_import_that_has_begun_takes_no_more(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    let number = import.to_string();
    let empty = admin.call("finish_import", &[("import", &number)]).await;
    assert_eq!((empty.status, empty.error().to_string().contains("No file was chosen")), (422, true));
    let import = open(&mut admin, app.project, DOG).await;
    let number = import.to_string();
    admin.put_file(import, "a.jpg", 5, b"one").await;
    assert_eq!(admin.call("finish_import", &[("import", &number)]).await.status, 200);
    assert_eq!(app.world.store.job(import).await.unwrap().unwrap().state, JobState::Queued);
    for reply in [
        admin.put_file(import, "b.jpg", 5, b"two").await,
        admin.call("finish_import", &[("import", &number)]).await,
        admin.call_json("leave_out_files", format!(r#"{{"import":{import},"files":[]}}"#)).await,
    ] {
        assert_eq!((reply.status, reply.error().to_string().contains("takes no more files")), (409, true));
    }
    let unseeded =
        admin.call("open_import", &[("project", &app.project.to_string()), ("wnid", "n00000001")]).await;
    assert!(unseeded.error().to_string().contains("not seeded"), "{unseeded:?}");
}

async fn what_was_left_out_stands_in_the_list(app: &TestApp) {
    let mut admin = app.signed_in("ann", Role::Admin).await;
    let import = open(&mut admin, app.project, DOG).await;
    admin.put_file(import, "a.jpg", 5, b"one").await;
    let body = format!(
        r#"{{"import":{import},"files":[{{"name":"=notes.txt","reason":"is no picture, by its name"}}]}}"#
    );
    assert_eq!(admin.call_json("leave_out_files", body).await.status, 200);
    let page = admin.page(&format!("/import/{import}?show=refused")).await;
    assert!(page.text().contains("=notes.txt") && page.text().contains("is no picture"), "{}", page.text());
    let csv = admin.get(&format!("/import/{import}/refused.csv")).await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.text(), "name,reason\r\n'=notes.txt,\"is no picture, by its name\"\r\n");
}
