//! The machine that was measured on.

use crate::controls::sync;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// Names and values, in order.
pub struct Machine(Vec<(&'static str, String)>);

impl Machine {
    /// Describes this one; `folder` is on the disk that is measured.
    pub fn describe(folder: &Path, postgres: Option<String>) -> Self {
        let (p50, p99) = sync::measure(folder);
        let mut lines = vec![
            ("processor", field("/proc/cpuinfo", "model name")),
            ("cores", std::thread::available_parallelism().map_or(0, usize::from).to_string()),
            ("memory", field("/proc/meminfo", "MemTotal")),
            (
                "system",
                format!(
                    "{}, Linux {}",
                    field("/etc/os-release", "PRETTY_NAME"),
                    file("/proc/sys/kernel/osrelease")
                ),
            ),
            ("disk", said("df", &["--output=source,fstype", &folder.to_string_lossy()])),
            ("a sync of 4 KiB", format!("{p50:.2} ms, at p99 {p99:.2} ms")),
            ("SQLite", rusqlite::version().to_owned()),
        ];
        lines.extend(postgres.map(|version| ("PostgreSQL", version)));
        lines.push(("compiler", said("rustc", &["--version"])));
        lines.push(("commit", said("git", &["describe", "--always", "--dirty"])));
        lines.push(("date", said("date", &["-u", "+%Y-%m-%d %H:%M UTC"])));
        Self(lines)
    }

    /// Its lines.
    pub fn lines(&self) -> Vec<(String, Value)> {
        self.0.iter().map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str()))).collect()
    }
}

/// Memory of a process that is resident, in kB.
pub fn resident_kb(process: &str) -> f64 {
    let text = field(&format!("/proc/{process}/status"), "VmRSS");
    text.trim_end_matches(" kB").parse().unwrap()
}

/// The value behind a name in a file of lines like `name : value` or `NAME="value"`; empty where the system has none.
fn field(path: &str, name: &str) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let value = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    value.trim_matches([' ', '\t', ':', '=', '"']).to_owned()
}

fn file(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default().trim().to_owned()
}

/// The last line that a program says.
fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().last().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}
