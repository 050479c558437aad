//! Audits: what experts said of settled candidates without knowing the verdict.

use domain::consensus::Verdict;
use domain::wnid::Wnid;
use sqlx::FromRow;

use crate::candidates::SampleRow;
use crate::projects::SynsetState;
use crate::text::Parsed;
use crate::{StoreError, Tx};

/// How far the audits of a synset have come. Near duplicates and images of the initial sample, which taught the table, are no
/// part of it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AuditRow {
    /// The synset's row.
    pub project_synset_id: i64,
    /// WordNet id.
    #[sqlx(try_from = "Parsed<Wnid>")]
    pub wnid: Wnid,
    /// Where it stands.
    #[sqlx(try_from = "Parsed<SynsetState>")]
    pub state: SynsetState,
    /// Accepted by votes, and not looked at by an expert.
    pub accepted: i64,
    /// Accepted by votes, and audited.
    pub audited: i64,
    /// Those that show the synset.
    pub audited_good: i64,
    /// Rejected by votes, and audited.
    pub audited_rejected: i64,
    /// Those that show the synset all the same.
    pub missed: i64,
}

/// What is accepted in a synset, near duplicates left out.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct AcceptedRow {
    /// The synset's row.
    pub project_synset_id: i64,
    /// Accepted by votes.
    pub by_votes: i64,
    /// The sum of their confidences.
    pub confidence: f64,
    /// Accepted by an expert.
    pub by_experts: i64,
}

/// How many images of a synset's initial sample an expert has labelled. Only synsets with a table are of interest.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct AnchorsRow {
    /// The synset's row.
    pub project_synset_id: i64,
    /// Nobody is asked about it until something changes.
    pub on_hold: bool,
    /// Images of the initial sample, those left out that became near duplicates.
    pub images: i64,
    /// Those that an expert has labelled.
    pub anchored: i64,
}

/// An image of an initial sample, before or after an expert's label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct AnchorableRow {
    /// The candidate.
    pub candidate_id: i64,
    /// Votes that said yes.
    pub yes: i64,
    /// Votes that said no.
    pub no: i64,
    /// An expert has labelled it.
    pub is_anchor: bool,
}

/// The select of all columns of [`AuditRow`] for the synsets `p` that the argument names. An audit counts while the expert's
/// word stands.
macro_rules! audits {
    ($which:literal) => {
        concat!(
            "with asked (project_synset_id) as (select p.project_synset_id from project_synset p where ", $which, "),
             accepted (project_synset_id, images) as (
                 select c.project_synset_id, count(*) from asked s
                 join candidate c on c.project_synset_id = s.project_synset_id and c.verdict = 'positive'
                 where c.reason in ('above_threshold', 'voted_yes') and c.duplicate_of is null and not c.in_initial_sample
                 group by c.project_synset_id),
             audited (project_synset_id, images, good, rejected, missed) as (
                 select c.project_synset_id,
                        count(*) filter (where a.verdict = 'positive'),
                        count(*) filter (where a.verdict = 'positive' and c.expert),
                        count(*) filter (where a.verdict = 'negative'),
                        count(*) filter (where a.verdict = 'negative' and c.expert)
                 from asked s
                 join candidate c on c.project_synset_id = s.project_synset_id and c.expert is not null
                 join audit a on a.candidate_id = c.candidate_id
                 where c.duplicate_of is null and not c.in_initial_sample and not exists (
                     select 1 from audit n where n.candidate_id = a.candidate_id and n.expert_label_id > a.expert_label_id)
                 group by c.project_synset_id)
             select p.project_synset_id, p.wnid, p.state, coalesce(c.images, 0) as accepted, coalesce(a.images, 0) as audited,
                    coalesce(a.good, 0) as audited_good, coalesce(a.rejected, 0) as audited_rejected,
                    coalesce(a.missed, 0) as missed
             from asked s
             join project_synset p on p.project_synset_id = s.project_synset_id
             left join accepted c on c.project_synset_id = s.project_synset_id
             left join audited a on a.project_synset_id = s.project_synset_id
             where c.images is not null or a.images is not null
             order by p.project_synset_id"
        )
    };
}

