//! What can be said on the command line.

use clap::Parser;
use std::path::PathBuf;

/// Lets a crowd of simulated workers label a fresh project, and checks the invariants. Exits with 1 when one is broken.
#[derive(Clone, Debug, Parser)]
#[command(version, about)]
pub struct Options {
    /// Address of the server, like http://127.0.0.1:3000
    #[arg(long)]
    pub server: String,
    /// The one-time link for the first admin, as the server prints it at its start
    #[arg(long, required_unless_present = "admin", conflicts_with = "admin")]
    pub admin_link: Option<String>,
    /// Name of an admin that exists; the password comes from CROWD_PASSWORD
    #[arg(long)]
    pub admin: Option<String>,
    /// That admin's password, or the one the new admin gets
    #[arg(long, env = "CROWD_PASSWORD", default_value = "a crowd of many", hide_env_values = true)]
    pub password: String,
    /// Workers at the same time
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=5_000))]
    pub workers: u32,
    /// Synsets of different difficulty
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..=12))]
    pub synsets: u32,
    /// Images of each synset
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(10..=100_000))]
    pub images: u32,
    /// Everything that is left to chance follows from it
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Mean precision that the project asks for
    #[arg(long, default_value_t = 0.99)]
    pub target: f64,
    /// Images of the initial sample of a synset
    #[arg(long, default_value_t = 20)]
    pub sample: u32,
    /// Tiles of a batch
    #[arg(long, default_value_t = 36)]
    pub batch: u32,
    /// Votes at which an image escalates
    #[arg(long, default_value_t = 20)]
    pub cap: u32,
    /// Keep the exported votes in this file
    #[arg(long, value_name = "FILE")]
    pub votes: Option<PathBuf>,
    /// Write the report to this file as JSON
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
}
