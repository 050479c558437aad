//! What a straightforward server does: a transaction for each fetch and each submission, a statement for each row.

use crate::database::{Database, Engine};
use crate::people::{Spell, says_yes};
use crate::timing::ms;
use server::boot;
use sqlx::postgres::{PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, PgConnection};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// Leases of the control: the program's own are its own affair.
const TABLE: &str = "create table if not exists control_lease (
    candidate_id bigint not null references candidate (candidate_id),
    account_id bigint not null references account (account_id),
    expires_at bigint not null,
    primary key (candidate_id, account_id)
)";

/// A server without anything around it.
#[derive(Clone)]
pub struct Rows {
    connections: Connections,
    /// Synsets whose candidates it hands out.
    synsets: Arc<[i64]>,
    /// One that submissions can name.
    assignment: i64,
}

#[derive(Clone)]
enum Connections {
    /// SQLite has one writer: people take turns.
    Sqlite(Arc<Mutex<SqliteConnection>>),
    Postgres(PgPool),
}

/// Where one of its people is: each looks at every candidate once, synset after synset.
#[derive(Clone)]
pub struct Person {
    account: i64,
    synset: usize,
    rank: i64,
    submissions: u64,
}

impl Rows {
    /// On a database, to which its table is added.
    pub async fn open(database: &Database, synsets: Vec<i64>, assignment: i64) -> Self {
        database.direct().await.run(TABLE).await;
        let connections = match database.engine {
            Engine::Sqlite => {
                let options = SqliteConnectOptions::new()
                    .filename(database.file())
                    .journal_mode(SqliteJournalMode::Wal)
                    .synchronous(SqliteSynchronous::Full)
                    .foreign_keys(true)
                    .busy_timeout(Duration::from_secs(5));
                Connections::Sqlite(Arc::new(Mutex::new(options.connect().await.unwrap())))
            }
            Engine::Postgres => {
                let as_many = boot::options(&database.url).readers + 2;
                let pool = PgPoolOptions::new().max_connections(as_many);
                Connections::Postgres(pool.connect(&database.url).await.unwrap())
            }
        };
        Self { connections, synsets: synsets.into(), assignment }
    }

    /// People who have seen nothing yet.
    pub fn people(&self, accounts: &[i64]) -> Vec<Person> {
        let synsets = self.synsets.len();
        let person = |(place, account): (usize, &i64)| Person {
            account: *account,
            synset: place % synsets,
            rank: -1,
            submissions: 0,
        };
        accounts.iter().enumerate().map(person).collect()
    }

    /// All of them work for so long.
    pub async fn measure(&self, people: &mut [Person], batch: i64, spell: Duration) -> Spell {
        let begun = Instant::now();
        let tasks: Vec<_> = people
            .iter()
            .map(|person| tokio::spawn(self.clone().work(person.clone(), batch, begun + spell)))
            .collect();
        let mut total = Spell::default();
        for (task, person) in tasks.into_iter().zip(people) {
            let (went_on, spell) = task.await.unwrap();
            *person = went_on;
            total.add(spell);
        }
        total.took = begun.elapsed();
        total
    }

    async fn work(self, mut person: Person, batch: i64, until: Instant) -> (Person, Spell) {
        let mut spell = Spell::default();
        while Instant::now() < until {
            let begun = Instant::now();
            let candidates = self.fetch(&mut person, batch).await;
            let fetched = ms(begun.elapsed());
            let begun = Instant::now();
            self.submit(&mut person, &candidates).await;
            spell.waited(fetched, ms(begun.elapsed()));
            spell.votes += candidates.len() as u64;
            spell.batches += 1;
        }
        (person, spell)
    }

    async fn fetch(&self, person: &mut Person, batch: i64) -> Vec<i64> {
        loop {
            let from = (self.synsets[person.synset], person.rank);
            let found = match &self.connections {
                Connections::Sqlite(connection) => {
                    sqlite::fetch(&mut *connection.lock().await, person.account, from, batch).await
                }
                Connections::Postgres(pool) => {
                    postgres::fetch(&mut pool.acquire().await.unwrap(), person.account, from, batch).await
                }
            };
            if let Some((_, last)) = found.last() {
                person.rank = *last;
                return found.into_iter().map(|(candidate, _)| candidate).collect();
            }
            (person.synset, person.rank) = ((person.synset + 1) % self.synsets.len(), -1);
        }
    }

