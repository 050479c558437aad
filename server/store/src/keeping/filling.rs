//! Fills an empty database with rows that were kept elsewhere.
//!
//! While it is being filled it holds a mark, so that no server takes it for whole, and so that whoever was stopped may go on.

use sqlx::AssertSqlSafe;

use super::layout::{Column, Kind, Table};
use super::snapshot::bound;
use super::value::{Row, Value};
use crate::dialect::Dialect;
use crate::rows::Rows;
use crate::{Store, StoreError, Tx};

/// The name of the setting that marks a database that is being filled.
pub(super) const MARK: &str = "filling";

impl Store {
    /// What the database is being filled with, if it is not whole yet: the text that [`Tx::mark_unfinished`] was given.
    ///
    /// To be asked before [`Store::migrate`]: what is being filled stays with the schema that it was begun with.
    pub async fn unfinished(&self) -> Result<Option<String>, StoreError> {
        let made = match self.dialect() {
            Dialect::Sqlite => "select count(*) from sqlite_master where name = 'setting'",
            Dialect::Postgres => {
                "select count(*) from pg_tables where schemaname = current_schema() and tablename = 'setting'"
            }
        };
        let made: i64 = on_db!(self, pool => sqlx::query_scalar(made).fetch_one(pool).await)?;
        if made == 0 { Ok(None) } else { self.setting(MARK).await }
    }
}

impl Tx {
    /// Marks the database as not whole, with a text that tells what it is being filled with.
    pub async fn mark_unfinished(&mut self, with: &str) -> Result<(), StoreError> {
        self.set_setting(MARK, with).await
    }

    /// Takes the mark off: the database is whole.
    pub async fn mark_whole(&mut self) -> Result<(), StoreError> {
        on_tx!(self, connection => {
            sqlx::query("delete from setting where name = $1").bind(MARK).execute(connection).await.map(drop)
        })
    }

    /// Adds rows to a table. Columns that are filled late are left empty; see [`Tx::fill_late`].
    pub async fn fill(&mut self, table: &Table, rows: &[Row]) -> Result<(), StoreError> {
        let columns = table.columns.iter().enumerate();
        let rows = columns.fold(Rows::new(), |all, (at, column)| {
            let cells = rows
                .iter()
                .map(|row| if column.late { &Value::Null } else { row.get(at).unwrap_or(&Value::Null) });
            match column.kind {
                Kind::Integer => all.integers(cells.map(Value::integer)),
                Kind::Real => all.reals(cells.map(Value::real)),
                Kind::Text => all.optional_texts(cells.map(Value::text)),
                Kind::Flag => all.flags(cells.map(Value::flag)),
            }
        });
        let into = format!("insert into {} ({})", table.name, table.names().join(", "));
        self.over(&into, rows, "").await.map(drop)
    }

    /// Fills what refers to rows of the same table, for rows that are there.
    pub async fn fill_late(&mut self, table: &Table, rows: &[Row]) -> Result<(), StoreError> {
        let late: Vec<(&Column, usize)> = table
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.late)
            .map(|(at, one)| (one, at))
            .collect();
        for row in rows.iter().filter(|row| late.iter().any(|(_, at)| row.get(*at) != Some(&Value::Null))) {
            let sql = update(table, &late);
            on_tx!(self, connection => {
                let mut query = sqlx::query(AssertSqlSafe(sql));
                let changed = late.iter().map(|(column, at)| (*column, row.get(*at).unwrap_or(&Value::Null)));
                for (column, value) in table.key_columns().iter().zip(row).chain(changed) {
                    query = bound(query, column, value);
                }
                query.execute(connection).await.map(drop)
            })?;
        }
        Ok(())
    }

    /// Has the database number the table's next row after the last one that it was filled with. SQLite does that by itself.
    pub async fn number_on(&mut self, table: &Table) -> Result<(), StoreError> {
        let (true, Dialect::Postgres, Some(column)) = (table.numbered, self.dialect(), table.columns.first())
        else {
            return Ok(());
        };
        let sql = format!(
            "select setval(pg_get_serial_sequence('{table}', '{column}'), coalesce(max({column}), 1), max({column}) is not null)
             from {table}",
            table = table.name,
            column = column.name
        );
        on_tx!(self, connection => sqlx::query(AssertSqlSafe(sql)).execute(connection).await.map(drop))
    }
}

fn update(table: &Table, late: &[(&Column, usize)]) -> String {
    let key: Vec<String> = table
        .key_columns()
        .iter()
        .enumerate()
        .map(|(at, one)| format!("{} = ${}", one.name, at + 1))
        .collect();
    let set: Vec<String> = late
        .iter()
        .enumerate()
        .map(|(at, (column, _))| format!("{} = ${}", column.name, table.key + at + 1))
        .collect();
    format!("update {} set {} where {}", table.name, set.join(", "), key.join(" and "))
}
