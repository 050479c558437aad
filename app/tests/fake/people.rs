//! Made-up workers, and cases for experts.

use super::data::NOW;
use super::{Stage, known, put};
use app::api::ApiError;
use app::api::audits::{AuditCase, AuditPage, BlindTask};
use app::api::labeling::Sibling;
use app::api::review::{
    Case, CaseVote, Decided, ExpertAnswer, Place, Provenance, Queue, ReviewPage, Waiting, WaitingSynset, Why,
};
use app::api::workers::{
    ChangedTile, ExclusionLine, ExclusionPreview, Figures, Quality, Rate, SeenPreview, Standing, VoteAnswer,
    VoteTile, VoteWeight, Warning, WorkerPage, WorkerRow, WorkerSynset, WorkersPage, WorkersRequest,
};
use app::backend::{Answer, Experts, Workers};
use app::viewer::{Expert, Manager};
use async_trait::async_trait;
use domain::quality::Share;

/// The account that is excluded from every project.
pub const EXCLUDED: i64 = 4;

fn rate(hits: u32, of: u32) -> Rate {
    Rate { hits: hits.into(), of: of.into(), interval: Share { hits, of }.interval() }
}

fn quality(found: (u32, u32), turned_down: (u32, u32)) -> Quality {
    Quality {
        accuracy: rate(found.0 + turned_down.0, found.1 + turned_down.1),
        sensitivity: rate(found.0, found.1),
        specificity: rate(turned_down.0, turned_down.1),
    }
}

fn worker(account: i64, name: &str) -> WorkerRow {
    let figures = match account {
        3 => Figures {
            answers: (9, 1_208, 0),
            gold: quality((0, 14), (22, 22)),
            settled: quality((3, 204), (611, 618)),
            agreement: rate(700, 1_004),
        },
        _ => Figures {
            answers: (3_104, 9_120, 184),
            gold: quality((31, 33), (58, 60)),
            settled: quality((2_011, 2_140), (7_002, 7_090)),
            agreement: rate(11_020, 11_490),
        },
    };
    let warnings = match account {
        3 => vec![
            Warning::TooFast { pace: 212, pages: 41 },
            Warning::AlwaysTheSame {
                answer: VoteAnswer::No,
                given: rate(996, 1_004),
                others: rate(2_903, 4_101),
            },
            together(EXCLUDED, "trent"),
        ],
        EXCLUDED => vec![
            Warning::ChanceLevel {
                sensitivity: rate(9, 21),
                specificity: rate(55, 112),
                others: (rate(71, 84), rate(430, 452)),
            },
            together(3, "mallory"),
        ],
        _ => Vec::new(),
    };
    let (yes, no, unsure) = figures.answers;
    WorkerRow {
        account,
        name: name.to_owned(),
        votes: yes + no + unsure,
        pages: 41,
        pace: Some(if account == 3 { 212 } else { 1_340 }),
        seen_at: NOW,
        excluded: account == EXCLUDED,
        figures,
        warnings,
    }
}

fn together(account: i64, name: &str) -> Warning {
    let (either, both, expected, once_in) = (19, 18, 2.3, 4_200_000);
    Warning::WrongTogether { account, name: name.to_owned(), either, both, expected, once_in }
}

fn tile(candidate: i64) -> VoteTile {
    VoteTile {
        candidate,
        small: format!("/picture/{candidate}"),
        medium: format!("/picture/{candidate}?medium"),
        large: format!("/picture/{candidate}?large"),
        wnid: "n02110341".to_owned(),
        word: "dalmatian".to_owned(),
        answer: if candidate % 3 == 0 { VoteAnswer::Yes } else { VoteAnswer::No },
        voted_at: NOW,
        others: (candidate % 4, 3, candidate % 2),
        standing: if candidate % 4 == 0 { Standing::Negative } else { Standing::Positive },
        expert: (candidate % 5 == 0).then_some(true),
    }
}

