//! Choosing synsets for a project: reads what an admin asked for, says what seeding it would do, seeds it, takes it back.

use super::ontology::{line, tree};
use super::settings::count;
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::{missing, seeding as say};
use crate::world::World;
use app::api::ontology::SynsetLine;
use app::api::selection::{ChosenTree, Level, SeedPage, SeedPreview, SeedRequest, SeedingLine, Unusable};
use app::viewer::Admin;
use domain::ontology::{Branch, Chosen, ListProblem, Ontology, Selection, Wrong};
use domain::wnid::Wnid;
use std::collections::{BTreeMap, HashSet};
use store::projects::SeedingRow;

/// New synsets that a preview shows by name.
const SAMPLE: usize = 24;
/// Synsets that a warning names.
const WARNED: usize = 12;
/// Entries that can't be used and are named.
const NAMED: usize = 50;
/// Meanings of a word that are offered.
const MEANINGS: usize = 8;
/// Subtrees and branches in one request.
const MAX_BRANCHES: usize = 200;
/// Subtrees that a seeding's description names.
const NAMED_TREES: usize = 4;
/// Seedings that the screen lists.
const SEEDINGS: i64 = 30;

/// What a request comes to.
struct Wanted {
    selection: Selection,
    problems: Vec<Unusable>,
}

/// The seeding screen.
///
/// # Errors
/// Unknown project; the database.
pub async fn page(world: &World, project: i64, request: &SeedRequest, open: &[String]) -> Outcome<SeedPage> {
    let name = project_name(world, project).await?;
    let ontology = world.ontology.get();
    let wanted = read(&ontology, request);
    let seeded = world.store.seeded_wnids(project).await?;
    let chosen = ontology.select(&wanted.selection);
    let places: HashSet<Wnid> = chosen.iter().map(|chosen| chosen.wnid).collect();
    let trees =
        wanted.selection.branches.iter().filter_map(|branch| chosen_tree(&ontology, branch)).collect();
    let without = wanted.selection.without.iter().filter_map(|wnid| line(&ontology, *wnid)).collect();
    let seedings = world.store.seedings(project, SEEDINGS).await?;
    Ok(SeedPage {
        project: (project, name),
        trees,
        without,
        list: request.list.clone(),
        unusable_in_all: number(wanted.problems.len()),
        unusable: wanted.problems.into_iter().take(NAMED).collect(),
        preview: (!chosen.is_empty()).then(|| preview(&ontology, &chosen, &seeded)),
        tree: tree::starting_points(&ontology, open, &seeded, &places),
        seedings: seedings.into_iter().map(|row| seeding_line(&ontology, row)).collect(),
    })
}

/// Seeds what is asked for, all of it or nothing, and says how many synsets are new.
///
/// # Errors
/// Unknown project; an entry that can't be used; nothing chosen; the database.
pub async fn seed(world: &World, admin: &Admin, project: i64, request: &SeedRequest) -> Outcome<u32> {
    project_name(world, project).await?;
    let wanted = read(&world.ontology.get(), request);
    if let Some(problem) = wanted.problems.first() {
        return Err(Failure::invalid(problem.words.clone()));
    }
    let chosen = world.ontology.get().select(&wanted.selection);
    if chosen.is_empty() {
        return Err(Failure::invalid(say::nothing_named(locale())));
    }
    let wnids: Vec<Wnid> = chosen.iter().map(|chosen| chosen.wnid).collect();
    let asked = i64::try_from(wnids.len()).unwrap_or(i64::MAX);
    let recorded = serde_json::to_string(request).map_err(|error| Failure::Defect(error.to_string()))?;
    let now = world.now();
    let mut tx = world.store.begin().await?;
    let seeding = tx.insert_seeding(project, admin.id(), &recorded, asked, now).await?;
    let new = tx.seed_synsets_of(seeding, project, &wnids, now).await?;
    let detail = format!("seeding {seeding}: {new} of {asked}");
    tx.record_event(Some(admin.id()), "seed", &format!("project {project}"), &detail, now).await?;
    tx.commit().await?;
    Ok(u32::try_from(new).unwrap_or(u32::MAX))
}

