//! What is said of each tile of a board, and how that is taken back. Pure: the page's checkboxes are read and written
//! elsewhere.

use crate::api::labeling::{Given, Tile};
use crate::texts::{Locale, board as say};

/// What is said of one tile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing, which is a no when the page is submitted.
    #[default]
    No,
    /// It shows the synset.
    Yes,
    /// The worker can't decide.
    Unsure,
    /// The picture can't be seen.
    Broken,
    /// Nobody should have to look at it.
    Offensive,
}

/// The marks that have a checkbox; where several boxes of a tile are ticked, the last of these counts.
pub(super) const MARKS: [Mark; 4] = [Mark::Yes, Mark::Unsure, Mark::Broken, Mark::Offensive];

impl Mark {
    /// The name of its checkboxes.
    pub(super) fn list(self) -> &'static str {
        match self {
            Self::No => "",
            Self::Yes => "yes[]",
            Self::Unsure => "unsure[]",
            Self::Broken => "broken[]",
            Self::Offensive => "offensive[]",
        }
    }

    /// What a checkbox of this name says.
    pub(super) fn of_list(name: &str) -> Option<Self> {
        MARKS.into_iter().find(|mark| mark.list() == name)
    }

    /// What is said after `pressed` was said of a tile: saying the same again takes it back.
    pub(super) fn toggled(self, pressed: Self) -> Self {
        if self == pressed { Self::No } else { pressed }
    }

    /// What is said, in words and with a sign; none for a no.
    pub(super) fn words(self, locale: Locale) -> Option<String> {
        match self {
            Self::No => None,
            Self::Yes => Some(["✓ ", say::yes(locale)].concat()),
            Self::Unsure => Some(["? ", say::unsure(locale)].concat()),
            Self::Broken => Some(say::broken(locale).to_owned()),
            Self::Offensive => Some(say::offensive(locale).to_owned()),
        }
    }

    /// How a tile looks that is more than picked, as the style sheet calls it. A pick is seen by its checkbox alone.
    pub(super) fn look(self) -> Option<&'static str> {
        match self {
            Self::No | Self::Yes => None,
            Self::Unsure => Some("unsure"),
            Self::Broken | Self::Offensive => Some("reported"),
        }
    }

    fn letter(self) -> &'static str {
        match self {
            Self::No => "n",
            Self::Yes => "y",
            Self::Unsure => "u",
            Self::Broken => "b",
            Self::Offensive => "o",
        }
    }
}

/// How many tiles are marked how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) picked: usize,
    pub(super) unsure: usize,
    pub(super) reported: usize,
}

impl Tally {
    /// Nothing is marked.
    pub(super) fn is_blank(self) -> bool {
        self == Self::default()
    }
}

/// Counts marks.
pub(super) fn tally(marks: &[Mark]) -> Tally {
    let mut tally = Tally::default();
    for mark in marks {
        match mark {
            Mark::No => {}
            Mark::Yes => tally.picked += 1,
            Mark::Unsure => tally.unsure += 1,
            Mark::Broken | Mark::Offensive => tally.reported += 1,
        }
    }
    tally
}

/// The answers that the marks are.
pub(super) fn to_given(tiles: &[Tile], marks: &[Mark]) -> Given {
    let of = |wanted: Mark| {
        let with_mark = tiles.iter().zip(marks).filter(|(_, mark)| **mark == wanted);
        with_mark.map(|(tile, _)| tile.candidate).collect()
    };
    Given {
        yes: of(Mark::Yes),
        unsure: of(Mark::Unsure),
        broken: of(Mark::Broken),
        offensive: of(Mark::Offensive),
    }
}

/// The marks that the answers are.
pub(super) fn from_given(tiles: &[Tile], given: &Given) -> Vec<Mark> {
    let mark =
        |tile: &Tile| MARKS.into_iter().rev().find(|mark| list(given, *mark).contains(&tile.candidate));
    tiles.iter().map(|tile| mark(tile).unwrap_or_default()).collect()
}

fn list(given: &Given, mark: Mark) -> &[i64] {
    match mark {
        Mark::No => &[],
        Mark::Yes => &given.yes,
        Mark::Unsure => &given.unsure,
        Mark::Broken => &given.broken,
        Mark::Offensive => &given.offensive,
    }
}

