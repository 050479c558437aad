//! The browser's files: built before, embedded in the program, compressed once, kept by browsers for good.

use app::pages::{PageAssets, Script};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The manifest's name in the folder.
const MANIFEST: &str = "manifest.json";
/// A name that hashes its content never changes it.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// A name that people know may change its content.
const FOR_AN_HOUR: &str = "public, max-age=3600";
/// Names that browsers and crawlers ask for without having been told of them.
const WELL_KNOWN: [(&str, &str); 3] =
    [("/favicon.svg", "favicon.svg"), ("/favicon.ico", "favicon.svg"), ("/robots.txt", "robots.txt")];
/// Nothing here is for crawlers, even where the file is missing.
const NO_ROBOTS: &str = "User-agent: *\nDisallow: /\n";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
struct Embedded;

/// The files of one build of the browser's side.
#[derive(Clone)]
pub struct Site {
    manifest: Arc<BTreeMap<String, Entry>>,
    read: fn(&str) -> Option<Cow<'static, [u8]>>,
}

/// A line of the manifest. `br` and `gz` are the compressed forms' sizes in bytes, where there are such forms.
#[derive(Clone, Debug, Deserialize)]
struct Entry {
    path: String,
    content_type: String,
    br: Option<u64>,
    gz: Option<u64>,
}

impl Site {
    /// What is embedded in this program; nothing, where the browser's side was not built.
    pub fn embedded() -> Self {
        let read = |name: &str| Embedded::get(name).map(|file| file.data);
        Self::read_by(read)
    }

    fn read_by(read: fn(&str) -> Option<Cow<'static, [u8]>>) -> Self {
        let manifest = read(MANIFEST).and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
        Self { manifest: Arc::new(manifest), read }
    }

    /// Is there a script? Without it every page works, and labeling reloads the page for each batch.
    pub fn has_script(&self) -> bool {
        self.page_assets().script.is_some()
    }

    /// The addresses that pages name.
    pub fn page_assets(&self) -> PageAssets {
        let address = |name: &str| self.manifest.get(name).map(|entry| format!("/{}", entry.path));
        let script =
            address("pkg/synvote.js").zip(address("pkg/synvote.wasm")).map(|(js, wasm)| Script { js, wasm });
        PageAssets { style: self.style(), script }
    }

    /// The address of the style sheet.
    pub fn style(&self) -> String {
        self.manifest.get("synvote.css").map_or("/synvote.css".to_owned(), |entry| format!("/{}", entry.path))
    }

    /// A route for each file, and for the names that browsers ask for unasked.
    pub fn routes(&self) -> Router {
        let mut router = Router::new();
        let mut taken = HashSet::new();
        for (address, name) in WELL_KNOWN {
            taken.insert(address.to_owned());
            let entry = self.manifest.get(name).cloned();
            if entry.is_some() || name == "robots.txt" {
                let file = File { entry, read: self.read, keep: FOR_AN_HOUR };
                router = router.route(address, get(serve).with_state(file));
            }
        }
        for entry in self.manifest.values() {
            let address = format!("/{}", entry.path);
            if !address.contains(['{', '}']) && taken.insert(address.clone()) {
                let file = File { entry: Some(entry.clone()), read: self.read, keep: FOR_GOOD };
                router = router.route(&address, get(serve).with_state(file));
            }
        }
        router
    }
}

#[derive(Clone)]
struct File {
    entry: Option<Entry>,
    read: fn(&str) -> Option<Cow<'static, [u8]>>,
    keep: &'static str,
}

