//! `synvote restore`: a backup back into an empty database and an empty folder of pictures, of either engine.

use super::filling::{Folder, Target};
use super::folder::{Lines, table_file};
use super::manifest::Manifest;
use super::{KeepingError, Kept, Progress, TableSum, Watcher, pictures, sums};
use std::path::Path;
use store::keeping::{Layout, Occupancy, occupancy};
use store::{StoreError, StoreOptions, known_versions};

/// What is to be restored, and where to.
#[derive(Clone, Copy)]
pub struct Restore<'a> {
    /// Folder of the backup.
    pub from: &'a Path,
    /// The database to fill.
    pub database: &'a StoreOptions,
    /// Folder for the picture files.
    pub pictures: &'a Path,
    /// Whether everything is read again and compared.
    pub verify: bool,
}

/// What was restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The backup's own words.
    pub manifest: Manifest,
    /// Picture files that were put back.
    pub pictures: u64,
    /// One sentence for each picture file that the backup lists, does not hold, and that is not in the folder of pictures.
    pub wanting: Vec<String>,
}

/// Restores a backup. Its checksums are looked at before anything is written. A restoration that is stopped is gone on with when the
/// same backup is restored again; until then no server takes the database.
///
/// # Errors
/// The backup is damaged, unfinished, or of a newer release; the database or the folder of pictures holds something else.
pub async fn restore(order: Restore<'_>, tell: Watcher<'_>) -> Kept<Restored> {
    let (manifest, id) = Manifest::read(order.from)?;
    check_version(&manifest)?;
    check(order.from, &manifest, tell)?;
    let mark = format!("synvote restore of backup {}", id.get(..16).unwrap_or(&id));
    // Of a database that holds something else, that is said first.
    if manifest.pictures.included && occupancy(&order.database.url).await? == Occupancy::Empty {
        check_empty(order.pictures)?;
    }
    let target = Target::open(order.database, &mark, manifest.schema_version()).await?;
    let restored = fill(order, &manifest, &target, tell).await;
    if restored.is_err() {
        // What went wrong is worth more than that the database was let go of in good order.
        let _ = target.close().await;
        return restored;
    }
    target.whole().await?;
    target.store.migrate().await?;
    target.close().await?;
    restored
}

async fn fill(order: Restore<'_>, manifest: &Manifest, target: &Target, tell: Watcher<'_>) -> Kept<Restored> {
    let there = target.snapshot().await?;
    let layout = there.layout().clone();
    there.close().await?;
    check_tables(&layout, manifest)?;
    let total = |name: &str| manifest.tables.iter().find(|sum| sum.name == name).map_or(0, |sum| sum.rows);
    let totals: Vec<u64> = layout.tables.iter().map(|table| total(&table.name)).collect();
    target.fill(&layout, &totals, &mut Folder(order.from), tell).await?;
    let mut restored = Restored { manifest: manifest.clone(), pictures: 0, wanting: Vec::new() };
    if manifest.pictures.included {
        let (sums, to) = (&manifest.pictures, order.pictures);
        restored.pictures = pictures::restore(order.from, sums, to, order.verify, tell)?;
    } else if order.verify {
        restored.wanting = pictures::compare(order.from, &manifest.pictures, order.pictures, tell)?;
    }
    compare(&layout, manifest, target, order.verify, tell).await?;
    Ok(restored)
}

/// What the database holds now is what the backup says: rows always, checksums where everything is verified.
async fn compare(
    layout: &Layout,
    manifest: &Manifest,
    target: &Target,
    verify: bool,
    tell: Watcher<'_>,
) -> Kept<()> {
    let mut there = target.snapshot().await?;
    for table in &layout.tables {
        let Some(expected) = manifest.tables.iter().find(|sum| sum.name == table.name) else { continue };
        let rows = there.count(table).await?;
        if rows != expected.rows {
            let text = format!("{} has {rows} rows, the backup {}", table.name, expected.rows);
            return Err(KeepingError::Differs(text));
        }
        if verify && sums::of_table(&mut there, table, tell).await? != *expected {
            return Err(KeepingError::Differs(format!(
                "the rows of {} are not those of the backup",
                table.name
            )));
        }
    }
    Ok(there.close().await?)
}

/// A backup of an older release is restored into its own schema, which is then brought to this program's.
fn check_version(manifest: &Manifest) -> Kept<()> {
    let known = known_versions();
    let newest = known.last().copied().unwrap_or(0);
    if manifest.schema_version() > newest {
        return Err(StoreError::NewerSchema { found: manifest.schema_version(), known: newest }.into());
    }
    let expected: Vec<i64> =
        known.into_iter().filter(|version| *version <= manifest.schema_version()).collect();
    if expected == manifest.migrations {
        return Ok(());
    }
    Err(KeepingError::Schemas(format!(
        "the backup had the migrations {:?}, this program has {expected:?}",
        manifest.migrations
    )))
}

fn check_tables(layout: &Layout, manifest: &Manifest) -> Kept<()> {
    let columns = |sum: &TableSum| (sum.name.clone(), sum.columns.clone());
    let mut kept: Vec<_> = manifest.tables.iter().map(columns).collect();
    let mut ours: Vec<_> = layout
        .tables
        .iter()
        .map(|table| (table.name.clone(), table.names().into_iter().map(str::to_owned).collect()))
        .collect();
    kept.sort();
    ours.sort();
    match kept.iter().zip(&ours).find(|(kept, ours)| kept != ours) {
        None if kept.len() == ours.len() => Ok(()),
        None => Err(KeepingError::Damaged("its manifest does not name every table".to_owned())),
        Some(((kept, _), (ours, _))) if kept == ours => {
            Err(KeepingError::Damaged(format!("its manifest names other columns of {kept}")))
        }
        Some(((kept, _), (ours, _))) => {
            Err(KeepingError::Damaged(format!("its manifest names {kept} where {ours} is expected")))
        }
    }
}

/// Every list is the one that was written.
fn check(folder: &Path, manifest: &Manifest, tell: Watcher<'_>) -> Kept<()> {
    for sum in &manifest.tables {
        let is_plain = sum.name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
        if !is_plain {
            return Err(KeepingError::Damaged(format!("{:?} is no name of a table", sum.name)));
        }
        let doing = format!("reading {}", sum.name);
        let mut lines = Lines::open(table_file(folder, &sum.name))?;
        let mut rows = 0;
        while lines.next()?.is_some() {
            rows += 1;
            if rows % sums::TELL == 0 || rows == sum.rows {
                tell(Progress { doing: &doing, done: rows, total: sum.rows });
            }
        }
        if rows != sum.rows {
            return Err(KeepingError::Damaged(format!(
                "{} has {rows} rows, the manifest says {}",
                sum.name, sum.rows
            )));
        }
        if lines.sha256() != sum.sha256 {
            return Err(KeepingError::Damaged(format!("the rows of {} have another checksum", sum.name)));
        }
    }
    pictures::check_list(folder, &manifest.pictures)
}

/// Pictures are put into an empty folder only.
fn check_empty(pictures: &Path) -> Kept<()> {
    match std::fs::read_dir(pictures).map(|mut entries| entries.next().is_some()) {
        Ok(true) => Err(KeepingError::NotEmpty { what: format!("{} holds pictures", pictures.display()) }),
        Ok(false) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(KeepingError::file(pictures, source)),
    }
}
