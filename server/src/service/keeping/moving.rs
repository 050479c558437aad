//! `synvote move`: everything from one database into an empty one, of the other engine or the same.

use super::filling::{Target, same};
use super::sums::{self, of_bytes};
use super::{KeepingError, Kept, TableSum, Watcher};
use std::panic::resume_unwind;
use store::keeping::{Layout, Snapshot};
use store::{StoreError, StoreOptions, known_versions};

/// What is to be moved, and where to.
#[derive(Clone, Copy)]
pub struct Move<'a> {
    /// Address of the database that is read. It stays as it is.
    pub from: &'a str,
    /// The database to fill.
    pub to: &'a StoreOptions,
}

/// What was moved: the sums of every table, equal in both databases.
pub type Moved = Vec<TableSum>;

/// Moves a database. Nobody can change the source meanwhile: SQLite's file is locked, and PostgreSQL's tables are. A move that is stopped
/// is gone on with when it is started again; until it is whole no server takes the target. In the end every table is read again on both
/// sides and compared by number of rows and checksum.
///
/// # Errors
/// The source is in use or of another release; the target holds something else; the copy differs.
pub async fn move_database(order: Move<'_>, tell: Watcher<'_>) -> Kept<Moved> {
    if order.from == order.to.url {
        return Err(KeepingError::Same);
    }
    let mut source = Snapshot::open_alone(order.from).await.map_err(KeepingError::of("the source"))?;
    check_version("the database to be moved", source.versions())?;
    if let Some(stopped) = source.unfinished().await? {
        return Err(KeepingError::NotWhole(stopped));
    }
    let layout = source.layout().clone();
    let mut totals = Vec::new();
    for table in &layout.tables {
        totals.push(source.count(table).await?);
    }
    let target = Target::open(order.to, &mark(&source, &layout, &totals), i64::MAX).await?;
    let moved = fill(&mut source, &target, &layout, &totals, tell).await;
    if moved.is_ok() {
        target.whole().await?;
    }
    let closed = target.close().await;
    source.close().await?;
    let moved = moved?;
    closed.map(|()| moved)
}

async fn fill(
    source: &mut Snapshot,
    target: &Target,
    layout: &Layout,
    totals: &[u64],
    tell: Watcher<'_>,
) -> Kept<Moved> {
    target.fill(layout, totals, source, tell).await?;
    let there = target.snapshot().await?;
    same(layout, there.layout())?;
    // Both at once, each as fast as it can be read; progress is told of one.
    let other = tokio::spawn(sums_of(there, layout.clone()));
    let mut one = Vec::new();
    for table in &layout.tables {
        one.push(sums::of_table(source, table, tell).await?);
    }
    let other = other.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))?;
    match one.iter().zip(&other).find(|(one, other)| one != other) {
        None => Ok(one),
        Some((one, other)) => {
            let text =
                format!("{} has {} rows here and {} there, or other ones", one.name, one.rows, other.rows);
            Err(KeepingError::Differs(text))
        }
    }
}

/// The sums of all tables.
async fn sums_of(mut snapshot: Snapshot, layout: Layout) -> Kept<Moved> {
    let mut all = Vec::new();
    for table in &layout.tables {
        all.push(sums::of_table(&mut snapshot, table, &mut |_| {}).await?);
    }
    snapshot.close().await?;
    Ok(all)
}

fn check_version(what: &'static str, found: &[i64]) -> Kept<()> {
    let known = known_versions();
    let newest = |versions: &[i64]| versions.last().copied().unwrap_or(0);
    let (found_newest, known_newest) = (newest(found), newest(&known));
    if found_newest > known_newest {
        return Err(StoreError::NewerSchema { found: found_newest, known: known_newest }.into());
    }
    if found != known {
        return Err(KeepingError::OlderSchema { what, found: found_newest, known: known_newest });
    }
    Ok(())
}

/// Tells one source from another, and from itself after it was changed: by how many rows each table has.
fn mark(source: &Snapshot, layout: &Layout, totals: &[u64]) -> String {
    let rows = layout.tables.iter().zip(totals).map(|(table, rows)| format!("{} {rows}", table.name));
    let rows: Vec<String> = rows.collect();
    let sum = of_bytes(rows.join("\n").as_bytes());
    format!("synvote move from {}, source {}", source.engine(), sum.get(..16).unwrap_or(&sum))
}
