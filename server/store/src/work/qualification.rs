//! How far a worker has come with a synset before its first batch; known pictures to learn from.

use domain::wnid::Wnid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::rows::Rows;
use crate::{Store, StoreError, Tx};

/// Known pictures that practice chooses from.
const GOLD_OF_A_KIND: i64 = 100;

/// How far a worker has come with a synset.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct QualificationRow {
    pub tries: i64,
    pub mistaken_for: Option<String>,
    pub passed_at: Option<i64>,
    pub practice_rounds: i64,
    pub practised_at: Option<i64>,
    pub admitted_at: Option<i64>,
}

/// A picture on which an expert's word is known.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct GoldRow {
    /// The candidate.
    pub candidate_id: i64,
    /// Its image.
    pub sha256: String,
    /// Whether it shows the synset.
    pub shows: bool,
}

/// An answer to a known picture.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct PracticeRow {
    /// The candidate.
    pub candidate_id: i64,
    /// Its image.
    pub sha256: String,
    /// What was known then.
    pub known: bool,
    /// What the worker said.
    pub answered: bool,
}

/// A picture that shows what is asked for, or what is not.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct ExampleRow {
    /// The candidate.
    pub candidate_id: i64,
    /// Its image.
    pub sha256: String,
    /// Whether it shows the synset.
    pub shows: bool,
}

/// Examples of each kind: those that an expert labelled first, then the surest. That `not expert` is no null
/// is said for PostgreSQL, which would not look at the index otherwise.
const EXAMPLES: [&str; 4] = [
    "true as shows from candidate where project_synset_id = $1 and duplicate_of is null and expert is not null and expert
     order by candidate_id",
    "false as shows from candidate where project_synset_id = $1 and duplicate_of is null and expert is not null and not expert
     order by candidate_id",
    "true as shows from candidate where project_synset_id = $1 and duplicate_of is null and expert is null
     and verdict = 'positive' order by confidence desc, candidate_id desc",
    "false as shows from candidate where project_synset_id = $1 and duplicate_of is null and expert is null
     and verdict = 'negative' order by confidence, candidate_id",
];

reads! {
    /// How far a worker has come with a synset; `None` before the first step.
    qualification(account_id: i64, project_synset_id: i64) -> Option<QualificationRow>, executor => {
        let sql = "select tries, mistaken_for, passed_at, practice_rounds, practised_at, admitted_at
                   from qualification where account_id = $1 and project_synset_id = $2";
        sqlx::query_as(sql).bind(account_id).bind(project_synset_id).fetch_optional(executor).await
    };

    /// Known pictures of a synset that a worker has neither practised nor voted on, ascending; at most a hundred of a kind.
    gold_to_practise(account_id: i64, project_synset_id: i64) -> Vec<GoldRow>, executor => {
        let sql = "select candidate_id, sha256, shows from (
                       select c.candidate_id, c.sha256, c.expert as shows,
                              row_number() over (partition by c.expert order by c.candidate_id) as place
                       from candidate c
                       where c.project_synset_id = $2 and c.expert is not null and c.duplicate_of is null
                         and not exists (select 1 from practice_answer p where p.account_id = $1
                                         and p.project_synset_id = $2 and p.candidate_id = c.candidate_id)
                         and not exists (select 1 from vote v
                                         where v.candidate_id = c.candidate_id and v.account_id = $1)) gold
                   where place <= $3 order by candidate_id";
        let query = sqlx::query_as(sql).bind(account_id).bind(project_synset_id).bind(GOLD_OF_A_KIND);
        query.fetch_all(executor).await
    };

    /// Known pictures of a synset that can stand among others on a page, with what is known of them: all but the first `shown` of each
    /// kind, which examples show beside a page; ascending.
    gold_beyond(project_synset_id: i64, shown: i64) -> Vec<(i64, bool)>, executor => {
        let sql = "select candidate_id, shows from (
                       select c.candidate_id, c.expert as shows,
                              row_number() over (partition by c.expert order by c.candidate_id) as place
                       from candidate c
                       where c.project_synset_id = $1 and c.expert is not null and c.duplicate_of is null) gold
                   where place > $2 order by candidate_id";
        sqlx::query_as(sql).bind(project_synset_id).bind(shown).fetch_all(executor).await
    };

    /// The known pictures of a synset that a worker has practised on.
    practised(account_id: i64, project_synset_id: i64) -> Vec<i64>, executor => {
        let sql = "select distinct candidate_id from practice_answer
                   where account_id = $1 and project_synset_id = $2 order by candidate_id";
        sqlx::query_scalar(sql).bind(account_id).bind(project_synset_id).fetch_all(executor).await
    };

    /// A worker's answers on a page of practice, in the order of the screen.
    practice_answers(account_id: i64, project_synset_id: i64, round: i64) -> Vec<PracticeRow>, executor => {
        let sql = "select p.candidate_id, c.sha256, p.known, p.answered
                   from practice_answer p join candidate c on c.candidate_id = p.candidate_id
                   where p.account_id = $1 and p.project_synset_id = $2 and p.round = $3 order by p.position";
        sqlx::query_as(sql).bind(account_id).bind(project_synset_id).bind(round).fetch_all(executor).await
    };
}

