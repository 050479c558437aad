//! Log lines on standard error, for people or for machines; panics are log lines too.

use crate::config::LogFormat;
use std::io::IsTerminal as _;
use tracing_subscriber::EnvFilter;

/// Says more than it should or than helps: a session that has expired is no "suspicious activity".
const QUIET: [&str; 2] = ["tower_sessions=error", "tower_sessions_core=error"];

/// Starts logging. `filter` is like `info,store=debug`.
///
/// # Errors
/// A filter that can't be read, in words.
pub fn start(format: LogFormat, filter: &str) -> Result<(), String> {
    let mut levels = EnvFilter::try_new(filter)
        .map_err(|error| format!("the log filter {filter:?} can't be used: {error}"))?;
    for quiet in QUIET {
        if let Ok(directive) = quiet.parse()
            && !filter.contains("tower_sessions")
        {
            levels = levels.add_directive(directive);
        }
    }
    let lines = tracing_subscriber::fmt().with_env_filter(levels).with_writer(std::io::stderr);
    let started = match format {
        LogFormat::Text => lines.with_ansi(std::io::stderr().is_terminal()).with_target(false).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| format!("logging could not be started: {error}"))?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a defect: {}", panic.payload_as_str().unwrap_or("(without words)"));
    }));
    Ok(())
}
