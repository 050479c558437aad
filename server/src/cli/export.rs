//! `synvote export votes`: recorded votes as CSV.

use super::images::project_by_name;
use super::trouble::{Done, Trouble};
use crate::service::export;
use crate::world::World;
use clap::Subcommand;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// What can be written out.
#[derive(Debug, Subcommand)]
pub enum Export {
    /// Every vote as a line of CSV, in the order of recording
    Votes {
        /// Only this project's, by name [default: all]
        #[arg(long, value_name = "NAME")]
        project: Option<String>,
        /// File to write [default: standard output]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

impl Export {
    /// Runs the command.
    ///
    /// # Errors
    /// An unknown project; the file can't be written; the database.
    pub async fn run(self, world: &World) -> Done<()> {
        let Self::Votes { project, out } = self;
        let project = match project {
            Some(name) => Some(project_by_name(world, &name).await?),
            None => None,
        };
        let written = match out {
            Some(file) => to_file(world, project, &file).await?,
            None => export::votes(world, project, &mut BufWriter::new(std::io::stdout())).await?,
        };
        let _ = writeln!(std::io::stderr(), "{written} votes written");
        Ok(())
    }
}

/// Under a temporary name until it is whole and safe on disk.
async fn to_file(world: &World, project: Option<i64>, file: &Path) -> Done<u64> {
    let failed = |source| Trouble::File { file: file.to_owned(), source };
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let mut out = BufWriter::new(File::create(&partial).map_err(failed)?);
    let written = export::votes(world, project, &mut out).await?;
    let whole = out.into_inner().map_err(|error| failed(error.into_error()))?;
    whole.sync_all().and_then(|()| std::fs::rename(&partial, file)).map_err(failed)?;
    Ok(written)
}
