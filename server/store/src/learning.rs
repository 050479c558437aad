//! What a project's votes teach beyond one synset: how good its workers are, whose votes teach tables, and what its synsets
//! have in common.

use domain::consensus::{Answer, Skill};
use domain::wnid::Wnid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::wnid_list;
use crate::rows::Rows;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

/// A level that synsets lean on: the model of all images of a project, or of those under an ancestor.
#[derive(Clone, Debug, PartialEq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct PriorRow {
    pub prior_id: i64,
    pub project_id: i64,
    /// None: all synsets of the project.
    pub wnid: Option<String>,
    pub synsets: i64,
    pub images: i64,
    pub prevalence: f64,
    pub good_yes_rate: f64,
    pub good_concentration: f64,
    pub bad_yes_rate: f64,
    pub bad_concentration: f64,
    pub near_miss_share: f64,
    pub created_at: i64,
}

/// What a project's levels and skills were learned from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct LearningRow {
    /// Votes recorded.
    pub votes: i64,
    /// Synsets with a table.
    pub calibrated: i64,
    /// Synsets with a table when the levels were fitted last.
    pub pooled: i64,
    /// When (Unix ms).
    pub learned_at: i64,
}

/// A project that votes are weighed in, as it is and as it was when it was learned from last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct LearnerRow {
    /// The project.
    pub project_id: i64,
    /// Votes recorded by now.
    pub votes: i64,
    /// Synsets with a table by now.
    pub calibrated: i64,
    /// Synsets that are seeded and lean on no level.
    pub without_prior: i64,
    /// Votes recorded then.
    pub votes_then: i64,
    /// Synsets with a table when the levels were fitted last.
    pub pooled_then: i64,
}

/// A vote that teaches: what counts of it by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct TeachingRow {
    /// The candidate.
    pub candidate_id: i64,
    /// Whether it is in the initial sample.
    pub in_initial_sample: bool,
    /// The newest word of an expert on it.
    pub expert: Option<bool>,
    /// Who.
    pub account_id: i64,
    /// What the worker says by now.
    #[sqlx(try_from = "Parsed<Answer>")]
    pub answer: Answer,
}

#[derive(FromRow)]
struct SkillRow {
    misses: f64,
    expected_misses: f64,
    false_alarms: f64,
    expected_false_alarms: f64,
}

impl From<SkillRow> for Skill {
    fn from(row: SkillRow) -> Self {
        let SkillRow { misses, expected_misses, false_alarms, expected_false_alarms } = row;
        Self { misses, expected_misses, false_alarms, expected_false_alarms }
    }
}

/// The select of all columns of [`PriorRow`].
macro_rules! prior {
    () => {
        "select prior_id, project_id, wnid, synsets, images, prevalence, good_yes_rate, good_concentration, bad_yes_rate,
                bad_concentration, near_miss_share, created_at
         from prior"
    };
}

reads! {
    /// The level of this id.
    prior(prior_id: i64) -> Option<PriorRow>, executor => {
        let sql = concat!(prior!(), " where prior_id = $1");
        sqlx::query_as(sql).bind(prior_id).fetch_optional(executor).await
    };

    /// A worker's skill in a project, once something is known of it.
    skill(project_id: i64, account_id: i64) -> Option<Skill>, executor => {
        let sql = "select misses, expected_misses, false_alarms, expected_false_alarms from skill
                   where project_id = $1 and account_id = $2";
        let query = sqlx::query_as(sql).bind(project_id).bind(account_id);
        query.fetch_optional(executor).await.map(|row: Option<SkillRow>| row.map(Skill::from))
    };

    /// The workers of a project whose votes teach no table, ascending.
    untrusted(project_id: i64) -> Vec<i64>, executor => {
        let sql = "select t.account_id from trust t
                   where t.project_id = $1 and not t.trusted and not exists (
                       select 1 from trust n where n.project_id = t.project_id and n.account_id = t.account_id
                         and n.trust_id > t.trust_id)
                   order by t.account_id";
        sqlx::query_scalar(sql).bind(project_id).fetch_all(executor).await
    };

    /// What a project was learned from last.
    learning(project_id: i64) -> Option<LearningRow>, executor => {
        let sql = "select votes, calibrated, pooled, learned_at from learning where project_id = $1";
        sqlx::query_as(sql).bind(project_id).fetch_optional(executor).await
    };
}

