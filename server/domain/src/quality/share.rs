//! A share of counted things, with what such a count can tell.

/// The normal quantile of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// `hits` of `of`. There is no share of nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many had it.
    pub hits: u32,
    /// Of how many.
    pub of: u32,
}

impl Share {
    /// The share, 0 to 1.
    #[must_use]
    pub fn rate(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.hits) / f64::from(self.of))
    }

    /// The interval that holds the true share in 95 of 100 cases: Wilson, "Probable inference, the law of succession, and
    /// statistical inference", 1927. It stays within 0 to 1 and means something for few and for unanimous answers.
    #[must_use]
    pub fn interval(self) -> Option<(f64, f64)> {
        let (p, n) = (self.rate()?, f64::from(self.of));
        let scale = 1.0 + Z * Z / n;
        let middle = (p + Z * Z / (2.0 * n)) / scale;
        let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        // At the ends the arithmetic may miss 0 and 1 by a bit or two.
        let low = if self.hits == 0 { 0.0 } else { (middle - reach).max(0.0) };
        let high = if self.hits == self.of { 1.0 } else { (middle + reach).min(1.0) };
        Some((low, high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 5e-5
    }

    #[test]
    fn published_intervals_come_out() {
        // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
        for (hits, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (found_low, found_high) = Share { hits, of }.interval().unwrap();
            assert!(near(found_low, low) && near(found_high, high), "{hits}/{of}: {found_low} {found_high}");
        }
    }

    #[test]
    fn nothing_has_no_share() {
        assert_eq!(Share::default().rate(), None);
        assert_eq!(Share::default().interval(), None);
    }

    proptest! {
        #[test]
        fn an_interval_holds_its_share_and_narrows_with_the_count(of in 1_u32..5_000, part in 0.0_f64..=1.0) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to `of`")]
            let share = Share { hits: (f64::from(of) * part) as u32, of };
            let (low, high) = share.interval().unwrap();
            let rate = share.rate().unwrap();
            prop_assert!(0.0 <= low && low <= rate && rate <= high && high <= 1.0);
            let (l, h) = Share { hits: share.hits * 4, of: of * 4 }.interval().unwrap();
            prop_assert!(h - l < high - low);
        }
    }
}
