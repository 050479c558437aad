//! A bell that is rung when something was committed, and the word that the server is about to stop.

use std::sync::Arc;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// A clone rings the same bell.
#[derive(Clone)]
pub struct Live {
    bell: Arc<watch::Sender<u64>>,
    stop: CancellationToken,
}

impl Live {
    /// A bell for a server that stops when it is told to.
    pub fn until(stop: CancellationToken) -> Self {
        Self { bell: Arc::new(watch::Sender::new(0)), stop }
    }

    /// Something was committed that people may be watching.
    pub fn beat(&self) {
        self.bell.send_modify(|beats| *beats = beats.wrapping_add(1));
    }

    /// To wait for the next time.
    pub fn beats(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    /// Returns when the server is about to stop.
    pub async fn ended(&self) {
        self.stop.cancelled().await;
    }
}

impl Default for Live {
    /// For a world that nobody stops: a command's, or a test's.
    fn default() -> Self {
        Self::until(CancellationToken::new())
    }
}
