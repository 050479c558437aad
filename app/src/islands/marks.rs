//! What is ticked on a board, and what that means. Pure: the page's checkboxes are read and written elsewhere.

use crate::api::labeling::Tile;

/// The two checkboxes of a tile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) yes: bool,
    pub(super) unsure: bool,
}

/// The tiles' marks after a change: whichever box was ticked last wins over its neighbour.
pub(super) fn reconcile(before: &[Mark], now: &[Mark]) -> Vec<Mark> {
    let earlier = before.iter().copied().chain(std::iter::repeat(Mark::default()));
    now.iter()
        .zip(earlier)
        .map(|(now, before)| match (*now, before) {
            (Mark { yes: true, unsure: true }, Mark { yes: true, .. }) => Mark { yes: false, unsure: true },
            (Mark { yes: true, unsure: true }, Mark { unsure: true, .. }) => {
                Mark { yes: true, unsure: false }
            }
            (now, _) => now,
        })
        .collect()
}

/// How many are picked, and how many are unsure (which counts where both are ticked).
pub(super) fn tally(marks: &[Mark]) -> (usize, usize) {
    let unsure = marks.iter().filter(|mark| mark.unsure).count();
    (marks.iter().filter(|mark| mark.yes && !mark.unsure).count(), unsure)
}

/// The candidates that are picked, and those the worker can't decide.
pub(super) fn answers(tiles: &[Tile], marks: &[Mark]) -> (Vec<i64>, Vec<i64>) {
    let of = |wanted: fn(&Mark) -> bool| {
        tiles.iter().zip(marks).filter(|(_, mark)| wanted(mark)).map(|(tile, _)| tile.candidate).collect()
    };
    (of(|mark| mark.yes), of(|mark| mark.unsure))
}

/// Marks as a line to be kept in the browser: the assignment, then a candidate with its letters for each tile that is
/// ticked, like `44 812y 815u`.
pub(super) fn to_line(assignment: i64, tiles: &[Tile], marks: &[Mark]) -> String {
    let mut line = assignment.to_string();
    for (tile, mark) in tiles.iter().zip(marks).filter(|(_, mark)| mark.yes || mark.unsure) {
        line.push(' ');
        line.push_str(&tile.candidate.to_string());
        line.push_str(if mark.yes { "y" } else { "" });
        line.push_str(if mark.unsure { "u" } else { "" });
    }
    line
}

/// Reads [`to_line`]'s line back; all blank when it was kept for another assignment.
pub(super) fn from_line(line: &str, assignment: i64, tiles: &[Tile]) -> Vec<Mark> {
    let mut words = line.split(' ');
    let kept_for = words.next().and_then(|word| word.parse().ok());
    let ticked: Vec<&str> = if kept_for == Some(assignment) { words.collect() } else { Vec::new() };
    let mark = |tile: &Tile| {
        let is = |letters: &str| ticked.contains(&format!("{}{letters}", tile.candidate).as_str());
        Mark { yes: is("y") || is("yu"), unsure: is("u") || is("yu") }
    };
    tiles.iter().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const YES: Mark = Mark { yes: true, unsure: false };
    const UNSURE: Mark = Mark { yes: false, unsure: true };
    const BOTH: Mark = Mark { yes: true, unsure: true };
    const BLANK: Mark = Mark { yes: false, unsure: false };

    fn tiles() -> Vec<Tile> {
        [81, 812, 8]
            .map(|candidate| Tile {
                candidate,
                small: String::new(),
                medium: String::new(),
                large: String::new(),
            })
            .to_vec()
    }

    #[test]
    fn the_box_that_was_ticked_last_wins() {
        assert_eq!(reconcile(&[YES, UNSURE, BLANK], &[BOTH, BOTH, YES]), [UNSURE, YES, YES]);
        assert_eq!(reconcile(&[], &[BOTH]), [BOTH]);
    }

    #[test]
    fn both_ticked_counts_as_unsure() {
        assert_eq!(tally(&[YES, BOTH, UNSURE, BLANK]), (1, 2));
    }

    #[test]
    fn answers_name_candidates_and_not_places() {
        assert_eq!(answers(&tiles(), &[YES, UNSURE, BOTH]), (vec![81, 8], vec![812, 8]));
    }

    #[test]
    fn kept_marks_come_back_for_the_same_assignment_only() {
        let marks = vec![YES, BOTH, UNSURE];
        let line = to_line(44, &tiles(), &marks);
        assert_eq!(line, "44 81y 812yu 8u");
        assert_eq!(from_line(&line, 44, &tiles()), marks);
        assert_eq!(from_line(&line, 45, &tiles()), [BLANK; 3]);
        assert_eq!(from_line("rubbish", 44, &tiles()), [BLANK; 3]);
    }
}
