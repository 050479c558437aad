//! A crowd labels a synset, everybody at the same time: is anybody asked in vain?

use domain::consensus::{
    Answer, Calibration, Policy, PolicySettings, Prior, SampleImage, Tally, Verdict, calibrate,
};
use domain::scheduling::{OpenImage, Scheduler};
use domain::simulation::{Chance, Crowd, Eye, KINDS, Kind};

const IMAGES: usize = 400;
const SCREEN: usize = 12;
/// How often somebody can't tell.
const UNSURE: f64 = 0.05;
/// Longer than anybody takes.
const PATIENT: i64 = i64::MAX;

/// What becomes of the hold on a screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// It lasts until the answers are in.
    Last,
    /// It expires after so many answered screens, and the answers come nevertheless.
    Expire(i64),
    /// Nobody counts it.
    Uncounted,
}

struct Image {
    signal: f64,
    tally: Tally,
    settled: bool,
}

/// A screen that a worker is looking at.
struct Screen {
    assignment: i64,
    worker: usize,
    shown: Vec<i64>,
}

struct Labelling {
    calibration: Calibration,
    crowd: Crowd,
    chance: Chance,
    images: Vec<Image>,
    scheduler: Scheduler,
    holds: Holds,
    screens: Vec<Screen>,
    handed_out: i64,
    answered: i64,
    votes: usize,
    in_vain: usize,
}

/// What is labelled, and how surely.
#[derive(Clone, Copy)]
struct Synset {
    kind: Kind,
    rejection: f64,
}

fn calibration(Synset { kind, rejection }: Synset, crowd: &Crowd, chance: &mut Chance) -> Calibration {
    let mut one = || {
        let (_, signal) = kind.draw(chance);
        let says_yes = |chance: &mut Chance| {
            let worker = crowd.anybody(chance);
            crowd.says_yes(worker, signal, chance)
        };
        let yes = (0..10).filter(|_| says_yes(chance)).count() as u32;
        SampleImage { yes, no: 10 - yes, expert: None }
    };
    let sample: Vec<SampleImage> = (0..40).map(|_| one()).collect();
    let settings = PolicySettings { threshold: Some(0.99), rejection, ..PolicySettings::default() };
    calibrate(&sample, &Prior::global(), &Policy::new(settings).unwrap())
}

impl Labelling {
    fn new(synset: Synset, seed: u64, holds: Holds) -> Self {
        let mut chance = Chance::new(seed);
        let crowd = Crowd::new(&mut chance, Eye::Usual);
        let calibration = calibration(synset, &crowd, &mut chance);
        let image = |signal| Image { signal, tally: Tally::default(), settled: false };
        let images: Vec<Image> = (0..IMAGES).map(|_| image(synset.kind.draw(&mut chance).1)).collect();
        let need = calibration.best_case_need(Tally::default());
        let open: Vec<_> = (0..IMAGES as i64).map(|candidate| OpenImage { candidate, need }).collect();
        Self {
            scheduler: Scheduler::new(&open),
            calibration,
            crowd,
            chance,
            images,
            holds,
            screens: Vec::new(),
            handed_out: 0,
            answered: 0,
            votes: 0,
            in_vain: 0,
        }
    }

    /// Everybody gets a screen when there is something for them, and somebody answers next, until nobody can do any more.
    fn run(mut self) -> Self {
        loop {
            for worker in 0..self.crowd.size() {
                self.hand_out(worker);
            }
            if self.screens.is_empty() {
                return self;
            }
            let next = self.chance.place(self.screens.len());
            let screen = self.screens.swap_remove(next);
            self.answer(&screen);
        }
    }

    fn hand_out(&mut self, worker: usize) {
        self.scheduler.expire(self.answered);
        if self.screens.iter().any(|screen| screen.worker == worker) {
            return;
        }
        let shown: Vec<i64> = self.scheduler.useful_to(worker as i64).take(SCREEN).collect();
        if shown.is_empty() {
            return;
        }
        let expires_at = match self.holds {
            Holds::Expire(after) => self.answered + after,
            Holds::Last | Holds::Uncounted => PATIENT,
        };
        self.handed_out += 1;
        if self.holds != Holds::Uncounted {
            self.scheduler.hold(self.handed_out, worker as i64, shown.clone(), expires_at);
        }
        self.screens.push(Screen { assignment: self.handed_out, worker, shown });
    }

    fn answer(&mut self, screen: &Screen) {
        self.answered += 1;
        for &candidate in &screen.shown {
            let image = &mut self.images[candidate as usize];
            self.votes += 1;
            self.in_vain += usize::from(image.settled);
            let answer = if self.chance.happens(UNSURE) {
                Answer::Unsure
            } else if self.crowd.says_yes(screen.worker, image.signal, &mut self.chance) {
                Answer::Yes
            } else {
                Answer::No
            };
            image.tally = image.tally.add(answer);
            image.settled |= self.calibration.judge(image.tally).verdict != Verdict::Undecided;
            let need = if image.settled { 0 } else { self.calibration.best_case_need(image.tally) };
            self.scheduler.saw(screen.worker as i64, candidate);
            self.scheduler.set_need(candidate, need);
        }
        self.scheduler.release(screen.assignment);
    }
}

/// Synsets in which good images are as rare as usual, where one no is enough; and some in which every second one is good and a bad one
/// must be sure, where several people are asked at once.
fn synsets() -> impl Iterator<Item = Synset> {
    let usual = KINDS.map(|kind| Synset { kind, rejection: 0.1 });
    let careful = KINDS.map(|kind| Synset { kind: Kind { prevalence: 0.5, ..kind }, rejection: 0.01 });
    usual.into_iter().chain(careful)
}

fn labelled(holds: Holds) -> Vec<Labelling> {
    let all = synsets().flat_map(|synset| (0..4).map(move |seed| (synset, seed)));
    all.map(|(synset, seed)| Labelling::new(synset, seed, holds).run()).collect()
}

fn votes_in_vain(holds: Holds) -> usize {
    labelled(holds).iter().map(|labelling| labelling.in_vain).sum()
}

#[test]
fn while_no_hold_expires_no_answer_is_in_vain_and_everything_is_settled() {
    for labelling in labelled(Holds::Last) {
        assert_eq!(labelling.in_vain, 0, "of {} votes", labelling.votes);
        assert!(labelling.votes >= IMAGES, "{} votes", labelling.votes);
        assert!(labelling.images.iter().all(|image| image.settled), "{} people", labelling.crowd.size());
        assert_eq!((labelling.scheduler.held(), labelling.scheduler.need()), (0, 0));
    }
}

#[test]
fn as_many_people_as_can_be_useful_are_asked_at_once() {
    for synset in synsets() {
        let mut labelling = Labelling::new(synset, 1, Holds::Last);
        let need = labelling.calibration.best_case_need(Tally::default()) as usize;
        for worker in 0..labelling.crowd.size() {
            labelling.hand_out(worker);
        }
        let held = labelling.scheduler.held() as usize;
        assert_eq!(held, (need * IMAGES).min(SCREEN * labelling.crowd.size()));
        assert_eq!(need > 1, synset.rejection < 0.1, "{need} at {}", synset.rejection);
    }
}

#[test]
fn answers_after_their_hold_has_expired_can_be_in_vain() {
    assert!(votes_in_vain(Holds::Expire(3)) > 0);
}

#[test]
fn without_holds_people_are_asked_in_vain() {
    assert!(votes_in_vain(Holds::Uncounted) > 0);
}
