//! Logged-in browsers. Each method is one statement by itself: a session is never written together with a vote.

use sqlx::FromRow;

use crate::{Store, StoreError, Tx};

/// A browser's session. Only a hash of its id is known here.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct SessionRow {
    pub id_hash: String,
    pub account_id: Option<i64>,
    pub data: String,
    pub created_at: i64,
    pub expires_at: i64,
}

const DELETE_OF_ACCOUNT: &str = "delete from session where account_id = $1 and id_hash <> $2";

impl Store {
    /// Makes a session. Fails with [`StoreError::Conflict`] when the id is taken.
    pub async fn insert_session(&self, session: &SessionRow) -> Result<(), StoreError> {
        let sql = "insert into session (id_hash, account_id, data, created_at, expires_at)
                   values ($1, $2, $3, $4, $5)";
        let SessionRow { id_hash, account_id, data, created_at, expires_at } = session;
        on_writer!(self, writer => {
            let query = sqlx::query(sql).bind(id_hash).bind(account_id).bind(data).bind(created_at).bind(expires_at);
            query.execute(writer).await.map(drop)
        })
    }

    /// Changes a session, except for when it was made. False when there is none: a session that was logged out stays so.
    pub async fn update_session(
        &self,
        id_hash: &str,
        account_id: Option<i64>,
        data: &str,
        expires_at: i64,
    ) -> Result<bool, StoreError> {
        let sql = "update session set account_id = $2, data = $3, expires_at = $4 where id_hash = $1";
        on_writer!(self, writer => {
            let query = sqlx::query(sql).bind(id_hash).bind(account_id).bind(data).bind(expires_at);
            query.execute(writer).await.map(|done| done.rows_affected() == 1)
        })
    }

    /// The session of this id's hash, if it is not expired at `now`.
    pub async fn session(&self, id_hash: &str, now: i64) -> Result<Option<SessionRow>, StoreError> {
        let sql = "select id_hash, account_id, data, created_at, expires_at from session
                   where id_hash = $1 and expires_at > $2";
        on_db!(self, pool => sqlx::query_as(sql).bind(id_hash).bind(now).fetch_optional(pool).await)
    }

    /// Deletes a session, if there is one.
    pub async fn delete_session(&self, id_hash: &str) -> Result<(), StoreError> {
        on_writer!(self, writer => {
            sqlx::query("delete from session where id_hash = $1").bind(id_hash).execute(writer).await.map(drop)
        })
    }

    /// Deletes an account's sessions but the one of `except`; returns how many there were.
    pub async fn delete_sessions_of(&self, account_id: i64, except: Option<&str>) -> Result<u64, StoreError> {
        on_writer!(self, writer => {
            let query = sqlx::query(DELETE_OF_ACCOUNT).bind(account_id).bind(except.unwrap_or(""));
            query.execute(writer).await.map(|done| done.rows_affected())
        })
    }

    /// Deletes the sessions that are expired at `now`; returns how many there were.
    pub async fn delete_expired_sessions(&self, now: i64) -> Result<u64, StoreError> {
        on_writer!(self, writer => {
            let query = sqlx::query("delete from session where expires_at <= $1").bind(now);
            query.execute(writer).await.map(|done| done.rows_affected())
        })
    }
}

impl Tx {
    /// Deletes an account's sessions but the one of `except`, with whatever else changes about the account.
    pub async fn delete_sessions_of(
        &mut self,
        account_id: i64,
        except: Option<&str>,
    ) -> Result<u64, StoreError> {
        on_tx!(self, connection => {
            let query = sqlx::query(DELETE_OF_ACCOUNT).bind(account_id).bind(except.unwrap_or(""));
            query.execute(connection).await.map(|done| done.rows_affected())
        })
    }
}
