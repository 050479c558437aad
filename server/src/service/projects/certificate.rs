//! Certificates: the figures of what was accepted, with what audits found, by synset and by depth.

use super::ProjectsService;
use super::table::shown_state;
use crate::language::locale;
use crate::service::judging::tally;
use crate::service::ontology::{known, words};
use crate::service::{Failure, Outcome};
use crate::texts::missing;
use app::api::audits::{Agreement, Audited, Certificate, Certified, CertifiedDepth, CertifiedSynset, Scope};
use domain::consensus::agreement;
use domain::ontology::{EdgeKind, Ontology};
use domain::wnid::Wnid;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use store::audits::{AcceptedRow, AuditRow};
use store::labeling::CalibrationRow;
use store::projects::{ProjectSynsetRow, SynsetState};

impl ProjectsService {
    pub(super) async fn certificate_of(&self, project: i64, scope: &Scope) -> Outcome<Certificate> {
        let project = self.project(project).await?;
        let (id, ontology) = (project.project_id, self.world.ontology.get());
        let store = &self.world.store;
        let mut synsets = store.synsets_of_project(id).await?;
        let at = self.narrow(&ontology, &mut synsets, scope, &project.name)?;
        let facts = Facts {
            accepted: by_synset(store.accepted_of_project(id).await?, |row| row.project_synset_id),
            audits: by_synset(store.audits_of_project(id).await?, |row| row.project_synset_id),
            tables: by_synset(store.calibrations_of_project(id).await?, |row| row.project_synset_id),
        };
        let images_sha256 = match (scope, synsets.first()) {
            (Scope::Synset(_), Some(row)) => Some(hash(&store.accepted_images(row.project_synset_id).await?)),
            _ => None,
        };
        let mut lines: Vec<CertifiedSynset> = synsets
            .iter()
            .map(|row| facts.line(&ontology, row))
            .filter(|line| is_told(line, scope))
            .collect();
        lines.sort_by(|one, other| {
            other.figures.accepted.cmp(&one.figures.accepted).then_with(|| one.wnid.cmp(&other.wnid))
        });
        let certified = || lines.iter().filter(|line| line.hold.is_none());
        let wnids: HashSet<&str> = certified().map(|line| line.wnid.as_str()).collect();
        let is_certified = |row: &&ProjectSynsetRow| wnids.contains(row.wnid.to_string().as_str());
        let certified_ids: HashSet<i64> =
            synsets.iter().filter(is_certified).map(|row| row.project_synset_id).collect();
        Ok(Certificate {
            project: (id, project.name.clone()),
            scope: scope.clone(),
            words: at.map(|wnid| words(&ontology, wnid)).unwrap_or_default(),
            issued_at: self.world.now(),
            synsets: length(certified().count()),
            on_hold: length(lines.iter().filter(|line| line.hold.is_some()).count()),
            without_table: length(synsets.iter().filter(|row| row.calibration_id.is_none()).count()),
            figures: certified().fold(Certified::default(), |sum, line| sum.and(line.figures)),
            by_depth: by_depth(&ontology, certified()),
            agreement: self.agreement_on(id, &certified_ids).await?,
            images_sha256,
            lines,
        })
    }

    /// How far votes agree on the images of some synsets.
    async fn agreement_on(&self, project: i64, synsets: &HashSet<i64>) -> Outcome<Option<Agreement>> {
        let groups = match synsets.iter().next() {
            None => return Ok(None),
            Some(only) if synsets.len() == 1 => self.world.store.tally_counts(*only).await?,
            Some(_) => {
                let rows = self.world.store.tally_counts_of_project(project).await?;
                let of_these = rows.into_iter().filter(|row| synsets.contains(&row.project_synset_id));
                of_these.map(|row| (row.known.yes, row.known.no, row.known.unsure, row.images)).collect()
            }
        };
        let images = groups.into_iter().flat_map(|(yes, no, unsure, images)| {
            std::iter::repeat_n(tally(yes, no, unsure), usize::try_from(images).unwrap_or(0))
        });
        Ok(agreement(images).map(|found| Agreement {
            pairwise: found.pairwise,
            fleiss_kappa: found.fleiss_kappa,
            krippendorff_alpha: found.krippendorff_alpha,
        }))
    }

