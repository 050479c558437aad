//! Imports from the command line: a folder, or a CSV file that says what each picture is proposed for.

use super::candidates::{Incoming, add_files};
use super::upload::failed;
use super::{CHUNK, Provenance};
use crate::service::judging::Tables;
use crate::service::ontology::known;
use crate::service::{Failure, Outcome};
use crate::world::World;
use app::backend::Origin;
use domain::wnid::Wnid;
use media::limits::MAX_FILE_BYTES;
use std::path::{Component, Path, PathBuf};
use store::jobs::FileState;

/// The columns of the CSV file, in this order; the last may be missing.
const COLUMNS: [&str; 7] = ["wnid", "path", "source_url", "licence", "attribution", "creator", "found_by"];

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// New candidates that workers will see.
    pub added: u64,
    /// Images that the synset had already.
    pub known: u64,
    /// New candidates that are near duplicates of others.
    pub duplicates: u64,
    /// Files that were not taken, with the reason.
    pub refused: Vec<(String, String)>,
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files looked at.
    pub done: u64,
    /// Files in all.
    pub total: u64,
    /// The file looked at last.
    pub name: String,
}

/// One line of work: a file, and what it is proposed for.
struct Row {
    wnid: Result<Wnid, String>,
    name: String,
    path: PathBuf,
    provenance: Provenance,
}

/// Imports the pictures that a CSV file lists; paths are relative to `root`. Synsets that are not in the project are seeded.
///
/// # Errors
/// The CSV file can't be read or is not of this form (line and column named), and then nothing is imported; the database.
pub async fn import_csv(
    world: &World,
    project: i64,
    csv: &Path,
    root: &Path,
    progress: &mut (dyn FnMut(&Progress) + Send),
) -> Outcome<Report> {
    let text = tokio::fs::read(csv).await.map_err(|source| failed(csv, source))?;
    let rows = read_rows(world, &text, csv, root)?;
    import_rows(world, project, rows, progress).await
}

/// Imports every file of a folder and its sub-folders for one synset. A synset that is not in the project is seeded.
///
/// # Errors
/// The folder can't be read; unknown synset; provenance that can't be used; the database.
pub async fn import_folder(
    world: &World,
    project: i64,
    wnid: &str,
    folder: &Path,
    provenance: Provenance,
    progress: &mut (dyn FnMut(&Progress) + Send),
) -> Outcome<Report> {
    let wnid = known(&world.ontology.get(), wnid)?;
    let provenance = provenance.checked()?;
    let mut paths = Vec::new();
    list_files(folder, &mut paths)?;
    paths.sort();
    let row = |path: PathBuf| Row {
        wnid: Ok(wnid),
        name: path.strip_prefix(folder).unwrap_or(&path).display().to_string(),
        path,
        provenance: provenance.clone(),
    };
    import_rows(world, project, paths.into_iter().map(row).collect(), progress).await
}

fn list_files(folder: &Path, found: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in std::fs::read_dir(folder).map_err(|source| failed(folder, source))? {
        let entry = entry.map_err(|source| failed(folder, source))?;
        let kind = entry.file_type().map_err(|source| failed(&entry.path(), source))?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && !hidden {
            list_files(&entry.path(), found)?;
        } else if kind.is_file() && !hidden {
            found.push(entry.path());
        }
    }
    Ok(())
}