/// Answers as words to be kept in the browser: a candidate with its letter for each that is marked, like `812y 815u`.
pub(super) fn to_words(given: &Given) -> String {
    let words = MARKS.into_iter().flat_map(|mark| {
        list(given, mark).iter().map(move |candidate| format!("{candidate}{}", mark.letter()))
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Reads [`to_words`]'s words back; what is no such word is skipped.
pub(super) fn from_words(words: &str) -> Given {
    let mut given = Given::default();
    for word in words.split(' ') {
        for mark in MARKS {
            let Some(Ok(candidate)) = word.strip_suffix(mark.letter()).map(str::parse) else { continue };
            match mark {
                Mark::No => {}
                Mark::Yes => given.yes.push(candidate),
                Mark::Unsure => given.unsure.push(candidate),
                Mark::Broken => given.broken.push(candidate),
                Mark::Offensive => given.offensive.push(candidate),
            }
        }
    }
    given
}

/// The marks with all places between two, both included, marked alike. Reported pictures stay reported.
pub(super) fn with_range(marks: &[Mark], one: usize, other: usize, mark: Mark) -> Vec<Mark> {
    let range = one.min(other)..=one.max(other);
    let is_reported = |mark: Mark| matches!(mark, Mark::Broken | Mark::Offensive);
    let at = |(place, old): (usize, &Mark)| {
        if range.contains(&place) && !is_reported(*old) { mark } else { *old }
    };
    marks.iter().enumerate().map(at).collect()
}

/// What was marked before, to go back to, and what was taken back, to have again.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    past: Vec<Vec<Mark>>,
    future: Vec<Vec<Mark>>,
}

impl History {
    /// Remembers the marks before a change.
    pub(super) fn push(&mut self, before: Vec<Mark>) {
        self.past.push(before);
        self.future.clear();
    }

    /// The marks before the last change.
    pub(super) fn undo(&mut self, now: Vec<Mark>) -> Option<Vec<Mark>> {
        let before = self.past.pop()?;
        self.future.push(now);
        Some(before)
    }

    /// The marks before the last undo.
    pub(super) fn redo(&mut self, now: Vec<Mark>) -> Option<Vec<Mark>> {
        let after = self.future.pop()?;
        self.past.push(now);
        Some(after)
    }
}

#[cfg(test)]
mod tests {
    use super::Mark::{Broken, No, Offensive, Unsure, Yes};
    use super::*;

    fn tiles() -> Vec<Tile> {
        [81, 812, 8, 15]
            .map(|candidate| Tile {
                candidate,
                small: String::new(),
                medium: String::new(),
                large: String::new(),
            })
            .to_vec()
    }

    #[test]
    fn saying_the_same_again_takes_it_back() {
        assert_eq!((Yes.toggled(Yes), Yes.toggled(Unsure), No.toggled(Broken)), (No, Unsure, Broken));
    }

    #[test]
    fn answers_name_candidates_and_come_back_as_the_same_marks() {
        let marks = [Yes, Offensive, Unsure, Broken];
        let given = to_given(&tiles(), &marks);
        assert_eq!((&given.yes, &given.unsure), (&vec![81], &vec![8]));
        assert_eq!((&given.broken, &given.offensive), (&vec![15], &vec![812]));
        assert_eq!(from_given(&tiles(), &given), marks);
    }

    #[test]
    fn a_report_counts_before_an_answer() {
        let given = Given { yes: vec![81], unsure: vec![81], broken: vec![81], offensive: vec![] };
        assert_eq!(from_given(&tiles(), &given), [Broken, No, No, No]);
    }

    #[test]
    fn words_keep_every_answer_and_skip_rubbish() {
        let given = Given { yes: vec![81, 8], unsure: vec![812], broken: vec![15], offensive: vec![9] };
        assert_eq!(to_words(&given), "81y 8y 812u 15b 9o");
        assert_eq!(from_words(&to_words(&given)), given);
        assert_eq!(from_words("y u 81 x81y"), Given::default());
        assert_eq!(from_words(""), Given::default());
    }

    #[test]
    fn a_range_goes_both_ways_and_leaves_reports_alone() {
        assert_eq!(with_range(&[No, Broken, No, No], 2, 0, Yes), [Yes, Broken, Yes, No]);
        assert_eq!(with_range(&[Yes, Yes, Unsure], 1, 2, No), [Yes, No, No]);
    }

    #[test]
    fn undo_and_redo_walk_the_same_way() {
        let mut history = History::default();
        assert_eq!(history.undo(vec![No]), None);
        history.push(vec![No]);
        history.push(vec![Yes]);
        assert_eq!(history.undo(vec![Unsure]), Some(vec![Yes]));
        assert_eq!(history.undo(vec![Yes]), Some(vec![No]));
        assert_eq!(history.redo(vec![No]), Some(vec![Yes]));
        history.push(vec![Yes]);
        assert_eq!(history.redo(vec![Broken]), None, "a new change ends what could be had again");
    }

    #[test]
    fn reports_are_counted_apart() {
        assert_eq!(tally(&[Yes, Broken, Unsure, Offensive, No]), Tally { picked: 1, unsure: 1, reported: 2 });
        assert!(tally(&[No, No]).is_blank());
    }
}
