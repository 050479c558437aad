//! Numbers, plurals, shares and dates as people read them.

/// A count with its thousands grouped: `12,345`.
pub fn count(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        grouped.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A count with its noun: `1 vote`, `12,345 votes`.
pub fn counted(n: i64, one: &str, many: &str) -> String {
    format!("{}\u{a0}{}", count(n), if n == 1 { one } else { many })
}

/// A share in percent, with one decimal only where whole percents would mislead: `95 %`, `99.7 %`.
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let whole = percent.round();
    let near_the_ends = !(1.0..99.0).contains(&percent);
    if near_the_ends && (percent - whole).abs() >= 0.05 {
        format!("{percent:.1}\u{a0}%")
    } else {
        format!("{whole:.0}\u{a0}%")
    }
}

/// A chance as tables show it: two decimals, and never a rounded certainty.
pub fn chance(p: f64) -> String {
    if p > 0.995 && p < 1.0 {
        ">.99".to_owned()
    } else if p > 0.0 && p < 0.005 {
        "<.01".to_owned()
    } else {
        format!("{p:.2}").trim_start_matches('0').to_owned()
    }
}

/// A ratio with one decimal; a dash where there is none.
pub fn ratio(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.1}"))
}

/// A moment (Unix ms) as a date and time of day in UTC: `22 November 2026, 14:05 UTC`.
pub fn moment(unix_ms: i64) -> String {
    let minutes = unix_ms.div_euclid(60_000);
    let (hour, minute) = (minutes.rem_euclid(24 * 60) / 60, minutes.rem_euclid(60));
    format!("{}, {hour:02}:{minute:02} UTC", date(unix_ms))
}

/// The day of a moment (Unix ms) in UTC: `22 November 2026`.
pub fn date(unix_ms: i64) -> String {
    let (year, month, day) = civil(unix_ms.div_euclid(86_400_000));
    format!("{day} {} {year}", month_name(month))
}

/// A moment (Unix ms) for the `datetime` attribute: `2026-11-22T14:05Z`.
pub fn machine_moment(unix_ms: i64) -> String {
    let (year, month, day) = civil(unix_ms.div_euclid(86_400_000));
    let minutes = unix_ms.div_euclid(60_000);
    let (hour, minute) = (minutes.rem_euclid(24 * 60) / 60, minutes.rem_euclid(60));
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}Z")
}

fn month_name(month: i64) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
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
    use super::*;

    #[test]
    fn thousands_are_grouped_and_one_is_singular() {
        assert_eq!(count(999), "999");
        assert_eq!(count(1_000), "1,000");
        assert_eq!(count(3_200_000), "3,200,000");
        assert_eq!(count(-12_345), "−12,345");
        assert_eq!(counted(1, "vote", "votes"), "1\u{a0}vote");
        assert_eq!(counted(0, "vote", "votes"), "0\u{a0}votes");
    }

    #[test]
    fn a_share_near_certainty_keeps_its_decimal() {
        assert_eq!(percent(0.95), "95\u{a0}%");
        assert_eq!(percent(0.997), "99.7\u{a0}%");
        assert_eq!(percent(0.004), "0.4\u{a0}%");
        assert_eq!(percent(1.0), "100\u{a0}%");
    }

    #[test]
    fn a_chance_is_never_rounded_to_certainty() {
        assert_eq!(chance(0.9996), ">.99");
        assert_eq!(chance(0.0004), "<.01");
        assert_eq!(chance(0.85), ".85");
        assert_eq!(chance(1.0), "1.00");
    }

    #[test]
    fn days_come_out_right_around_leap_years_and_before_the_epoch() {
        assert_eq!(date(0), "1 January 1970");
        assert_eq!(date(951_782_400_000), "29 February 2000");
        assert_eq!(date(-86_400_000), "31 December 1969");
        assert_eq!(moment(1_795_356_300_000), "22 November 2026, 14:05 UTC");
        assert_eq!(machine_moment(1_795_356_300_000), "2026-11-22T14:05Z");
    }
}
