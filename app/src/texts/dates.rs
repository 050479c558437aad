//! Moments, days and spans of time as a language writes them. All moments are UTC.

use super::{Locale, units};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Locale {
    /// A moment (Unix ms) as a date and time of day: `22 November 2026, 14:05 UTC`.
    pub fn moment(self, unix_ms: i64) -> String {
        units::moment(self, self.date(unix_ms), time_of_day(unix_ms))
    }

    /// The day of a moment (Unix ms): `22 November 2026`.
    pub fn date(self, unix_ms: i64) -> String {
        let (year, month, day) = civil(unix_ms.div_euclid(DAY));
        units::date(self, day.to_string(), month_name(self, month), year.to_string())
    }

    /// The day of the month alone: `22`.
    pub fn day_of_month(self, unix_ms: i64) -> String {
        let (_, _, day) = civil(unix_ms.div_euclid(DAY));
        self.count(day)
    }

    /// A short span of time (ms), to a tenth of a second: `1.4 s`.
    pub fn tenths(self, ms: i64) -> String {
        units::tenths(self, self.decimal(ms as f64 / 1_000.0, 1))
    }

    /// A span of time (ms), to two units at most: `45 s`, `12 min`, `1 h 20 min`, `3 days`.
    pub fn duration(self, ms: i64) -> String {
        let ms = ms.max(0);
        if ms < MINUTE {
            units::seconds(self, ms / SECOND)
        } else if ms < HOUR {
            units::minutes(self, ms / MINUTE)
        } else if ms < DAY && ms % HOUR < MINUTE {
            units::hours(self, ms / HOUR)
        } else if ms < DAY {
            units::hours_and_minutes(self, ms / HOUR, ms % HOUR / MINUTE)
        } else {
            units::days(self, ms / DAY)
        }
    }
}

/// A moment (Unix ms) for the `datetime` attribute: `2026-11-22T14:05Z`.
pub fn machine_moment(unix_ms: i64) -> String {
    let (year, month, day) = civil(unix_ms.div_euclid(DAY));
    format!("{year:04}-{month:02}-{day:02}T{}Z", time_of_day(unix_ms))
}

/// `14:05`
fn time_of_day(unix_ms: i64) -> String {
    let of_day = unix_ms.rem_euclid(DAY);
    format!("{:02}:{:02}", of_day / HOUR, of_day % HOUR / MINUTE)
}

fn month_name(locale: Locale, month: i64) -> &'static str {
    match month {
        1 => units::january(locale),
        2 => units::february(locale),
        3 => units::march(locale),
        4 => units::april(locale),
        5 => units::may(locale),
        6 => units::june(locale),
        7 => units::july(locale),
        8 => units::august(locale),
        9 => units::september(locale),
        10 => units::october(locale),
        11 => units::november(locale),
        _ => units::december(locale),
    }
}

/// Year, month and day of a day counted from 1970-01-01.
/// Source: H. Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::Locale::En;
    use super::*;

    #[test]
    fn days_come_out_right_around_leap_years_and_before_the_epoch() {
        assert_eq!(En.date(0), "1 January 1970");
        assert_eq!(En.date(951_782_400_000), "29 February 2000");
        assert_eq!(En.date(-86_400_000), "31 December 1969");
        assert_eq!(En.moment(1_795_356_300_000), "22 November 2026, 14:05 UTC");
        assert_eq!(machine_moment(1_795_356_300_000), "2026-11-22T14:05Z");
    }

    #[test]
    fn a_span_of_time_has_two_units_at_most() {
        assert_eq!(En.tenths(1_440), "1.4\u{a0}s");
        assert_eq!(En.duration(45_900), "45\u{a0}s");
        assert_eq!(En.duration(12 * MINUTE + 59_000), "12\u{a0}min");
        assert_eq!(En.duration(HOUR + 20 * MINUTE), "1\u{a0}h 20\u{a0}min");
        assert_eq!(En.duration(2 * HOUR), "2\u{a0}h");
        assert_eq!(
            (En.duration(DAY), En.duration(3 * DAY)),
            ("1\u{a0}day".to_owned(), "3\u{a0}days".to_owned())
        );
        assert_eq!(En.duration(-5), "0\u{a0}s");
    }
}
