//! One worker at a browser of its own: signs up, labels until nothing is left, now and then clumsily.

use crate::batch::{Batch, Receipt};
use crate::browser::{Browser, Fields, Reply, Wanted};
use crate::chance::Chance;
use crate::crowd::{Floor, Work};
use crate::manner::Manner;
use crate::options::Options;
use crate::plan::Plan;
use crate::preface::{Preface, definition};
use crate::setup::fields;
use crate::skill::Skill;
use crate::trouble::Trouble;
use domain::consensus::Answer;
use reqwest::StatusCode;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// Times that a worker finds nothing to do, with nobody else at work, before going home.
const LOOKS: u32 = 5;
/// Questions in a row before a batch after which something is wrong: terms, and one for each synset with a few mistakes.
const PREFACES: u32 = 20;
/// How often a worker guesses what a synset means before looking it up.
const GUESSES: f64 = 0.15;
/// Streams of chance of workers and of what they see lie above those of the plan.
const WORKER_STREAM: u64 = 1 << 32;

/// A worker, signed in.
pub struct Worker {
    number: u32,
    name: String,
    browser: Browser,
    skill: Skill,
    chance: Chance,
    options: Arc<Options>,
    plan: Arc<Plan>,
    floor: Arc<Floor>,
    page: String,
    answered: HashMap<i64, Answer>,
    work: Work,
}

/// What came of a submission: the next batch as far as it is known, and whether the page must be asked for it.
enum Acknowledged {
    Next(Option<Batch>),
    AskThePage,
}

impl Worker {
    /// Makes an account for the worker with this number, from 0.
    ///
    /// # Errors
    /// The server refuses.
    pub async fn sign_up(
        number: u32,
        options: Arc<Options>,
        plan: Arc<Plan>,
        floor: Arc<Floor>,
        project: i64,
    ) -> Result<Self, Trouble> {
        let mut chance = Chance::new(options.seed, WORKER_STREAM + u64::from(number));
        let skill = Skill::of(number, &mut chance);
        let browser = Browser::new(&options.server, number + 1)?;
        let name = format!("crowd-{}-{number:04}", options.seed);
        let entry = fields([("name", name.clone()), ("password", options.password.clone())]);
        browser.post("/api/sign_up", &entry, Wanted::Json).await?.expect(StatusCode::OK, "an account")?;
        let page = format!("/label/{project}");
        let (answered, work) = (HashMap::new(), Work::default());
        Ok(Self { number, name, browser, skill, chance, options, plan, floor, page, answered, work })
    }

    /// Labels until there is nothing to do for anybody.
    ///
    /// # Errors
    /// The server can't be reached or does what it must never do.
    pub async fn label(mut self) -> Result<Work, Trouble> {
        let (mut looks, mut seen) = (0, u64::MAX);
        while looks < LOOKS {
            let Some(first) = self.open_page().await? else {
                let now = self.floor.submissions.load(Ordering::SeqCst);
                let quiet = now == seen && self.floor.holding.load(Ordering::SeqCst) == 0;
                (looks, seen) = (if quiet { looks + 1 } else { 0 }, now);
                sleep(Duration::from_millis(self.chance.between(150.0, 600.0) as u64)).await;
                continue;
            };
            self.floor.holding.fetch_add(1, Ordering::SeqCst);
            let mut batch = Some(first);
            while let Some(held) = batch {
                batch = self.answer(held).await?;
            }
            self.floor.holding.fetch_sub(1, Ordering::SeqCst);
        }
        self.work.acknowledged = vec![self.answered];
        Ok(self.work)
    }

    /// The batch on the labeling page, after whatever it asks first.
    async fn open_page(&mut self) -> Result<Option<Batch>, Trouble> {
        for _ in 0..PREFACES {
            let page = self.browser.get(&self.page).await?.expect(StatusCode::OK, "the labeling page")?;
            match Preface::of_page(&page.body) {
                None => return Ok(Batch::of_page(&page.body)),
                Some(first) => self.answer_preface(first).await?,
            }
        }
        Err(Trouble::Page { path: self.page.clone(), lacks: "asks the same again and again".to_owned() })
    }