    /// Leaves the synsets of the scope; returns the one that it names.
    fn narrow(
        &self,
        ontology: &Ontology,
        synsets: &mut Vec<ProjectSynsetRow>,
        scope: &Scope,
        project: &str,
    ) -> Outcome<Option<Wnid>> {
        let (at, wanted): (Wnid, HashSet<Wnid>) = match scope {
            Scope::Project => return Ok(None),
            Scope::Synset(text) => {
                let wnid = known(ontology, text)?;
                (wnid, HashSet::from([wnid]))
            }
            Scope::Subtree(text) => {
                let wnid = known(ontology, text)?;
                (wnid, ontology.union_of_subtrees(&[wnid], EdgeKind::IsA).into_iter().collect())
            }
        };
        synsets.retain(|row| wanted.contains(&row.wnid));
        if synsets.is_empty() {
            let wnid = at.to_string();
            return Err(Failure::not_found(match scope {
                Scope::Subtree(_) => missing::nothing_below(locale(), project, wnid),
                Scope::Project | Scope::Synset(_) => missing::not_seeded(locale(), wnid, project),
            }));
        }
        Ok(Some(at))
    }
}

/// What is known of a project's synsets, by their rows.
struct Facts {
    accepted: HashMap<i64, AcceptedRow>,
    audits: HashMap<i64, AuditRow>,
    tables: HashMap<i64, CalibrationRow>,
}

impl Facts {
    fn line(&self, ontology: &Ontology, row: &ProjectSynsetRow) -> CertifiedSynset {
        let id = row.project_synset_id;
        let table = self.tables.get(&id);
        let held = row.state == SynsetState::Hold;
        CertifiedSynset {
            wnid: row.wnid.to_string(),
            words: words(ontology, row.wnid),
            state: shown_state(row.state),
            hold: held.then(|| row.hold_reason.clone().unwrap_or_default()),
            table_version: table.map(|table| table.version),
            threshold: table.and_then(|table| table.threshold),
            target_precision: table.map(|table| table.target_precision),
            audit_shift: table.map_or(0.0, |table| table.audit_shift),
            through_submission: table.map(|table| table.through_submission_id),
            figures: figures(row, self.accepted.get(&id), self.audits.get(&id)),
        }
    }
}

fn figures(row: &ProjectSynsetRow, accepted: Option<&AcceptedRow>, audits: Option<&AuditRow>) -> Certified {
    let by_votes = accepted.map_or(0, |accepted| accepted.by_votes);
    let by_experts = accepted.map_or(0, |accepted| accepted.by_experts);
    let audited = |images: fn(&AuditRow) -> (i64, i64)| {
        let (images, good) = audits.map_or((0, 0), images);
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        Audited { images: count(images), good: count(good) }
    };
    Certified {
        accepted: by_votes + by_experts,
        by_experts,
        stated_precision: accepted
            .filter(|accepted| accepted.by_votes > 0)
            .map(|accepted| accepted.confidence / accepted.by_votes as f64),
        audited: audited(|row| (row.audited, row.audited_good)),
        rejected_audited: audited(|row| (row.audited_rejected, row.missed)),
        votes: row.votes,
        ..Certified::default()
    }
    .estimated()
}

/// Of many synsets, only those with something accepted or on hold; of one, that one.
fn is_told(line: &CertifiedSynset, scope: &Scope) -> bool {
    matches!(scope, Scope::Synset(_)) || line.figures.accepted > 0 || line.hold.is_some()
}

fn by_depth<'a>(
    ontology: &Ontology,
    lines: impl Iterator<Item = &'a CertifiedSynset>,
) -> Vec<CertifiedDepth> {
    let mut depths: BTreeMap<u32, (i64, Certified)> = BTreeMap::new();
    for line in lines {
        let wnid: Option<Wnid> = line.wnid.parse().ok();
        let Some(depth) = wnid.and_then(|wnid| ontology.depth(wnid)) else { continue };
        let entry = depths.entry(depth.max).or_default();
        *entry = (entry.0 + 1, entry.1.and(line.figures));
    }
    let row = |(depth, (synsets, figures))| CertifiedDepth { depth, synsets, figures };
    depths.into_iter().map(row).collect()
}

fn by_synset<T>(rows: Vec<T>, id: impl Fn(&T) -> i64) -> HashMap<i64, T> {
    rows.into_iter().map(|row| (id(&row), row)).collect()
}

/// SHA-256 over the sorted hashes, one a line.
fn hash(images: &[String]) -> String {
    let mut hash = Sha256::new();
    for image in images {
        hash.update(image.as_bytes());
        hash.update(b"\n");
    }
    hex::encode(hash.finalize())
}

fn length(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_hash_of_a_set_is_that_of_its_list() {
        // `printf 'a\nb\n' | sha256sum`
        let expected = "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2";
        assert_eq!(hash(&["a".to_owned(), "b".to_owned()]), expected);
        assert_ne!(hash(&["a".to_owned()]), hash(&["b".to_owned()]));
    }
}
