//! What must hold when a crowd has finished, each as a function that says where it does not.

use crate::options::Options;
use crate::plan::PlannedSynset;
use crate::replay::Replay;
use crate::report::Line;
use crate::setup::INITIAL_VOTES;
use crate::standings::Standing;
use crate::votes::Vote;
use domain::consensus::{Answer, Verdict};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// By so much may the measured precision stay behind the stated one, beside four standard errors: one crowd alone
/// scatters more than its images do.
const SCATTER: f64 = 0.02;

/// Nobody answers an image twice.
pub fn twice(votes: &[Vote]) -> Vec<String> {
    let mut seen = HashSet::new();
    let again = votes.iter().filter(|vote| !seen.insert((vote.candidate, vote.worker.as_str())));
    again.map(|vote| format!("{} answered candidate {} twice", vote.worker, vote.candidate)).collect()
}

/// What is acknowledged is exported, once. The export names workers by numbers of its own; each of ours is the one who answered most alike,
/// and of those the one who answered least: who answered little is alike to many.
pub fn lost_or_invented(acknowledged: &[HashMap<i64, Answer>], votes: &[Vote]) -> Vec<String> {
    let mut exported: BTreeMap<&str, HashMap<i64, Answer>> = BTreeMap::new();
    for vote in votes {
        exported.entry(&vote.worker).or_default().insert(vote.candidate, vote.answer);
    }
    let mut found = Vec::new();
    for answers in acknowledged.iter().filter(|answers| !answers.is_empty()) {
        let alike =
            |other: &HashMap<i64, Answer>| answers.iter().filter(|(c, a)| other.get(c) == Some(a)).count();
        let best = exported
            .iter()
            .max_by_key(|(_, other)| (alike(other), Reverse(other.len())))
            .map(|(worker, _)| *worker);
        let other = best.and_then(|worker| exported.remove(worker)).unwrap_or_default();
        let lost = answers.iter().filter(|(candidate, answer)| other.get(candidate) != Some(answer));
        found.extend(lost.map(|(candidate, answer)| {
            format!("{} was acknowledged and is lost", in_words(*candidate, *answer))
        }));
        let invented = other.iter().filter(|(candidate, _)| !answers.contains_key(candidate));
        found.extend(
            invented.map(|(candidate, answer)| format!("{} was never given", in_words(*candidate, *answer))),
        );
    }
    found.extend(exported.into_keys().map(|worker| format!("{worker} is nobody of ours")));
    found
}

/// Every picture stands in one gallery, and copies among the near duplicates.
pub fn misplaced(synset: &PlannedSynset, standing: &Standing) -> Vec<String> {
    let galleries = [&standing.positive, &standing.negative, &standing.open, &standing.escalated];
    let mut found = Vec::new();
    for picture in &synset.pictures {
        let asked_about = galleries.iter().filter(|gallery| gallery.contains(&picture.sha256)).count();
        let duplicate = standing.duplicate.contains(&picture.sha256);
        if (asked_about, duplicate) != (usize::from(!picture.copy), picture.copy) {
            let kind = if picture.copy { "copy" } else { "picture" };
            found.push(format!(
                "the {kind} {} is in {asked_about} galleries, duplicate: {duplicate}",
                picture.sha256
            ));
        }
    }
    let shown: usize =
        galleries.iter().map(|gallery| gallery.len()).sum::<usize>() + standing.duplicate.len();
    if shown != synset.pictures.len() {
        found.push(format!("{shown} pictures are shown, {} were brought in", synset.pictures.len()));
    }
    found
}

/// The verdicts on the pages are those that follow from the votes.
pub fn wrong_verdicts(standing: &Standing, replay: &Replay, votes: &[Vote]) -> Vec<String> {
    let image: HashMap<i64, &str> = votes.iter().map(|vote| (vote.candidate, vote.sha256.as_str())).collect();
    let by_the_rules = |wanted: Verdict| -> BTreeSet<&str> {
        let of = replay.verdicts.iter().filter(|(_, (verdict, _))| *verdict == wanted);
        of.filter_map(|(candidate, _)| image.get(candidate).copied()).collect()
    };
    let mut found = Vec::new();
    let shown = [&standing.positive, &standing.negative, &standing.escalated];
    for (shown, verdict) in shown.into_iter().zip([Verdict::Positive, Verdict::Negative, Verdict::Escalated])
    {
        let shown: BTreeSet<&str> = shown.iter().map(String::as_str).collect();
        let rules = by_the_rules(verdict);
        let differ = shown.symmetric_difference(&rules);
        found.extend(differ.map(|sha256| {
            let (page, rule) = (shown.contains(sha256), rules.contains(sha256));
            format!("{sha256} is {}: {page} on the page, {rule} by the votes", verdict.as_str())
        }));
    }
    found
}

