//! What SQLite can take in at most: votes in large transactions, by prepared statements, and nothing else.

use crate::ground::{EACH as SYNSET, SCATTER};
use crate::timing::rate;
use rusqlite::{Connection, TransactionBehavior, params};
use std::path::Path;
use std::time::{Duration, Instant};

/// As many votes as 32 people give on batches of 36.
const VOTES: i64 = 1_152;
/// Votes on a candidate in a transaction: about as many as settle a clear one.
const EACH: i64 = 3;

/// A connection as safe as the store's own, and where on its candidates it has come.
pub struct Raw {
    connection: Connection,
    candidates: std::ops::Range<i64>,
    accounts: Vec<i64>,
    assignment: i64,
    transactions: i64,
}

impl Raw {
    /// Votes of these accounts on these candidates. `assignment` is one that submissions can name.
    pub fn open(file: &Path, candidates: std::ops::Range<i64>, accounts: Vec<i64>, assignment: i64) -> Self {
        let connection = Connection::open(file).unwrap();
        connection.busy_timeout(Duration::from_secs(5)).unwrap();
        for (name, value) in [("journal_mode", "wal"), ("synchronous", "full"), ("foreign_keys", "on")] {
            connection.pragma_update(None, name, value).unwrap();
        }
        Self { connection, candidates, accounts, assignment, transactions: 0 }
    }

    /// Votes a second.
    pub fn measure(&mut self, spell: Duration) -> f64 {
        let (begun, before) = (Instant::now(), self.transactions);
        while begun.elapsed() < spell {
            self.transaction();
            self.transactions += 1;
        }
        rate(((self.transactions - before) * VOTES).unsigned_abs(), begun.elapsed())
    }

    fn transaction(&mut self) {
        let (candidates, accounts) = self.next();
        let key = format!("raw-{}", self.transactions);
        let tx = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
        let mut submission = tx
            .prepare(
                "insert into submission (account_id, submission_key, body_hash, assignment_id, recorded, submitted_at)
                 values (?1, ?2, 'raw', ?3, ?4, 0)",
            )
            .unwrap();
        submission.execute(params![accounts[0], key, self.assignment, VOTES]).unwrap();
        let submission_id = tx.last_insert_rowid();
        let mut vote = tx
            .prepare(
                "insert into vote (candidate_id, account_id, answer, submission_id, voted_at) values (?1, ?2, 'no', ?3, 0)",
            )
            .unwrap();
        let mut tally = tx.prepare("update candidate set no = no + ?2 where candidate_id = ?1").unwrap();
        for candidate in candidates {
            for account in &accounts {
                vote.execute(params![candidate, account, submission_id]).unwrap();
            }
            tally.execute(params![candidate, EACH]).unwrap();
        }
        drop((submission, vote, tally));
        tx.commit().unwrap();
    }

    /// The next candidates, scattered over a synset as those are that are handed out, ascending, and accounts that have not voted on them. Each time all
    /// candidates were gone through, the accounts change.
    fn next(&self) -> (Vec<i64>, Vec<i64>) {
        let (some, strips) = (VOTES / EACH, SYNSET / (VOTES / EACH));
        let synsets = (self.candidates.end - self.candidates.start) / SYNSET;
        let (strip, turn) = (self.transactions % strips, self.transactions / strips);
        let start = self.candidates.start + turn % synsets * SYNSET;
        let mut candidates: Vec<i64> =
            (strip * some..(strip + 1) * some).map(|place| start + place * SCATTER % SYNSET).collect();
        candidates.sort_unstable();
        let (each, turn) = (usize::try_from(EACH).unwrap(), usize::try_from(turn / synsets).unwrap());
        (candidates, self.accounts[turn * each..(turn + 1) * each].to_vec())
    }
}