impl Store {
    /// Wrong answers to the definition question of a synset, by all workers, and how many workers passed it.
    pub async fn definition_outcomes(&self, project_synset_id: i64) -> Result<(i64, i64), StoreError> {
        let sql = "select cast(coalesce(sum(tries), 0) as bigint), count(passed_at)
                   from qualification where project_synset_id = $1";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_synset_id).fetch_one(pool).await)
    }
}

impl Tx {
    /// Pictures of each kind: up to `limit` on which an expert's word is known, and then up to `limit` of the surest that votes settled.
    pub async fn examples(
        &mut self,
        project_synset_id: i64,
        limit: i64,
    ) -> Result<Vec<ExampleRow>, StoreError> {
        let mut examples = Vec::new();
        for of_a_kind in EXAMPLES {
            let sql = format!("select candidate_id, sha256, {of_a_kind} limit $2");
            let rows: Vec<ExampleRow> = on_tx!(self, connection => {
                let query = sqlx::query_as(AssertSqlSafe(sql)).bind(project_synset_id).bind(limit);
                query.fetch_all(connection).await
            })?;
            examples.extend(rows);
        }
        Ok(examples)
    }

    /// Notes a wrong answer to the definition question, and what it took the synset for.
    pub async fn note_mistake(
        &mut self,
        account_id: i64,
        project_synset_id: i64,
        mistaken_for: Wnid,
    ) -> Result<(), StoreError> {
        let sql = "insert into qualification (account_id, project_synset_id, tries, mistaken_for)
                   values ($1, $2, 1, $3)
                   on conflict (account_id, project_synset_id) do update
                   set tries = qualification.tries + 1, mistaken_for = excluded.mistaken_for";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(account_id).bind(project_synset_id).bind(mistaken_for.to_string());
            query.execute(connection).await.map(drop)
        })
    }

    /// Notes that the definition question is answered rightly; the first time counts.
    pub async fn pass_definition(
        &mut self,
        account_id: i64,
        project_synset_id: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = "insert into qualification (account_id, project_synset_id, passed_at) values ($1, $2, $3)
                   on conflict (account_id, project_synset_id) do update
                   set passed_at = coalesce(qualification.passed_at, excluded.passed_at)";
        self.note(sql, account_id, project_synset_id, now).await
    }

    /// Notes that workers get batches of synsets from now on, each (worker, synset) once; the first time counts.
    pub async fn admit(&mut self, admitted: &[(i64, i64)], now: i64) -> Result<(), StoreError> {
        let rows = Rows::new()
            .integers(admitted.iter().map(|(worker, _)| *worker))
            .integers(admitted.iter().map(|(_, synset)| *synset))
            .integers(admitted.iter().map(|_| now));
        let into = "insert into qualification (account_id, project_synset_id, admitted_at)";
        let add = "on conflict (account_id, project_synset_id) do update
                   set admitted_at = coalesce(qualification.admitted_at, excluded.admitted_at)";
        self.over(into, rows, add).await.map(drop)
    }

    async fn note(
        &mut self,
        sql: &'static str,
        account_id: i64,
        project_synset_id: i64,
        number: i64,
    ) -> Result<(), StoreError> {
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(account_id).bind(project_synset_id).bind(number);
            query.execute(connection).await.map(drop)
        })
    }

    /// Records the answers to a page of practice: candidate, what is known, what the worker says.
    pub async fn record_practice(
        &mut self,
        account_id: i64,
        project_synset_id: i64,
        round: i64,
        answers: &[(i64, bool, bool)],
        now: i64,
    ) -> Result<(), StoreError> {
        let rows = Rows::new()
            .integers(answers.iter().map(|_| account_id))
            .integers(answers.iter().map(|_| project_synset_id))
            .integers(answers.iter().map(|_| round))
            .integers((0..).zip(answers).map(|(position, _)| position))
            .integers(answers.iter().map(|(candidate, ..)| *candidate))
            .flags(answers.iter().map(|(_, known, _)| *known))
            .flags(answers.iter().map(|(.., answered)| *answered))
            .integers(answers.iter().map(|_| now));
        let into = "insert into practice_answer (account_id, project_synset_id, round, position, candidate_id, known, answered,
                                                 answered_at)";
        self.over(into, rows, "").await?;
        let sql =
            "insert into qualification (account_id, project_synset_id, practice_rounds) values ($1, $2, $3)
                   on conflict (account_id, project_synset_id) do update
                   set practice_rounds = excluded.practice_rounds";
        self.note(sql, account_id, project_synset_id, round).await
    }

    /// Notes that a worker's practice of a synset is done.
    pub async fn finish_practice(
        &mut self,
        account_id: i64,
        project_synset_id: i64,
        now: i64,
    ) -> Result<(), StoreError> {
        let sql =
            "insert into qualification (account_id, project_synset_id, practised_at) values ($1, $2, $3)
                   on conflict (account_id, project_synset_id) do update
                   set practised_at = coalesce(qualification.practised_at, excluded.practised_at)";
        self.note(sql, account_id, project_synset_id, now).await
    }
}
