//! What comes before a made-up batch, and what came of the work.

use super::{Stage, data, known};
use app::api::ApiError;
use app::api::labeling::{DefinitionMistake, DefinitionQuestion, Practice, Preface, Terms};
use app::api::work::{
    DAYS, DayLine, Entry, Hits, MyWork, PracticeFeedback, PracticePicture, ProjectWork, SynsetWork,
};
use app::backend::{Answer, Work};
use app::viewer::{Admin, Worker};
use async_trait::async_trait;

/// Projects that begin with their terms, a definition, the same after a mistake, and practice; and one that stopped the worker.
pub const TERMS: i64 = 4;
pub const DEFINITION: i64 = 5;
pub const MISTAKEN: i64 = 6;
pub const PRACTICE: i64 = 7;
pub const STOPPED: i64 = 8;
/// Why.
pub const REASON: &str =
    "Most of your pages took two seconds, and your answers there were no better than chance.";

const TEXT: &str = "The pictures come from the open web, and a few may be unpleasant. Report those; nobody has to look at them.\n\n\
    Your answers are published under CC0, with a pseudonym that changes from release to release.\nYou can stop at any time.\n\n\
    Do not use a program to answer for you.";

/// What comes before the first batch of a project, if anything.
pub fn preface(project: i64) -> Option<Preface> {
    let synset = data::batch(project, 44, 24).synset;
    Some(match project {
        TERMS => {
            Preface::Terms(Terms { project, name: "Pets".to_owned(), version: 2, text: TEXT.to_owned() })
        }
        DEFINITION | MISTAKEN => Preface::Definition(DefinitionQuestion {
            project,
            wnid: synset.wnid,
            words: synset.words,
            choices: vec![
                "a long-haired breed of cat".to_owned(),
                synset.definition.clone(),
                "small slender dog of greyhound type developed in England".to_owned(),
                "<script>alert('gloss')</script>".to_owned(),
            ],
            tries: i64::from(project == MISTAKEN),
            mistake: (project == MISTAKEN)
                .then_some(DefinitionMistake { chosen: "whippet".to_owned(), definition: synset.definition }),
        }),
        PRACTICE => {
            let tiles = data::batch(project, 44, 24).tiles.into_iter().take(8).collect();
            Preface::Practice(Practice { project, synset, tiles, round: 2 })
        }
        _ => return None,
    })
}

#[async_trait]
impl Work for Stage {
    async fn agree(&self, _: &Worker, project: i64, version: i64) -> Answer<()> {
        known(project)?;
        if version == 2 {
            return Ok(());
        }
        Err(ApiError::Conflict(
            "The terms have changed since you opened them. Please read them again.".to_owned(),
        ))
    }

    async fn answer_definition(
        &self,
        _: &Worker,
        project: i64,
        _: &str,
        _: i64,
        choice: Option<u32>,
    ) -> Answer<()> {
        known(project)?;
        choice.map(|_| ()).ok_or_else(|| ApiError::Invalid("Choose one of the definitions first.".to_owned()))
    }

    async fn answer_practice(
        &self,
        _: &Worker,
        project: i64,
        _: &str,
        _: Vec<i64>,
        _: Vec<i64>,
    ) -> Answer<()> {
        known(project)
    }

    async fn practice_feedback(&self, _: &Worker, project: i64, _: &str) -> Answer<PracticeFeedback> {
        known(project)?;
        let batch = data::batch(project, 44, 24);
        let picture = |(place, tile): (usize, _)| PracticePicture {
            tile,
            shows: place % 2 == 0,
            picked: place % 2 == 0 || place == 1 || (place == 3 && project != 1),
        };
        Ok(PracticeFeedback {
            project,
            pictures: batch.tiles.into_iter().take(8).enumerate().map(picture).collect(),
            synset: batch.synset,
            passed: project == 1,
            again: project == PRACTICE,
        })
    }

    async fn mine(&self, _: &Worker) -> Answer<MyWork> {
        Ok(if self.empty { nothing_yet() } else { mine() })
    }

    async fn entry(&self, _: &Admin, project: i64) -> Answer<Entry> {
        known(project)?;
        Ok(Entry {
            project,
            name: "Pets".to_owned(),
            terms: if self.empty { String::new() } else { TEXT.to_owned() },
            version: i64::from(!self.empty) * 2,
            written_at: (!self.empty).then_some(data::NOW),
            consents: if self.empty { 0 } else { 31 },
            definition_questions: true,
        })
    }

    async fn change_entry(&self, _: &Admin, project: i64, terms: &str, _: bool) -> Answer<bool> {
        known(project)?;
        Ok(!terms.is_empty())
    }
}

fn days(votes: impl Fn(i64) -> i64) -> Vec<DayLine> {
    let midnight = data::NOW - data::NOW % 86_400_000;
    let day = |place: i64| DayLine {
        begins_at: midnight - (DAYS - 1 - place) * 86_400_000,
        votes: votes(place),
        pages: votes(place) / 24,
        spent: votes(place) * 1_700,
    };
    (0..DAYS).map(day).collect()
}

fn nothing_yet() -> MyWork {
    MyWork { days: days(|_| 0), streak: 0, votes: 0, page_cap_minutes: 10, projects: Vec::new() }
}

fn mine() -> MyWork {
    let synset = |wnid: &str, word: &str, definition, mistakes, practice, admitted| SynsetWork {
        wnid: wnid.to_owned(),
        words: vec![word.to_owned()],
        definition,
        mistakes,
        practice,
        admitted,
    };
    let project = |project, name: &str, votes| ProjectWork {
        project,
        name: name.to_owned(),
        votes,
        gold: Hits::default(),
        settled: Hits::default(),
        open_synsets: 0,
        page_waits: false,
        stopped: None,
        synsets: Vec::new(),
    };
    let pets = ProjectWork {
        gold: Hits { hits: 212, of: 225, interval: Some((0.903, 0.966)) },
        settled: Hits { hits: 10_911, of: 11_520, interval: Some((0.943, 0.951)) },
        open_synsets: 38,
        page_waits: true,
        synsets: vec![
            synset("n02110341", "dalmatian", Some(true), 0, Some((7, 8)), true),
            synset("n02123597", "Siamese cat", Some(true), 2, None, true),
            synset("n02112137", "chow", Some(false), 1, None, false),
        ],
        ..project(1, "Pets", 12_408)
    };
    let instruments = ProjectWork {
        gold: Hits { hits: 3, of: 9, interval: Some((0.121, 0.646)) },
        stopped: Some((REASON.to_owned(), data::NOW)),
        ..project(2, "Musical instruments", 96)
    };
    let fruit = ProjectWork { open_synsets: 4, ..project(3, "Fruit", 0) };
    MyWork {
        days: days(|place| {
            const VOTES: [i64; 14] = [0, 480, 912, 0, 144, 1_320, 2_016, 1_104, 0, 648, 720, 912, 1_488, 336];
            usize::try_from(place).ok().and_then(|place| VOTES.get(place).copied()).unwrap_or_default()
        }),
        streak: 5,
        votes: 12_504,
        page_cap_minutes: 10,
        projects: vec![pets, instruments, fruit],
    }
}