/// Takes a seeding's synsets without images out of the project, and says how many went. Undone twice, it is undone once.
///
/// # Errors
/// Unknown in this project; the database.
pub async fn undo(world: &World, admin: &Admin, project: i64, seeding: i64) -> Outcome<u32> {
    let now = world.now();
    let mut tx = world.store.begin().await?;
    let row = tx.lock_seeding(seeding).await?.filter(|row| row.project_id == project);
    let Some(row) = row else {
        tx.rollback().await?;
        return Err(Failure::not_found(missing::seeding(locale(), seeding.to_string(), project.to_string())));
    };
    if row.undone_at.is_some() && row.present == row.with_images + row.with_imports {
        tx.rollback().await?;
        return Ok(0);
    }
    let gone = tx.undo_seeding(seeding, admin.id(), now).await?;
    let detail = format!("seeding {seeding}: {gone} of {}", row.present);
    tx.record_event(Some(admin.id()), "undo seeding", &format!("project {project}"), &detail, now).await?;
    tx.commit().await?;
    Ok(u32::try_from(gone).unwrap_or(u32::MAX))
}

async fn project_name(world: &World, project: i64) -> Outcome<String> {
    let unknown = || Failure::not_found(missing::project(locale(), project.to_string()));
    Ok(world.store.project(project).await?.ok_or_else(unknown)?.name)
}

fn read(ontology: &Ontology, request: &SeedRequest) -> Wanted {
    let mut problems = Vec::new();
    let branches = read_trees(ontology, &request.trees, &mut problems);
    let without = read_without(ontology, &request.without, &mut problems);
    let (single, unread) = ontology.read_list(&request.list);
    problems.extend(unread.into_iter().map(|problem| explain(ontology, problem)));
    Wanted { selection: Selection { branches, without, single }, problems }
}

fn read_trees(ontology: &Ontology, text: &str, problems: &mut Vec<Unusable>) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::new();
    for entry in separated(text) {
        let (root, depth) = entry.split_once(':').map_or((entry, None), |(root, depth)| (root, Some(depth)));
        let parsed = known(ontology, root).and_then(|root| match depth.map(str::parse::<u32>) {
            None => Ok(Branch { root, depth: None }),
            Some(Ok(depth)) => Ok(Branch { root, depth: Some(depth) }),
            Some(Err(_)) => Err(say::depth(locale(), root.to_string(), depth.unwrap_or_default())),
        });
        match parsed {
            Ok(branch) if branches.iter().any(|other| other.root == branch.root) => {}
            Ok(_) if branches.len() == MAX_BRANCHES => {
                problems.push(unusable(say::too_many(locale(), MAX_BRANCHES, entry)));
                return branches;
            }
            Ok(branch) => branches.push(branch),
            Err(words) => problems.push(unusable(words)),
        }
    }
    branches
}

fn read_without(ontology: &Ontology, text: &str, problems: &mut Vec<Unusable>) -> Vec<Wnid> {
    let mut without = Vec::new();
    for entry in separated(text).take(MAX_BRANCHES) {
        match known(ontology, entry) {
            Ok(wnid) if without.contains(&wnid) => {}
            Ok(wnid) => without.push(wnid),
            Err(words) => problems.push(unusable(words)),
        }
    }
    without
}

fn separated(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || c == ',' || c == ';').filter(|entry| !entry.is_empty())
}

fn known(ontology: &Ontology, wnid: &str) -> Result<Wnid, String> {
    super::ontology::known(ontology, wnid).map_err(|failure| failure.to_string())
}

fn unusable(words: String) -> Unusable {
    Unusable { words, meant: Vec::new() }
}

/// Says what is wrong with an entry of the list, where, and what would be right.
fn explain(ontology: &Ontology, problem: ListProblem) -> Unusable {
    let ListProblem { line: place, entry, wrong } = problem;
    let lines = |wnids: Vec<Wnid>| -> Vec<SynsetLine> {
        wnids.into_iter().take(MEANINGS).filter_map(|wnid| line(ontology, wnid)).collect()
    };
    match wrong {
        Wrong::UnknownWnid => unusable(say::unknown_wnid(locale(), place.to_string(), entry)),
        Wrong::UnknownWord => {
            let near = ontology.search(&entry, 3).into_iter().map(|hit| hit.wnid).collect();
            let words = say::unknown_word(locale(), place.to_string(), entry);
            Unusable { words, meant: lines(near) }
        }
        Wrong::Ambiguous(meanings) => Unusable {
            words: say::ambiguous(locale(), place.to_string(), entry, meanings.len()),
            meant: lines(meanings),
        },
    }
}

