//! The whole path of one image file: name, decode, shrink, hash; and the few places at which it may run at once.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::decode::decode;
use crate::limits;
use crate::phash::{PHASH_VERSION, phash};
use crate::refusal::Refusal;
use crate::sha256::Sha256;
use crate::sniff::Format;
use crate::thumbnail::{
    LARGE_SIDE, MEDIUM_SIDE, SMALL_SIDE, Thumb, encode_large, encode_medium, encode_small, shrink,
};

/// All that we keep of an image, beside its own bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ingested {
    /// Digest of the file as it came: the image's name.
    pub sha256: Sha256,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// What the file was.
    pub format: Format,
    /// Perceptual hash, see [`phash()`].
    pub phash: u64,
    /// [`PHASH_VERSION`] at the time.
    pub phash_version: u32,
    /// The tile.
    pub small: Thumb,
    /// The tile for fine screens.
    pub medium: Thumb,
    /// The zoomed-in view.
    pub large: Thumb,
}

/// Names, decodes, shrinks and hashes one image file. Pure: some milliseconds of one core and no I/O.
///
/// # Errors
/// A [`Refusal`]; never a panic.
pub fn ingest(bytes: &[u8]) -> Result<Ingested, Refusal> {
    catch_unwind(|| ingest_unguarded(bytes)).unwrap_or(Err(Refusal::DecoderFailed))
}

fn ingest_unguarded(bytes: &[u8]) -> Result<Ingested, Refusal> {
    let decoded = decode(bytes)?;
    let large = shrink(&decoded.raster, LARGE_SIDE)?;
    let small = shrink(&large, SMALL_SIDE)?;
    Ok(Ingested {
        sha256: Sha256::of(bytes),
        width: decoded.raster.width,
        height: decoded.raster.height,
        format: decoded.format,
        phash: phash(&small)?,
        phash_version: PHASH_VERSION,
        small: encode_small(&small)?,
        medium: encode_medium(shrink(&large, MEDIUM_SIDE)?.as_ref())?,
        large: encode_large(&large)?,
    })
}

/// The medium thumbnail of an image of which we have the large one only: those of before there were medium ones.
fn medium_of(large: &[u8]) -> Result<Thumb, Refusal> {
    let decoded = decode(large)?;
    encode_medium(shrink(&decoded.raster, MEDIUM_SIDE)?.as_ref())
}

/// Runs [`ingest`] beside the async work: few at once, each within a time limit.
#[derive(Clone, Debug)]
pub struct Ingester {
    permits: Arc<Semaphore>,
    time: Duration,
    queue_time: Duration,
}

impl Default for Ingester {
    fn default() -> Self {
        Self::new(limits::INGEST_PERMITS, limits::INGEST_TIME, limits::INGEST_QUEUE_TIME)
    }
}

impl Ingester {
    /// `permits` images at once, each with `time` once it runs and `queue_time` before.
    #[must_use]
    pub fn new(permits: usize, time: Duration, queue_time: Duration) -> Self {
        Self { permits: Arc::new(Semaphore::new(permits)), time, queue_time }
    }

    /// [`ingest`] on a blocking thread.
    ///
    /// # Errors
    /// Those of [`ingest`]; [`Refusal::Busy`] when no turn came in time; [`Refusal::TooSlow`] past the time limit.
    pub async fn ingest(&self, bytes: Bytes) -> Result<Ingested, Refusal> {
        self.run(move || ingest(&bytes)).await
    }

    /// The medium thumbnail made from a large one, on a blocking thread.
    ///
    /// # Errors
    /// Like [`Self::ingest`].
    pub async fn medium(&self, large: Bytes) -> Result<Thumb, Refusal> {
        self.run(move || medium_of(&large)).await
    }

    /// The permit goes with the work: work that is given up on cannot be stopped, and keeps its place until it ends.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let turn = timeout(self.queue_time, Arc::clone(&self.permits).acquire_owned()).await;
        let permit = turn.map_err(|_| Refusal::Busy)?.map_err(|_| Refusal::Busy)?;
        let running = spawn_blocking(move || {
            let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Refusal::DecoderFailed));
            drop(permit);
            result
        });
        let ended = timeout(self.time, running).await.map_err(|_| Refusal::TooSlow(self.time))?;
        ended.unwrap_or(Err(Refusal::DecoderFailed))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    const SHORT: Duration = Duration::from_millis(50);
    const LONG: Duration = Duration::from_secs(20);

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
    }

    #[test]
    fn slow_work_is_given_up_on_and_keeps_its_place_until_it_ends() {
        runtime().block_on(async {
            let ingester = Ingester::new(1, SHORT, SHORT);
            let (finish, finished) = mpsc::channel::<()>();
            let stuck = ingester.run(move || {
                finished.recv().unwrap();
                Ok(())
            });
            assert_eq!(stuck.await, Err(Refusal::TooSlow(SHORT)));
            assert_eq!(ingester.run(|| Ok(())).await, Err(Refusal::Busy));
            finish.send(()).unwrap();
            let patient = Ingester { queue_time: LONG, time: LONG, ..ingester };
            assert_eq!(patient.run(|| Ok(7)).await, Ok(7));
        });
    }

    #[test]
    fn a_panic_is_a_refusal_and_gives_the_place_back() {
        runtime().block_on(async {
            let ingester = Ingester::new(1, LONG, LONG);
            let failed = ingester.run::<()>(|| panic!("decoder bug")).await;
            assert_eq!(failed, Err(Refusal::DecoderFailed));
            assert_eq!(ingester.run(|| Ok(7)).await, Ok(7));
        });
    }
}
