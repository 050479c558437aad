//! Numbers as a language writes them.

use super::Locale;

/// A whole number that a text is told.
pub trait Amount {
    /// The number; what is too large to matter becomes the largest.
    fn amount(self) -> i64;
}

macro_rules! amounts {
    ($($number:ty),*) => {$(
        impl Amount for $number {
            fn amount(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
    )*};
}
amounts!(i32, u32, u64, usize);

impl Amount for i64 {
    fn amount(self) -> i64 {
        self
    }
}

impl Locale {
    /// A count with its thousands grouped: `12,345`.
    pub fn count(self, n: impl Amount) -> String {
        let n = n.amount();
        let digits = n.unsigned_abs().to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
        if n < 0 {
            grouped.push('−');
        }
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push(self.group_separator());
            }
            grouped.push(digit);
        }
        grouped
    }
}

#[cfg(test)]
mod tests {
    use super::Locale::En;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(En.count(999), "999");
        assert_eq!(En.count(1_000), "1,000");
        assert_eq!(En.count(3_200_000), "3,200,000");
        assert_eq!(En.count(-12_345), "−12,345");
    }
}
