//! Takes connections: only so many, none that says nothing, and ends what was begun before it stops.

use super::client::Peer;
use super::limits::{HEADER_TIME, MAX_HEADER_BYTES, MAX_STREAMS, STOP_TIME};
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::select;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

/// So many times sooner a silent connection is shown the door while few places are free.
const HURRY: u32 = 5;

/// How many connections are served at once, and how long they are waited for.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Connections at the same time; more wait in the system's queue.
    pub connections: u32,
    /// Time for headers to arrive, and for a connection to ask anything at all.
    pub header: Duration,
    /// Time for what was begun to end after the order to stop.
    pub stop: Duration,
}

impl Patience {
    /// The usual times, for so many connections.
    pub fn with(connections: u32) -> Self {
        Self { connections, header: HEADER_TIME, stop: STOP_TIME }
    }
}

/// Serves until told to stop, then lets open requests end, within the time for that.
pub async fn serve(listener: TcpListener, router: Router, patience: Patience, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(usize::try_from(patience.connections).unwrap_or(usize::MAX >> 4)));
    let connections = TaskTracker::new();
    let few = usize::try_from(patience.connections / 4).unwrap_or(usize::MAX);
    while let Some((stream, peer, place)) = next(&listener, &places, &stop).await {
        // Where places run out, nobody keeps one for long who says nothing.
        let is_full = places.available_permits() < few;
        let header_time = if is_full { patience.header / HURRY } else { patience.header };
        connections.spawn(connection(stream, peer, router.clone(), header_time, stop.clone(), place));
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(patience.stop, connections.wait()).await.is_err() {
        tracing::warn!(connections = connections.len(), "connections were cut off: they did not end in time");
    }
}

/// The next connection, once there is a place for it; nothing when it is time to stop.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
    stop: &CancellationToken,
) -> Option<(TcpStream, IpAddr, OwnedSemaphorePermit)> {
    let place = select! {
        () = stop.cancelled() => return None,
        place = Arc::clone(places).acquire_owned() => place.ok()?,
    };
    loop {
        let accepted = select! {
            () = stop.cancelled() => return None,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => return Some((stream, peer.ip(), place)),
            Err(error) => {
                // Out of file descriptors, most likely: connections that end make room.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

#[derive(Default)]
struct Activity {
    asked: AtomicU64,
    open: AtomicU64,
}

async fn connection(
    stream: TcpStream,
    peer: IpAddr,
    router: Router,
    header_time: Duration,
    stop: CancellationToken,
    place: OwnedSemaphorePermit,
) {
    let _place = place;
    let _ = stream.set_nodelay(true);
    let activity = Arc::new(Activity::default());
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let (router, activity) = (router.clone(), Arc::clone(&activity));
        async move {
            let _asking = Asking::begin(activity);
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer));
            router.oneshot(request).await
        }
    });
    let builder = builder(header_time);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let mut asked_before = 0;
    let mut stopping = false;
    loop {
        select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke");
                }
                return;
            }
            () = stop.cancelled(), if !stopping => {
                stopping = true;
                connection.as_mut().graceful_shutdown();
            }
            // The header time limit begins only when the protocol is known, and not at all between the requests of
            // HTTP/2; so whoever has said nothing for this long is shown the door here.
            () = tokio::time::sleep(header_time) => {
                let asked = activity.asked.load(Ordering::Relaxed);
                if asked == 0 {
                    return;
                }
                if asked == asked_before && activity.open.load(Ordering::Relaxed) == 0 {
                    connection.as_mut().graceful_shutdown();
                }
                asked_before = asked;
            }
        }
    }
}

fn builder(header_time: Duration) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    let header_bytes = usize::try_from(MAX_HEADER_BYTES).unwrap_or(usize::MAX);
    builder.http1().timer(TokioTimer::new()).header_read_timeout(header_time).max_buf_size(header_bytes);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(MAX_HEADER_BYTES)
        .keep_alive_interval(header_time)
        .keep_alive_timeout(header_time);
    builder
}

struct Asking(Arc<Activity>);

impl Asking {
    fn begin(activity: Arc<Activity>) -> Self {
        activity.asked.fetch_add(1, Ordering::Relaxed);
        activity.open.fetch_add(1, Ordering::Relaxed);
        Self(activity)
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use std::net::SocketAddr;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::task::JoinHandle;
    use tokio::time::timeout;

    const LONG: Duration = Duration::from_secs(20);
    const REQUEST: &[u8] = b"GET /slow HTTP/1.1\r\nHost: here\r\n\r\n";

    /// A server whose only page takes 300 ms.
    async fn started(connections: u32, header: Duration) -> (SocketAddr, CancellationToken, JoinHandle<()>) {
        let slow = get(async || {
            tokio::time::sleep(Duration::from_millis(300)).await;
            "done"
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let patience = Patience { connections, header, stop: LONG };
        let serving =
            tokio::spawn(serve(listener, Router::new().route("/slow", slow), patience, stop.clone()));
        (address, stop, serving)
    }

    async fn said(stream: &mut TcpStream) -> String {
        let mut text = String::new();
        timeout(LONG, stream.read_to_string(&mut text)).await.unwrap().unwrap();
        text
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_says_nothing_or_only_half_a_sentence_is_shown_the_door() {
        let (address, ..) = started(10, Duration::from_millis(100)).await;
        for start in ["", "P", "GET /slow HTTP/1.1\r\nHost: h", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(start.as_bytes()).await.unwrap();
            let mut rest = Vec::new();
            let closed = timeout(LONG, stream.read_to_end(&mut rest)).await;
            assert!(closed.is_ok(), "{start:?} keeps its connection");
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_request_that_was_begun_is_answered_before_the_server_stops() {
        let (address, stop, serving) = started(10, LONG).await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(REQUEST).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
        stop.cancel();
        assert!(said(&mut stream).await.ends_with("done"));
        timeout(LONG, serving).await.unwrap().unwrap();
        assert!(TcpStream::connect(address).await.is_err(), "and nobody else is let in");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_more_than_there_are_places_waits_for_a_place() {
        let (address, ..) = started(1, LONG).await;
        let mut first = TcpStream::connect(address).await.unwrap();
        first.write_all(REQUEST).await.unwrap();
        let mut second = TcpStream::connect(address).await.unwrap();
        second.write_all(REQUEST).await.unwrap();
        let early = timeout(Duration::from_millis(500), second.read_u8()).await;
        assert!(early.is_err(), "the first one still holds its connection");
        drop(first);
        assert_eq!(timeout(LONG, second.read_u8()).await.unwrap().unwrap(), b'H');
    }
}
