//! What is measured and where, from the environment that `server/bench.sh` sets.

use std::path::PathBuf;
use std::time::Duration;

/// How long a spell of work is measured, unless `BENCH_SECONDS` says otherwise.
const SECONDS: f64 = 2.5;
/// Candidates of the largest databases.
const MOST: i64 = 10_000_000;

/// What to measure, and with what.
pub struct Options {
    only: Vec<String>,
    /// Length of a spell.
    pub spell: Duration,
    /// Folder on a disk for what is filled and removed again.
    pub folder: PathBuf,
    /// A PostgreSQL in which databases can be made; without it, SQLite alone is measured.
    pub postgres: Option<String>,
    /// pgbench; without it, there is no such control.
    pub pgbench: Option<PathBuf>,
    /// The program itself and WordNet's folder, for its memory when it has nothing to do.
    pub program: Option<(PathBuf, PathBuf)>,
    /// Candidates of the largest database, on SQLite and on PostgreSQL.
    pub most: i64,
    is_whole: bool,
}

impl Options {
    /// From `BENCH_ONLY` (names of sections or their beginnings, with commas), `BENCH_SECONDS`, `BENCH_CANDIDATES`, `BENCH_FOLDER`,
    /// `BENCH_PGBENCH`, `SYNVOTE_TEST_POSTGRES`, `SYNVOTE_BINARY` and `SYNVOTE_WORDNET`.
    pub fn from_environment() -> Self {
        let said = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let only =
            said("BENCH_ONLY").map(|text| text.split(',').map(|name| name.trim().to_owned()).collect());
        let seconds = said("BENCH_SECONDS").map(|text| text.parse().unwrap());
        let candidates: Option<i64> = said("BENCH_CANDIDATES").map(|text| text.parse().unwrap());
        let postgres = said("SYNVOTE_TEST_POSTGRES");
        let program = said("SYNVOTE_BINARY").zip(said("SYNVOTE_WORDNET"));
        Self {
            is_whole: only.is_none() && seconds.is_none() && candidates.is_none() && postgres.is_some(),
            only: only.unwrap_or_default(),
            spell: Duration::from_secs_f64(seconds.unwrap_or(SECONDS)),
            folder: said("BENCH_FOLDER").map_or_else(std::env::temp_dir, PathBuf::from),
            postgres,
            pgbench: said("BENCH_PGBENCH").map(PathBuf::from),
            program: program.map(|(binary, wordnet)| (binary.into(), wordnet.into())),
            most: candidates.unwrap_or(MOST),
        }
    }

    /// Is the section asked for? `sqlite-32` asks for `sqlite-32-1`, `sqlite-32-36` and `sqlite-32-100`.
    pub fn wants(&self, section: &str) -> bool {
        let begins = |only: &String| {
            section.strip_prefix(only.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        self.only.is_empty() || self.only.iter().any(begins)
    }

    /// Everything is measured as it should be: the report in the repository is replaced.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }
}
