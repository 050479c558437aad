//! Everything that touches the world: HTTP, services, jobs, command line.
pub mod boot;
pub mod cli;
pub mod config;
pub mod http;
pub mod jobs;
pub mod language;
pub mod live;
pub mod meter;
pub mod peers;
pub mod service;
pub mod telemetry;
mod texts;
pub mod world;