    /// Agrees to terms; looks a synset up to find its definition, now and then only after a guess.
    async fn answer_preface(&mut self, first: Preface) -> Result<(), Trouble> {
        let (function, entry) = match first {
            Preface::Terms(entry) => ("agree_to_terms", entry),
            Preface::Definition { wnid, fields: mut entry, choices } => {
                let path = format!("/synset/{wnid}");
                let page = self.browser.get(&path).await?.expect(StatusCode::OK, "the synset's page")?;
                let meant = definition(&page.body).unwrap_or_default();
                let Some(right) = choices.iter().position(|choice| *choice == meant) else {
                    let lacks = format!("is about {meant:?}, which is not among {choices:?}");
                    return Err(Trouble::Page { path, lacks });
                };
                let guesses = self.chance.happens(GUESSES);
                let choice = if guesses { (right + 1) % choices.len() } else { right };
                entry.push(("choice".to_owned(), choice.to_string()));
                *self.work.questions.entry(if guesses { "mistaken" } else { "right" }).or_default() += 1;
                ("answer_definition", entry)
            }
        };
        let reply = self.browser.post_from(&self.page, &format!("/api/{function}"), &entry).await?;
        let there = reply.location.as_deref().unwrap_or_default().trim_end_matches('?');
        if reply.status.is_redirection() && there.ends_with(&self.page) {
            return Ok(());
        }
        Err(reply.unexpected("the way on to the labeling page"))
    }

    /// Answers a batch in some manner and returns the next one.
    async fn answer(&mut self, batch: Batch) -> Result<Option<Batch>, Trouble> {
        self.look_for_what_must_not_be(&batch);
        let manner = Manner::of(&mut self.chance);
        let batch = self.before(manner, batch).await?;
        let answers = self.answers(&batch);
        let entry = batch.fields(&answers);
        let done = match manner {
            Manner::WithoutScript => self.submit_without_script(&entry).await?,
            Manner::Twice => self.submit_twice(&entry, answers.len()).await?,
            Manner::TwiceAtOnce => self.submit_at_once(&entry, answers.len()).await?,
            _ => Acknowledged::Next(self.submit(&entry, answers.len()).await?),
        };
        self.answered.extend(answers.iter().copied());
        self.floor.submissions.fetch_add(1, Ordering::SeqCst);
        *self.work.manners.entry(manner).or_default() += 1;
        if manner == Manner::Cheated {
            self.try_to_cheat(&batch, &answers).await?;
        }
        match done {
            Acknowledged::Next(next) => Ok(next),
            Acknowledged::AskThePage => self.open_page().await,
        }
    }

    /// What goes wrong before the submission that counts.
    async fn before(&mut self, manner: Manner, batch: Batch) -> Result<Batch, Trouble> {
        let entry = batch.fields(&self.answers(&batch));
        match manner {
            Manner::Late => sleep(Duration::from_millis(self.chance.between(500.0, 3_000.0) as u64)).await,
            Manner::HalfSent => self.browser.post_half("/api/submit_votes", &entry).await?,
            Manner::HungUp => {
                let after = Duration::from_micros(self.chance.between(200.0, 30_000.0) as u64);
                // Whether it was recorded, the worker does not know: it is sent again under the same key.
                let _ = timeout(after, self.browser.post("/api/submit_votes", &entry, Wanted::Json)).await;
            }
            Manner::CameBack => return self.go_and_come_back(batch).await,
            _ => {}
        }
        Ok(batch)
    }

    fn answers(&self, batch: &Batch) -> Vec<(i64, Answer)> {
        let answer = |(candidate, sha256): &(i64, String)| {
            let picture = self.plan.picture(sha256)?;
            let start = u64::from_str_radix(sha256.get(..12)?, 16).ok()?;
            let mut sight =
                Chance::new(self.options.seed.wrapping_add(WORKER_STREAM + u64::from(self.number)), start);
            Some((*candidate, self.skill.answer(picture, &mut sight)))
        };
        batch.tiles.iter().filter_map(answer).collect()
    }

    fn look_for_what_must_not_be(&mut self, batch: &Batch) {
        let mut seen = HashMap::new();
        for (candidate, sha256) in &batch.tiles {
            let twice = seen.insert(*candidate, ()).is_some() || self.answered.contains_key(candidate);
            let picture = self.plan.picture(sha256);
            let finding = if twice {
                format!("{} was asked twice about candidate {candidate}", self.name)
            } else if picture.is_none_or(|picture| picture.copy) {
                format!("{} was asked about candidate {candidate}, which is no original of ours", self.name)
            } else {
                continue;
            };
            self.work.findings.push(finding);
        }
    }

    async fn submit(&mut self, entry: &Fields, votes: usize) -> Result<Option<Batch>, Trouble> {
        let start = Instant::now();
        let receipt = self.receipt(self.browser.post("/api/submit_votes", entry, Wanted::Json).await?)?;
        self.work.waits.push(start.elapsed().as_secs_f64() * 1_000.0);
        self.expect_votes(&receipt, votes);
        Ok(receipt.next())
    }

