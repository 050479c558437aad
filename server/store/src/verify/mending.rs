//! Writes what was counted again in the place of what is stored. Facts are never touched.

use sqlx::AssertSqlSafe;

use super::{CounterRow, RecountRow};
use crate::dialect::id_list;
use crate::labeling::CalibrationRow;
use crate::rows::Rows;
use crate::{StoreError, Tx};

impl Tx {
    /// Stores what a version of a table was computed to be. What it was computed from stays: settings, level, how far the facts
    /// had come, and when it was made.
    pub async fn mend_calibration(&mut self, again: &CalibrationRow) -> Result<(), StoreError> {
        let sql = "update calibration
                   set images = $2, anchored = $3, prevalence = $4, good_yes_rate = $5, good_concentration = $6,
                       bad_yes_rate = $7, bad_concentration = $8, near_miss_share = $9, threshold = $10, difficulty = $11,
                       hold_reason = $12, audit_shift = $13, audited_good = $14, audited_bad = $15
                   where calibration_id = $1";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(again.calibration_id).bind(again.images).bind(again.anchored);
            let query = query.bind(again.prevalence).bind(again.good_yes_rate).bind(again.good_concentration);
            let query = query.bind(again.bad_yes_rate).bind(again.bad_concentration).bind(again.near_miss_share);
            let query = query.bind(again.threshold).bind(again.difficulty).bind(&again.hold_reason);
            let query = query.bind(again.audit_shift).bind(again.audited_good).bind(again.audited_bad);
            query.execute(connection).await.map(drop)
        })
    }

    /// Puts a version of a synset's table in force, or none.
    pub async fn put_in_force(
        &mut self,
        project_synset_id: i64,
        calibration_id: Option<i64>,
        difficulty: Option<i64>,
    ) -> Result<(), StoreError> {
        let sql =
            "update project_synset set calibration_id = $2, difficulty = $3 where project_synset_id = $1";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_synset_id).bind(calibration_id).bind(difficulty);
            query.execute(connection).await.map(drop)
        })
    }

    /// Stores the tallies, discounts, experts' words and numbers of reports that were counted.
    pub async fn store_counted(&mut self, rows: &[&RecountRow]) -> Result<(), StoreError> {
        let columns = Rows::new()
            .integers(rows.iter().map(|row| row.candidate_id))
            .integers(rows.iter().map(|row| row.counted_yes))
            .integers(rows.iter().map(|row| row.counted_no))
            .integers(rows.iter().map(|row| row.counted_unsure))
            .integers(rows.iter().map(|row| row.counted_discount_yes))
            .integers(rows.iter().map(|row| row.counted_discount_no))
            .flags(rows.iter().map(|row| row.counted_expert))
            .integers(rows.iter().map(|row| row.counted_reports));
        let with =
            "with counted (candidate_id, yes, no, unsure, discount_yes, discount_no, expert, reports) as (";
        let update = ") update candidate
                        set yes = n.yes, no = n.no, unsure = n.unsure, discount_yes = n.discount_yes,
                            discount_no = n.discount_no, expert = n.expert, reports = n.reports
                        from counted n where n.candidate_id = candidate.candidate_id";
        self.over(with, columns, update).await.map(drop)
    }

    /// Forgets how candidates were judged: near duplicates are not.
    pub async fn clear_judgements(&mut self, candidate_ids: &[i64]) -> Result<(), StoreError> {
        let sql = format!(
            "update candidate set verdict = 'undecided', reason = null, confidence = null, calibration_id = null,
                                  settled_at = null
             where candidate_id {}",
            self.dialect().among()
        );
        let list = id_list(candidate_ids);
        on_tx!(self, connection => {
            sqlx::query(AssertSqlSafe(sql)).bind(list).execute(connection).await.map(drop)
        })
    }

    /// Stores a synset's counters as they were counted.
    pub async fn store_counters(
        &mut self,
        project_synset_id: i64,
        counted: &CounterRow,
    ) -> Result<(), StoreError> {
        let sql = "update project_synset
                   set candidates = $2, duplicates = $3, positive = $4, negative = $5, escalated = $6, votes = $7
                   where project_synset_id = $1";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_synset_id).bind(counted.candidates).bind(counted.duplicates);
            let query = query.bind(counted.positive).bind(counted.negative).bind(counted.escalated);
            query.bind(counted.votes).execute(connection).await.map(drop)
        })
    }

    /// Counts the votes of a synset's hours anew.
    pub async fn recount_hours(&mut self, project_synset_id: i64) -> Result<(), StoreError> {
        let forget = "delete from vote_hour where project_synset_id = $1";
        on_tx!(self, connection => sqlx::query(forget).bind(project_synset_id).execute(connection).await.map(drop))?;
        let count = "insert into vote_hour (project_id, hour, project_synset_id, votes)
                     select s.project_id, v.voted_at / 3600000, s.project_synset_id, count(*)
                     from project_synset s
                     join candidate c on c.project_synset_id = s.project_synset_id
                     join vote v on v.candidate_id = c.candidate_id
                     where s.project_synset_id = $1
                     group by s.project_id, v.voted_at / 3600000, s.project_synset_id";
        on_tx!(self, connection => sqlx::query(count).bind(project_synset_id).execute(connection).await.map(drop))
    }
}