    async fn submit(&self, person: &mut Person, candidates: &[i64]) {
        person.submissions += 1;
        let said = (person.account, format!("rows-{}", person.submissions), self.assignment);
        match &self.connections {
            Connections::Sqlite(connection) => {
                sqlite::submit(&mut *connection.lock().await, &said, candidates).await
            }
            Connections::Postgres(pool) => {
                postgres::submit(&mut pool.acquire().await.unwrap(), &said, candidates).await
            }
        }
    }
}

/// The same statements for each engine.
macro_rules! row_by_row {
    ($engine:ident, $connection:ty, $begin:literal) => {
        mod $engine {
            use super::*;

            pub async fn fetch(
                connection: &mut $connection,
                account: i64,
                (synset, rank): (i64, i64),
                batch: i64,
            ) -> Vec<(i64, i64)> {
                sqlx::raw_sql($begin).execute(&mut *connection).await.unwrap();
                let sql = "select candidate_id, serving_rank from candidate
                           where project_synset_id = $1 and serving_rank > $2 and verdict = 'undecided' and duplicate_of is null
                           order by serving_rank limit $3";
                let query = sqlx::query_as(sql).bind(synset).bind(rank).bind(batch);
                let found: Vec<(i64, i64)> = query.fetch_all(&mut *connection).await.unwrap();
                for (candidate, _) in &found {
                    let sql = "insert into control_lease (candidate_id, account_id, expires_at) values ($1, $2, 0)";
                    sqlx::query(sql).bind(candidate).bind(account).execute(&mut *connection).await.unwrap();
                }
                sqlx::raw_sql("commit").execute(&mut *connection).await.unwrap();
                found
            }

            pub async fn submit(
                connection: &mut $connection,
                (account, key, assignment): &(i64, String, i64),
                candidates: &[i64],
            ) {
                sqlx::raw_sql($begin).execute(&mut *connection).await.unwrap();
                let sql = "insert into submission (account_id, submission_key, body_hash, assignment_id, recorded, submitted_at)
                           values ($1, $2, 'rows', $3, $4, 0) returning submission_id";
                let votes = i64::try_from(candidates.len()).unwrap();
                let query = sqlx::query_scalar(sql).bind(account).bind(key).bind(assignment).bind(votes);
                let submission: i64 = query.fetch_one(&mut *connection).await.unwrap();
                // In the order of their ids, so that two who hold the same ones don't wait for each other for ever.
                let mut sorted = candidates.to_vec();
                sorted.sort_unstable();
                for candidate in sorted {
                    let yes = says_yes(*account, candidate);
                    let sql = "insert into vote (candidate_id, account_id, answer, submission_id, voted_at)
                               values ($1, $2, $3, $4, 0)";
                    let query = sqlx::query(sql).bind(candidate).bind(account).bind(if yes { "yes" } else { "no" });
                    query.bind(submission).execute(&mut *connection).await.unwrap();
                    let sql = "update candidate set yes = yes + $2, no = no + $3 where candidate_id = $1 returning yes, no";
                    let query = sqlx::query_as(sql).bind(candidate).bind(i64::from(yes)).bind(i64::from(!yes));
                    let _tally: (i64, i64) = query.fetch_one(&mut *connection).await.unwrap();
                    let sql = "delete from control_lease where candidate_id = $1 and account_id = $2";
                    sqlx::query(sql).bind(candidate).bind(account).execute(&mut *connection).await.unwrap();
                }
                sqlx::raw_sql("commit").execute(&mut *connection).await.unwrap();
            }
        }
    };
}

row_by_row!(sqlite, SqliteConnection, "begin immediate");
row_by_row!(postgres, PgConnection, "begin");
