//! A crowd of workers of known skill that labels a project over the public HTTP interface, and checks what must hold.
//!
//! It makes pictures whose truth it knows, brings them in as an admin would, lets many workers label at once (some of
//! them clumsy: they send twice, hang up, leave and come back), exports the votes and holds them against what the
//! workers were told, against the rules, and against what the project's pages say.

#![expect(clippy::print_stdout, reason = "a program for the terminal: its report is what it is for")]

mod batch;
mod browser;
mod chance;
mod check;
mod crowd;
mod html;
mod invariants;
mod manner;
mod options;
mod picture;
mod plan;
mod preface;
mod replay;
mod report;
mod setup;
mod skill;
mod standings;
mod trouble;
mod votes;
mod worker;

use clap::Parser as _;
use crowd::Crowd;
use options::Options;
use plan::Plan;
use report::Report;
use std::process::ExitCode;
use std::sync::Arc;
use trouble::Trouble;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(report) if report.violations.is_empty() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(trouble) => {
            eprintln!("crowd: {trouble}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<Report, Trouble> {
    let options = Arc::new(options);
    let plan = Arc::new(Plan::new(&options)?);
    eprintln!("{} synsets, {} pictures", plan.synsets.len(), plan.pictures());
    let admin = setup::admin(&options).await?;
    let project = setup::project(&admin, &options, &plan).await?;
    eprintln!("project {project} is set up; {} workers start", options.workers);
    let crowd = Crowd::gather(&options, &plan, project).await?;
    let work = crowd.label().await?;
    eprintln!("the crowd has nothing left to do after {:.1} s", work.seconds);
    let votes = votes::export(&admin, project, options.votes.as_deref()).await?;
    let standings = standings::read(&admin, project, &plan).await?;
    let report = check::check(&options, &plan, &work, &votes, &standings);
    println!("{report}");
    if let Some(file) = &options.json {
        report.write(file)?;
    }
    Ok(report)
}
