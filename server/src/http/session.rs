//! Sessions rest in the database under the hash of their id, and one that was ended never comes back by being saved.

use super::limits::{SESSION_IDLE, SESSION_LIFE};
use crate::world::{Clock, World};
use async_trait::async_trait;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use store::sessions::SessionRow;
use store::{Store, StoreError};
use time::OffsetDateTime;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Expiry, SessionManagerLayer, SessionStore};

/// Key of the account's id in a session's data.
pub const ACCOUNT: &str = "account";
/// Key of the sentence for the next page.
pub const NOTICE: &str = "notice";
/// Key of the time of opening (Unix ms).
pub const OPENED_AT: &str = "opened_at";
/// Key of the recorded time of last use (Unix ms).
pub const USED_AT: &str = "used_at";

/// The sessions in the database.
#[derive(Clone)]
pub struct Sessions {
    store: Store,
    clock: Arc<dyn Clock>,
}

/// Middleware that finds a request's session by its cookie. With https the cookie is bound to this host and to https.
pub fn layer(world: &World, https: bool) -> SessionManagerLayer<Sessions> {
    let idle = time::Duration::try_from(SESSION_IDLE).unwrap_or(time::Duration::HOUR);
    SessionManagerLayer::new(Sessions::new(world))
        .with_name(cookie_name(https))
        .with_secure(https)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(idle))
        .with_always_save(false)
}

/// The cookie's name. Browsers accept the prefix only from https, for the whole site and for no other host.
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-synvote" } else { "synvote" }
}

impl Sessions {
    /// The sessions of this world.
    pub fn new(world: &World) -> Self {
        Self { store: world.store.clone(), clock: Arc::clone(&world.clock) }
    }

    /// Until when a session holds (Unix ms) that is used now and was opened then.
    fn expires_at(&self, opened_at: i64) -> i64 {
        self.clock
            .now()
            .saturating_add(milliseconds(SESSION_IDLE))
            .min(opened_at.saturating_add(milliseconds(SESSION_LIFE)))
    }

    fn row(&self, record: &Record) -> Result<SessionRow> {
        let number = |key: &str| record.data.get(key).and_then(serde_json::Value::as_i64);
        let created_at = number(OPENED_AT).unwrap_or_else(|| self.clock.now());
        Ok(SessionRow {
            id_hash: id_hash(&record.id),
            account_id: number(ACCOUNT),
            data: serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?,
            created_at,
            expires_at: self.expires_at(created_at),
        })
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let now = self.clock.now();
        record.data.insert(OPENED_AT.to_owned(), now.into());
        record.data.insert(USED_AT.to_owned(), now.into());
        loop {
            match self.store.insert_session(&self.row(record)?).await {
                Err(StoreError::Conflict(_)) => record.id = Id::default(),
                done => return done.map_err(backend),
            }
        }
    }

    /// Saving a session that has been ended meanwhile changes nothing.
    async fn save(&self, record: &Record) -> Result<()> {
        let row = self.row(record)?;
        let saved = self.store.update_session(&row.id_hash, row.account_id, &row.data, row.expires_at).await;
        saved.map(|_| ()).map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let Some(row) = self.store.session(&id_hash(id), self.clock.now()).await.map_err(backend)? else {
            return Ok(None);
        };
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&row.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp(row.expires_at / 1_000)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.store.delete_session(&id_hash(id)).await.map(|_| ()).map_err(backend)
    }
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

/// Whole milliseconds of a duration.
pub fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn backend(error: StoreError) -> Error {
    Error::Backend(error.to_string())
}

fn id_hash(id: &Id) -> String {
    Sha256::digest(id.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
}
