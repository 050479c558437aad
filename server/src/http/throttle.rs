//! Nobody may try passwords, names or invitation links quickly: a limit per network address. (The limit per account is
//! the accounts service's.)

use super::client::Client;
use super::error::HttpError;
use super::limits::TRIES_BY_ADDRESS;
use crate::world::{Clock, World};
use app::api::ApiError;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::Clock as _;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The paths on which a secret can be guessed.
const GUESSABLE: [&str; 4] =
    ["/api/sign_in", "/api/sign_up", "/api/accept_invitation", "/api/change_password"];

/// Idle addresses are forgotten after this many tries.
const TRIES_BETWEEN_SWEEPS: u32 = 1_000;

/// Counts tries by network address.
pub struct Throttle {
    limiter: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, WorldClock, NoOpMiddleware<Nanos>>,
    clock: WorldClock,
    tries: AtomicU32,
}

/// The world's clock, as the limiters want it: it never goes back. A clock that is set back would hold whoever tried before for
/// as long again.
#[derive(Clone)]
pub struct WorldClock {
    clock: Arc<dyn Clock>,
    seen: Arc<Mutex<Seen>>,
}

/// What the world's clock said last, and by how much it was set back until then, in ms.
#[derive(Default)]
struct Seen {
    last: i64,
    set_back: i64,
}

impl WorldClock {
    /// The clock of a world.
    pub fn of(world: &World) -> Self {
        Self { clock: Arc::clone(&world.clock), seen: Arc::default() }
    }
}

impl governor::clock::Clock for WorldClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        seen.set_back += (seen.last - now).max(0);
        seen.last = now;
        Duration::from_millis(u64::try_from(now + seen.set_back).unwrap_or_default()).into()
    }
}

impl Throttle {
    /// Nobody has tried anything yet.
    pub fn new(world: &World) -> Self {
        let clock = WorldClock::of(world);
        let quota = Quota::per_minute(NonZeroU32::new(TRIES_BY_ADDRESS).unwrap_or(NonZeroU32::MIN));
        let limiter = RateLimiter::new(quota, DashMapStateStore::default(), clock.clone());
        Self { limiter, clock, tries: AtomicU32::new(0) }
    }

    /// Counts a try.
    ///
    /// # Errors
    /// [`ApiError::TooOften`] with the seconds until the next one is free.
    pub fn count(&self, address: IpAddr) -> Result<(), ApiError> {
        if self.tries.fetch_add(1, Ordering::Relaxed) % TRIES_BETWEEN_SWEEPS == TRIES_BETWEEN_SWEEPS - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&household(address)).map_err(|not_until| {
            let wait = not_until.wait_time_from(self.clock.now());
            ApiError::TooOften {
                seconds: u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1),
            }
        })
    }
}

/// Middleware: refuses tries that come too often.
pub async fn limit(State(throttle): State<Arc<Throttle>>, request: Request, next: Next) -> Response {
    let guesses = request.method() == Method::POST && GUESSABLE.contains(&request.uri().path());
    if guesses
        && let Some(client) = request.extensions().get::<Client>()
        && let Err(error) = throttle.count(client.address)
    {
        return HttpError::from(error).into_response();
    }
    next.run(request).await
}

/// A household gets a whole /64 of IPv6, so its addresses count as one.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Hands(AtomicU32);

    impl Clock for Hands {
        fn now(&self) -> i64 {
            self.0.load(Ordering::Relaxed).into()
        }
    }

    #[test]
    fn a_clock_that_is_set_back_holds_nobody() {
        use governor::clock::{Clock as _, Reference as _};
        let hands = Arc::new(Hands(AtomicU32::new(10_000)));
        let clock = WorldClock { clock: hands.clone(), seen: Arc::default() };
        let first = clock.now();
        hands.0.store(4_000, Ordering::Relaxed);
        assert_eq!(clock.now(), first);
        hands.0.store(5_000, Ordering::Relaxed);
        assert_eq!(clock.now().duration_since(first), Nanos::from(Duration::from_secs(1)));
    }

    #[test]
    fn addresses_of_one_household_count_as_one() {
        let at = |text: &str| household(text.parse().unwrap());
        assert_eq!(at("2001:db8::1"), at("2001:db8::ffff:1"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
    }
}
