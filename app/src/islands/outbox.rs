//! Answers that the server has not acknowledged yet, as they are kept in the browser. Pure.

use super::marks::{from_words, to_words};
use crate::api::labeling::Given;

/// The answers to one page, on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) project: i64,
    pub(super) assignment: i64,
    /// The submission key: sent twice, the answers count once.
    pub(super) key: String,
    /// Tiles of the page: that many answers wait.
    pub(super) tiles: usize,
    pub(super) given: Given,
    /// Why the server does not take them. They are kept until the worker has read it.
    pub(super) refusal: Option<String>,
}

/// One line for each page, its fields parted by tabs.
pub(super) fn to_text(outbox: &[Waiting]) -> String {
    let line = |page: &Waiting| {
        let refusal = page.refusal.as_deref().unwrap_or_default().replace(['\t', '\n'], " ");
        format!(
            "{}\t{}\t{}\t{}\t{}\t{refusal}\n",
            page.project,
            page.assignment,
            page.key,
            page.tiles,
            to_words(&page.given)
        )
    };
    outbox.iter().map(line).collect()
}

/// Reads [`to_text`]'s text back; a line that can't be read is skipped.
pub(super) fn from_text(text: &str) -> Vec<Waiting> {
    text.lines().filter_map(page).collect()
}

fn page(line: &str) -> Option<Waiting> {
    let mut fields = line.split('\t');
    Some(Waiting {
        project: fields.next()?.parse().ok()?,
        assignment: fields.next()?.parse().ok()?,
        key: fields.next().filter(|key| !key.is_empty())?.to_owned(),
        tiles: fields.next()?.parse().ok()?,
        given: from_words(fields.next()?),
        refusal: fields.next().filter(|refusal| !refusal.is_empty()).map(str::to_owned),
    })
}

/// Answers that wait to be sent; refused ones don't.
pub(super) fn answers(outbox: &[Waiting]) -> usize {
    outbox.iter().filter(|page| page.refusal.is_none()).map(|page| page.tiles).sum()
}

/// Milliseconds before the try after `failures` failed ones: 2 s, doubled each time, at most a minute.
pub(super) fn pause(failures: u32) -> u64 {
    (1_000_u64 << failures.min(6)).min(60_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(refusal: Option<&str>) -> Waiting {
        Waiting {
            project: 1,
            assignment: 44,
            key: "page-44".to_owned(),
            tiles: 36,
            given: Given { yes: vec![81], unsure: vec![7], broken: vec![8], offensive: vec![] },
            refusal: refusal.map(str::to_owned),
        }
    }

    #[test]
    fn pages_come_back_in_their_order() {
        let nothing_picked = Waiting { given: Given::default(), assignment: 45, ..waiting(None) };
        let outbox = vec![waiting(None), waiting(Some("Answered already.")), nothing_picked];
        assert_eq!(from_text(&to_text(&outbox)), outbox);
        assert_eq!(answers(&outbox), 72);
    }

    #[test]
    fn a_refusal_can_not_break_the_lines() {
        let text = to_text(&[waiting(Some("Two\nlines\tand a tab"))]);
        assert_eq!(from_text(&text), [waiting(Some("Two lines and a tab"))]);
    }

    #[test]
    fn what_can_not_be_read_is_skipped() {
        assert_eq!(from_text("rubbish\n1\t44\n\n"), []);
    }

    #[test]
    fn tries_become_rare_but_never_stop() {
        assert_eq!([1, 2, 3, 40].map(pause), [2_000, 4_000, 8_000, 60_000]);
    }
}
