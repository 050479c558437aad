//! `synvote images import`: candidate images from files on this machine.

use super::say;
use super::trouble::{Done, Trouble};
use crate::service::importing::{self, Progress, Provenance, Report};
use crate::world::World;
use clap::{Args, Subcommand};
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

/// Commands about candidate images.
#[derive(Debug, Subcommand)]
pub enum Images {
    /// Import candidate images from a CSV file or from a folder. Images that are there already stay as they are
    Import(Import),
}

/// What is imported, and for what.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("source").required(true).args(["csv", "folder"]))]
pub struct Import {
    /// Project that gets the images, by name
    #[arg(long, value_name = "NAME")]
    project: String,
    /// CSV file with the columns wnid,path,source_url,licence,attribution,creator and, if wanted, found_by
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Folder that the paths in the CSV file start from [default: the CSV file's own]
    #[arg(long, value_name = "FOLDER", requires = "csv")]
    root: Option<PathBuf>,
    /// Folder whose images are all proposed for one synset
    #[arg(long, value_name = "FOLDER", requires = "wnid")]
    folder: Option<PathBuf>,
    /// Synset that the folder's images are proposed for, like n02084071
    #[arg(long, requires = "folder")]
    wnid: Option<String>,
    /// Where the folder's images come from
    #[arg(long, value_name = "URL", requires = "folder")]
    source_url: Option<String>,
    /// Licence of the folder's images, an SPDX identifier or an address
    #[arg(long, requires = "folder")]
    licence: Option<String>,
    /// Line to print beside the folder's images
    #[arg(long, requires = "folder")]
    attribution: Option<String>,
    /// Who made the folder's images
    #[arg(long, requires = "folder")]
    creator: Option<String>,
    /// The search that found the folder's images: query, language, engine
    #[arg(long, requires = "folder")]
    found_by: Option<String>,
}

impl Images {
    /// Runs the command.
    ///
    /// # Errors
    /// An unknown project or synset; a file that can't be read or used; the database.
    pub async fn run(self, world: &World) -> Done<()> {
        let Self::Import(import) = self;
        let project = project_by_name(world, &import.project).await?;
        let report = import.run(world, project).await?;
        for (name, reason) in &report.refused {
            say(&format!("refused {name}: {reason}"))?;
        }
        let Report { added, known, duplicates, refused } = report;
        say(&format!(
            "{added} added, {known} known already, {duplicates} near duplicates, {} refused.",
            refused.len()
        ))
    }
}

impl Import {
    async fn run(self, world: &World, project: i64) -> Done<Report> {
        let mut progress = progress();
        let report = match (self.csv, self.folder, self.wnid) {
            (Some(csv), _, _) => {
                let own = csv.parent().unwrap_or(Path::new(".")).to_owned();
                let root = self.root.unwrap_or(own);
                importing::import_csv(world, project, &csv, &root, &mut progress).await?
            }
            (None, Some(folder), Some(wnid)) => {
                let provenance = Provenance {
                    source_url: self.source_url,
                    licence: self.licence,
                    attribution: self.attribution,
                    creator: self.creator,
                    found_by: self.found_by,
                };
                importing::import_folder(world, project, &wnid, &folder, provenance, &mut progress).await?
            }
            _ => {
                return Err(Trouble::Said(
                    "say either --csv FILE, or --folder FOLDER and --wnid WNID".to_owned(),
                ));
            }
        };
        Ok(report)
    }
}

/// A line that is written over on a terminal, and nothing in a file.
pub fn progress() -> impl FnMut(&Progress) + Send {
    let shown = std::io::stderr().is_terminal();
    move |progress: &Progress| {
        if shown {
            let end = if progress.done == progress.total { "\n" } else { "" };
            let _ = write!(std::io::stderr(), "\r\x1b[K{} of {} files{end}", progress.done, progress.total);
        }
    }
}

/// A project's id.
///
/// # Errors
/// No such project; the names that there are are said.
pub async fn project_by_name(world: &World, name: &str) -> Done<i64> {
    let projects = world.store.projects().await?;
    if let Some(project) = projects.iter().find(|project| project.name == name) {
        return Ok(project.project_id);
    }
    let names: Vec<String> = projects.iter().map(|project| format!("{:?}", project.name)).collect();
    let there = if names.is_empty() {
        "there is none yet".to_owned()
    } else {
        format!("there is {}", names.join(", "))
    };
    Err(Trouble::Said(format!("there is no project {name:?}; {there}")))
}
