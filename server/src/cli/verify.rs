//! `synvote verify`: is everything that was derived from votes still what the votes give? With `--repair` it is made so.

use super::say;
use super::trouble::Done;
use crate::service::verify::{self, Report};
use crate::world::World;
use clap::Args;
use std::process::ExitCode;

/// What is done about what differs.
#[derive(Clone, Copy, Debug, Args)]
pub struct Verify {
    /// Store what the votes give where something else is stored, synset by synset. Votes and other facts are never changed
    #[arg(long)]
    repair: bool,
}

impl Verify {
    /// Runs the command; exit code 1 when something differs in the end.
    ///
    /// # Errors
    /// The database.
    pub async fn run(self, world: &World) -> Done<ExitCode> {
        if self.repair {
            return repair(world).await;
        }
        told(&verify::verify(world).await?)
    }
}

async fn repair(world: &World) -> Done<ExitCode> {
    let verify::Repair { found, synsets, left } = verify::repair(world).await?;
    lines(&found.differences)?;
    if found.differences.is_empty() {
        say(&format!("{}: everything agrees, nothing was changed.", counted(&found)))?;
        return Ok(ExitCode::SUCCESS);
    }
    let differences = found.differences.len();
    say(&format!("{}: {differences} differences; {synsets} synsets put right.", counted(&found)))?;
    if !left.is_empty() {
        say("This is left, and could not be put right:")?;
        lines(&left)?;
    }
    Ok(code(&left))
}

/// Says what was found; the exit code tells whether something was.
///
/// # Errors
/// Standard output.
pub fn told(report: &Report) -> Done<ExitCode> {
    lines(&report.differences)?;
    say(&format!("{}: {}.", counted(report), verdict(&report.differences)))?;
    Ok(code(&report.differences))
}

fn lines(sentences: &[String]) -> Done<()> {
    sentences.iter().try_for_each(|sentence| say(sentence))
}

fn counted(report: &Report) -> String {
    format!("{} candidates and {} votes counted again", report.candidates, report.votes)
}

fn verdict(differences: &[String]) -> String {
    match differences.len() {
        0 => "everything agrees".to_owned(),
        1 => "1 difference; `synvote verify --repair` puts it right".to_owned(),
        many => format!("{many} differences; `synvote verify --repair` puts them right"),
    }
}

fn code(differences: &[String]) -> ExitCode {
    if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
