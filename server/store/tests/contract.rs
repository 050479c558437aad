//! What every store function promises, on both engines: one list of cases, expanded for each.
//!
//! SQLite runs always, in a temporary folder. PostgreSQL runs when `SYNVOTE_TEST_POSTGRES` has the address of a superuser's
//! database: each case makes a database of its own there. Where `CI` is set, a missing address is a failure.

/// Expands each case, an `async fn(&Bench)`, into a test for each engine.
macro_rules! cases {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let bench = $crate::contract::bench::Bench::sqlite().await;
                    super::$name(&bench).await;
                    bench.clear().await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let Some(bench) = $crate::contract::bench::Bench::postgres().await else { return };
                    super::$name(&bench).await;
                    bench.clear().await;
                }
            )+
        }
    };
}

// Always set here; it tells clippy that helpers of tests are tests too.
#[cfg(test)]
mod contract {
    pub mod bench;
    pub mod ground;

    mod accounts;
    mod audits;
    mod calibrations;
    mod candidates;
    mod concurrency;
    mod db;
    mod duplicates;
    mod facts;
    mod gallery;
    mod jobs;
    mod judging;
    mod keeping;
    mod labeling;
    mod learning;
    mod migrations;
    mod ontology;
    mod page;
    mod parity;
    mod people;
    mod progress;
    mod projects;
    mod related;
    mod review;
    mod seedings;
    mod sessions;
    mod synsets;
    mod tuning;
    mod verify;
    mod voting;
    mod watching;
    mod work;
}