/// An image may stay open only when the synset is on hold, or when every worker has answered it.
pub fn left_undone(options: &Options, standing: &Standing, replay: &Replay, votes: &[Vote]) -> Vec<String> {
    if replay.hold().is_some() {
        return Vec::new();
    }
    let everybody = usize::try_from(options.workers).unwrap_or(usize::MAX);
    let mut answers: HashMap<&str, usize> = HashMap::new();
    for vote in votes {
        *answers.entry(&vote.sha256).or_default() += 1;
    }
    // Without a table only the initial sample is asked about.
    let in_question = |sha256: &&String| replay.table.is_some() || answers.contains_key(sha256.as_str());
    let asked = |sha256: &String| answers.get(sha256.as_str()).copied().unwrap_or_default();
    let open = standing.open.iter().filter(in_question);
    let waiting = |sha256: &&String| {
        let had_its_votes =
            replay.table.is_none() && asked(sha256) >= usize::try_from(INITIAL_VOTES).unwrap_or(0);
        asked(sha256) < everybody && !had_its_votes
    };
    open.filter(waiting)
        .map(|sha256| format!("{sha256} is open with {} of {everybody} answers", asked(sha256)))
        .collect()
}

/// The measured precision is as stated, but for chance.
pub fn dishonest(total: &Line) -> Vec<String> {
    if total.positive == 0 {
        return Vec::new();
    }
    let stated = total.stated_precision();
    let error = (stated * (1.0 - stated) / total.positive as f64).sqrt();
    let least = stated - 4.0 * error - SCATTER;
    let text = format!(
        "{:.4} of {} positive images are good; at least {least:.4} was to be expected",
        total.precision(),
        total.positive
    );
    if total.precision() < least { vec![text] } else { Vec::new() }
}

fn in_words(candidate: i64, answer: Answer) -> String {
    let label = match answer {
        Answer::Yes => "yes",
        Answer::No => "no",
        Answer::Unsure => "unsure",
    };
    format!("{label} on candidate {candidate}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(candidate: i64, worker: &str, answer: Answer) -> Vote {
        let (synset, sha256) = ("n1".to_owned(), "ab".to_owned());
        Vote { candidate, worker: worker.to_owned(), answer, synset, sha256, submission: 1 }
    }

    #[test]
    fn a_lost_a_changed_and_an_invented_vote_are_found() {
        let told = [
            HashMap::from([(1, Answer::Yes), (2, Answer::No), (3, Answer::No)]),
            HashMap::from([(1, Answer::No)]),
        ];
        let good = [
            vote(1, "w7", Answer::Yes),
            vote(2, "w7", Answer::No),
            vote(3, "w7", Answer::No),
            vote(1, "w9", Answer::No),
        ];
        assert_eq!(lost_or_invented(&told, &good), Vec::<String>::new());
        assert_eq!(lost_or_invented(&told, &good[1..]).len(), 1, "lost");
        let mut changed = good.clone();
        changed[1].answer = Answer::Yes;
        assert_eq!(lost_or_invented(&told, &changed).len(), 1, "changed");
        let mut invented = good.to_vec();
        invented.push(vote(4, "w9", Answer::Yes));
        assert_eq!(lost_or_invented(&told, &invented).len(), 1, "invented");
        invented.push(vote(4, "w8", Answer::Yes));
        assert_eq!(lost_or_invented(&told, &invented).len(), 2, "invented with its worker");
    }

    #[test]
    fn a_worker_who_answers_an_image_twice_is_found() {
        assert_eq!(twice(&[vote(1, "w1", Answer::Yes), vote(1, "w2", Answer::Yes)]), Vec::<String>::new());
        assert_eq!(twice(&[vote(1, "w1", Answer::Yes), vote(1, "w1", Answer::Yes)]).len(), 1);
    }

    #[test]
    fn stated_precision_that_does_not_come_true_is_found() {
        let line = |right| Line { positive: 100, stated: 99.0, right, ..Line::default() };
        assert_eq!(dishonest(&line(97)), Vec::<String>::new());
        assert_eq!(dishonest(&line(90)).len(), 1);
    }
}
