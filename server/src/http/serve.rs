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

/// Serves until told to stop, then lets open requests end, for at most [`STOP_TIME`].
pub async fn serve(listener: TcpListener, router: Router, max_connections: u32, stop: CancellationToken) {
    let places = Arc::new(Semaphore::new(usize::try_from(max_connections).unwrap_or(usize::MAX >> 4)));
    let connections = TaskTracker::new();
    while let Some((stream, peer, place)) = next(&listener, &places, &stop).await {
        connections.spawn(connection(stream, peer, router.clone(), stop.clone(), place));
    }
    drop(listener);
    connections.close();
    if tokio::time::timeout(STOP_TIME, connections.wait()).await.is_err() {
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

async fn connection(stream: TcpStream, peer: IpAddr, router: Router, stop: CancellationToken, place: OwnedSemaphorePermit) {
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
    let builder = builder();
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
            () = tokio::time::sleep(HEADER_TIME) => {
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

fn builder() -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    let header_bytes = usize::try_from(MAX_HEADER_BYTES).unwrap_or(usize::MAX);
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEADER_TIME).max_buf_size(header_bytes);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(MAX_HEADER_BYTES)
        .keep_alive_interval(HEADER_TIME)
        .keep_alive_timeout(HEADER_TIME);
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
