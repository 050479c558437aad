//! The consensus rules against reference vectors, properties and simulated crowds.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that panics fails its test")]

mod engine;
mod inference;
mod interval;
mod policy;
mod properties;
mod simulation;
mod sources;
mod support;
mod vectors;
mod weights;
mod worth;