#[async_trait]
impl Workers for Stage {
    async fn page(&self, _: &Manager, project: i64, request: &WorkersRequest) -> Answer<WorkersPage> {
        known(project)?;
        let named = [worker(2, "grace"), worker(3, "mallory"), worker(EXCLUDED, "trent")];
        let rows: Vec<WorkerRow> =
            named.into_iter().filter(|row| !self.empty && row.name.contains(&request.search)).collect();
        let next = (!self.empty && request.after.is_empty()).then(|| "f00-3".to_owned());
        Ok(WorkersPage { project: (project, "Pets".to_owned()), total: rows.len() as i64, rows, next })
    }

    async fn worker(&self, _: &Manager, project: i64, account: i64) -> Answer<WorkerPage> {
        known(project)?;
        let name = if account == 3 { "mallory" } else { "trent" };
        let worker = worker(account, name);
        let line = |excluded| ExclusionLine {
            excluded,
            reason:
                "Every page of July was answered in three seconds. Write to us, and we look at it together."
                    .to_owned(),
            by: Some("grace".to_owned()),
            at: NOW,
        };
        let history = if worker.excluded { vec![line(true), line(false), line(true)] } else { Vec::new() };
        Ok(WorkerPage {
            came_together: 3,
            project: (project, "Pets".to_owned()),
            synsets: vec![WorkerSynset {
                wnid: "n02110341".to_owned(),
                words: vec!["dalmatian".to_owned(), "coach dog".to_owned()],
                figures: worker.figures.clone(),
            }],
            recent: (100..112).map(tile).collect(),
            mistakes: if self.empty { Vec::new() } else { [5, 10].map(tile).to_vec() },
            history,
            weight: Some(VoteWeight { yes: 0.62, no: 0.97, teaches: true }),
            worker,
        })
    }

    async fn preview(
        &self,
        _: &Manager,
        project: i64,
        account: i64,
        excluded: bool,
    ) -> Answer<ExclusionPreview> {
        known(project)?;
        let tile = |candidate| ChangedTile {
            candidate,
            small: format!("/picture/{candidate}"),
            medium: format!("/picture/{candidate}?medium"),
            word: "dalmatian".to_owned(),
            from: Standing::Positive,
            to: if candidate % 2 == 0 { Standing::Open } else { Standing::Negative },
        };
        Ok(ExclusionPreview {
            project: (project, "Pets".to_owned()),
            account,
            name: if account == 3 { "mallory" } else { "trent" }.to_owned(),
            excluded,
            votes: if self.empty { 0 } else { 312 },
            synsets: if self.empty { 0 } else { 4 },
            tables: if self.empty { 0 } else { 2 },
            moves: if self.empty {
                Vec::new()
            } else {
                vec![(Standing::Positive, Standing::Open, 9), (Standing::Positive, Standing::Negative, 21)]
            },
            tiles: if self.empty { Vec::new() } else { (0..24).map(tile).collect() },
        })
    }

    async fn decide(
        &self,
        _: &Manager,
        project: i64,
        _: i64,
        excluded: bool,
        reason: &str,
        _: SeenPreview,
    ) -> Answer<()> {
        known(project)?;
        if reason.is_empty() {
            return Err(ApiError::Invalid("A reason is missing.".to_owned()));
        }
        put(&self.exclusions, (excluded, reason.to_owned()));
        Ok(())
    }
}

/// The case that another expert has decided.
const DECIDED: i64 = 31;

