//! How much of what the disk can take the vote path takes: `make bench` (see `server/bench.sh`).
//!
//! Fills databases of its own, has simulated people label in them, and does the same in other ways in turn. Prints a report; a run
//! of everything replaces the one in `docs/`.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a program that measures and prints, and stops where it can't"
)]

mod asking;
mod controls;
mod database;
mod exchange;
mod ground;
mod groups;
mod growth;
mod http;
mod machine;
mod memory;
mod nodes;
mod options;
mod people;
mod report;

mod timing;
mod votes;

use machine::Machine;
use options::Options;
use report::Report;
use std::path::Path;

#[tokio::main]
async fn main() {
    if let Some(asked) = memory::Asked::of_this_process() {
        return memory::hold(&asked).await;
    }
    if std::env::var_os("BENCH_TRACE").is_some() {
        tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(std::io::stderr).init();
    }
    let mut options = Options::from_environment();
    let folder = tempfile::tempdir_in(&options.folder).unwrap();
    options.folder = folder.path().to_owned();
    let machine = Machine::describe(&options.folder, database::version(&options).await);
    for (name, value) in machine.lines() {
        println!("{name}: {}", value.as_str().unwrap_or_default());
    }
    let mut report = Report::default();
    votes::measure(&options, &mut report).await;
    http::measure(&options, &mut report).await;
    growth::measure(&options, &mut report).await;
    asking::measure(&options, &mut report).await;
    nodes::measure(&options, &mut report).await;
    memory::measure(&options, &mut report).await;
    exchange::measure(&options, &mut report).await;
    println!("\nFalls short: {}", report.short().join("; "));
    if options.is_whole() {
        report.write(Path::new("docs"), &machine);
    }
}