reads! {
    /// How far the audits of a project's synsets have come, ascending by synset; those that accepted nothing and were not audited are left out.
    audits_of_project(project_id: i64) -> Vec<AuditRow>, executor => {
        sqlx::query_as(audits!("p.project_id = $1")).bind(project_id).fetch_all(executor).await
    };

    /// How far the anchors of a project's synsets have come, ascending by synset.
    anchors_of_project(project_id: i64) -> Vec<AnchorsRow>, executor => {
        let sql = "select p.project_synset_id, p.state = 'hold' as on_hold, count(*) as images, count(c.expert) as anchored
                   from project_synset p
                   join candidate c on c.project_synset_id = p.project_synset_id and c.in_initial_sample
                                       and c.duplicate_of is null
                   where p.project_id = $1 and p.calibration_id is not null
                   group by p.project_synset_id, p.state order by p.project_synset_id";
        sqlx::query_as(sql).bind(project_id).fetch_all(executor).await
    };

    /// The images of a synset's initial sample that an expert can label or has labelled, ascending.
    anchorable(project_synset_id: i64) -> Vec<AnchorableRow>, executor => {
        let sql = "select candidate_id, yes, no, expert is not null as is_anchor from candidate
                   where project_synset_id = $1 and in_initial_sample and duplicate_of is null order by candidate_id";
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };

    /// The same of one synset.
    audits_of_synset(project_synset_id: i64) -> Option<AuditRow>, executor => {
        sqlx::query_as(audits!("p.project_synset_id = $1")).bind(project_synset_id).fetch_optional(executor).await
    };

    /// How many candidates of a synset votes settled so, and no expert has looked at: see [`crate::Store::auditable`].
    auditable_images(project_synset_id: i64, verdict: Verdict) -> i64, executor => {
        let sql = "select count(*) from candidate
                   where project_synset_id = $1 and verdict = $2 and expert is null and duplicate_of is null
                     and not in_initial_sample and reason in ('above_threshold', 'below_rejection', 'voted_yes', 'voted_no')";
        sqlx::query_scalar(sql).bind(project_synset_id).bind(verdict.as_str()).fetch_one(executor).await
    };

    /// What is accepted in a project's synsets; those without an accepted image are left out.
    accepted_of_project(project_id: i64) -> Vec<AcceptedRow>, executor => {
        let sql = "select c.project_synset_id,
                          count(*) filter (where c.reason <> 'expert') as by_votes,
                          coalesce(sum(c.confidence) filter (where c.reason <> 'expert'), 0.0) as confidence,
                          count(*) filter (where c.reason = 'expert') as by_experts
                   from project_synset p
                   join candidate c on c.project_synset_id = p.project_synset_id
                   where p.project_id = $1 and c.verdict = 'positive' and c.duplicate_of is null
                   group by c.project_synset_id order by c.project_synset_id";
        sqlx::query_as(sql).bind(project_id).fetch_all(executor).await
    };

    /// The hashes of a synset's accepted images, near duplicates left out, ascending.
    accepted_images(project_synset_id: i64) -> Vec<String>, executor => {
        let sql = "select sha256 from candidate
                   where project_synset_id = $1 and verdict = 'positive' and duplicate_of is null order by sha256";
        sqlx::query_scalar(sql).bind(project_synset_id).fetch_all(executor).await
    };

    /// The candidate at a place, from 0, among those of a synset that its votes settled so and no expert has looked at.
    auditable(project_synset_id: i64, verdict: Verdict, place: i64) -> Option<i64>, executor => {
        let sql = "select candidate_id from candidate
                   where project_synset_id = $1 and verdict = $2 and expert is null and duplicate_of is null
                     and not in_initial_sample and reason in ('above_threshold', 'below_rejection', 'voted_yes', 'voted_no')
                   order by candidate_id limit 1 offset $3";
        let query = sqlx::query_scalar(sql).bind(project_synset_id).bind(verdict.as_str());
        query.bind(place).fetch_optional(executor).await
    };

    /// The accepted candidates of a synset that were audited, with their facts, ascending by id.
    audited_tallies(project_synset_id: i64) -> Vec<SampleRow>, executor => {
        let sql = concat!("select candidate_id, ", facts_columns!(), " from candidate c
                   where project_synset_id = $1 and expert is not null and not in_initial_sample
                     and exists (select 1 from audit a where a.candidate_id = c.candidate_id and a.verdict = 'positive')
                   order by candidate_id");
        sqlx::query_as(sql).bind(project_synset_id).fetch_all(executor).await
    };
}

impl Tx {
    /// Notes that an expert's label was given without knowing that the votes had settled the candidate so.
    pub async fn insert_audit(
        &mut self,
        expert_label_id: i64,
        candidate_id: i64,
        verdict: Verdict,
    ) -> Result<(), StoreError> {
        let sql = "insert into audit (expert_label_id, candidate_id, verdict) values ($1, $2, $3)";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(expert_label_id).bind(candidate_id).bind(verdict.as_str());
            query.execute(connection).await.map(drop)
        })
    }
}
