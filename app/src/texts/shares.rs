//! Decimals, shares and chances as a language writes them.

use super::{Locale, units};

impl Locale {
    /// What stands before decimals.
    fn decimal_separator(self) -> char {
        match self {
            Self::En => '.',
        }
    }

    /// A number with as many decimals as are asked for: `1,234.5`.
    pub fn decimal(self, value: f64, decimals: usize) -> String {
        let written = format!("{:.decimals$}", value.abs());
        let (whole, rest) = written.split_once('.').unwrap_or((&written, ""));
        // A number that does not fit has lost its decimals long before.
        let mut out = self.count(whole.parse::<i64>().unwrap_or(i64::MAX));
        if value < 0.0 && written.contains(|digit| ('1'..='9').contains(&digit)) {
            out.insert(0, '−');
        }
        if !rest.is_empty() {
            out.push(self.decimal_separator());
            out.push_str(rest);
        }
        out
    }

    /// A share in percent, with one decimal only where whole percents would mislead: `95 %`, `99.7 %`.
    pub fn percent(self, share: f64) -> String {
        let percent = share * 100.0;
        let near_the_ends = !(1.0..99.0).contains(&percent);
        let decimals = usize::from(near_the_ends && (percent - percent.round()).abs() >= 0.05);
        units::percent(self, self.decimal(percent, decimals))
    }

    /// A chance as tables show it: two decimals without the zero before them, and never a rounded certainty.
    pub fn chance(self, p: f64) -> String {
        let short = |p: f64| {
            let written = self.decimal(p, 2);
            written.strip_prefix('0').map(str::to_owned).unwrap_or(written)
        };
        if p > 0.995 && p < 1.0 {
            format!(">{}", short(0.99))
        } else if p > 0.0 && p < 0.005 {
            format!("<{}", short(0.01))
        } else {
            short(p)
        }
    }

    /// A ratio with one decimal; a dash where there is none.
    pub fn ratio(self, value: Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| self.decimal(value, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::Locale::En;

    #[test]
    fn decimals_have_the_languages_separators() {
        assert_eq!(En.decimal(12_345.678, 1), "12,345.7");
        assert_eq!(En.decimal(-0.04, 1), "0.0");
        assert_eq!(En.decimal(-2.5, 1), "−2.5");
        assert_eq!((En.ratio(Some(3.04)), En.ratio(None)), ("3.0".to_owned(), "–".to_owned()));
    }

    #[test]
    fn a_share_near_certainty_keeps_its_decimal() {
        assert_eq!(En.percent(0.95), "95\u{a0}%");
        assert_eq!(En.percent(0.997), "99.7\u{a0}%");
        assert_eq!(En.percent(0.004), "0.4\u{a0}%");
        assert_eq!(En.percent(1.0), "100\u{a0}%");
    }

    #[test]
    fn a_chance_is_never_rounded_to_certainty() {
        assert_eq!(En.chance(0.85), ".85");
        assert_eq!(En.chance(0.9971), ">.99");
        assert_eq!(En.chance(1.0), "1.00");
        assert_eq!(En.chance(0.003), "<.01");
        assert_eq!(En.chance(0.0), ".00");
    }
}