async fn serve(State(file): State<File>, request: Request) -> Response {
    let keep = [(header::CACHE_CONTROL, file.keep)];
    let Some(entry) = &file.entry else {
        return (keep, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], NO_ROBOTS).into_response();
    };
    let tag = format!("\"{}\"", entry.path);
    let known = request.headers().get_all(header::IF_NONE_MATCH).iter();
    if known.filter_map(|value| value.to_str().ok()).any(|value| value.contains(&tag) || value.trim() == "*")
    {
        return (StatusCode::NOT_MODIFIED, keep, [(header::ETAG, tag)]).into_response();
    }
    let encoding = encoding(entry, request.headers());
    let name = encoding.map_or(entry.path.clone(), |(_, suffix)| format!("{}.{suffix}", entry.path));
    let Some(bytes) = (file.read)(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let bytes = match bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    let mut response =
        (keep, [(header::ETAG, tag), (header::CONTENT_TYPE, entry.content_type.clone())], bytes)
            .into_response();
    if entry.br.is_some() || entry.gz.is_some() {
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    }
    if let Some((encoding, _)) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// The best encoding that both sides know, and its suffix in the folder.
fn encoding(entry: &Entry, headers: &HeaderMap) -> Option<(&'static str, &'static str)> {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let accepted: Vec<&str> = accepted.flat_map(|value| value.split(',')).map(str::trim).collect();
    let accepts = |wanted: &str| {
        accepted.iter().any(|offer| {
            let (name, quality) = offer.split_once(';').unwrap_or((offer, ""));
            let refused = quality.trim().strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32));
            name.trim().eq_ignore_ascii_case(wanted) && !refused
        })
    };
    if entry.br.is_some() && accepts("br") {
        Some(("br", "br"))
    } else if entry.gz.is_some() && accepts("gzip") {
        Some(("gzip", "gz"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use tower::ServiceExt as _;

    fn read(name: &str) -> Option<Cow<'static, [u8]>> {
        let bytes: &'static [u8] = match name {
            "manifest.json" => {
                br#"{"synvote.css": {"path": "synvote.0123.css", "content_type": "text/css; charset=utf-8", "size": 5, "br": 2, "gz": 3},
                    "favicon.svg": {"path": "favicon.4567.svg", "content_type": "image/svg+xml", "size": 4, "br": null, "gz": null},
                    "pkg/synvote.js": {"path": "pkg/89ab/synvote.js", "content_type": "text/javascript", "size": 1, "br": null, "gz": null},
                    "pkg/synvote.wasm": {"path": "pkg/89ab/synvote.wasm", "content_type": "application/wasm", "size": 1, "br": null, "gz": null}}"#
            }
            "synvote.0123.css" => b"plain",
            "synvote.0123.css.br" => b"br",
            "synvote.0123.css.gz" => b"gz!",
            "favicon.4567.svg" => b"<svg",
            _ => return None,
        };
        Some(Cow::Borrowed(bytes))
    }

    async fn get(path: &str, headers: &[(&str, &str)]) -> Response {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Site::read_by(read).routes().oneshot(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    async fn body(response: Response) -> Vec<u8> {
        to_bytes(response.into_body(), 1_000).await.unwrap().to_vec()
    }

    #[tokio::test]
    async fn a_file_comes_in_the_best_encoding_that_the_browser_takes() {
        for (accepts, encoding, expected) in [
            ("gzip, deflate, br", Some("br"), b"br".as_slice()),
            ("gzip;q=1.0, br;q=0", Some("gzip"), b"gz!"),
            ("identity", None, b"plain"),
        ] {
            let response = get("/synvote.0123.css", &[("accept-encoding", accepts)]).await;
            let said =
                response.headers().get("content-encoding").map(|value| value.to_str().unwrap().to_owned());
            assert_eq!(said.as_deref(), encoding, "{accepts}");
            assert_eq!(response.headers()["vary"], "accept-encoding");
            assert_eq!(response.headers()["content-type"], "text/css; charset=utf-8");
            assert_eq!(response.headers()["cache-control"], FOR_GOOD);
            assert_eq!(body(response).await, expected);
        }
    }

    #[tokio::test]
    async fn a_well_known_name_may_change_and_is_not_sent_twice() {
        let first = get("/favicon.ico", &[]).await;
        assert_eq!(first.headers()["cache-control"], FOR_AN_HOUR);
        let tag = first.headers()["etag"].to_str().unwrap().to_owned();
        assert_eq!(body(first).await, b"<svg");
        let second = get("/favicon.svg", &[("if-none-match", &tag)]).await;
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert!(body(second).await.is_empty());
    }

    #[tokio::test]
    async fn without_a_robots_file_crawlers_are_still_asked_to_stay_out() {
        assert_eq!(body(get("/robots.txt", &[]).await).await, NO_ROBOTS.as_bytes());
    }

    #[tokio::test]
    async fn what_is_not_in_the_manifest_is_not_served() {
        for path in ["/manifest.json", "/synvote.css", "/synvote.0123.css.br", "/../Cargo.toml"] {
            assert_eq!(get(path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn pages_name_the_files_of_the_manifest_and_do_without_a_script_where_none_was_built() {
        let built = Site::read_by(read).page_assets();
        assert_eq!(built.style, "/synvote.0123.css");
        assert_eq!(built.script.map(|script| script.wasm).as_deref(), Some("/pkg/89ab/synvote.wasm"));
        let empty = Site::read_by(|_| None);
        assert!(!empty.has_script());
        assert_eq!(empty.page_assets().style, "/synvote.css");
    }
}
