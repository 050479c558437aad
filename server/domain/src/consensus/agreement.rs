//! How far people agree, in the figures that are usual in print.

use super::tally::Tally;

/// Agreement over many images. Every figure is 1 when nobody ever disagrees; chance-corrected ones are 0 where people agree no
/// more than by chance, and may be negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// The mean over images of the share of pairs of votes that agree, 0 to 1.
    pub pairwise: f64,
    /// Fleiss' kappa (Fleiss, "Measuring nominal scale agreement among many raters", 1971), with images of different numbers of
    /// votes: their pairwise agreement counts the same. `None` when all votes are equal.
    pub fleiss_kappa: Option<f64>,
    /// Krippendorff's alpha for nominal data (Krippendorff, "Computing Krippendorff's alpha-reliability", 2011). `None` when all
    /// votes are equal.
    pub krippendorff_alpha: Option<f64>,
}

/// Agreement on images with these votes: yes, no and unsure are three answers. Images with fewer than two votes say nothing;
/// `None` when there are no others.
#[must_use]
pub fn agreement(tallies: impl IntoIterator<Item = Tally>) -> Option<Agreement> {
    of_counts(tallies.into_iter().map(|tally| [tally.yes, tally.no, tally.unsure]))
}

fn of_counts<const ANSWERS: usize>(images: impl Iterator<Item = [u32; ANSWERS]>) -> Option<Agreement> {
    let (mut seen, mut agreed, mut disagreed) = (0.0, 0.0, 0.0);
    let mut totals = [0.0; ANSWERS];
    for image in images {
        let counts = image.map(f64::from);
        let votes: f64 = counts.iter().sum();
        if votes < 2.0 {
            continue;
        }
        let squares: f64 = counts.iter().map(|count| count * count).sum();
        seen += 1.0;
        agreed += (squares - votes) / (votes * (votes - 1.0));
        disagreed += (votes * votes - squares) / (votes - 1.0);
        for (total, count) in totals.iter_mut().zip(counts) {
            *total += count;
        }
    }
    if seen == 0.0 {
        return None;
    }
    let votes: f64 = totals.iter().sum();
    let squares: f64 = totals.iter().map(|total| total * total).sum();
    let pairwise = agreed / seen;
    let by_chance = squares / (votes * votes);
    let expected = (votes * votes - squares) / (votes * (votes - 1.0));
    let corrected = |figure: f64| (expected > 0.0).then_some(figure);
    Some(Agreement {
        pairwise,
        fleiss_kappa: corrected((pairwise - by_chance) / (1.0 - by_chance)),
        krippendorff_alpha: corrected(1.0 - disagreed / votes / expected),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(found: Option<f64>, published: f64) -> bool {
        found.is_some_and(|found| (found - published).abs() < 5e-4)
    }

    #[test]
    fn a_published_kappa_comes_out() {
        // Fourteen raters, ten subjects, five categories: the example by which Fleiss' kappa is commonly taught, .210.
        let images = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let found = of_counts(images.into_iter()).unwrap();
        assert!(near(found.fleiss_kappa, 0.210) && near(Some(found.pairwise), 0.378), "{found:?}");
    }

    #[test]
    fn a_published_alpha_comes_out() {
        // Three coders, fifteen units of which two have a single value or none: the usual worked example, nominal alpha .691.
        let images = [
            [1, 0, 0, 0],
            [0, 0, 0, 0],
            [0, 2, 0, 0],
            [2, 0, 0, 0],
            [0, 0, 2, 0],
            [0, 0, 2, 1],
            [0, 0, 0, 3],
            [1, 0, 1, 0],
            [0, 2, 0, 0],
            [2, 0, 0, 0],
            [2, 0, 0, 0],
            [0, 0, 2, 0],
            [0, 0, 2, 0],
            [0, 0, 1, 1],
        ];
        assert!(near(of_counts(images.into_iter()).unwrap().krippendorff_alpha, 0.691));
    }

    #[test]
    fn where_nobody_could_disagree_nothing_is_said() {
        assert_eq!(agreement([]), None);
        assert_eq!(agreement([Tally { yes: 1, no: 0, unsure: 0 }]), None);
        let found = agreement([Tally { yes: 3, no: 0, unsure: 0 }; 2]).unwrap();
        assert_eq!((found.pairwise, found.fleiss_kappa, found.krippendorff_alpha), (1.0, None, None));
    }

    proptest! {
        #[test]
        fn agreement_is_at_most_1_and_does_not_know_which_answer_is_which(
            votes in prop::collection::vec((0_u32..9, 0_u32..9, 0_u32..3), 1..40),
        ) {
            let found = agreement(votes.iter().map(|&(yes, no, unsure)| Tally { yes, no, unsure }));
            let turned = agreement(votes.iter().map(|&(yes, no, unsure)| Tally { yes: no, no: yes, unsure }));
            prop_assert_eq!(found.is_some(), turned.is_some());
            if let (Some(found), Some(turned)) = (found, turned) {
                prop_assert!((0.0..=1.0).contains(&found.pairwise));
                prop_assert!((found.pairwise - turned.pairwise).abs() < 1e-12);
                for (one, other) in
                    [(found.fleiss_kappa, turned.fleiss_kappa), (found.krippendorff_alpha, turned.krippendorff_alpha)]
                {
                    prop_assert_eq!(one.is_some(), other.is_some());
                    if let (Some(one), Some(other)) = (one, other) {
                        prop_assert!(one <= 1.0 + 1e-12 && (one - other).abs() < 1e-9);
                    }
                }
            }
        }
    }
}
