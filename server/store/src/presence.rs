//! A server's word to the others on its database that it is there.
//!
//! On PostgreSQL it is an advisory lock, held by a connection of its own: it goes with the server, however that ends. SQLite has one
//! server, which holds its file.

use std::future::Future;
use std::time::Duration;

use sqlx::{Connection as _, Executor as _, PgConnection};

use crate::db::Db;
use crate::{Store, StoreError};

/// The first half of the locks' names, which those of one schema share; the second is the server's number.
macro_rules! class {
    () => {
        "hashtext('server of ' || 'setting'::regclass::oid)"
    };
}

/// Whoever is cut off is gone for the others after 5 s, and a question is given up before that.
const SESSION: &str = "set statement_timeout = '3s'; set tcp_user_timeout = 5000;
    set tcp_keepalives_idle = 2; set tcp_keepalives_interval = 1; set tcp_keepalives_count = 3";

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(3);

/// A place among the servers of a database, until it is dropped.
#[derive(Debug)]
pub struct Presence {
    number: i32,
    connection: Option<PgConnection>,
}

impl Store {
    /// Takes a place among the servers of this database. Fails with [`StoreError::Conflict`] where another has this number.
    pub async fn appear(&self, number: i32) -> Result<Presence, StoreError> {
        let Db::Postgres(pool) = &self.db else { return Ok(Presence { number, connection: None }) };
        let options = pool.connect_options();
        let connecting = async {
            let mut connection = PgConnection::connect_with(&options).await?;
            connection.execute(sqlx::raw_sql(SESSION)).await?;
            let sql = concat!("select pg_try_advisory_lock(", class!(), ", $1)");
            let is_free = sqlx::query_scalar(sql).bind(number).fetch_one(&mut connection).await?;
            Ok((is_free, connection))
        };
        match in_time(connecting).await? {
            (true, connection) => Ok(Presence { number, connection: Some(connection) }),
            (false, _) => Err(StoreError::Conflict(format!("another server has the number {number}"))),
        }
    }
}

impl Presence {
    /// The number that this server has among the others.
    #[must_use]
    pub fn number(&self) -> i32 {
        self.number
    }

    /// The numbers of the servers that are there, ascending, this one's among them. After an error its place may be lost.
    pub async fn all(&mut self) -> Result<Vec<i32>, StoreError> {
        let Some(connection) = &mut self.connection else { return Ok(vec![self.number]) };
        // What is an object's number there is four bytes without a sign.
        let sql = concat!(
            "select objid::bigint::integer from pg_locks
             where locktype = 'advisory' and classid::bigint = (",
            class!(),
            "::bigint & 4294967295) and objsubid = 2 and granted
             and database = (select oid from pg_database where datname = current_database())
             order by 1"
        );
        in_time(sqlx::query_scalar(sql).fetch_all(connection)).await
    }
}

async fn in_time<T>(asking: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, StoreError> {
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(StoreError::Unavailable(sqlx::Error::PoolTimedOut)),
    }
}
