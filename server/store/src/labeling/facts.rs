//! Facts that come after votes: corrections, reports, experts' labels, exclusions. Added, never changed; the newest counts.

use domain::consensus::{Answer, VoteWeights};
use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::{Dialect, id_list};
use crate::projects::CounterDelta;
use crate::rows::Rows;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

text_enum! {
    /// What is wrong with a picture.
    ReportKind, "kind of report" {
        /// It can't be seen.
        Broken = "broken",
        /// Nobody should have to look at it.
        Offensive = "offensive",
    }
}

text_enum! {
    /// What an expert says of a candidate.
    ExpertAnswer, "expert's answer" {
        /// It shows the synset.
        Yes = "yes",
        /// It does not.
        No = "no",
        /// What was said before is taken back.
        Open = "open",
    }
}

impl ExpertAnswer {
    /// The word that counts from now on.
    #[must_use]
    pub const fn word(self) -> Option<bool> {
        match self {
            Self::Yes => Some(true),
            Self::No => Some(false),
            Self::Open => None,
        }
    }
}

/// What a worker says of a tile by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenRow {
    /// The candidate.
    pub candidate_id: i64,
    /// The worker has a vote on it, which counts or was taken back.
    pub has_vote: bool,
    /// The vote that counts.
    pub answer: Option<Answer>,
    /// What it counted for when it was cast; whole, where there is none.
    pub weights: VoteWeights,
    /// The report that counts.
    pub report: Option<ReportKind>,
}

/// How a candidate's counts change; negative numbers take away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the counts of a candidate, by their names")]
pub struct TallyChange {
    pub candidate_id: i64,
    pub yes: i64,
    pub no: i64,
    pub unsure: i64,
    /// In millionths of a vote.
    pub discount_yes: i64,
    /// In millionths of a vote.
    pub discount_no: i64,
    pub reports: i64,
}

impl TallyChange {
    /// No change yet.
    #[must_use]
    pub fn of(candidate_id: i64) -> Self {
        Self { candidate_id, ..Self::default() }
    }

    /// One answer of these weights more (`by` = 1) or less (−1).
    #[must_use]
    pub fn answer(mut self, answer: Answer, weights: VoteWeights, by: i64) -> Self {
        let discount = weights.discount(answer);
        self.discount_yes += by * i64::from(discount.yes);
        self.discount_no += by * i64::from(discount.no);
        match answer {
            Answer::Yes => self.yes += by,
            Answer::No => self.no += by,
            Answer::Unsure => self.unsure += by,
        }
        self
    }

    /// Both changes of one candidate.
    pub(crate) fn and(&self, other: &Self) -> Self {
        Self {
            candidate_id: self.candidate_id,
            yes: self.yes + other.yes,
            no: self.no + other.no,
            unsure: self.unsure + other.unsure,
            discount_yes: self.discount_yes + other.discount_yes,
            discount_no: self.discount_no + other.discount_no,
            reports: self.reports + other.reports,
        }
    }

    /// One report more or less.
    #[must_use]
    pub fn report(mut self, by: i64) -> Self {
        self.reports += by;
        self
    }
}

/// A decision on whether a worker's answers in a project count.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct ExclusionRow {
    pub exclusion_id: i64,
    pub project_id: i64,
    pub account_id: i64,
    pub excluded: bool,
    pub reason: String,
    pub decided_by: Option<i64>,
    pub decided_at: i64,
}

/// An expert's word on a candidate.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct ExpertLabelRow {
    pub expert_label_id: i64,
    pub candidate_id: i64,
    pub account_id: i64,
    #[sqlx(try_from = "Parsed<ExpertAnswer>")]
    pub answer: ExpertAnswer,
    pub labelled_at: i64,
}

#[derive(FromRow)]
struct StoredGiven {
    candidate_id: i64,
    vote: Option<String>,
    weight_yes: Option<i64>,
    weight_no: Option<i64>,
    correction: Option<String>,
    report: Option<String>,
}

impl StoredGiven {
    fn read(self) -> GivenRow {
        let said = self.correction.as_deref().or(self.vote.as_deref());
        GivenRow {
            candidate_id: self.candidate_id,
            has_vote: self.vote.is_some(),
            answer: said.and_then(Answer::parse),
            weights: weights(self.weight_yes, self.weight_no),
            report: self.report.as_deref().and_then(ReportKind::parse),
        }
    }
}

/// Weights as they are stored; those of a vote that does not exist are whole.
fn weights(yes: Option<i64>, no: Option<i64>) -> VoteWeights {
    let stored = |weight: Option<i64>| weight.and_then(|weight| u32::try_from(weight).ok());
    let VoteWeights { yes: full, no: _ } = VoteWeights::FULL;
    VoteWeights { yes: stored(yes).unwrap_or(full), no: stored(no).unwrap_or(full) }
}