fn case(candidate: i64) -> Case {
    let vote = |place: i64| CaseVote {
        answer: match place % 5 {
            0 | 3 => VoteAnswer::Yes,
            4 => VoteAnswer::Unsure,
            _ => VoteAnswer::No,
        },
        voted_at: NOW + place * 60_000,
        excluded: place == 2,
    };
    Case {
        candidate,
        project: (1, "Pets".to_owned()),
        wnid: "n02110341".to_owned(),
        words: ["dalmatian", "coach dog", "carriage dog"].map(str::to_owned).to_vec(),
        definition:
            "a large breed having a smooth white coat with black or brown spots; originated in Dalmatia"
                .to_owned(),
        siblings: vec![
            Sibling {
                words: "whippet".to_owned(),
                definition: "small slender dog of greyhound type".to_owned(),
            },
            Sibling {
                words: "pug, pug-dog".to_owned(),
                definition: "small compact smooth-coated breed".to_owned(),
            },
        ],
        why: (candidate != DECIDED).then_some(Why::Reported),
        large: format!("/picture/{candidate}?large"),
        small: format!("/picture/{candidate}"),
        tally: (6, 6, 3),
        confidence: Some(0.47),
        standing: Standing::Escalated,
        votes: (0..15).map(vote).collect(),
        reports: (1, 1),
        provenance: Provenance {
            file_name: "IMG_0032.jpg".to_owned(),
            source_url: Some("https://example.org/a".to_owned()),
            licence: Some("CC-BY-4.0".to_owned()),
            attribution: Some("Photograph by Jane Doe".to_owned()),
        },
        decided: (candidate == DECIDED).then(|| Decided {
            shows: true,
            by: "bob".to_owned(),
            is_mine: false,
            at: NOW,
        }),
        seen: if candidate == DECIDED { 8 } else { 0 },
        cursor: "0-5-32".to_owned(),
    }
}

#[async_trait]
impl Experts for Stage {
    async fn queue(&self, _: &Expert, _: Option<i64>) -> Answer<Queue> {
        if self.empty {
            return Ok(Queue::default());
        }
        let waiting = Waiting { reported: 2, escalated: 17, on_hold: 100, disputed: 3 };
        let synset = |wnid: &str, word: &str| WaitingSynset {
            project: (1, "Pets".to_owned()),
            wnid: wnid.to_owned(),
            words: vec![word.to_owned()],
            waiting,
        };
        Ok(Queue {
            waiting,
            synsets: vec![synset("n02110341", "dalmatian"), synset("n02123394", "Persian cat")],
        })
    }

    async fn review(&self, expert: &Expert, place: &Place, asked: Option<i64>) -> Answer<ReviewPage> {
        place.project.map_or(Ok(()), known)?;
        Ok(ReviewPage {
            project: place.project.map(|project| (project, "Pets".to_owned())),
            queue: self.queue(expert, place.project).await?,
            case: (!self.empty).then(|| case(asked.unwrap_or(32))),
            before: place.trail.last().copied().map(case),
            next_picture: (!self.empty).then(|| "/picture/33?large".to_owned()),
            projects: vec![(1, "Pets".to_owned())],
        })
    }

    async fn audits(&self, _: &Expert, project: i64, skipped: u32) -> Answer<AuditPage> {
        known(project)?;
        let found = case(32);
        let case = AuditCase {
            candidate: found.candidate,
            wnid: found.wnid,
            words: found.words,
            definition: found.definition,
            siblings: found.siblings,
            large: found.large,
        };
        Ok(AuditPage {
            task: BlindTask::Audit,
            project: (project, "Pets".to_owned()),
            case: (!self.empty).then_some(case),
            wanted: if self.empty { 0 } else { 21 },
            done: 12,
            skipped,
        })
    }

    async fn anchors(&self, expert: &Expert, project: i64, skipped: u32) -> Answer<AuditPage> {
        Ok(AuditPage { task: BlindTask::Anchor, ..self.audits(expert, project, skipped).await? })
    }

    async fn audit(&self, _: &Expert, candidate: i64, shows: bool) -> Answer<()> {
        put(&self.audits, (candidate, shows));
        Ok(())
    }

    async fn decide(&self, _: &Expert, candidate: i64, answer: ExpertAnswer, seen: i64) -> Answer<()> {
        if candidate == DECIDED && seen != 8 {
            let words = "bob said that it shows the synset a moment ago; you said that it does not.";
            return Err(ApiError::Conflict(words.to_owned()));
        }
        put(&self.labels, (candidate, answer));
        Ok(())
    }
}
