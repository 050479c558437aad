//! Serves every screen with made-up data, to look at: one port for each kind of visitor.
//!
//! `cargo run -p app --features ssr --example gallery [FOLDER]`: 3101 a visitor, 3102 a worker, 3103 a manager, 3104 an
//! admin, 3105 an admin before anything is there, 3106 an expert, 3107 a visitor and 3108 a worker before anything is there.
//! GALLERY_PORT is the first port, where it is not to be 3101. FOLDER may hold `synvote.js` and `synvote.wasm`, and then
//! the labeling page wakes up; pictures are drawn. The style is read anew for each page.

#[path = "../tests/fake/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod fake;

use app::pages::Script;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use domain::roles::Role;
use fake::Stage;
use std::path::PathBuf;
use std::sync::Arc;

const STYLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../style/main.css");
const ICON: &str = include_str!("../../assets/favicon.svg");

/// Who looks, one port each, and whether nothing is there yet.
const VISITORS: [(Option<Role>, bool); 8] = [
    (None, false),
    (Some(Role::Worker), false),
    (Some(Role::Manager), false),
    (Some(Role::Admin), false),
    (Some(Role::Admin), true),
    (Some(Role::Expert), false),
    (None, true),
    (Some(Role::Worker), true),
];

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).map(PathBuf::from);
    let first = std::env::var("GALLERY_PORT").ok().and_then(|port| port.parse().ok()).unwrap_or(3101_u16);
    let mut servers = Vec::new();
    for (port, (role, empty)) in (first..).zip(VISITORS) {
        let script = folder
            .as_ref()
            .map(|_| Script { js: "/pkg/synvote.js".into(), wasm: "/pkg/synvote.wasm".into() });
        let stage = Arc::new(Stage { role, script, empty, ..Stage::default() });
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
        servers.push(tokio::spawn(
            axum::serve(listener, files(folder.clone()).merge(stage.router())).into_future(),
        ));
    }
    for server in servers {
        server.await??;
    }
    Ok(())
}

fn files(folder: Option<PathBuf>) -> Router {
    Router::new()
        .route("/style.css", get(style))
        .route("/favicon.svg", get(([(header::CONTENT_TYPE, "image/svg+xml")], ICON)))
        .route("/picture/{number}", get(picture))
        .route("/pkg/{name}", get(browser_side))
        .with_state(folder)
}

async fn style() -> impl IntoResponse {
    // The parts stand in the order in which they are imported, as `site` joins them.
    let joined = std::fs::read_to_string(STYLE).and_then(|main| {
        let parts = main.lines().map(|line| {
            let part = line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";"));
            part.map_or_else(
                || Ok(line.to_owned()),
                |part| std::fs::read_to_string(PathBuf::from(STYLE).with_file_name(part)),
            )
        });
        parts.collect::<std::io::Result<Vec<_>>>()
    });
    joined
        .map(|parts| ([(header::CONTENT_TYPE, "text/css")], parts.join("\n")))
        .map_err(|_| StatusCode::NOT_FOUND)
}

async fn browser_side(State(folder): State<Option<PathBuf>>, Path(name): Path<String>) -> impl IntoResponse {
    let kind = match name.as_str() {
        "synvote.js" => "text/javascript",
        "synvote.wasm" => "application/wasm",
        _ => return Err(StatusCode::NOT_FOUND),
    };
    let bytes =
        folder.and_then(|folder| std::fs::read(folder.join(name)).ok()).ok_or(StatusCode::NOT_FOUND)?;
    Ok(([(header::CONTENT_TYPE, kind)], bytes))
}

/// A landscape with an animal of sorts in it, different for every number.
async fn picture(Path(number): Path<u64>) -> impl IntoResponse {
    let (hue, x, spots) = (number * 47 % 360, 60 + number * 31 % 90, number % 5);
    let (width, height) = if number.is_multiple_of(3) { (256, 180) } else { (190, 256) };
    let spots: String = (0..spots)
        .map(|spot| {
            format!("<circle cx='{}' cy='{}' r='7' fill='#333'/>", x - 25 + spot * 14, 118 + spot % 2 * 18)
        })
        .collect();
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' height='{height}'>\
         <rect width='100%' height='100%' fill='hsl({hue} 45% 72%)'/>\
         <rect y='140' width='100%' height='200' fill='hsl({} 35% 45%)'/>\
         <ellipse cx='{x}' cy='125' rx='48' ry='28' fill='#f3efe8'/><circle cx='{}' cy='92' r='24' fill='#f3efe8'/>{spots}\
         <circle cx='{}' cy='90' r='4' fill='#222'/></svg>",
        (hue + 80) % 360,
        x + 42,
        x + 50,
    );
    ([(header::CONTENT_TYPE, "image/svg+xml")], svg)
}
