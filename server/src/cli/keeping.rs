//! `synvote backup`, `synvote restore`, `synvote move`: what people have done, kept elsewhere and brought back.

use super::trouble::Done;
use super::{say, verify};
use crate::boot::{self, SystemClock};
use crate::config::{Config, without_password};
use crate::service;
use crate::service::keeping::{self, Manifest, Progress};
use app::texts::Locale;
use clap::Args;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What a backup takes along.
#[derive(Debug, Args)]
#[command(after_help = "\
Everything that was acknowledged before the command began is in the backup. Servers go on voting; with SQLite, run it on the \
server's machine. The folder holds every table as text, equal from SQLite and PostgreSQL, so that it can be restored to either, and \
the pictures: as links where it is on the same disk, else as copies. Until it is whole its name ends in .partial. It holds hashes of \
passwords: only its owner can read it.")]
pub struct Backup {
    /// Folder to make; it must not be there yet
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
    /// List the pictures with their lengths, and leave them where they are
    #[arg(long)]
    without_images: bool,
}

/// What is brought back.
#[derive(Debug, Args)]
#[command(after_help = "\
The database and the folder of pictures are those of the settings, --database and --data. Both must be empty. The checksums of all \
tables are looked at before anything is written. A backup of an older release is brought to this release's schema. A restoration that \
was stopped goes on when the same command is given again; until then no server starts on the database.")]
pub struct Restore {
    /// Folder of the backup
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
    /// Afterwards read everything again: rows, checksums, pictures; then count all votes again. Exit code 1 when something differs
    #[arg(long)]
    verify: bool,
}

/// From where to where.
#[derive(Debug, Args)]
#[command(after_help = "\
The source can't be changed meanwhile. SQLite: its file is locked, so stop the server first. PostgreSQL: its tables are locked for \
writing, so that servers still show pages and answer votes with 503. The source stays as it is. The target must be empty; its schema is \
made. In the end every table is read again on both sides and compared by number of rows and checksum. A move that was stopped goes on \
when the same command is given again; until then no server starts on the target. Pictures stay where they are, in the data folder.")]
pub struct Move {
    /// Database to read, "sqlite:PATH" or "postgres://USER:PASSWORD@HOST/NAME" [default: that of the settings]
    #[arg(long, value_name = "URL", env = "SYNVOTE_MOVE_FROM", hide_env_values = true)]
    from: Option<String>,
    /// Empty database to fill, written likewise
    #[arg(long, value_name = "URL", env = "SYNVOTE_MOVE_TO", hide_env_values = true)]
    to: String,
}

