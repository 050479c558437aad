//! All votes at once against the same votes one by one.

use domain::consensus::{
    Answer, ConfidenceTable, Inference, Skill, VoteLog, VotedImage, VotedSample, Weighed, Weights, YesRates,
    infer, training::rates,
};
use domain::replay::ANONYMOUS;
use domain::simulation::{Eye, Mix};

use crate::support::{burmese, cat};

/// Two synsets of a simulated crowd; some images have an expert's word, some votes are unsure, some nobody's.
fn samples(images: usize) -> Vec<VotedSample> {
    let recording = Mix { synsets: 2, images, votes: 10, eye: Eye::Usual }.record(5);
    let mut samples = vec![VotedSample::default(); 2];
    for (place, mut task) in recording.tasks.into_iter().enumerate() {
        if place.is_multiple_of(7) {
            task.votes[3].1 = Answer::Unsure;
            task.votes[5].0 = ANONYMOUS;
        }
        let expert = task.truth.filter(|_| place.is_multiple_of(11));
        samples[task.synset].images.push(VotedImage { votes: task.votes, expert });
    }
    samples
}

fn tables() -> Vec<ConfidenceTable> {
    [cat(), burmese()].iter().map(|model| ConfidenceTable::new(model, 20)).collect()
}

/// Workers of whom something is known, good and bad.
fn known() -> Vec<Skill> {
    let usual = YesRates { good: 0.85, bad: 0.06 };
    let answered = |worker: usize| {
        (0..worker % 20).fold(Skill::default(), |skill, turn| {
            skill.with(
                f64::from(u8::from(worker.is_multiple_of(3))),
                f64::from(u8::from(turn % 5 < 2)),
                usual,
            )
        })
    };
    (0..200).map(answered).collect()
}

/// The incremental way: each vote is weighed when it comes, each image credited when it is settled.
fn one_by_one(samples: &[VotedSample], known: &[Skill], before: &[Skill]) -> Inference {
    let (mut skills, mut chances) = (known.to_vec(), Vec::new());
    for (sample, table) in samples.iter().zip(&tables()) {
        for image in &sample.images {
            let mut votes = Weighed::default();
            for (worker, answer) in &image.votes {
                let skill = before.get(*worker);
                let weights = skill.map_or(Weights::FULL, |skill| skill.weights(rates(table.model())));
                votes.add(*worker, *answer, weights);
            }
            votes.credit(table, 0.0, image.expert, &mut skills);
            let by_votes = table.confidence_at(votes.yes(), votes.no());
            chances.push(image.expert.map_or(by_votes, |good| f64::from(u8::from(good))));
        }
    }
    Inference { chances, skills }
}

fn assert_equal(got: &Inference, want: &Inference) {
    assert_eq!(got.skills, want.skills);
    assert_eq!(got.chances.len(), want.chances.len());
    for (got, want) in got.chances.iter().zip(&want.chances) {
        // Halves are added last, so that the last bits may differ.
        assert!((got - want).abs() < 1e-12, "{got} {want}");
    }
}

#[test]
fn a_round_over_all_votes_says_what_the_votes_say_one_by_one() {
    let (samples, known) = (samples(120), known());
    let log = VoteLog::of(&samples);
    assert_eq!((log.images(), log.votes()), (240, 2_400));
    let once = infer(&log, &tables(), &known, &known, 1);
    assert_equal(&once, &one_by_one(&samples, &known, &known));
    let twice = infer(&log, &tables(), &known, &known, 2);
    assert_equal(&twice, &one_by_one(&samples, &known, &once.skills));
}

#[test]
fn rounds_settle_and_tell_clickers_from_people_who_look() {
    let samples = samples(2_000);
    let (log, known) = (VoteLog::of(&samples), vec![Skill::default(); 200]);
    let after = |rounds| infer(&log, &tables(), &known, &known, rounds);
    let rounds = [1, 2, 9, 10].map(after);
    let moved = |from: usize, to: usize| {
        let pairs = rounds[from].chances.iter().zip(&rounds[to].chances);
        pairs.map(|(one, other)| (one - other).abs()).sum::<f64>() / log.images() as f64
    };
    let (first, last) = (moved(0, 1), moved(2, 3));
    assert!(last < 0.05 * first, "{first} {last}");
    let tenth = &rounds[3];
    let weight = |worker: &usize| tenth.skills[*worker].weights(rates(&cat())).yes;
    let mean = |workers: &[usize]| workers.iter().map(weight).sum::<f64>() / workers.len() as f64;
    // The crowd's first six of fifty answer at random; from the ninth on they look.
    let (clickers, lookers): (Vec<usize>, Vec<usize>) =
        (0..200).filter(|worker| !(6..8).contains(&(worker % 50))).partition(|worker| worker % 50 < 6);
    let (clickers, lookers) = (mean(&clickers), mean(&lookers));
    assert!(clickers < 0.5 && lookers > 0.9, "{clickers} {lookers}");
}

#[test]
fn without_votes_or_tables_nothing_is_said() {
    let empty = infer(&VoteLog::default(), &tables(), &known(), &known(), 3);
    assert_eq!(empty, Inference { chances: Vec::new(), skills: known() });
    let unknown = infer(&VoteLog::of(&samples(3)), &[], &known(), &known(), 3);
    assert_eq!(unknown, Inference { chances: vec![0.5; 6], skills: known() });
}
