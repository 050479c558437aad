//! Crowds that were never there: images and workers drawn from a seed, to see whether what is stated comes true.
//!
//! Signal detection: what a worker sees of an image is its signal and some noise, and a yes is what exceeds the worker's
//! own criterion. The models of [`crate::consensus`] know nothing of this, so that a simulated crowd tests them instead of
//! agreeing with them. Everything follows from a seed, on every machine.

mod chance;
mod crowd;
mod images;
mod labelling;
mod mix;
pub mod watching;

pub use chance::Chance;
pub use crowd::{Crowd, Eye, Worker};
pub use images::{KINDS, Kind};
pub use labelling::{Cast, Labelled, Labelling};
pub use mix::Mix;
