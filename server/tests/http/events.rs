//! Open project pages: told what changes, right again after a lost line, and never in the way of a server that stops.

use crate::app::{DOG, TestApp};
use crate::ground::{answer, bring_in, next, submit, workers};
use app::api::watching::LiveEvent;
use axum::body::BodyDataStream;
use domain::roles::Role;
use futures::StreamExt as _;
use server::http::limits::LIVE_STREAMS;
use server::live::Live;
use server::service::backend;
use server::world::World;
use std::collections::HashSet;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

cases![
    a_page_is_told_what_changes_and_after_a_lost_line_the_whole_state,
    a_page_is_told_of_the_rows_that_it_shows,
    a_line_ends_when_the_server_stops,
    only_so_many_lines_are_open_at_once,
];

/// A line and what came in on it that was not read yet.
struct Line {
    body: BodyDataStream,
    text: String,
}

impl Line {
    /// The next event's number and what it tells; `None` when the line has ended.
    async fn next(&mut self) -> Option<(u64, LiveEvent)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field =
                    |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                let (id, data, rest) = (field("id: "), field("data: "), rest.to_owned());
                self.text = rest;
                // Anything else is a sign of life.
                if let Some(data) = data {
                    return Some((id.unwrap().parse().unwrap(), serde_json::from_str(&data).unwrap()));
                }
                continue;
            }
            let chunk = tokio::time::timeout(Duration::from_secs(20), self.body.next()).await.unwrap()?;
            self.text.push_str(std::str::from_utf8(&chunk.unwrap()).unwrap());
        }
    }
}

async fn line(manager: &mut crate::browser::Browser, project: i64, rows: &str) -> Line {
    let (status, body) = manager.line(&format!("/project/{project}/events?rows={rows}")).await;
    assert_eq!(status, 200);
    Line { body, text: String::new() }
}

fn text<'a>(event: &'a LiveEvent, key: &str) -> &'a str {
    event.texts.iter().find(|text| text.0 == key).map(|text| text.1.as_str()).unwrap()
}

async fn a_page_is_told_what_changes_and_after_a_lost_line_the_whole_state(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..6).await;
    let mut manager = app.signed_in("mona", Role::Manager).await;
    let mut open = line(&mut manager, app.project, DOG).await;
    let (first, event) = open.next().await.unwrap();
    assert_eq!(
        (text(&event, "votes"), text(&event, "images"), text(&event, "show-calibrating")),
        ("0", "6", "1")
    );
    assert_eq!((event.rows.len(), event.rows[0].wnid.as_str()), (1, DOG));
    assert_eq!(text(&event, "votes-left"), "60", "ten votes for each image of the initial sample");

    let crowd = workers(app, 2).await;
    let batch = next(&backend, &crowd[0], app.project).await.unwrap();
    submit(&backend, &crowd[0], answer(&batch, &HashSet::new())).await.unwrap();
    let (second, event) = open.next().await.unwrap();
    assert!(second > first);
    assert_eq!((text(&event, "votes"), text(&event, "votes-left")), ("6", "54"));
    assert_eq!(event.rows[0].cells[5], "6");

    drop(open);
    let batch = next(&backend, &crowd[1], app.project).await.unwrap();
    submit(&backend, &crowd[1], answer(&batch, &HashSet::new())).await.unwrap();
    let mut again = line(&mut manager, app.project, DOG).await;
    // What was read while nobody listened may be old; then the next event says what is new.
    let mut event = again.next().await.unwrap().1;
    if text(&event, "votes") == "6" {
        assert_eq!(event.rows.len(), 1, "the whole state comes first");
        event = again.next().await.unwrap().1;
    }
    assert_eq!((text(&event, "votes"), event.rows[0].cells[5].as_str()), ("12", "12"));
}

async fn a_page_is_told_of_the_rows_that_it_shows(app: &TestApp) {
    let mut manager = app.signed_in("mona", Role::Manager).await;
    for (rows, expected) in [("all", 1), (DOG, 1), ("n00000009", 0), ("", 0)] {
        let event = line(&mut manager, app.project, rows).await.next().await.unwrap().1;
        assert_eq!(event.rows.len(), expected, "{rows}");
        assert_eq!(text(&event, "synsets"), "1");
    }
}

async fn a_line_ends_when_the_server_stops(app: &TestApp) {
    let stop = CancellationToken::new();
    let world = World { live: Live::until(stop.clone()), ..app.world.clone() };
    let mut manager = app.signed_in("mona", Role::Manager).await.at(app.router_of(&world));
    let mut open = line(&mut manager, app.project, "all").await;
    assert!(open.next().await.is_some());
    stop.cancel();
    assert_eq!(open.next().await, None);
}

async fn only_so_many_lines_are_open_at_once(app: &TestApp) {
    let mut manager = app.signed_in("mona", Role::Manager).await;
    let mut open = Vec::new();
    for _ in 0..LIVE_STREAMS {
        open.push(line(&mut manager, app.project, "").await);
    }
    let path = format!("/project/{}/events", app.project);
    assert_eq!(manager.line(&path).await.0, 429);
    open.pop();
    assert_eq!(manager.line(&path).await.0, 200);
}
