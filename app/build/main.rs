//! Turns the interface's texts (`texts/LANGUAGE/*.ftl`, Project Fluent's format) into Rust: one module for each file, one
//! function for each text. What a language lacks, or can't be read, stops the build with its file and name.

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo by printing")]

mod catalog;
mod message;
mod rust;

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=texts");
    println!("cargo::rerun-if-changed=build");
    // The browser gets the texts of the islands alone.
    let is_server = std::env::var_os("CARGO_FEATURE_SSR").is_some();
    let written = catalog::read("texts".as_ref(), is_server).and_then(|catalog| {
        let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("texts.rs");
        std::fs::write(&out, rust::modules(&catalog))
            .map_err(|error| vec![format!("{}: {error}", out.display())])
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(complaints) => {
            for complaint in complaints {
                println!("cargo::error={complaint}");
            }
            ExitCode::FAILURE
        }
    }
}
