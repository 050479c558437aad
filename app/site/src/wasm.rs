//! From the crate `frontend` to the files a browser loads: cargo, wasm-bindgen, wasm-opt.
//!
//! Cargo decides whether the wasm is up to date. The steps after it are skipped while the module, the optimiser and
//! this crate stay the same: their result is kept beside the module in cargo's target folder.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use wasm_bindgen_cli_support::Bindgen;

use crate::error::{Error, Io as _};
use crate::folder;
use crate::publish::hash;

/// Name of the loader and of the module, as `LEPTOS_OUTPUT_NAME` has it.
const NAME: &str = "synvote";

/// What rustc emits for this target and every browser of the last years understands; wasm-opt must be told.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The loader `synvote.js`, the module `synvote.wasm`, and the snippets that the loader imports, if any.
pub fn package(workspace: &Path, profile: &str) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let wasm = compile(workspace, profile)?;
    let module = fs::read(&wasm).at(&wasm)?;
    let optimiser = optimiser(workspace);
    let kept = wasm.with_file_name("synvote-site");
    let key = key(&module, optimiser.as_deref());
    let key_file = kept.join("key");
    if !fs::read_to_string(&key_file).is_ok_and(|present| present == key) {
        if kept.exists() {
            fs::remove_dir_all(&kept).at(&kept)?;
        }
        bind(&wasm, &kept.join("pkg"))?;
        match optimiser {
            Some(tool) => optimise(&tool, &kept.join("pkg"))?,
            None => eprintln!("site: wasm-opt is not installed: the page's code will be larger"),
        }
        folder::write(&key_file, key.as_bytes())?;
    }
    folder::read(&kept.join("pkg"))
}

fn compile(workspace: &Path, profile: &str) -> Result<PathBuf, Error> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(workspace)
        .args(["build", "--package", "frontend", "--target", "wasm32-unknown-unknown", "--profile", profile])
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .at(Path::new("cargo"))?;
    if !output.status.success() {
        return Err(Error::Cargo { profile: profile.to_owned() });
    }
    let said = String::from_utf8_lossy(&output.stdout);
    said.lines().find_map(module_in).ok_or(Error::NoWasm)
}

/// The path of the finished module, if this line of cargo's JSON announces it.
fn module_in(line: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    if message.pointer("/target/name")? != "frontend" {
        return None;
    }
    let files = message.get("filenames")?.as_array()?;
    files.iter().filter_map(|file| file.as_str()).find(|file| file.ends_with(".wasm")).map(PathBuf::from)
}

/// The npm package `binaryen` carries a current wasm-opt; a system's own is often older than the features of today.
fn optimiser(workspace: &Path) -> Option<PathBuf> {
    let ours = workspace.join("end2end/node_modules/.bin/wasm-opt");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = std::env::split_paths(&path).map(|folder| folder.join("wasm-opt"));
    std::iter::once(ours).chain(installed).find(|tool| tool.is_file())
}

/// Changes whenever the steps after cargo would give another result.
fn key(module: &[u8], optimiser: Option<&Path>) -> String {
    let tool = optimiser.and_then(|tool| tool.canonicalize().ok()).map(|tool| {
        let stamp = fs::metadata(&tool).and_then(|data| Ok((data.len(), data.modified()?)));
        format!("{} {:?}", tool.display(), stamp.ok())
    });
    let parts: [(&str, &[u8]); 3] = [
        ("module", module),
        ("optimiser", tool.as_deref().unwrap_or("none").as_bytes()),
        ("steps", include_bytes!("wasm.rs")),
    ];
    hash(parts)
}

fn bind(wasm: &Path, out: &Path) -> Result<(), Error> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(wasm).out_name(NAME).remove_name_section(true).remove_producers_section(true);
    bindgen
        .web(true)
        .and_then(|bindgen| bindgen.generate(out))
        .map_err(|error| Error::Bindgen(format!("{error:#}")))?;
    let module = out.join(format!("{NAME}.wasm"));
    fs::rename(out.join(format!("{NAME}_bg.wasm")), &module).at(&module)
}

/// A tool that fails, for example because it is too old, leaves the module as it was.
fn optimise(tool: &Path, package: &Path) -> Result<(), Error> {
    let module = package.join(format!("{NAME}.wasm"));
    let smaller = module.with_extension("smaller");
    let from_to: [OsString; 3] = [module.clone().into(), "-o".into(), smaller.clone().into()];
    let status = Command::new(tool).arg("-Oz").args(FEATURES).args(from_to).status();
    if status.is_ok_and(|status| status.success()) {
        return fs::rename(&smaller, &module).at(&module);
    }
    eprintln!("site: {} failed: the page's code will be larger", tool.display());
    if smaller.exists() {
        fs::remove_file(&smaller).at(&smaller)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_is_found_in_what_cargo_says() {
        let other =
            r#"{"reason":"compiler-artifact","target":{"name":"app"},"filenames":["/t/libapp.rlib"]}"#;
        let ours = r#"{"reason":"compiler-artifact","target":{"name":"frontend"},"filenames":["/t/frontend.d","/t/frontend.wasm"]}"#;
        assert_eq!(
            [other, ours, "not json"].iter().find_map(|line| module_in(line)),
            Some("/t/frontend.wasm".into())
        );
        assert_eq!(module_in(other), None);
    }

    #[test]
    fn another_module_or_another_optimiser_makes_another_key() {
        let tool = tempfile::NamedTempFile::new().unwrap();
        assert_eq!(key(b"a", None), key(b"a", None));
        assert_ne!(key(b"a", None), key(b"b", None));
        assert_ne!(key(b"a", None), key(b"a", Some(tool.path())));
    }
}
