//! Which of our languages somebody reads best, by what their browser says.

use super::Locale;

impl Locale {
    /// The language that suits the value of an `Accept-Language` header best (RFC 9110, section 12.5.4): the one with the
    /// highest weight, matched as RFC 4647 ("lookup") does, so that `en-GB` gets English. English where nothing suits.
    pub fn preferred(header: &str) -> Self {
        let mut wanted: Vec<(f32, &str)> = header.split(',').filter_map(range).collect();
        // Equal weights keep the header's order.
        wanted.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        wanted.into_iter().find_map(|(_, range)| Self::named(range)).unwrap_or_default()
    }

    /// The language whose tag the range is, or begins with: `pt-BR-x-a` is tried as `pt-BR` and `pt` too.
    fn named(range: &str) -> Option<Self> {
        if range == "*" {
            return Some(Self::default());
        }
        let shorter =
            std::iter::successors(Some(range), |range| Some(range.rsplit_once('-')?.0)).collect::<Vec<_>>();
        shorter
            .into_iter()
            .find_map(|range| Self::ALL.into_iter().find(|locale| locale.tag().eq_ignore_ascii_case(range)))
    }
}

/// `de;q=0.8` as its weight and `de`; nothing where it is not wanted, or can't be read.
fn range(written: &str) -> Option<(f32, &str)> {
    let mut parts = written.split(';').map(str::trim);
    let tag = parts.next().filter(|tag| !tag.is_empty())?;
    let weight = match parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q="))) {
        Some(weight) => weight.trim().parse().ok().filter(|weight| (0.0..=1.0).contains(weight))?,
        None => 1.0,
    };
    (weight > 0.0).then_some((weight, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_of_a_header_decide_and_not_its_order() {
        let mut read: Vec<_> =
            "de;q=0.5, en-GB , fr; q=0.8,nl;q=0, ,it;q=high".split(',').filter_map(range).collect();
        read.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        assert_eq!(read, [(1.0, "en-GB"), (0.8, "fr"), (0.5, "de")]);
    }

    #[test]
    fn a_region_gets_its_language() {
        assert_eq!(Locale::named("en-GB-oxendict"), Some(Locale::En));
        assert_eq!(Locale::named("EN"), Some(Locale::En));
        assert_eq!(Locale::named("*"), Some(Locale::En));
        assert_eq!((Locale::named("end"), Locale::named("de"), Locale::named("")), (None, None, None));
    }

    #[test]
    fn whoever_reads_none_of_ours_gets_english() {
        for header in ["", "de", "de;q=0.9, en;q=0", "en-US,en;q=0.9", "\u{1f}", ";;,q=1"] {
            assert_eq!(Locale::preferred(header), Locale::En, "{header:?}");
        }
    }
}