/// Selects what an account says of candidates: `$1` is the account; the candidates are those of `ids (candidate_id)`, which
/// the caller's text defines.
macro_rules! given {
    ($ids:literal) => {
        concat!(
            "with ids (candidate_id) as (",
            $ids,
            ") select i.candidate_id, v.answer as vote, v.weight_yes, v.weight_no,
                      (select r.answer from correction r where r.candidate_id = i.candidate_id and r.account_id = $1
                       order by r.submission_id desc limit 1) as correction,
                      (select r.kind from report r where r.candidate_id = i.candidate_id and r.account_id = $1
                       order by r.submission_id desc limit 1) as report
               from ids i left join vote v on v.candidate_id = i.candidate_id and v.account_id = $1
               order by i.candidate_id"
        )
    };
}

/// The candidates of one assignment.
const OF_ASSIGNMENT: &str =
    given!("select cast(t.value as bigint) from assignment a, {elements} where a.assignment_id = $2");
/// The candidates of a synset that were on a page which a worker submitted.
const OF_SYNSET: &str = given!(
    "select distinct cast(t.value as bigint) from assignment a, {elements}
     where a.account_id = $1 and a.project_synset_id = $2 and a.submitted_at is not null"
);

fn given(dialect: Dialect, of: &str) -> String {
    of.replace("{elements}", &dialect.ids_of("a.candidates"))
}

reads! {
    /// The newest decision about a worker in a project.
    exclusion(project_id: i64, account_id: i64) -> Option<ExclusionRow>, executor => {
        let sql = "select exclusion_id, project_id, account_id, excluded, reason, decided_by, decided_at from exclusion
                   where project_id = $1 and account_id = $2 order by exclusion_id desc limit 1";
        sqlx::query_as(sql).bind(project_id).bind(account_id).fetch_optional(executor).await
    };

    /// All decisions about a worker in a project, the newest first.
    exclusions(project_id: i64, account_id: i64) -> Vec<ExclusionRow>, executor => {
        let sql = "select exclusion_id, project_id, account_id, excluded, reason, decided_by, decided_at from exclusion
                   where project_id = $1 and account_id = $2 order by exclusion_id desc";
        sqlx::query_as(sql).bind(project_id).bind(account_id).fetch_all(executor).await
    };

    /// All that experts said of a candidate, the newest first.
    expert_labels(candidate_id: i64) -> Vec<ExpertLabelRow>, executor => {
        let sql = "select expert_label_id, candidate_id, account_id, answer, labelled_at from expert_label
                   where candidate_id = $1 order by expert_label_id desc";
        sqlx::query_as(sql).bind(candidate_id).fetch_all(executor).await
    };
}

impl Store {
    /// What a worker says by now of the tiles of an assignment, ascending by candidate.
    pub async fn given(&self, account_id: i64, assignment_id: i64) -> Result<Vec<GivenRow>, StoreError> {
        let sql = given(self.dialect(), OF_ASSIGNMENT);
        let rows: Vec<StoredGiven> = on_db!(self, pool => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(account_id).bind(assignment_id).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(StoredGiven::read).collect())
    }
}

