//! Blind checks: which settled image an expert looks at next, and what the answer means for its synset.

use super::experts::{self, Label};
use super::ontology::synset_head;
use super::pictures::picture_addresses;
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::missing;
use crate::world::World;
use app::api::audits::{AuditCase, AuditPage, BlindTask};
use domain::consensus::{Verdict, audits_wanted};
use domain::sampling::initial_sample;
use store::audits::AuditRow;
use store::labeling::ExpertAnswer;
use store::projects::SynsetState;

/// One image in so many is one that was rejected: whoever knew that all were accepted would not be blind. It shows what the
/// rejections miss, too.
const ONE_REJECTED_IN: i64 = 4;

/// The page that an expert is shown after so many images that were skipped. The same one comes again until it is answered.
///
/// # Errors
/// No such project; the database.
pub async fn page(world: &World, expert: i64, project: i64, skipped: u32) -> Outcome<AuditPage> {
    let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
    let row = world.store.project(project).await?.ok_or_else(unknown)?;
    let audits = world.store.audits_of_project(project).await?;
    let done: i64 = audits.iter().map(|row| row.audited + row.audited_rejected).sum();
    // Where most is wanting comes first; one synset follows the other, so that nobody has to think anew for each image.
    let mut wanting: Vec<(i64, &AuditRow)> =
        audits.iter().map(|row| (wanted(row), row)).filter(|(wanted, _)| *wanted > 0).collect();
    wanting.sort_by_key(|(wanted, row)| (std::cmp::Reverse(*wanted), row.project_synset_id));
    let case = match wanting.first() {
        Some((_, row)) => case(world, expert, row, skipped).await?,
        None => None,
    };
    Ok(AuditPage {
        task: BlindTask::Audit,
        project: (row.project_id, row.name),
        case,
        wanted: wanting.iter().map(|(wanted, _)| wanted).sum(),
        done,
        skipped,
    })
}

/// Checks that a synset still wants. One on hold wants other help.
pub fn wanted(row: &AuditRow) -> i64 {
    if row.state == SynsetState::Hold {
        return 0;
    }
    let accepted = u64::try_from(row.accepted + row.audited).unwrap_or(0);
    let all = i64::try_from(audits_wanted(accepted)).unwrap_or(i64::MAX);
    (all - row.audited).clamp(0, row.accepted)
}

/// Records what an expert says of a settled image without knowing the verdict.
///
/// # Errors
/// No such candidate; a near duplicate; somebody has decided it meanwhile; the database.
pub async fn record(world: &World, expert: i64, candidate: i64, shows: bool) -> Outcome<()> {
    let answer = if shows { ExpertAnswer::Yes } else { ExpertAnswer::No };
    experts::label(world, Label { by: expert, candidate, answer, seen: None, blind: true }).await?;
    Ok(())
}

async fn case(world: &World, expert: i64, row: &AuditRow, skipped: u32) -> Outcome<Option<AuditCase>> {
    // What was answered moves the draw on, and so does what was skipped: a page that is loaded again shows the same image.
    let turn = row.audited + row.audited_rejected + i64::from(skipped);
    let seed = (row.project_synset_id << 40) ^ (expert << 20) ^ turn;
    let drawn = |purpose: i64, of: i64| {
        let places = usize::try_from(of).unwrap_or(0);
        let place = initial_sample((seed ^ (purpose << 60)).cast_unsigned(), places, 1).first().copied();
        place.and_then(|place| i64::try_from(place).ok())
    };
    let id = row.project_synset_id;
    let rejected = match drawn(1, ONE_REJECTED_IN) {
        Some(0) => world.store.auditable_images(id, Verdict::Negative).await?,
        _ => 0,
    };
    let (verdict, of) =
        if rejected > 0 { (Verdict::Negative, rejected) } else { (Verdict::Positive, row.accepted) };
    let Some(place) = drawn(2, of) else { return Ok(None) };
    match world.store.auditable(id, verdict, place).await? {
        Some(candidate) => blind_case(world, candidate).await,
        None => Ok(None),
    }
}

/// A candidate, without a word on its votes.
///
/// # Errors
/// The database.
pub async fn blind_case(world: &World, candidate: i64) -> Outcome<Option<AuditCase>> {
    let Some(found) = world.store.case_of(candidate).await? else { return Ok(None) };
    let head = synset_head(&world.ontology.get(), found.wnid)?;
    Ok(Some(AuditCase {
        candidate,
        wnid: head.wnid,
        words: head.words,
        definition: head.definition,
        siblings: head.siblings,
        large: picture_addresses(&found.sha256).1,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::wnid::Wnid;

    #[test]
    fn thirty_are_wanted_then_one_in_a_hundred_and_none_on_hold() {
        let row = |accepted, audited, state| AuditRow {
            project_synset_id: 1,
            wnid: Wnid::from_offset(1).unwrap(),
            state,
            accepted,
            audited,
            audited_good: audited,
            audited_rejected: 0,
            missed: 0,
        };
        let wanted = |accepted, audited| wanted(&row(accepted, audited, SynsetState::Labelling));
        assert_eq!((wanted(12, 0), wanted(6, 6), wanted(500, 0), wanted(470, 30)), (12, 6, 34, 4));
        assert_eq!((wanted(0, 0), wanted(0, 40)), (0, 0));
        assert_eq!(super::wanted(&row(500, 3, SynsetState::Hold)), 0);
    }
}
