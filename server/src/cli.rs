//! The command line: what can be asked of `synvote`, and how it answers.

mod accounts;
mod demo;
mod export;
mod images;
mod keeping;
mod replay;
mod serve;
mod trouble;
mod verify;
mod wordnet;

use crate::boot;
use crate::config::{Config, Options};
use crate::telemetry;
use crate::world::World;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;
use trouble::{Done, Trouble};

/// Time for threads that are still busy when everything else has ended.
const LAST_MOMENT: Duration = Duration::from_secs(5);

/// Synvote: crowd workers verify images against WordNet synsets; the server learns how far their votes can be trusted
/// and stops asking when it is sure.
#[derive(Debug, Parser)]
#[command(name = "synvote", version, max_term_width = 110, arg_required_else_help = true)]
#[command(after_help = "Start here:\n  synvote serve        then open the address that it prints")]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the web application until told to stop (Ctrl-C or SIGTERM)
    Serve,
    /// Set up the demonstration: WordNet, a project, photographs. Doing it again changes nothing
    Demo(demo::Demo),
    /// WordNet
    #[command(subcommand)]
    Wordnet(wordnet::Wordnet),
    /// Candidate images
    #[command(subcommand)]
    Images(images::Images),
    /// Accounts
    #[command(subcommand)]
    User(accounts::User),
    /// Write recorded data out
    #[command(subcommand)]
    Export(export::Export),
    /// Count all votes again and compare with what is stored; exit code 1 when something differs
    Verify(verify::Verify),
    /// Write everything into one folder, while servers go on
    Backup(keeping::Backup),
    /// Bring a backup back, into an empty database and an empty folder of pictures
    Restore(keeping::Restore),
    /// Move everything into another, empty database: from SQLite to PostgreSQL, or back
    Move(keeping::Move),
    /// Run the consensus engine over recorded votes: what it would ask, find and state, and how true that is
    Replay(replay::Replay),
    /// Print the settings in force and where each came from; secrets as ****
    Config,
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let matches = Cli::command().get_matches();
    let done =
        Cli::from_arg_matches(&matches).map_err(|error| Trouble::Said(error.to_string())).and_then(|cli| {
            let config = Config::of(cli.options, |name| matches.value_source(name))?;
            start(cli.command, &config)
        });
    match done {
        Ok(code) => code,
        Err(trouble) => {
            let _ = writeln!(std::io::stderr(), "synvote: {trouble}");
            ExitCode::FAILURE
        }
    }
}

fn start(command: Command, config: &Config) -> Done<ExitCode> {
    if matches!(command, Command::Config) {
        return show_config(config).map(|()| ExitCode::SUCCESS);
    }
    if let Command::Replay(replay) = &command {
        return replay.run().map(|()| ExitCode::SUCCESS);
    }
    let serves = matches!(command, Command::Serve);
    // On the console a command says what it does by itself; only what goes wrong is logged beside it. Slow statements are no news
    // where whole tables are read and filled.
    let filter = match command {
        _ if serves || config.log_filter.source != crate::config::Source::Default => &config.log_filter.value,
        Command::Restore(_) | Command::Move(_) => "warn,sqlx=error",
        _ => "warn",
    };
    telemetry::start(config.log_format.value, filter).map_err(Trouble::Said)?;
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Trouble::Runtime)?;
    let done = runtime.block_on(async {
        if serves {
            return serve::serve(config).await.map(|()| ExitCode::SUCCESS);
        }
        let command = match command {
            Command::Backup(backup) => return backup.run(config).await,
            Command::Restore(restore) => return restore.run(config).await,
            Command::Move(moving) => return moving.run(config).await,
            other => other,
        };
        let world = boot::world(config).await?;
        let done = act(command, &world).await;
        boot::close(&world).await;
        done
    });
    // Whatever still runs on a thread of its own must not keep the program from ending.
    runtime.shutdown_timeout(LAST_MOMENT);
    done
}

async fn act(command: Command, world: &World) -> Done<ExitCode> {
    match command {
        Command::Demo(demo) => demo.run(world).await?,
        Command::Wordnet(command) => command.run(world).await?,
        Command::Images(command) => command.run(world).await?,
        Command::User(command) => command.run(world).await?,
        Command::Export(command) => command.run(world).await?,
        Command::Verify(verify) => return verify.run(world).await,
        // These need no world, or make their own.
        Command::Serve
        | Command::Replay(_)
        | Command::Config
        | Command::Backup(_)
        | Command::Restore(_)
        | Command::Move(_) => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn show_config(config: &Config) -> Done<()> {
    match &config.file {
        Some(file) => say(&format!("# settings file: {}", file.display()))?,
        None => say("# no settings file")?,
    }
    for (name, value, source) in config.lines() {
        say(&format!("{name:<16} {value:<40} # {source}"))?;
    }
    Ok(())
}

/// A line on standard output. A reader that has gone ends the command.
fn say(line: &str) -> Done<()> {
    writeln!(std::io::stdout(), "{line}").map_err(Trouble::Output)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_setting_can_come_from_the_environment_by_its_name() {
        for argument in Cli::command().get_arguments().filter(|argument| argument.is_global_set()) {
            let expected = format!("SYNVOTE_{}", argument.get_id().as_str().to_uppercase());
            assert_eq!(argument.get_env().and_then(|name| name.to_str()), Some(expected.as_str()));
        }
    }

    #[test]
    fn a_flag_may_stand_before_or_after_the_command_and_is_known_as_a_flag() {
        for line in [
            ["synvote", "--address", "127.0.0.1:4000", "serve"],
            ["synvote", "serve", "--address", "127.0.0.1:4000"],
        ] {
            let matches = Cli::command().try_get_matches_from(line).unwrap();
            let cli = Cli::from_arg_matches(&matches).unwrap();
            assert_eq!(cli.options.address.map(|address| address.port()), Some(4000), "{line:?}");
            let config = Config::of(cli.options, |name| matches.value_source(name)).unwrap();
            assert_eq!(config.address.source, crate::config::Source::Flag, "{line:?}");
        }
    }
}
