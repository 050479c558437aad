//! `synvote verify`: is everything that was derived from votes still what the votes give?

use super::say;
use super::trouble::Done;
use crate::service::verify;
use crate::world::World;
use std::process::ExitCode;

/// Runs the command; exit code 1 when something differs.
///
/// # Errors
/// The database.
pub async fn run(world: &World) -> Done<ExitCode> {
    let report = verify::verify(world).await?;
    for difference in &report.differences {
        say(difference)?;
    }
    let verdict = if report.differences.is_empty() {
        "everything agrees".to_owned()
    } else {
        format!("{} differences", report.differences.len())
    };
    say(&format!("{} candidates and {} votes counted again: {verdict}.", report.candidates, report.votes))?;
    Ok(if report.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
