//! What came out: for people as a table, for machines as JSON.

use crate::trouble::Trouble;
use serde::Serialize;
use std::fmt;
use std::path::Path;

/// The outcome of a run.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Workers of the crowd.
    pub workers: u32,
    /// Chance's seed.
    pub seed: u64,
    /// Target precision of the project.
    pub target: f64,
    /// Time from the first batch to the last, in seconds.
    pub seconds: f64,
    /// Exported votes for each second.
    pub votes_per_second: f64,
    /// Half of the submissions were answered within so many milliseconds.
    pub submit_p50_ms: f64,
    /// And 99 % within so many.
    pub submit_p99_ms: f64,
    /// Answers to definition questions: right or mistaken.
    pub questions: Vec<(String, usize)>,
    /// Batches by the manner in which they were answered.
    pub batches: Vec<(String, usize)>,
    /// A line for each synset.
    pub synsets: Vec<Line>,
    /// All of them.
    pub total: Line,
    /// What must not be; none is as it should be.
    pub violations: Vec<String>,
}

/// A synset in figures.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Line {
    /// WordNet id, or `total`.
    pub name: String,
    /// Images asked about.
    pub images: usize,
    /// Settled: shows the synset.
    pub positive: usize,
    /// Settled: does not.
    pub negative: usize,
    /// For an expert.
    pub escalated: usize,
    /// Left open because the synset is on hold.
    pub on_hold: usize,
    /// Left open because every worker has answered.
    pub open: usize,
    /// Near duplicates that nobody was asked about.
    pub duplicates: usize,
    /// Votes.
    pub votes: usize,
    /// Votes on images that were settled already.
    pub too_many: usize,
    /// Positive images that are good.
    pub right: usize,
    /// Good images.
    pub good: usize,
    /// Sum of the stated chances of the positive images.
    pub stated: f64,
}

impl Line {
    /// Votes for each image.
    pub fn votes_per_image(&self) -> f64 {
        share(self.votes as f64, self.images)
    }

    /// Share of the positive images that are good.
    pub fn precision(&self) -> f64 {
        share(self.right as f64, self.positive)
    }

    /// What the table says that share is.
    pub fn stated_precision(&self) -> f64 {
        share(self.stated, self.positive)
    }

    /// Share of the good images that are positive.
    pub fn recall(&self) -> f64 {
        share(self.right as f64, self.good)
    }

    /// Adds another line's figures.
    pub fn add(&mut self, other: &Self) {
        self.images += other.images;
        self.positive += other.positive;
        self.negative += other.negative;
        self.escalated += other.escalated;
        self.on_hold += other.on_hold;
        self.open += other.open;
        self.duplicates += other.duplicates;
        self.votes += other.votes;
        self.too_many += other.too_many;
        self.right += other.right;
        self.good += other.good;
        self.stated += other.stated;
    }
}

fn share(part: f64, of: usize) -> f64 {
    if of == 0 { f64::NAN } else { part / of as f64 }
}

impl Report {
    /// Writes the report as JSON.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write(&self, file: &Path) -> Result<(), Trouble> {
        let failed = |source| Trouble::File { path: file.to_owned(), source };
        let text = serde_json::to_string_pretty(self).map_err(|error| failed(error.into()))?;
        std::fs::write(file, text + "\n").map_err(failed)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { workers, seed, target, seconds, .. } = self;
        writeln!(f, "{workers} workers, seed {seed}, target precision {target}: {seconds:.1} s")?;
        writeln!(
            f,
            "{:.0} votes a second; a submission takes {:.0} ms (median), {:.0} ms (99 %)",
            self.votes_per_second, self.submit_p50_ms, self.submit_p99_ms
        )?;
        let batches: Vec<String> =
            self.batches.iter().map(|(manner, number)| format!("{manner} {number}")).collect();
        let questions: Vec<String> =
            self.questions.iter().map(|(answer, number)| format!("{answer} {number}")).collect();
        writeln!(f, "definition questions: {}", questions.join(", "))?;
        writeln!(f, "batches: {}\n", batches.join(", "))?;
        writeln!(
            f,
            "{:<10} {:>6} {:>5} {:>5} {:>5} {:>5} {:>5} {:>5} {:>7} {:>7} {:>9} {:>9} {:>7} {:>8}",
            "synset",
            "images",
            "pos",
            "neg",
            "esc",
            "hold",
            "open",
            "dupl",
            "votes",
            "v/image",
            "precision",
            "stated",
            "recall",
            "too many"
        )?;
        for line in self.synsets.iter().chain([&self.total]) {
            writeln!(f, "{line}")?;
        }
        match self.violations.len() {
            0 => write!(f, "\nEvery invariant holds."),
            number => write!(f, "\n{number} violations:\n- {}", self.violations.join("\n- ")),
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:<10} {:>6} {:>5} {:>5} {:>5} {:>5} {:>5} {:>5} {:>7} {:>7.2} {:>9.4} {:>9.4} {:>7.3} {:>8}",
            self.name,
            self.images,
            self.positive,
            self.negative,
            self.escalated,
            self.on_hold,
            self.open,
            self.duplicates,
            self.votes,
            self.votes_per_image(),
            self.precision(),
            self.stated_precision(),
            self.recall(),
            self.too_many
        )
    }
}