fn read_rows(world: &World, text: &[u8], csv: &Path, root: &Path) -> Outcome<Vec<Row>> {
    let place = |line: u64| format!("{}, line {line}", csv.display());
    let mut reader = csv::ReaderBuilder::new().flexible(false).trim(csv::Trim::All).from_reader(text);
    let header = reader.headers().map_err(|error| Failure::invalid(format!("{}: {error}", place(1))))?;
    let shorter = COLUMNS.iter().take(COLUMNS.len() - 1);
    if !header.iter().eq(COLUMNS) && !header.iter().eq(shorter.copied()) {
        let found = header.iter().collect::<Vec<_>>().join(",");
        let text = format!("{}: the columns are {found:?}; {:?} is expected", place(1), COLUMNS.join(","));
        return Err(Failure::invalid(text));
    }
    let ontology = world.ontology.get();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Failure::invalid(format!("{}: {error}", csv.display())))?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let name = cell(1).to_owned();
        let path = Path::new(&name);
        if name.is_empty() || !path.components().all(|part| matches!(part, Component::Normal(_))) {
            let text = format!(
                "{}: the path {name:?} leaves the folder; a relative path without \"..\" is expected",
                place(line)
            );
            return Err(Failure::invalid(text));
        }
        let entered = |column| cell(column).to_owned();
        let origin = Origin {
            source_url: entered(2),
            licence: entered(3),
            attribution: entered(4),
            creator: entered(5),
            found_by: entered(6),
        };
        let provenance = Provenance::parse(&origin)
            .map_err(|failure| Failure::invalid(format!("{}: {failure}", place(line))))?;
        let wnid = known(&ontology, cell(0)).map_err(|failure| failure.to_string());
        rows.push(Row { wnid, path: root.join(path), name, provenance });
    }
    Ok(rows)
}

async fn import_rows(
    world: &World,
    project: i64,
    rows: Vec<Row>,
    progress: &mut (dyn FnMut(&Progress) + Send),
) -> Outcome<Report> {
    let tables = Tables::default();
    let (mut report, mut done, total) = (Report::default(), 0, rows.len() as u64);
    let mut rest = rows.into_iter().peekable();
    while let Some(first) = rest.next() {
        let mut chunk = vec![first];
        while chunk.len() < CHUNK
            && let Some(next) =
                rest.next_if(|next| chunk.first().is_some_and(|first| first.wnid == next.wnid))
        {
            chunk.push(next);
        }
        done += chunk.len() as u64;
        let name = chunk.last().map(|row| row.name.clone()).unwrap_or_default();
        import_chunk(world, &tables, project, chunk, &mut report).await?;
        progress(&Progress { done, total, name });
    }
    Ok(report)
}

async fn import_chunk(
    world: &World,
    tables: &Tables,
    project: i64,
    chunk: Vec<Row>,
    report: &mut Report,
) -> Outcome<()> {
    let wnid = match chunk.first().map(|row| row.wnid.clone()) {
        Some(Ok(wnid)) => wnid,
        Some(Err(why)) => {
            report.refused.extend(chunk.into_iter().map(|row| (row.name, why.clone())));
            return Ok(());
        }
        None => return Ok(()),
    };
    let synset = seeded(world, project, wnid).await?;
    let names: Vec<String> = chunk.iter().map(|row| row.name.clone()).collect();
    let mut files = Vec::with_capacity(chunk.len());
    for row in chunk {
        let bytes = read_file(&row.path).await;
        files.push(Incoming { name: row.name, bytes, provenance: row.provenance });
    }
    for (name, outcome) in names.into_iter().zip(add_files(world, tables, synset, files).await?) {
        match outcome.state {
            FileState::Added | FileState::Waiting | FileState::Read => report.added += 1,
            FileState::Known => report.known += 1,
            FileState::Duplicate => report.duplicates += 1,
            FileState::Refused => report.refused.push((name, outcome.reason.unwrap_or_default())),
        }
    }
    Ok(())
}

async fn read_file(path: &Path) -> Result<bytes::Bytes, String> {
    let about = tokio::fs::metadata(path).await.map_err(|error| format!("can't be read: {error}"))?;
    if about.len() > MAX_FILE_BYTES {
        return Err(format!("has {} bytes; at most {MAX_FILE_BYTES} are taken", about.len()));
    }
    tokio::fs::read(path).await.map(Into::into).map_err(|error| format!("can't be read: {error}"))
}

async fn seeded(world: &World, project: i64, wnid: Wnid) -> Outcome<i64> {
    if let Some(row) = world.store.project_synset(project, wnid).await? {
        return Ok(row.project_synset_id);
    }
    let mut tx = world.store.begin().await?;
    tx.seed_synsets(project, &[wnid], world.now()).await?;
    tx.commit().await?;
    let row = world.store.project_synset(project, wnid).await?;
    row.map(|row| row.project_synset_id)
        .ok_or_else(|| Failure::Defect(format!("synset {wnid} could not be seeded")))
}
