//! How a worker's days add up: days in a row, time at work.

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
}
