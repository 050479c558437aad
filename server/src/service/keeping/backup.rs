//! `synvote backup`: everything that was acknowledged before it began, in one folder, while servers go on.

use super::folder::{LIST, Packed, Partial, table_file, write};
use super::manifest::{FORMAT, Manifest, NAME};
use super::sums::{Sum, TELL};
use super::{KeepingError, Kept, Progress, Watcher, pictures};
use crate::world::Clock;
use futures::TryStreamExt as _;
use std::path::Path;
use store::keeping::{Snapshot, Table};

/// What is to be backed up, and where to.
#[derive(Clone, Copy)]
pub struct Backup<'a> {
    /// Address of the database.
    pub database: &'a str,
    /// Folder of the picture files.
    pub pictures: &'a Path,
    /// Folder to be made.
    pub to: &'a Path,
    /// Whether the pictures come along, or are only listed.
    pub with_pictures: bool,
}

/// Writes a backup under a temporary name, which becomes its own when all is safe on disk. Also tells which images are wanting in
/// the folder of pictures, up to some.
///
/// # Errors
/// The folder is there already; there is no database; a file can't be written. What was written is then removed.
pub async fn backup(
    order: Backup<'_>,
    clock: &dyn Clock,
    tell: Watcher<'_>,
) -> Kept<(Manifest, Vec<String>)> {
    let begun_at = clock.now();
    let mut snapshot = Snapshot::open(order.database).await?;
    if let Some(stopped) = snapshot.unfinished().await? {
        return Err(KeepingError::NotWhole(stopped));
    }
    let partial = Partial::begin(order.to)?;
    let mut tables = Vec::new();
    for table in snapshot.layout().tables.clone() {
        let file = Packed::create(table_file(partial.folder(), &table.name))?;
        tables.push(write_table(&mut snapshot, &table, file, tell).await?.of(&table));
    }
    let list = Packed::create(partial.folder().join(LIST))?;
    let into = order.with_pictures.then_some(partial.folder());
    let (pictures, wanting) = pictures::write(&mut snapshot, order.pictures, into, list, tell).await?;
    let manifest = Manifest {
        format: FORMAT,
        synvote: env!("CARGO_PKG_VERSION").to_owned(),
        migrations: snapshot.versions().to_vec(),
        engine: snapshot.engine().to_owned(),
        begun_at,
        finished_at: clock.now(),
        tables,
        pictures,
    };
    snapshot.close().await?;
    let text = serde_json::to_string_pretty(&manifest)
        .map_err(|error| KeepingError::Damaged(format!("{NAME}: {error}")))?;
    write(&partial.folder().join(NAME), text.as_bytes())?;
    partial.finish()?;
    Ok((manifest, wanting))
}

async fn write_table(
    snapshot: &mut Snapshot,
    table: &Table,
    mut file: Packed,
    tell: Watcher<'_>,
) -> Kept<Sum> {
    let total = snapshot.count(table).await?;
    let doing = format!("writing {}", table.name);
    let mut sum = Sum::default();
    let mut rows = snapshot.rows(table, None);
    while let Some(row) = rows.try_next().await? {
        file.add(sum.add(&row))?;
        if sum.rows().is_multiple_of(TELL) {
            tell(Progress { doing: &doing, done: sum.rows(), total });
        }
    }
    file.finish()?;
    tell(Progress { doing: &doing, done: total, total });
    Ok(sum)
}
