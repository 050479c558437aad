//! How a worker's days and answers add up: days in a row, time at work, shares with their uncertainty.

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;
/// The longest that one page counts for in the time at work: beyond it, nobody was looking.
pub const PAGE_CAP_MS: i64 = 10 * 60 * 1_000;

/// The day of a moment (Unix ms), counted from 1970-01-01 in UTC.
#[must_use]
pub fn day_of(unix_ms: i64) -> i64 {
    unix_ms.div_euclid(DAY_MS)
}

/// How many days in a row there was work, up to today; a day that is not over yet breaks nothing. `days` in any order.
#[must_use]
pub fn streak(days: &[i64], today: i64) -> u32 {
    let mut day = if days.contains(&today) { today } else { today - 1 };
    let mut streak = 0;
    while days.contains(&day) {
        streak += 1;
        day -= 1;
    }
    streak
}

/// A share of `n` with the interval that its true value lies in, with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share itself.
    pub share: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The share of `hits` among `n`; `None` of nothing.
///
/// The interval is Wilson's (Journal of the American Statistical Association 22, 1927), which holds for small `n` and near 0
/// and 1 too.
#[must_use]
pub fn share(hits: u32, n: u32) -> Option<Share> {
    const Z: f64 = 1.959_963_984_540_054;
    if n == 0 {
        return None;
    }
    let (n, p) = (f64::from(n), f64::from(hits.min(n)) / f64::from(n));
    let (z2, middle) = (Z * Z, p + Z * Z / (2.0 * n));
    let reach = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    Some(Share {
        share: p,
        low: ((middle - reach) / scale).max(0.0),
        high: ((middle + reach) / scale).min(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_streak_ends_today_or_yesterday() {
        assert_eq!(streak(&[10, 9, 8, 6], 10), 3);
        assert_eq!(streak(&[8, 9], 10), 2, "today is not over yet");
        assert_eq!(streak(&[8, 7], 10), 0);
        assert_eq!(streak(&[], 10), 0);
    }

    #[test]
    fn a_day_begins_at_midnight_utc_before_the_epoch_too() {
        assert_eq!((day_of(0), day_of(DAY_MS - 1), day_of(DAY_MS), day_of(-1)), (0, 0, 1, -1));
    }

    #[test]
    fn the_interval_is_wilsons() {
        // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 and 0 of 20.
        let Share { low, high, .. } = share(81, 263).unwrap();
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        let Share { low, high, .. } = share(0, 20).unwrap();
        assert!(low == 0.0 && (high - 0.1611).abs() < 5e-5, "{low} {high}");
        assert_eq!(share(0, 0), None);
        assert_eq!(share(5, 5).unwrap().high, 1.0);
    }
}