impl Backup {
    /// Runs the command.
    ///
    /// # Errors
    /// The folder is there; there is no database; a file can't be written.
    pub async fn run(self, config: &Config) -> Done<ExitCode> {
        let pictures = config.pictures();
        let order = keeping::Backup {
            database: &config.database.value,
            pictures: &pictures,
            to: &self.to,
            with_pictures: !self.without_images,
        };
        let (manifest, wanting) = keeping::backup(order, &SystemClock, &mut watcher()).await?;
        warn_of_wanting(&manifest, &wanting, &pictures);
        say(&format!(
            "The backup is in {}: {}. Everything that was acknowledged before {} is in it.",
            self.to.display(),
            contents(&manifest),
            moment(manifest.begun_at)
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Restore {
    /// Runs the command.
    ///
    /// # Errors
    /// The backup can't be used; the database or the folder of pictures is not empty.
    pub async fn run(self, config: &Config) -> Done<ExitCode> {
        boot::check_writable(&config.data.value)?;
        let (pictures, database) = (config.pictures(), boot::options(&config.database.value));
        let order = keeping::Restore {
            from: &self.from,
            database: &database,
            pictures: &pictures,
            verify: self.verify,
        };
        let restored = keeping::restore(order, &mut watcher()).await?;
        let manifest = &restored.manifest;
        say(&format!("Restored what there was at {}: {}.", moment(manifest.begun_at), contents(manifest)))?;
        if !manifest.pictures.included {
            let text = format!("The backup holds no pictures: they belong into {}.", pictures.display());
            say(&text)?;
        }
        if !self.verify {
            return Ok(ExitCode::SUCCESS);
        }
        say("Rows and checksums are those of the backup.")?;
        restored.wanting.iter().try_for_each(|sentence| say(sentence))?;
        let code = count_again(config).await?;
        Ok(if restored.wanting.is_empty() { code } else { ExitCode::from(1) })
    }
}

impl Move {
    /// Runs the command.
    ///
    /// # Errors
    /// The source is in use, or of another release; the target is not empty; the copy differs.
    pub async fn run(self, config: &Config) -> Done<ExitCode> {
        let from = self.from.unwrap_or_else(|| config.database.value.clone());
        let (shown_from, shown_to) = (without_password(&from), without_password(&self.to));
        let locked = if from.starts_with("sqlite:") {
            "no server can start on it"
        } else {
            "servers on it show pages, and answer votes with 503"
        };
        let to = boot::options(&self.to);
        let (mut watch, mut begun) = (watcher(), false);
        let mut tell = |progress: Progress<'_>| {
            if !begun {
                let text = format!(
                    "Moving {shown_from} to {shown_to}. The source is locked until the end: {locked}."
                );
                begun = say(&text).is_ok();
            }
            watch(progress);
        };
        let moved = keeping::move_database(keeping::Move { from: &from, to: &to }, &mut tell).await?;
        for table in &moved {
            let start = table.sha256.get(..16).unwrap_or_default();
            say(&format!("{:<24} {:>12} rows  sha256 {start}…", table.name, table.rows))?;
        }
        let rows: u64 = moved.iter().map(|table| table.rows).sum();
        say(&format!(
            "Moved {rows} rows of {} tables, equal on both sides by number and checksum. Serve it with --database {shown_to}; \
             {shown_from} is as it was: keep it until you are content, and start no server on it any more.",
            moved.len()
        ))?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn count_again(config: &Config) -> Done<ExitCode> {
    let world = boot::world(config).await?;
    let report = service::verify::verify(&world).await;
    boot::close(&world).await;
    verify::told(&report?)
}

fn contents(manifest: &Manifest) -> String {
    let locale = Locale::default();
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let held = if manifest.pictures.included { "held" } else { "listed only" };
    format!(
        "{} rows of {} tables, {} picture files of {} MB ({held})",
        locale.count(rows),
        manifest.tables.len(),
        locale.count(manifest.pictures.files),
        locale.count(manifest.pictures.bytes.div_ceil(1_000_000))
    )
}

fn warn_of_wanting(manifest: &Manifest, named: &[String], pictures: &Path) {
    if manifest.pictures.wanting > 0 {
        let _ = writeln!(
            std::io::stderr(),
            "Of {} images the file as it came is not in {}, or is not what its name says: {}{}",
            manifest.pictures.wanting,
            pictures.display(),
            named.join(", "),
            if named.len() as u64 == manifest.pictures.wanting { "." } else { ", …" }
        );
    }
}

/// A moment of UTC, to the second.
fn moment(ms: i64) -> String {
    let format = time::macros::format_description!("[year]-[month]-[day] [hour]:[minute]:[second] UTC");
    time::OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000))
        .ok()
        .and_then(|moment| moment.format(format).ok())
        .unwrap_or_else(|| format!("{ms} ms after 1970"))
}

/// A line that is written over on a terminal, and nothing in a file.
fn watcher() -> impl FnMut(Progress<'_>) + Send {
    let shown = std::io::stderr().is_terminal();
    move |Progress { doing, done, total }: Progress<'_>| {
        if shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K{doing}: {done} of {total}");
            if done >= total {
                let _ = write!(std::io::stderr(), "\r\x1b[K");
            }
        }
    }
}
