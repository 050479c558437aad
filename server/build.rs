//! The folder with the browser's files is embedded; where it is not built yet, it is there and empty.

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let site = Path::new("../target/site");
    std::fs::create_dir_all(site)?;
    println!("cargo::rerun-if-changed={}", site.display());
    Ok(())
}
