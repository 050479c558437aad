//! What stands between a worker and a batch: a project's terms, then a synset's definition, then a page of known answers.
//!
//! It is asked inside the transaction that would lease the batch: nobody is handed a picture of a synset unprepared.

use super::Outcome;
use super::ontology::{in_one_line, synset_head, words};
use super::pictures::tile;
use app::api::labeling::{DefinitionMistake, DefinitionQuestion, Practice, Preface, Terms};
use domain::ontology::Ontology;
use domain::qualifying::{self, PRACTICE_ROUNDS};
use domain::wnid::Wnid;
use store::Tx;
use store::projects::{ProjectRow, ProjectSynsetRow};
use store::work::{GoldRow, QualificationRow, TermsRow};

/// The terms that a worker who agreed to the version `consented` has yet to agree to.
pub fn before_project(
    project: &ProjectRow,
    terms: Option<&TermsRow>,
    consented: Option<i64>,
) -> Option<Preface> {
    let terms = terms.filter(|terms| asks(terms, consented))?;
    Some(Preface::Terms(Terms {
        project: project.project_id,
        name: project.name.clone(),
        version: terms.version,
        text: terms.text.clone(),
    }))
}

/// Whether these terms have to be agreed to by somebody who has agreed to this wording.
pub fn asks(terms: &TermsRow, consented: Option<i64>) -> bool {
    !terms.text.is_empty() && consented < Some(terms.version)
}

/// How a worker stands with a synset.
pub enum Standing {
    /// Something has to be answered first.
    First(Box<Preface>),
    /// Nothing any more: the worker can be admitted, and is never asked again.
    Ready,
    /// Admitted before.
    Admitted,
}

/// What a worker has yet to answer before the first batch of a synset.
///
/// # Errors
/// WordNet lacks the synset; the database.
pub async fn before_synset(
    tx: &mut Tx,
    ontology: &Ontology,
    worker: i64,
    project: &ProjectRow,
    synset: &ProjectSynsetRow,
) -> Outcome<Standing> {
    let row = tx.qualification(worker, synset.project_synset_id).await?.unwrap_or_default();
    if row.admitted_at.is_some() {
        return Ok(Standing::Admitted);
    }
    if row.passed_at.is_none()
        && project.definition_questions
        && let Some(question) = definition_question(ontology, worker, synset, &row)
    {
        return Ok(Standing::First(Box::new(Preface::Definition(question))));
    }
    if let Some(page) = practice_page(tx, worker, synset, &row).await? {
        return Ok(Standing::First(Box::new(Preface::Practice(Practice {
            project: synset.project_id,
            synset: synset_head(ontology, synset.wnid)?,
            tiles: page.iter().map(|gold| tile(gold.candidate_id, &gold.sha256)).collect(),
            round: row.practice_rounds + 1,
        }))));
    }
    Ok(Standing::Ready)
}

/// The synsets whose definitions a worker chooses among after so many mistakes; `None` where nothing can be taken for it.
pub fn choices(ontology: &Ontology, worker: i64, synset: &ProjectSynsetRow, tries: i64) -> Option<Vec<Wnid>> {
    let seed = qualifying::seed(worker, synset.project_synset_id);
    qualifying::definition_choices(ontology, synset.wnid, seed, tries.cast_unsigned())
}

fn definition_question(
    ontology: &Ontology,
    worker: i64,
    synset: &ProjectSynsetRow,
    row: &QualificationRow,
) -> Option<DefinitionQuestion> {
    let definition =
        |wnid: Wnid| ontology.get(wnid).map(|entry| entry.definition.to_owned()).unwrap_or_default();
    let mistake = row.mistaken_for.as_deref().and_then(|wnid| Wnid::parse(wnid).ok());
    Some(DefinitionQuestion {
        project: synset.project_id,
        wnid: synset.wnid.to_string(),
        words: words(ontology, synset.wnid),
        choices: choices(ontology, worker, synset, row.tries)?.into_iter().map(definition).collect(),
        tries: row.tries,
        mistake: mistake.map(|chosen| DefinitionMistake {
            chosen: in_one_line(ontology, chosen),
            definition: definition(synset.wnid),
        }),
    })
}

/// The known pictures that a worker has yet to practise on, in the order of the screen; `None` when practice is done, or too few
/// are known.
///
/// # Errors
/// The database.
pub async fn practice_page(
    tx: &mut Tx,
    worker: i64,
    synset: &ProjectSynsetRow,
    row: &QualificationRow,
) -> Outcome<Option<Vec<GoldRow>>> {
    if row.practised_at.is_some() || row.practice_rounds >= PRACTICE_ROUNDS {
        return Ok(None);
    }
    let gold = tx.gold_to_practise(worker, synset.project_synset_id).await?;
    let of_kind = |shows: bool| -> Vec<i64> {
        gold.iter().filter(|row| row.shows == shows).map(|row| row.candidate_id).collect()
    };
    let seed = qualifying::seed(worker, synset.project_synset_id);
    let Some(chosen) = qualifying::practice(&of_kind(true), &of_kind(false), seed) else { return Ok(None) };
    let row_of = |candidate: i64| gold.iter().find(|row| row.candidate_id == candidate).cloned();
    Ok(Some(chosen.into_iter().filter_map(row_of).collect()))
}
