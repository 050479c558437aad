//! Makes sure that the folder with the browser's files, which is embedded, is there; and turns `texts/LANGUAGE/*.ftl` into
//! Rust, as `app` does with its own.

#[path = "../app/build/catalog.rs"]
mod catalog;
#[path = "../app/build/message.rs"]
mod message;
#[path = "../app/build/rust.rs"]
mod rust;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    match folder_of_the_site().and_then(|()| texts()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaints) => {
            for complaint in complaints {
                println!("cargo::error={complaint}");
            }
            ExitCode::FAILURE
        }
    }
}

/// Where nothing is built yet, it is there and empty.
fn folder_of_the_site() -> Result<(), Vec<String>> {
    let site = Path::new("../target/site");
    std::fs::create_dir_all(site).map_err(|error| vec![format!("{}: {error}", site.display())])?;
    println!("cargo::rerun-if-changed={}", site.display());
    Ok(())
}

fn texts() -> Result<(), Vec<String>> {
    println!("cargo::rerun-if-changed=texts");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../app/build");
    let catalog = catalog::read("texts".as_ref(), true)?;
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("texts.rs");
    std::fs::write(&out, rust::modules(&catalog)).map_err(|error| vec![format!("{}: {error}", out.display())])
}