fn chosen_tree(ontology: &Ontology, branch: &Branch) -> Option<ChosenTree> {
    let whole = Selection { branches: vec![Branch { depth: None, ..*branch }], ..Selection::default() };
    let height = ontology.select(&whole).iter().filter_map(|chosen| chosen.level).max().unwrap_or(0);
    Some(ChosenTree { root: line(ontology, branch.root)?, depth: branch.depth, height })
}

fn preview(ontology: &Ontology, chosen: &[Chosen], seeded: &[Wnid]) -> SeedPreview {
    // Both are ascending.
    let is_seeded = |wnid: &Wnid| seeded.binary_search(wnid).is_ok();
    let new: Vec<Wnid> = chosen.iter().map(|chosen| chosen.wnid).filter(|wnid| !is_seeded(wnid)).collect();
    let mut levels: BTreeMap<(bool, u32), Level> = BTreeMap::new();
    for Chosen { wnid, level } in chosen {
        let entry = levels.entry((level.is_none(), level.unwrap_or(0))).or_default();
        entry.depth = *level;
        entry.synsets += 1;
        entry.new += u32::from(!is_seeded(wnid));
    }
    let abstracts = ontology.abstract_among(&new);
    let instances: Vec<Wnid> = new.iter().copied().filter(|wnid| ontology.is_instance(*wnid)).collect();
    let named = |wnids: &[Wnid]| wnids.iter().take(WARNED).filter_map(|wnid| line(ontology, *wnid)).collect();
    let step = new.len().div_ceil(SAMPLE).max(1);
    SeedPreview {
        synsets: number(chosen.len()),
        already_seeded: number(chosen.len() - new.len()),
        leaves: number(chosen.iter().filter(|chosen| ontology.subtree_size(chosen.wnid) == 1).count()),
        levels: levels.into_values().collect(),
        abstracts: number(abstracts.len()),
        abstract_synsets: named(&abstracts),
        instances: number(instances.len()),
        instance_synsets: named(&instances),
        sample: new.iter().step_by(step).filter_map(|wnid| line(ontology, *wnid)).collect(),
    }
}

fn seeding_line(ontology: &Ontology, row: SeedingRow) -> SeedingLine {
    // What was recorded was written from a request.
    let request: SeedRequest = serde_json::from_str(&row.request).unwrap_or_default();
    SeedingLine {
        seeding: row.seeding_id,
        by: row.by_name.unwrap_or_default(),
        seeded_at: row.seeded_at,
        asked_for: in_words(ontology, &request),
        request,
        asked: row.asked,
        added: row.added,
        present: row.present,
        with_images: row.with_images,
        with_imports: row.with_imports,
        undone: row.undone_at.map(|at| (at, row.removed.unwrap_or(0))),
    }
}

/// "mammal, bird to level 2, without dog, and a list".
fn in_words(ontology: &Ontology, request: &SeedRequest) -> String {
    let wanted = read(ontology, request);
    let name = |wnid: Wnid| ontology.get(wnid).map(|entry| entry.first_word().to_owned()).unwrap_or_default();
    let mut parts: Vec<String> = Vec::new();
    for branch in wanted.selection.branches.iter().take(NAMED_TREES) {
        parts.push(match branch.depth {
            None => name(branch.root),
            Some(0) => say::alone(locale(), name(branch.root)),
            Some(depth) => say::to_level(locale(), name(branch.root), depth),
        });
    }
    let more = wanted.selection.branches.len().saturating_sub(NAMED_TREES);
    if more > 0 {
        parts.push(say::more_subtrees(locale(), more));
    }
    if !wanted.selection.without.is_empty() {
        let left_out: Vec<String> = wanted.selection.without.iter().take(3).map(|wnid| name(*wnid)).collect();
        let (names, is_cut) = (left_out.join(", "), wanted.selection.without.len() > 3);
        parts.push(if is_cut { say::without_more(locale(), names) } else { say::without(locale(), names) });
    }
    match wanted.selection.single.as_slice() {
        [] => {}
        [only] => parts.push(say::by_itself(locale(), name(*only))),
        several => parts.push(say::list_of(locale(), several.len())),
    }
    parts.join(", ")
}

fn number(length: usize) -> u32 {
    count(i64::try_from(length).unwrap_or(i64::MAX))
}
