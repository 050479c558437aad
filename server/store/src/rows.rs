//! Statements that write many rows: PostgreSQL is given arrays, whatever their length, SQLite a list of values.

use std::borrow::Cow;

use sqlx::AssertSqlSafe;

use crate::tx::TxConnection;
use crate::{StoreError, Tx};

/// Bind parameters that SQLite takes in one statement.
const MAX_PARAMETERS: usize = 32_766;

/// Rows that are written together, column by column.
#[derive(Debug, Default)]
pub struct Rows<'r> {
    columns: Vec<Cells<'r>>,
}

#[derive(Debug)]
enum Cells<'r> {
    Integers(Vec<Option<i64>>),
    Reals(Vec<Option<f64>>),
    Texts(Vec<Option<Cow<'r, str>>>),
    Flags(Vec<Option<bool>>),
}

impl<'r> Rows<'r> {
    /// No columns yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One more column, of `bigint`.
    #[must_use]
    pub fn integers<T: Into<Option<i64>>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.columns.push(Cells::Integers(cells.into_iter().map(Into::into).collect()));
        self
    }

    /// One more column, of `double precision`.
    #[must_use]
    pub fn reals<T: Into<Option<f64>>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.columns.push(Cells::Reals(cells.into_iter().map(Into::into).collect()));
        self
    }

    /// One more column, of `text`.
    #[must_use]
    pub fn texts<T: Into<Cow<'r, str>>>(self, cells: impl IntoIterator<Item = T>) -> Self {
        self.optional_texts(cells.into_iter().map(Some))
    }

    /// One more column, of `text`, with gaps.
    #[must_use]
    pub fn optional_texts<T: Into<Cow<'r, str>>>(
        mut self,
        cells: impl IntoIterator<Item = Option<T>>,
    ) -> Self {
        self.columns.push(Cells::Texts(cells.into_iter().map(|cell| cell.map(Into::into)).collect()));
        self
    }

    /// One more column, of `boolean`.
    #[must_use]
    pub fn flags<T: Into<Option<bool>>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.columns.push(Cells::Flags(cells.into_iter().map(Into::into).collect()));
        self
    }

    fn len(&self) -> usize {
        self.columns.iter().map(Cells::len).min().unwrap_or_default()
    }
}

impl Cells<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Integers(cells) => cells.len(),
            Self::Reals(cells) => cells.len(),
            Self::Texts(cells) => cells.len(),
            Self::Flags(cells) => cells.len(),
        }
    }

    /// What PostgreSQL calls an array of them.
    fn array(&self) -> &'static str {
        match self {
            Self::Integers(_) => "bigint[]",
            Self::Reals(_) => "double precision[]",
            Self::Texts(_) => "text[]",
            Self::Flags(_) => "boolean[]",
        }
    }
}

impl Tx {
    /// Runs a statement that has rows between `before` and `after`, where a `values` list or a `select` may stand; returns how many rows it
    /// changed. On SQLite it may be run several times, with some of the rows each.
    pub(crate) async fn over(
        &mut self,
        before: &str,
        rows: Rows<'_>,
        after: &str,
    ) -> Result<u64, StoreError> {
        if rows.len() == 0 {
            return Ok(0);
        }
        let outcome = match &mut self.connection {
            TxConnection::Postgres(connection) => {
                let arrays: Vec<String> = (1..)
                    .zip(&rows.columns)
                    .map(|(place, cells)| format!("${place}::{}", cells.array()))
                    .collect();
                let sql = format!("{before} select * from unnest({}) {after}", arrays.join(", "));
                let mut query = sqlx::query(AssertSqlSafe(sql));
                for cells in rows.columns {
                    query = match cells {
                        Cells::Integers(cells) => query.bind(cells),
                        Cells::Reals(cells) => query.bind(cells),
                        Cells::Texts(cells) => query.bind(cells),
                        Cells::Flags(cells) => query.bind(cells),
                    };
                }
                query.execute(&mut **connection).await.map(|done| done.rows_affected())
            }
            TxConnection::Sqlite(connection) => in_pieces(connection, before, &rows, after).await,
        };
        self.noted(outcome)
    }
}

/// Runs the statement with as few lists as a handful of sizes allows: large statements have few texts, and are prepared once. What is left at
/// the end is one list of whatever size: to prepare a small statement takes less time than to run several.
async fn in_pieces(
    connection: &mut sqlx::SqliteConnection,
    before: &str,
    rows: &Rows<'_>,
    after: &str,
) -> Result<u64, sqlx::Error> {
    const SIZES: [usize; 5] = [1_024, 512, 256, 128, 64];
    let width = rows.columns.len();
    let most = MAX_PARAMETERS / width;
    let (mut first, mut changed) = (0, 0);
    while first < rows.len() {
        let rest = rows.len() - first;
        let size = SIZES.into_iter().find(|size| *size <= rest.min(most));
        let number = size.unwrap_or(rest).min(most);
        let list = format!("({}?)", "?,".repeat(width - 1));
        let sql = format!("{before} values {}{list} {after}", format!("{list},").repeat(number - 1));
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(size.is_some());
        for row in first..first + number {
            for cells in &rows.columns {
                query = match cells {
                    Cells::Integers(cells) => query.bind(cells.get(row).copied().flatten()),
                    Cells::Reals(cells) => query.bind(cells.get(row).copied().flatten()),
                    Cells::Texts(cells) => query.bind(cells.get(row).cloned().flatten().map(Cow::into_owned)),
                    Cells::Flags(cells) => query.bind(cells.get(row).copied().flatten()),
                };
            }
        }
        changed += query.execute(&mut *connection).await?.rows_affected();
        first += number;
    }
    Ok(changed)
}
