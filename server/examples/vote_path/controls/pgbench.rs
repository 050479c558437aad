//! PostgreSQL's own benchmark on the same server.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// As many branches as clients, so that they don't wait for each other's rows.
const CLIENTS: &str = "32";

/// A database with pgbench's tables.
pub struct Pgbench {
    program: PathBuf,
    url: String,
}

impl Pgbench {
    /// Fills an empty database.
    pub fn prepare(program: &Path, url: &str) -> Self {
        let this = Self { program: program.to_owned(), url: url.to_owned() };
        this.run(&["-i", "-q", "-s", CLIENTS]);
        this
    }

    /// Its standard transactions a second.
    pub fn measure(&self, spell: Duration) -> f64 {
        let seconds = spell.as_secs_f64().ceil().to_string();
        let said = self.run(&["-n", "-c", CLIENTS, "-j", "2", "-T", &seconds]);
        let line = said.lines().find_map(|line| line.strip_prefix("tps = ")).unwrap();
        line.split(' ').next().unwrap().parse().unwrap()
    }

    fn run(&self, arguments: &[&str]) -> String {
        let output = Command::new(&self.program).args(arguments).arg(&self.url).output().unwrap();
        assert!(output.status.success(), "pgbench: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}
