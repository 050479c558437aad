//! Hashes and checks passwords: slow on purpose, so few at once.
//!
//! Argon2id, m = 19456 KiB, t = 2, p = 1 (the first choice of the OWASP password storage sheet).

use super::{Failure, Outcome};
use app::api::ApiError;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::text::Password;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;

/// Hashes computed at once: each takes 19 MiB and tens of milliseconds.
const AT_ONCE: usize = 2;
/// Requests that may wait for their turn; the next one is told to come back.
const QUEUE: usize = 32;
/// When to come back.
const RETRY_SECONDS: u32 = 5;

/// The one place where passwords are hashed.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), waiting: Arc::default() }
    }
}

impl Passwords {
    /// The PHC string of a new password.
    ///
    /// # Errors
    /// Too many wait already.
    pub async fn hash(&self, password: Password, salt: [u8; 32]) -> Outcome<String> {
        let salt: [u8; 16] = std::array::from_fn(|i| salt.get(i).copied().unwrap_or_default());
        self.in_turn(move || hash_now(&password, &salt)).await?
    }

    /// Does the password belong to the stored PHC string? With nothing stored, a hash is computed all the same: an unknown
    /// name takes as long as a wrong password.
    ///
    /// # Errors
    /// Too many wait already.
    pub async fn check(&self, password: Password, stored: Option<String>) -> Outcome<bool> {
        self.in_turn(move || match stored {
            Some(stored) => PasswordHash::new(&stored).is_ok_and(|stored| {
                argon2().is_ok_and(|argon2| argon2.verify_password(password.expose(), &stored).is_ok())
            }),
            None => {
                drop(hash_now(&password, &[0; 16]));
                false
            }
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
        let _place = Place::take(&self.waiting)?;
        let turn =
            self.turns.clone().acquire_owned().await.map_err(|error| Failure::Defect(error.to_string()))?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(|error| Failure::Defect(error.to_string()))
    }
}

/// A place in the queue, given back when dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(waiting: &Arc<AtomicUsize>) -> Outcome<Self> {
        let place = Self(waiting.clone());
        if waiting.fetch_add(1, Ordering::Relaxed) >= QUEUE + AT_ONCE {
            return Err(ApiError::TooOften { seconds: RETRY_SECONDS }.into());
        }
        Ok(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn argon2() -> Outcome<Argon2<'static>> {
    let params = Params::new(19_456, 2, 1, None).map_err(|error| Failure::Defect(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &Password, salt: &[u8]) -> Outcome<String> {
    let hash = argon2()?.hash_password_with_salt(password.expose(), salt);
    Ok(hash.map_err(|error| Failure::Defect(error.to_string()))?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::parse(text).unwrap()
    }

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let passwords = Passwords::default();
        let stored = passwords.hash(password("correct horse"), [7; 32]).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.check(password("correct horse"), Some(stored.clone())).await.unwrap());
        assert!(!passwords.check(password("battery staple"), Some(stored)).await.unwrap());
        assert!(!passwords.check(password("correct horse"), None).await.unwrap());
        assert!(!passwords.check(password("correct horse"), Some("no hash".into())).await.unwrap());
    }

    #[tokio::test]
    async fn a_long_queue_is_told_to_come_back() {
        let passwords = Passwords::default();
        passwords.waiting.store(QUEUE + AT_ONCE, Ordering::Relaxed);
        let refused = passwords.check(password("correct horse"), None).await;
        assert!(matches!(refused, Err(Failure::Refused(ApiError::TooOften { .. }))));
    }
}