impl Tx {
    /// The same as [`Store::given`], in the transaction.
    pub async fn given(&mut self, account_id: i64, assignment_id: i64) -> Result<Vec<GivenRow>, StoreError> {
        let sql = given(self.dialect(), OF_ASSIGNMENT);
        let rows: Vec<StoredGiven> = on_tx!(self, connection => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(account_id).bind(assignment_id).fetch_all(connection).await
        })?;
        Ok(rows.into_iter().map(StoredGiven::read).collect())
    }

    /// What a worker says by now of the candidates of a synset that were on a page of theirs, ascending by candidate.
    pub async fn given_in_synset(
        &mut self,
        account_id: i64,
        project_synset_id: i64,
    ) -> Result<Vec<GivenRow>, StoreError> {
        let sql = given(self.dialect(), OF_SYNSET);
        let rows: Vec<StoredGiven> = on_tx!(self, connection => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(account_id).bind(project_synset_id).fetch_all(connection).await
        })?;
        Ok(rows.into_iter().map(StoredGiven::read).collect())
    }

    /// The synsets of a project in which a worker submitted a page, ascending.
    pub async fn synsets_answered(
        &mut self,
        project_id: i64,
        account_id: i64,
    ) -> Result<Vec<i64>, StoreError> {
        let sql = "select distinct a.project_synset_id from assignment a
                   join project_synset p on p.project_synset_id = a.project_synset_id
                   where a.account_id = $1 and p.project_id = $2 and a.submitted_at is not null
                   order by a.project_synset_id";
        on_tx!(self, connection => sqlx::query_scalar(sql).bind(account_id).bind(project_id).fetch_all(connection).await)
    }

    /// Records a worker's second thoughts; `None` takes the vote back. At most one for each candidate in a submission.
    pub async fn insert_corrections(
        &mut self,
        corrections: &[(i64, Option<Answer>)],
        account_id: i64,
        submission_id: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let said: Vec<(i64, &str)> = corrections
            .iter()
            .map(|(candidate, answer)| (*candidate, answer.map_or("none", Answer::as_str)))
            .collect();
        self.insert_said("correction", "answer", "corrected_at", &said, account_id, submission_id, now).await
    }

    /// Which of these candidates a worker reports by now, ascending.
    pub async fn reported_by(
        &mut self,
        account_id: i64,
        candidate_ids: &[i64],
    ) -> Result<Vec<i64>, StoreError> {
        let among = self.dialect().among();
        let sql = format!(
            "select r.candidate_id from report r
             where r.candidate_id {among} and r.account_id = $2 and r.kind <> 'none' and not exists (
                 select 1 from report n where n.candidate_id = r.candidate_id and n.account_id = r.account_id
                   and n.submission_id > r.submission_id)
             order by r.candidate_id"
        );
        let list = id_list(candidate_ids);
        on_tx!(self, connection => {
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(list).bind(account_id).fetch_all(connection).await
        })
    }

    /// Records reports; `None` takes one back. At most one for each candidate in a submission.
    pub async fn insert_reports(
        &mut self,
        reports: &[(i64, Option<ReportKind>)],
        account_id: i64,
        submission_id: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let said: Vec<(i64, &str)> = reports
            .iter()
            .map(|(candidate, kind)| (*candidate, kind.map_or("none", ReportKind::as_str)))
            .collect();
        self.insert_said("report", "kind", "reported_at", &said, account_id, submission_id, now).await
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "three words of ours that name the table, and one row's columns"
    )]
    async fn insert_said(
        &mut self,
        table: &'static str,
        what: &'static str,
        when: &'static str,
        said: &[(i64, &str)],
        account_id: i64,
        submission_id: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let rows = Rows::new()
            .integers(said.iter().map(|(candidate, _)| *candidate))
            .integers(said.iter().map(|_| account_id))
            .integers(said.iter().map(|_| submission_id))
            .texts(said.iter().map(|(_, said)| *said))
            .integers(said.iter().map(|_| now));
        let into = format!("insert into {table} (candidate_id, account_id, submission_id, {what}, {when})");
        self.over(&into, rows, "").await.map(drop)
    }

    /// Records an expert's word and makes it the candidate's; judging is the caller's. Returns the label's id. Fails with
    /// [`StoreError::NotFound`].
    pub async fn insert_expert_label(
        &mut self,
        candidate_id: i64,
        account_id: i64,
        answer: ExpertAnswer,
        now: i64,
    ) -> Result<i64, StoreError> {
        let sql = "update candidate set expert = $2 where candidate_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(candidate_id).bind(answer.word());
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        if changed == 0 {
            return Err(StoreError::NotFound(format!("there is no candidate {candidate_id}")));
        }
        let sql =
            "insert into expert_label (candidate_id, account_id, answer, labelled_at) values ($1, $2, $3, $4)
                   returning expert_label_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(candidate_id).bind(account_id);
            query.bind(answer.as_str()).bind(now).fetch_one(connection).await
        })
    }

    /// Records whether a worker's answers in a project count from now on, and lets go of what the worker holds there. Counts
    /// are the caller's: see [`Tx::change_tallies`].
    pub async fn insert_exclusion(
        &mut self,
        project_id: i64,
        account_id: i64,
        excluded: bool,
        reason: &str,
        decided_by: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = "insert into exclusion (project_id, account_id, excluded, reason, decided_by, decided_at)
                   values ($1, $2, $3, $4, $5, $6)";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id).bind(account_id).bind(excluded);
            query.bind(reason).bind(decided_by).bind(now).execute(connection).await.map(drop)
        })?;
        // All that they ever had a page of, in the order in which everybody locks several: no page of theirs is answered meanwhile.
        let sql = "select distinct a.project_synset_id from assignment a
                   join project_synset p on p.project_synset_id = a.project_synset_id
                   where p.project_id = $1 and a.account_id = $2 order by a.project_synset_id";
        let had: Vec<i64> = on_tx!(self, connection => {
            sqlx::query_scalar(sql).bind(project_id).bind(account_id).fetch_all(connection).await
        })?;
        self.hold_synsets(&had).await?;
        let still: Vec<(i64, CounterDelta)> = had.iter().map(|id| (*id, CounterDelta::default())).collect();
        self.advance(&still).await?;
        let sql = "update assignment set expires_at = $3
                   where account_id = $2 and submitted_at is null and expires_at > $3 and project_synset_id in (
                       select p.project_synset_id from project_synset p where p.project_id = $1)";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id).bind(account_id).bind(now);
            query.execute(connection).await.map(drop)
        })
    }

    /// The assignment that a worker submitted last in a project, with how often it was submitted: once, and once more for
    /// each correction.
    pub async fn last_submitted(
        &mut self,
        account_id: i64,
        project_id: i64,
    ) -> Result<Option<(i64, i64)>, StoreError> {
        let sql = "select s.assignment_id, count(*) from submission s
             where s.account_id = $1 and s.assignment_id = (
                 select t.assignment_id from submission t
                 join assignment a on a.assignment_id = t.assignment_id
                 join project_synset p on p.project_synset_id = a.project_synset_id
                 where t.account_id = $1 and p.project_id = $2 order by t.submission_id desc limit 1)
             group by s.assignment_id";
        on_tx!(self, connection => {
            sqlx::query_as(sql).bind(account_id).bind(project_id).fetch_optional(connection).await
        })
    }
}
