//! Fills an empty database from a backup or from another database, page by page, so that it can be gone on with after a stop.

use super::folder::{Lines, parent, table_file};
use super::{KeepingError, Kept, Progress, Watcher};
use futures::TryStreamExt as _;
use futures::stream::{self, BoxStream, StreamExt as _};
use std::path::Path;
use store::keeping::{Layout, Occupancy, Row, Snapshot, Table, Value, decode, occupancy};
use store::{Store, StoreOptions};

/// Rows read, written and made durable at once.
const PAGE: usize = 5_000;

/// What the database that is filled is called in messages.
const TARGET: &str = "the target";

/// Where rows come from.
pub trait Source: Send {
    /// The rows of a table whose key is past `after`, in the order of the key.
    fn rows<'a>(&'a mut self, table: &'a Table, after: Option<Row>) -> BoxStream<'a, Kept<Row>>;
}

impl Source for Snapshot {
    fn rows<'a>(&'a mut self, table: &'a Table, after: Option<Row>) -> BoxStream<'a, Kept<Row>> {
        Self::rows(self, table, after.as_deref()).map_err(KeepingError::from).boxed()
    }
}

/// The folder of a backup, whose checksums were found right.
pub struct Folder<'f>(pub &'f Path);

impl Source for Folder<'_> {
    fn rows<'a>(&'a mut self, table: &'a Table, after: Option<Row>) -> BoxStream<'a, Kept<Row>> {
        let lines = match Lines::open(table_file(self.0, &table.name)) {
            Ok(lines) => lines,
            Err(error) => return stream::iter([Err(error)]).boxed(),
        };
        let rows = stream::try_unfold(lines, move |mut lines| async move {
            let row = match lines.next()? {
                Some(line) => decode(line, &table.columns)?,
                None => return Ok(None),
            };
            Ok(Some((row, lines)))
        });
        let is_there = move |row: &Row| match &after {
            Some(after) => {
                table.key_of(row).partial_cmp(after.as_slice()) != Some(std::cmp::Ordering::Greater)
            }
            None => false,
        };
        rows.try_skip_while(move |row| std::future::ready(Ok(is_there(row)))).boxed()
    }
}

/// A database that is being filled.
pub struct Target {
    /// The database.
    pub store: Store,
    url: String,
}

impl Target {
    /// Opens an empty database for being filled with what the mark says, or one that holds a part of the same. Its schema is
    /// brought to a version.
    ///
    /// # Errors
    /// It holds something else; nothing was changed then.
    pub async fn open(options: &StoreOptions, mark: &str, version: i64) -> Kept<Self> {
        let path = options.url.strip_prefix("sqlite:").map(|path| path.trim_start_matches("//"));
        if let Some(folder) = path.map(|path| parent(Path::new(path))).filter(|folder| !folder.is_dir()) {
            return Err(KeepingError::NoFolder { folder: folder.to_owned() });
        }
        let goes_on = match occupancy(&options.url).await.map_err(KeepingError::of(TARGET))? {
            Occupancy::Empty => false,
            Occupancy::Unfinished(found) if found == mark => true,
            Occupancy::Unfinished(found) => {
                return Err(KeepingError::OtherSource { found, wanted: mark.to_owned() });
            }
            Occupancy::Taken(what) => {
                return Err(KeepingError::NotEmpty { what: format!("the target database holds {what}") });
            }
        };
        let store = Store::open(options).await.map_err(KeepingError::of(TARGET))?;
        if !goes_on {
            store.migrate_to(version).await?;
            let mut tx = store.begin().await?;
            tx.mark_unfinished(mark).await?;
            tx.commit().await?;
        }
        Ok(Self { store, url: options.url.clone() })
    }

    /// A look at what it holds.
    pub async fn snapshot(&self) -> Kept<Snapshot> {
        Ok(Snapshot::open(&self.url).await?)
    }

    /// Fills every table, going on after the last row that is there. `totals` has the number of rows of each.
    ///
    /// # Errors
    /// The tables are not those of the layout; the source; the database.
    pub async fn fill(
        &self,
        layout: &Layout,
        totals: &[u64],
        source: &mut dyn Source,
        tell: Watcher<'_>,
    ) -> Kept<()> {
        let mut reached = Vec::new();
        let mut there = self.snapshot().await?;
        same(layout, there.layout())?;
        for table in &layout.tables {
            reached.push((there.last_key(table).await?, there.count(table).await?));
        }
        there.close().await?;
        for ((table, (after, done)), total) in layout.tables.iter().zip(reached).zip(totals) {
            self.fill_table(table, (after, done, *total), source, tell).await?;
        }
        Ok(())
    }

    async fn fill_table(
        &self,
        table: &Table,
        (after, mut done, total): (Option<Row>, u64, u64),
        source: &mut dyn Source,
        tell: Watcher<'_>,
    ) -> Kept<()> {
        let doing = format!("copying {}", table.name);
        let mut pages = source.rows(table, after).try_chunks(PAGE);
        let mut next = pages.try_next().await.map_err(|error| error.1)?;
        while let Some(page) = next {
            // The next page is read while this one is made durable.
            let (written, read) = tokio::join!(self.add(table, &page), pages.try_next());
            written?;
            next = read.map_err(|error| error.1)?;
            done += page.len() as u64;
            tell(Progress { doing: &doing, done, total });
        }
        drop(pages);
        if table.columns.iter().any(|column| column.late) {
            let mut pages =
                source.rows(table, None).try_filter(|row| std::future::ready(is_late(table, row)));
            let mut pages = (&mut pages).try_chunks(PAGE);
            while let Some(page) = pages.try_next().await.map_err(|error| error.1)? {
                let mut tx = self.store.begin().await?;
                tx.fill_late(table, &page).await?;
                tx.commit().await?;
            }
        }
        let mut tx = self.store.begin().await?;
        tx.number_on(table).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn add(&self, table: &Table, page: &[Row]) -> Kept<()> {
        let mut tx = self.store.begin().await?;
        tx.fill(table, page).await?;
        Ok(tx.commit().await?)
    }

    /// Takes the mark off: the database may be served.
    pub async fn whole(&self) -> Kept<()> {
        let mut tx = self.store.begin().await?;
        tx.mark_whole().await?;
        Ok(tx.commit().await?)
    }

    /// Leaves everything safe on disk and lets go of the database.
    pub async fn close(self) -> Kept<()> {
        Ok(self.store.close().await?)
    }
}

fn is_late(table: &Table, row: &Row) -> bool {
    table.columns.iter().zip(row).any(|(column, value)| column.late && *value != Value::Null)
}

/// Both databases must have the same tables with the same columns.
pub fn same(one: &Layout, other: &Layout) -> Kept<()> {
    if one == other {
        return Ok(());
    }
    let odd = |one: &Layout, other: &Layout| {
        let odd = one.tables.iter().find(|table| other.table(&table.name) != Some(table));
        odd.map(|table| table.name.clone())
    };
    let table = odd(one, other).or_else(|| odd(other, one)).unwrap_or_else(|| "their order".to_owned());
    Err(KeepingError::Schemas(table))
}
