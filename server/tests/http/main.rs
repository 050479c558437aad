//! What the server's outside promises, over whole requests, on both engines: one list of cases, expanded for each.
//!
//! SQLite runs always, in a temporary folder. PostgreSQL runs when `SYNVOTE_TEST_POSTGRES` has the address of a superuser's
//! database: each case makes a database of its own there. Where `CI` is set, a missing address is a failure.

#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail a test by panicking, as tests do"
)]

/// Expands each case, an `async fn(&TestApp)`, into a test for each engine.
macro_rules! cases {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let app = crate::app::TestApp::sqlite().await;
                    super::$name(&app).await;
                    app.clear().await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let Some(app) = crate::app::TestApp::postgres().await else { return };
                    super::$name(&app).await;
                    app.clear().await;
                }
            )+
        }
    };
}

mod app;
mod browser;
mod facts;
mod ground;

mod arrivals;
mod audits;
mod events;
mod guard;
mod headers;
mod health;
mod images;
mod importing;
mod keeping;
mod labeling;
mod learning;
mod moving;
mod pages;
mod people;
mod program;
mod related;
mod repairing;
mod resuming;
mod reviewing;
mod roles;
mod seeding;
mod servers;
mod serving;
mod sessions;
mod synset;
mod tables;
mod throttle;
mod tuning;
mod uploads;
mod watching;
mod work;
mod writing;
