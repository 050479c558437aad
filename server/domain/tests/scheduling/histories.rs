//! Random histories: after each step the scheduler, one that is made anew, and the model give the same answers.

use domain::scheduling::{OpenImage, Scheduler};
use proptest::prelude::*;

use crate::model::{Answers, Hold, Model};

const WORKERS: [i64; 4] = [1, 2, 3, 4];

/// Images are some of these; the last ones are never scheduled.
const CANDIDATES: std::ops::Range<i64> = 100..310;
const SCHEDULED: std::ops::Range<i64> = 100..300;

#[derive(Clone, Debug)]
enum Step {
    /// A worker is handed the first images, and perhaps one that is not scheduled; perhaps under an assignment that exists.
    Choose {
        worker: i64,
        count: usize,
        known: Option<i64>,
        lasts: i64,
        again: Option<usize>,
    },
    /// Answers are in: the worker has seen everything that the assignment holds, and lets go of it.
    Submit {
        assignment: usize,
    },
    Release {
        assignment: usize,
    },
    Saw {
        worker: i64,
        candidate: i64,
    },
    SetNeed {
        candidate: i64,
        need: u32,
    },
    Wait(i64),
    Crash,
}

fn any_images() -> impl Strategy<Value = Vec<(i64, u32)>> {
    // Small ones crowd people together; large ones have more places than a word has bits. Candidates may come twice.
    prop_oneof![
        3 => prop::collection::vec((100_i64..112, 0_u32..4), 0..14),
        1 => prop::collection::vec((SCHEDULED, 0_u32..4), 100..250),
    ]
}

fn any_worker() -> impl Strategy<Value = i64> {
    prop::sample::select(WORKERS.to_vec())
}

/// Mostly one of the first: these are in every history.
fn any_candidate() -> impl Strategy<Value = i64> {
    prop_oneof![100_i64..112, CANDIDATES]
}

fn any_step() -> impl Strategy<Value = Step> {
    let known = prop::option::weighted(0.2, SCHEDULED.end..CANDIDATES.end);
    let choose = (any_worker(), 0_usize..7, known, 1_i64..20, prop::option::weighted(0.1, 0_usize..50));
    prop_oneof![
        6 => choose.prop_map(|(worker, count, known, lasts, again)| {
            Step::Choose { worker, count, known, lasts, again }
        }),
        3 => (0_usize..50).prop_map(|assignment| Step::Submit { assignment }),
        2 => (0_usize..50).prop_map(|assignment| Step::Release { assignment }),
        2 => (any_worker(), any_candidate()).prop_map(|(worker, candidate)| Step::Saw { worker, candidate }),
        3 => (any_candidate(), 0_u32..4).prop_map(|(candidate, need)| Step::SetNeed { candidate, need }),
        2 => (0_i64..12).prop_map(Step::Wait),
        1 => Just(Step::Crash),
    ]
}

struct History {
    model: Model,
    scheduler: Scheduler,
    /// All assignments so far, those that hold nothing any more, too.
    assignments: Vec<i64>,
}

impl History {
    fn new(images: &[(i64, u32)]) -> Self {
        let open: Vec<_> = images.iter().map(|&(candidate, need)| OpenImage { candidate, need }).collect();
        Self { model: Model::new(images), scheduler: Scheduler::new(&open), assignments: Vec::new() }
    }

    /// An assignment of before, whichever; one that nobody knows before the first.
    fn any(&self, place: usize) -> i64 {
        match self.assignments.len() {
            0 => -1,
            number => self.assignments[place % number],
        }
    }

    fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
        match step {
            Step::Choose { worker, count, known, lasts, again } => {
                let assignment = match again {
                    Some(place) if !self.assignments.is_empty() => self.any(place),
                    _ => self.assignments.len() as i64,
                };
                self.choose(assignment, worker, count, known, lasts)?;
            }
            Step::Submit { assignment } => self.submit(self.any(assignment)),
            Step::Release { assignment } => self.release(self.any(assignment)),
            Step::Saw { worker, candidate } => self.saw(worker, candidate),
            Step::SetNeed { candidate, need } => self.set_need(candidate, need),
            Step::Wait(time) => self.model.now += time,
            Step::Crash => {
                self.model.forget();
                self.scheduler = self.model.reloaded();
            }
        }
        Ok(())
    }

    fn choose(
        &mut self,
        assignment: i64,
        worker: i64,
        count: usize,
        known: Option<i64>,
        lasts: i64,
    ) -> Result<(), TestCaseError> {
        self.scheduler.expire(self.model.now);
        let offered: Vec<i64> = self.scheduler.useful_to(worker).take(count).collect();
        for candidate in &offered {
            prop_assert!(!self.model.seen.contains(&(worker, *candidate)), "{worker} has seen {candidate}");
            prop_assert!(!self.model.holds(worker, *candidate), "{worker} holds {candidate}");
        }
        let expires_at = self.model.now + lasts;
        let candidates: Vec<i64> = offered.iter().copied().chain(known).collect();
        self.scheduler.hold(assignment, worker, candidates.clone(), expires_at);
        self.model.holds.insert(assignment, Hold { worker, expires_at, candidates });
        if !self.assignments.contains(&assignment) {
            self.assignments.push(assignment);
        }
        for candidate in offered {
            let (held, need) = (self.model.held(candidate), self.model.need(candidate));
            prop_assert!(held <= need as usize, "{held} people hold {candidate}, which needs {need}");
        }
        Ok(())
    }

    fn submit(&mut self, assignment: i64) {
        let hold = self.model.holds.get(&assignment).cloned();
        for candidate in hold.iter().flat_map(|hold| &hold.candidates) {
            self.saw(hold.as_ref().map_or(0, |hold| hold.worker), *candidate);
        }
        self.release(assignment);
    }

    fn release(&mut self, assignment: i64) {
        self.scheduler.release(assignment);
        self.model.holds.remove(&assignment);
    }

    fn saw(&mut self, worker: i64, candidate: i64) {
        self.scheduler.saw(worker, candidate);
        self.model.seen.insert((worker, candidate));
    }

    fn set_need(&mut self, candidate: i64, need: u32) {
        self.scheduler.set_need(candidate, need);
        for image in self.model.images.iter_mut().filter(|image| image.0 == candidate) {
            image.1 = need;
        }
    }

    fn check(&self) -> Result<(), TestCaseError> {
        let candidates: Vec<i64> = CANDIDATES.collect();
        let mut scheduler = self.scheduler.clone();
        scheduler.expire(self.model.now);
        let wanted = self.model.answers(&WORKERS, &candidates);
        prop_assert_eq!(&Answers::of(&scheduler, &WORKERS, &candidates), &wanted);
        let reloaded = Answers::of(&self.model.reloaded(), &WORKERS, &candidates);
        prop_assert_eq!(reloaded, wanted.of_open_images(&self.model));
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_each_step_scheduler_reload_and_model_agree(
        images in any_images(), steps in prop::collection::vec(any_step(), 1..50),
    ) {
        let mut history = History::new(&images);
        history.check()?;
        for step in steps {
            history.step(step)?;
            history.check()?;
        }
    }

    /// Whoever waits long enough finds everything free that is still needed.
    #[test]
    fn when_all_holds_have_expired_everything_needed_is_offered_again(
        images in any_images(), steps in prop::collection::vec(any_step(), 1..50),
    ) {
        let mut history = History::new(&images);
        for step in steps {
            history.step(step)?;
        }
        history.scheduler.expire(i64::MAX);
        prop_assert_eq!(history.scheduler.held(), 0);
        let stranger = 99;
        let needed = history.model.images.iter().filter(|(_, need)| *need > 0).map(|(candidate, _)| *candidate);
        prop_assert_eq!(history.scheduler.useful_to(stranger).collect::<Vec<_>>(), needed.collect::<Vec<_>>());
    }
}