    async fn submit_without_script(&self, entry: &Fields) -> Result<Acknowledged, Trouble> {
        let reply = self.browser.post_from(&self.page, "/api/submit_votes", entry).await?;
        let there = reply.location.as_deref().unwrap_or_default().trim_end_matches('?');
        let back = reply.status.is_redirection() && there.ends_with(&self.page);
        if back {
            Ok(Acknowledged::AskThePage)
        } else {
            Err(reply.unexpected("the way back to the labeling page"))
        }
    }

    async fn submit_twice(&mut self, entry: &Fields, votes: usize) -> Result<Acknowledged, Trouble> {
        let first = self.receipt(self.browser.post("/api/submit_votes", entry, Wanted::Json).await?)?;
        let second = self.receipt(self.browser.post("/api/submit_votes", entry, Wanted::Json).await?)?;
        self.compare(&first, &second, votes);
        Ok(Acknowledged::Next(second.next()))
    }

    async fn submit_at_once(&mut self, entry: &Fields, votes: usize) -> Result<Acknowledged, Trouble> {
        let post = || self.browser.post("/api/submit_votes", entry, Wanted::Json);
        let (first, second) = tokio::try_join!(post(), post())?;
        let (first, second) = (self.receipt(first)?, self.receipt(second)?);
        self.compare(&first, &second, votes);
        Ok(Acknowledged::Next(second.next()))
    }

    fn compare(&mut self, first: &Receipt, second: &Receipt, votes: usize) {
        self.expect_votes(first, votes);
        if first.recorded != second.recorded || first.next() != second.next() {
            let text = format!("{} sent a submission twice and got {first:?}, then {second:?}", self.name);
            self.work.findings.push(text);
        }
    }

    fn expect_votes(&mut self, receipt: &Receipt, votes: usize) {
        if receipt.recorded != votes {
            let text =
                format!("{} gave {votes} answers, of which {} were recorded", self.name, receipt.recorded);
            self.work.findings.push(text);
        }
    }

    fn receipt(&self, reply: Reply) -> Result<Receipt, Trouble> {
        let reply = reply.expect(StatusCode::OK, "the votes to be recorded")?;
        serde_json::from_str(&reply.body).map_err(|_| reply.unexpected("a receipt"))
    }

    /// Signs out with the batch open; what was asked must be asked again.
    async fn go_and_come_back(&mut self, batch: Batch) -> Result<Batch, Trouble> {
        let nothing = Fields::new();
        self.browser
            .post("/api/sign_out", &nothing, Wanted::Json)
            .await?
            .expect(StatusCode::OK, "to be let out")?;
        sleep(Duration::from_millis(self.chance.between(500.0, 2_000.0) as u64)).await;
        let entry = fields([("name", self.name.clone()), ("password", self.options.password.clone())]);
        self.browser
            .post("/api/sign_in", &entry, Wanted::Json)
            .await?
            .expect(StatusCode::OK, "to be let in")?;
        let again = self.open_page().await?;
        if again.as_ref() == Some(&batch) {
            return Ok(batch);
        }
        let found = again.as_ref().map(|again| again.assignment);
        let text = format!("{} came back to assignment {} and found {found:?}", self.name, batch.assignment);
        self.work.findings.push(text);
        Ok(again.unwrap_or(batch))
    }

    /// Other answers under the same key, and the same page under another key: both must be refused.
    async fn try_to_cheat(&mut self, batch: &Batch, answers: &[(i64, Answer)]) -> Result<(), Trouble> {
        let turned = |answer: Answer| if answer == Answer::Yes { Answer::No } else { Answer::Yes };
        let other: Vec<(i64, Answer)> =
            answers.iter().map(|(candidate, answer)| (*candidate, turned(*answer))).collect();
        let another_key = Batch { key: format!("{}-again", batch.key), ..batch.clone() };
        for (what, entry) in
            [("other answers", batch.fields(&other)), ("another key", another_key.fields(answers))]
        {
            let reply = self.browser.post("/api/submit_votes", &entry, Wanted::Json).await?;
            if reply.status != StatusCode::CONFLICT {
                let text = format!(
                    "{} sent {what} for an answered page and got {}, not 409",
                    self.name, reply.status
                );
                self.work.findings.push(text);
            }
        }
        Ok(())
    }
}