impl Store {
    /// The projects in which votes are weighed, ascending.
    pub async fn learners(&self) -> Result<Vec<LearnerRow>, StoreError> {
        let sql = "select p.project_id, cast(coalesce(sum(s.votes), 0) as bigint) as votes,
                          count(s.calibration_id) as calibrated,
                          count(*) filter (where s.project_synset_id is not null and s.prior_id is null) as without_prior,
                          coalesce(max(l.votes), 0) as votes_then, coalesce(max(l.pooled), 0) as pooled_then
                   from project p
                   left join project_synset s on s.project_id = p.project_id
                   left join learning l on l.project_id = p.project_id
                   where p.method = 'full'
                   group by p.project_id order by p.project_id";
        on_db!(self, pool => sqlx::query_as(sql).fetch_all(pool).await)
    }

    /// The levels that synsets of a project lean on, with the ancestor of each; none is all synsets of the project.
    pub async fn levels_in_use(&self, project_id: i64) -> Result<Vec<(i64, Option<Wnid>)>, StoreError> {
        let sql =
            "select distinct r.prior_id, r.wnid from project_synset p join prior r on r.prior_id = p.prior_id
                   where p.project_id = $1 order by r.prior_id";
        let rows: Vec<(i64, Option<String>)> =
            on_db!(self, pool => sqlx::query_as(sql).bind(project_id).fetch_all(pool).await)?;
        let wnid = |text: String| Wnid::parse(&text).map_err(|error| StoreError::Corrupt(error.to_string()));
        rows.into_iter().map(|(prior, text)| Ok((prior, text.map(wnid).transpose()?))).collect()
    }

    /// At most `limit` synsets of a project whose table leans on another level than the synset does by now, or was taught by people
    /// who were not trusted any more, or without some who are; ascending.
    pub async fn outdated_tables(&self, project_id: i64, limit: i64) -> Result<Vec<i64>, StoreError> {
        let sql = "select p.project_synset_id
                   from project_synset p join calibration k on k.calibration_id = p.calibration_id
                   where p.project_id = $1 and k.method = 'full'
                     and (coalesce(k.prior_id, 0) <> coalesce(p.prior_id, 0)
                          or k.through_trust_id < (select coalesce(max(t.trust_id), 0) from trust t where t.project_id = $1))
                   order by p.project_synset_id limit $2";
        on_db!(self, pool => sqlx::query_scalar(sql).bind(project_id).bind(limit).fetch_all(pool).await)
    }

    /// The votes of a synset that say something about tables or workers: on its initial sample, on what is settled, and on what an
    /// expert labelled. Those of excluded workers and those taken back are left out. Ascending by candidate and worker.
    pub async fn teaching_votes(&self, project_synset_id: i64) -> Result<Vec<TeachingRow>, StoreError> {
        self.said_in(project_synset_id, false).await
    }

    /// All votes of a synset that count by now, near duplicates left out, ascending by candidate and worker.
    pub async fn counted_votes(&self, project_synset_id: i64) -> Result<Vec<TeachingRow>, StoreError> {
        self.said_in(project_synset_id, true).await
    }

    async fn said_in(&self, project_synset_id: i64, of_all: bool) -> Result<Vec<TeachingRow>, StoreError> {
        let sql = "select candidate_id, in_initial_sample, expert, account_id, answer
                   from (select c.candidate_id, c.in_initial_sample, c.expert, v.account_id,
                                coalesce((select r.answer from correction r
                                          where r.candidate_id = v.candidate_id and r.account_id = v.account_id
                                          order by r.submission_id desc limit 1), v.answer) as answer
                         from project_synset p
                         join candidate c on c.project_synset_id = p.project_synset_id
                         join vote v on v.candidate_id = c.candidate_id
                         where p.project_synset_id = $1 and c.duplicate_of is null
                           and ($2 or c.in_initial_sample or c.verdict in ('positive', 'negative'))
                           and not coalesce((select x.excluded from exclusion x
                                             where x.project_id = p.project_id and x.account_id = v.account_id
                                             order by x.exclusion_id desc limit 1), false)) said
                   where answer <> 'none' order by candidate_id, account_id";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_synset_id).bind(of_all).fetch_all(pool).await)
    }

    /// Answers to pages of practice in a synset: who, what was known, and what was answered.
    pub async fn practice_of_synset(
        &self,
        project_synset_id: i64,
    ) -> Result<Vec<(i64, bool, bool)>, StoreError> {
        let sql = "select account_id, known, answered from practice_answer
                   where project_synset_id = $1 order by account_id, round, position";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_synset_id).fetch_all(pool).await)
    }

