//! `synvote serve`: the web application until told to stop.

use super::say;
use super::trouble::{Done, Trouble};
use crate::config::Config;
use crate::http::assets::Site;
use crate::http::limits::STOP_TIME;
use crate::http::serve::Patience;
use crate::http::{self, Surroundings};
use crate::live::Live;
use crate::world::World;
use crate::{boot, jobs, service};
use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// How often a taken address is tried, and how long after each time.
const ADDRESS_TRIES: u32 = 10;
const BETWEEN_ADDRESS_TRIES: Duration = Duration::from_millis(100);

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
/// The address is taken; the parts can't be put together.
pub async fn serve(config: &Config) -> Done<()> {
    let listener = listen(config.address.value).await?;
    let mut world = boot::world(config).await?;
    let site = Site::embedded();
    warn(&world, &site);
    let stop = stop_on_signal()?;
    world.live = Live::until(stop.clone());
    let jobs = jobs::start(world.clone(), stop.clone());
    announce(config, &world).await?;
    let router = http::router(&world, &surroundings(config), &site);
    http::serve::serve(listener, router, Patience::with(config.max_connections.value), stop.clone()).await;
    stop.cancel();
    match timeout(STOP_TIME, jobs).await {
        Ok(Ok(())) => {}
        Ok(Err(_)) => tracing::error!("the jobs ended by a defect"),
        Err(_) => tracing::warn!("the jobs were cut off: they did not end in time"),
    }
    if timeout(STOP_TIME, boot::close(&world)).await.is_err() {
        tracing::warn!("the database was left as it is: it did not close in time");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Connections that wait for a place, as many as the system allows: what finds no room here is dropped, tries again after a second, and
/// may be broken when it is in the middle of a request.
const QUEUE: u32 = 65_535;

/// A server that was killed a moment ago may still hold the address: it is waited for a little.
async fn listen(address: SocketAddr) -> Done<TcpListener> {
    let mut tries = ADDRESS_TRIES;
    loop {
        tries -= 1;
        match bind(address) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse && tries > 0 => {
                tokio::time::sleep(BETWEEN_ADDRESS_TRIES).await;
            }
            Err(error) => return Err(Trouble::Address { address, reason: in_words(&error) }),
        }
    }
}

fn bind(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(QUEUE)
}

fn in_words(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::AddrInUse => "another program listens there".to_owned(),
        _ => error.to_string(),
    }
}

fn surroundings(config: &Config) -> Surroundings {
    Surroundings {
        public_url: config.public_url.value.clone(),
        trusted_proxy: config.trusted_proxy.value.clone(),
        metrics_from: config.metrics_from.value.clone(),
    }
}

/// Both run, with less.
fn warn(world: &World, site: &Site) {
    if !site.has_script() {
        tracing::warn!(
            "the browser's side is not built in: pages work, but labeling reloads the page for each batch"
        );
    }
    if world.ontology.get().is_empty() {
        tracing::warn!("WordNet is not imported yet: run `synvote wordnet import FOLDER` or `synvote demo`");
    }
}

async fn announce(config: &Config, world: &World) -> Done<()> {
    say(&format!("Synvote is at {}", config.public_url.value))?;
    if let Some(link) = service::accounts::first_admin_link(world).await? {
        say(&format!("There is no admin yet. Become it with this link, which works once: {link}"))?;
    }
    tracing::info!(address = %config.address.value, "serving");
    Ok(())
}

fn stop_on_signal() -> Done<CancellationToken> {
    let mut terminate = signal(SignalKind::terminate()).map_err(Trouble::Runtime)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Trouble::Runtime)?;
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("told to stop: no new connections; what was begun is finished");
        told.cancel();
    });
    Ok(stop)
}
