//! Builds everything a browser downloads into one folder, which the server embeds.
//!
//! `cargo run -p site` compiles `frontend` for wasm, makes its loader, shrinks it, and publishes it beside the style
//! and the assets: compressed, under names that hash their content, with a manifest. Nothing is done twice, and a
//! file whose content stays the same is not touched, so that the server is not compiled again.

mod error;
mod folder;
mod publish;
mod style;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use crate::error::{Error, Io as _};
use crate::publish::Logical;

/// Builds the browser side of Synvote.
#[derive(Parser)]
struct Arguments {
    /// Cargo profile of the wasm.
    #[arg(long, default_value = "wasm-release")]
    profile: String,
    /// Folder to publish into, relative to the workspace. Files in it that are not part of the site are removed.
    #[arg(long, default_value = "target/site")]
    out: PathBuf,
}

fn main() -> ExitCode {
    match build(&Arguments::parse()) {
        Ok(said) => {
            eprintln!("site: {said}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("site: {error}");
            ExitCode::FAILURE
        }
    }
}

fn build(arguments: &Arguments) -> Result<String, Error> {
    let workspace = workspace()?;
    let package = wasm::package(&workspace, &arguments.profile)?;
    let mut files = publish::together("pkg", package);
    files.extend(style(&workspace)?);
    files.extend(assets(&workspace)?);
    publish::publish(&workspace.join(&arguments.out), files)
}

/// The folder that holds the root Cargo.toml. Cargo names this crate's own folder when it runs us.
fn workspace() -> Result<PathBuf, Error> {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").ok_or(Error::NotRunByCargo)?;
    let root = Path::new(&own).join("../..");
    root.canonicalize().at(&root)
}

fn style(workspace: &Path) -> Result<Option<Logical>, Error> {
    let path = workspace.join("style/main.css");
    if !path.exists() {
        return Ok(None);
    }
    Ok(Some(Logical::alone("synvote.css", style::joined(&path)?.into_bytes())))
}

/// Everything in `assets`, except the tables of the demo, which no browser asks for.
fn assets(workspace: &Path) -> Result<Vec<Logical>, Error> {
    let files = folder::read(&workspace.join("assets"))?;
    let shipped = files.into_iter().filter(|(name, _)| !name.starts_with("demo/"));
    Ok(shipped.map(|(name, bytes)| Logical::alone(&name, bytes)).collect())
}