    /// The workers of a project whose skill is known, with it, ascending.
    pub async fn skills(&self, project_id: i64) -> Result<Vec<(i64, Skill)>, StoreError> {
        let sql = "select account_id, misses, expected_misses, false_alarms, expected_false_alarms from skill
                   where project_id = $1 order by account_id";
        let rows: Vec<(i64, f64, f64, f64, f64)> =
            on_db!(self, pool => sqlx::query_as(sql).bind(project_id).fetch_all(pool).await)?;
        let skill = |(account, misses, expected_misses, false_alarms, expected_false_alarms)| {
            (account, Skill { misses, expected_misses, false_alarms, expected_false_alarms })
        };
        Ok(rows.into_iter().map(skill).collect())
    }
}

impl Tx {
    /// Replaces all skills of a project.
    pub async fn save_skills(&mut self, project_id: i64, skills: &[(i64, Skill)]) -> Result<(), StoreError> {
        on_tx!(self, connection => {
            let query = sqlx::query("delete from skill where project_id = $1").bind(project_id);
            query.execute(connection).await.map(drop)
        })?;
        let rows = Rows::new()
            .integers(skills.iter().map(|_| project_id))
            .integers(skills.iter().map(|(account, _)| *account))
            .reals(skills.iter().map(|(_, skill)| skill.misses))
            .reals(skills.iter().map(|(_, skill)| skill.expected_misses))
            .reals(skills.iter().map(|(_, skill)| skill.false_alarms))
            .reals(skills.iter().map(|(_, skill)| skill.expected_false_alarms));
        let into = "insert into skill (project_id, account_id, misses, expected_misses, false_alarms, expected_false_alarms)";
        self.over(into, rows, "").await.map(drop)
    }

    /// Records whether workers' votes teach tables from now on.
    pub async fn insert_trust(
        &mut self,
        project_id: i64,
        decisions: &[(i64, bool)],
        now: i64,
    ) -> Result<(), StoreError> {
        let rows = Rows::new()
            .integers(decisions.iter().map(|_| project_id))
            .integers(decisions.iter().map(|(account, _)| *account))
            .flags(decisions.iter().map(|(_, trusted)| *trusted))
            .integers(decisions.iter().map(|_| now));
        self.over("insert into trust (project_id, account_id, trusted, decided_at)", rows, "").await.map(drop)
    }

    /// Stores a level; its own id is not looked at. Returns the id that it gets.
    pub async fn insert_prior(&mut self, new: &PriorRow) -> Result<i64, StoreError> {
        let sql = "insert into prior (project_id, wnid, synsets, images, prevalence, good_yes_rate, good_concentration,
                                      bad_yes_rate, bad_concentration, near_miss_share, created_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning prior_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(new.project_id).bind(&new.wnid).bind(new.synsets).bind(new.images);
            let query = query.bind(new.prevalence).bind(new.good_yes_rate).bind(new.good_concentration);
            let query = query.bind(new.bad_yes_rate).bind(new.bad_concentration).bind(new.near_miss_share);
            query.bind(new.created_at).fetch_one(connection).await
        })
    }

    /// Makes synsets of a project lean on a level from their next table on.
    pub async fn lean_on(
        &mut self,
        project_id: i64,
        prior_id: i64,
        wnids: &[Wnid],
    ) -> Result<(), StoreError> {
        // In the order in which everybody locks several.
        let sql = "select project_synset_id from project_synset where project_id = $1";
        let all: Vec<i64> =
            on_tx!(self, connection => sqlx::query_scalar(sql).bind(project_id).fetch_all(connection).await)?;
        self.hold_synsets(&all).await?;
        let sql = format!(
            "update project_synset set prior_id = $2 where project_id = $3 and wnid in {}",
            self.dialect().wnids()
        );
        let list = wnid_list(wnids);
        on_tx!(self, connection => {
            let query = sqlx::query(AssertSqlSafe(sql)).bind(list).bind(prior_id).bind(project_id);
            query.execute(connection).await.map(drop)
        })
    }

    /// Notes what a project was learned from.
    pub async fn save_learning(&mut self, project_id: i64, learned: &LearningRow) -> Result<(), StoreError> {
        let sql = "insert into learning (project_id, votes, calibrated, pooled, learned_at) values ($1, $2, $3, $4, $5)
                   on conflict (project_id) do update
                   set votes = excluded.votes, calibrated = excluded.calibrated, pooled = excluded.pooled,
                       learned_at = excluded.learned_at";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id).bind(learned.votes).bind(learned.calibrated);
            query.bind(learned.pooled).bind(learned.learned_at).execute(connection).await.map(drop)
        })
    }
}
