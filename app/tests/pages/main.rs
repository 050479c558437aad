//! Every screen, asked for over HTTP, in front of a made-up server.

mod access;
#[path = "../fake/mod.rs"]
mod fake;
mod importing;
mod labeling;
mod people;
mod projects;
mod seeding;
mod settings;
mod work;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use fake::Stage;
use std::sync::Arc;
use tower::ServiceExt;

struct Answer {
    status: StatusCode,
    location: String,
    refresh: String,
    html: String,
}

impl Answer {
    #[track_caller]
    fn says(&self, words: &str) -> &Self {
        assert!(self.html.contains(words), "“{words}” is not in\n{}", self.html);
        self
    }

    #[track_caller]
    fn does_not_say(&self, words: &str) -> &Self {
        assert!(!self.html.contains(words), "“{words}” is in\n{}", self.html);
        self
    }

    #[track_caller]
    fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.html);
        self
    }
}

async fn send(stage: &Arc<Stage>, request: Request<Body>) -> Answer {
    let Ok(response) = Arc::clone(stage).router().oneshot(request).await;
    let header = |name| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let (status, location, refresh) = (response.status(), header(header::LOCATION), header(header::REFRESH));
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap_or_default();
    Answer { status, location, refresh, html: String::from_utf8_lossy(&bytes).replace("<!>", "") }
}

async fn get(stage: Stage, path: &str) -> Answer {
    send(&Arc::new(stage), request("GET", path, Body::empty())).await
}

fn request(method: &str, path: &str, body: Body) -> Request<Body> {
    let mut request = Request::new(body);
    *request.method_mut() = method.parse().unwrap_or_default();
    *request.uri_mut() = path.parse().unwrap_or_default();
    request.headers_mut().insert(header::ACCEPT, header::HeaderValue::from_static("text/html"));
    request
}

/// Posts a form as a browser without script does.
async fn post(stage: &Arc<Stage>, from: &str, path: &str, form: &'static str) -> Answer {
    let mut request = request("POST", path, Body::from(form));
    let headers = request.headers_mut();
    headers
        .insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/x-www-form-urlencoded"));
    if let Ok(from) = format!("http://synvote.test{from}").parse() {
        headers.insert(header::REFERER, from);
    }
    send(stage, request).await
}
