//! Every limit of the HTTP side in one place, and the middleware that holds requests' bodies to them.
//!
//! What a single file may be is said in `media::limits`; how many may come in one upload, in `service::importing`.

use super::error::HttpError;
use app::api::ApiError;
use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use futures::{Stream, StreamExt as _};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::Sleep;

/// Connections served at the same time, unless configured otherwise; more wait in the system's queue.
pub const MAX_CONNECTIONS: u32 = 2_000;
/// Time for a request's headers to arrive, and for a connection to ask anything at all.
pub const HEADER_TIME: Duration = Duration::from_secs(10);
/// Time for a form or a server function's body to arrive.
pub const BODY_TIME: Duration = Duration::from_secs(30);
/// Time for an upload to arrive: 2 GB over a line of 10 Mbit/s.
pub const UPLOAD_TIME: Duration = Duration::from_secs(1_800);
/// Time for what is going on to end after the order to stop.
pub const STOP_TIME: Duration = Duration::from_secs(10);
/// Streams at the same time on one HTTP/2 connection.
pub const MAX_STREAMS: u32 = 100;
/// Bytes of a request's headers.
pub const MAX_HEADER_BYTES: u32 = 32 * 1024;
/// Bytes of a form or of a server function's arguments.
pub const MAX_BODY_BYTES: u64 = 256 * 1024;
/// Bytes of an upload in all.
pub const MAX_UPLOAD_BYTES: u64 = 2_000_000_000;
/// Bytes of a text field beside uploaded files.
pub const MAX_TEXT_BYTES: u64 = 4_000;
/// Bytes of an uploaded file's name.
pub const MAX_NAME_BYTES: usize = 255;
/// Uploads received at the same time.
pub const UPLOADS: usize = 4;
/// Files that come one by one, received at the same time.
pub const ARRIVALS: usize = 12;
/// Exports written at the same time.
pub const EXPORTS: usize = 4;
/// Pages that are kept up to date at the same time.
pub const LIVE_STREAMS: usize = 200;
/// Time after which such a page has to ask again, and is asked who is looking.
pub const LIVE_LIFE: Duration = Duration::from_secs(15 * 60);
/// A sign of life where nothing changes, so that nobody on the way takes the line for dead.
pub const LIVE_SIGN: Duration = Duration::from_secs(15);
/// Tries to sign in, sign up or accept an invitation, by network address: at once, and again each minute.
pub const TRIES_BY_ADDRESS: u32 = 60;
/// Searches of WordNet by one account in a second, on average.
pub const SEARCHES_A_SECOND: u32 = 10;
/// Searches at once, after a pause.
pub const SEARCHES_AT_ONCE: u32 = 40;
/// Time without a request after which a session ends.
pub const SESSION_IDLE: Duration = Duration::from_secs(12 * 3_600);
/// Time after which a session ends in any case.
pub const SESSION_LIFE: Duration = Duration::from_secs(14 * 24 * 3_600);
/// A session's last use is recorded at most this often.
pub const SESSION_TOUCH: Duration = Duration::from_secs(3_600);
/// Time for which an answer about readiness holds, so that asking often does not write often.
pub const READY_HOLDS: Duration = Duration::from_secs(1);

/// What a body may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimit {
    /// Bytes in all.
    pub bytes: u64,
    /// Time from the end of the headers to the end of the body.
    pub time: Duration,
}

/// The limit for a request: large for uploads, small for everything else.
pub fn body_limit(method: &Method, path: &str) -> BodyLimit {
    let is_form = method == Method::POST && path.starts_with("/project/") && path.ends_with("/import");
    let is_file = method == Method::PUT && path.starts_with("/import/") && path.ends_with("/file");
    if is_form || is_file {
        BodyLimit { bytes: MAX_UPLOAD_BYTES, time: UPLOAD_TIME }
    } else {
        BodyLimit { bytes: MAX_BODY_BYTES, time: BODY_TIME }
    }
}

/// Middleware: refuses a body that says it is too large, and ends one that is, or that does not end in time.
pub async fn hold(request: Request, next: Next) -> Response {
    let limit = body_limit(request.method(), request.uri().path());
    let said = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if said.is_some_and(|said| said > limit.bytes) {
        return HttpError::too_large(limit.bytes).into_response();
    }
    next.run(request.map(|body| Body::from_stream(Held::new(body, limit)))).await
}

/// Why a body was cut off.
#[derive(Debug, thiserror::Error)]
pub enum CutOff {
    /// It was longer than allowed.
    #[error("the request's body is longer than {0} bytes")]
    TooLong(u64),
    /// It did not arrive in time.
    #[error("the request's body did not arrive within {0:?}")]
    TooSlow(Duration),
    /// The connection broke.
    #[error(transparent)]
    Broken(#[from] axum::Error),
}

impl From<&CutOff> for ApiError {
    fn from(cut: &CutOff) -> Self {
        Self::Invalid(cut.to_string())
    }
}

struct Held {
    body: BodyDataStream,
    left: u64,
    limit: BodyLimit,
    deadline: Pin<Box<Sleep>>,
}

impl Held {
    fn new(body: Body, limit: BodyLimit) -> Self {
        let deadline = Box::pin(tokio::time::sleep(limit.time));
        Self { body: body.into_data_stream(), left: limit.bytes, limit, deadline }
    }
}

impl Stream for Held {
    type Item = Result<Bytes, CutOff>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let chunk = match this.body.poll_next_unpin(context) {
            Poll::Ready(chunk) => chunk,
            Poll::Pending => {
                let over = this.deadline.as_mut().poll(context);
                return over.map(|()| Some(Err(CutOff::TooSlow(this.limit.time))));
            }
        };
        Poll::Ready(chunk.map(|chunk| {
            let chunk = chunk?;
            let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            this.left = this.left.checked_sub(length).ok_or(CutOff::TooLong(this.limit.bytes))?;
            Ok(chunk)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::stream;

    #[tokio::test]
    async fn a_body_that_lies_about_its_length_is_cut_off() {
        let chunks = stream::iter((0..4).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(&[0; 100]))));
        let limit = BodyLimit { bytes: 250, time: BODY_TIME };
        let received: Vec<_> = Held::new(Body::from_stream(chunks), limit).take(3).collect().await;
        assert!(matches!(received.as_slice(), [Ok(_), Ok(_), Err(CutOff::TooLong(250))]), "{received:?}");
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_cut_off() {
        let limit = BodyLimit { bytes: 250, time: Duration::from_millis(20) };
        let endless = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
        let received = Held::new(endless, limit).next().await;
        assert!(matches!(received, Some(Err(CutOff::TooSlow(_)))), "{received:?}");
    }

    #[test]
    fn only_uploads_may_be_large() {
        assert_eq!(body_limit(&Method::POST, "/project/7/import").bytes, MAX_UPLOAD_BYTES);
        assert_eq!(body_limit(&Method::PUT, "/import/7/file").bytes, MAX_UPLOAD_BYTES);
        assert_eq!(body_limit(&Method::POST, "/import/7/file").bytes, MAX_BODY_BYTES);
        assert_eq!(body_limit(&Method::POST, "/api/submit_votes").bytes, MAX_BODY_BYTES);
    }
}
