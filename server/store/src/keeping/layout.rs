//! Which tables a database has, read from its schema: columns, keys, and an order in which they can be filled.

use std::collections::BTreeMap;
use std::fmt;

use crate::StoreError;

/// All tables but the list of migrations, each after those that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// In an order in which they can be filled.
    pub tables: Vec<Table>,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The columns of the key first, in the key's order, then the others by name: equal on both engines.
    pub columns: Vec<Column>,
    /// How many columns the key has.
    pub key: usize,
    /// Whether the database numbers its rows.
    pub numbered: bool,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// It refers to a row of the same table, which may come later: it is filled when all rows are there.
    pub late: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A `bigint`.
    Integer,
    /// A `double precision`.
    Real,
    /// A `text`.
    Text,
    /// A `boolean`.
    Flag,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Integer => "bigint",
            Self::Real => "double precision",
            Self::Text => "text",
            Self::Flag => "boolean",
        })
    }
}

impl Table {
    /// The values of a row's key.
    #[must_use]
    pub fn key_of<'row>(&self, row: &'row [super::Value]) -> &'row [super::Value] {
        row.get(..self.key).unwrap_or(row)
    }

    /// The columns of the key.
    #[must_use]
    pub fn key_columns(&self) -> &[Column] {
        self.columns.get(..self.key).unwrap_or_default()
    }

    /// The names of its columns.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }
}

/// A column as the schema tells it.
#[derive(sqlx::FromRow)]
pub(super) struct ColumnRow {
    pub table_name: String,
    pub column_name: String,
    pub kind: String,
    /// Its place in the key, from 1; 0 outside.
    pub key: i64,
    pub numbered: bool,
}

/// A reference as the schema tells it: the table, its column, and the table that it refers to.
pub(super) type ReferenceRow = (String, String, String);

/// SQLite's columns.
pub(super) const SQLITE_COLUMNS: &str =
    "select m.name as table_name, c.name as column_name, lower(c.type) as kind, c.pk as key,
            c.pk = 1 and lower(c.type) = 'integer' as numbered
     from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.name";

/// SQLite's references.
pub(super) const SQLITE_REFERENCES: &str = "select m.name, f.\"from\", f.\"table\"
     from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table' order by 1, 2, 3";

/// PostgreSQL's columns. (Its `information_schema` takes a second for the same.)
pub(super) const POSTGRES_COLUMNS: &str =
    "select c.relname::text as table_name, a.attname::text as column_name, format_type(a.atttypid, a.atttypmod) as kind,
            coalesce((select k.place from unnest(i.indkey) with ordinality k (attnum, place)
                      where k.attnum = a.attnum), 0) as key,
            a.attidentity <> '' as numbered
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     left join pg_index i on i.indrelid = c.oid and i.indisprimary
     where c.relkind = 'r' and n.nspname = current_schema() order by 1, 2";

/// PostgreSQL's references; those of votes are held by a trigger.
pub(super) const POSTGRES_REFERENCES: &str = "select c.relname::text, a.attname::text, r.relname::text
     from pg_constraint k
     join pg_class c on c.oid = k.conrelid
     join pg_namespace n on n.oid = c.relnamespace
     join pg_class r on r.oid = k.confrelid
     join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey)
     where k.contype = 'f' and n.nspname = current_schema()
     union select 'vote', 'candidate_id', 'candidate' union select 'vote', 'submission_id', 'submission' order by 1, 2, 3";

impl Layout {
    /// Fails with [`StoreError::Unkeepable`] where a table can't be kept.
    pub(super) fn of(columns: Vec<ColumnRow>, references: &[ReferenceRow]) -> Result<Self, StoreError> {
        let mut tables: BTreeMap<String, Vec<ColumnRow>> = BTreeMap::new();
        for column in columns.into_iter().filter(|column| is_ours(&column.table_name)) {
            tables.entry(column.table_name.clone()).or_default().push(column);
        }
        let tables = tables.into_iter().map(|(name, columns)| table(name, columns, references));
        Ok(Self { tables: ordered(tables.collect::<Result<_, _>>()?, references)? })
    }

    /// The table of this name.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.name == name)
    }
}

fn is_ours(table: &str) -> bool {
    !table.starts_with("_sqlx") && !table.starts_with("sqlite_")
}

fn table(
    name: String,
    mut columns: Vec<ColumnRow>,
    references: &[ReferenceRow],
) -> Result<Table, StoreError> {
    columns.sort_by(|one, other| {
        let place = |column: &ColumnRow| if column.key == 0 { i64::MAX } else { column.key };
        (place(one), &one.column_name).cmp(&(place(other), &other.column_name))
    });
    let key = columns.iter().filter(|column| column.key > 0).count();
    if key == 0 {
        return Err(StoreError::Unkeepable(format!(
            "the table {name} has no primary key, so that it has no order"
        )));
    }
    let numbered = columns.iter().any(|column| column.numbered);
    let is_late =
        |column: &str| references.iter().any(|(from, by, to)| *from == name && *to == name && by == column);
    let columns = columns.into_iter().map(|column| {
        let late = is_late(&column.column_name);
        Ok(Column { kind: kind(&name, &column)?, name: column.column_name, late })
    });
    Ok(Table { columns: columns.collect::<Result<_, StoreError>>()?, name, key, numbered })
}

fn kind(table: &str, column: &ColumnRow) -> Result<Kind, StoreError> {
    match column.kind.as_str() {
        "bigint" | "integer" => Ok(Kind::Integer),
        "double precision" => Ok(Kind::Real),
        "text" => Ok(Kind::Text),
        "boolean" => Ok(Kind::Flag),
        other => Err(StoreError::Unkeepable(format!(
            "the column {table}.{} is a {other}, which is not known how to keep: bigint, double precision, text and boolean are",
            column.column_name
        ))),
    }
}

/// Each table after those that it refers to; of several that could come next, the first by name does.
fn ordered(mut waiting: Vec<Table>, references: &[ReferenceRow]) -> Result<Vec<Table>, StoreError> {
    let mut placed: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let is_ready = |table: &Table| {
            references
                .iter()
                .filter(|(from, _, to)| *from == table.name && from != to)
                .all(|(_, _, to)| placed.iter().any(|before| before.name == *to))
        };
        let Some(next) = waiting.iter().position(is_ready) else {
            let names: Vec<&str> = waiting.iter().map(|table| table.name.as_str()).collect();
            let text = format!("these tables refer to each other in a circle: {}", names.join(", "));
            return Err(StoreError::Unkeepable(text));
        };
        placed.push(waiting.remove(next));
    }
    Ok(placed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(table: &str, column: &str, kind: &str, key: i64) -> ColumnRow {
        let (table_name, column_name) = (table.to_owned(), column.to_owned());
        ColumnRow { table_name, column_name, kind: kind.to_owned(), key, numbered: false }
    }

    fn reference(from: &str, by: &str, to: &str) -> ReferenceRow {
        (from.to_owned(), by.to_owned(), to.to_owned())
    }

    #[test]
    fn a_table_comes_after_those_it_refers_to_and_what_refers_to_itself_is_filled_late() {
        let columns = vec![
            column("leaf", "leaf_id", "bigint", 1),
            column("leaf", "twin", "bigint", 0),
            column("leaf", "tree_id", "bigint", 2),
            column("tree", "tree_id", "bigint", 1),
            column("_sqlx_migrations", "version", "bigint", 1),
        ];
        let references = [reference("leaf", "tree_id", "tree"), reference("leaf", "twin", "leaf")];
        let layout = Layout::of(columns, &references).unwrap();
        let names: Vec<&str> = layout.tables.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["tree", "leaf"]);
        let leaf = layout.table("leaf").unwrap();
        assert_eq!((leaf.names(), leaf.key), (vec!["leaf_id", "tree_id", "twin"], 2));
        assert_eq!(leaf.columns.iter().map(|column| column.late).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn what_can_not_be_kept_is_refused_by_name() {
        let refused =
            |columns, references: &[ReferenceRow]| Layout::of(columns, references).unwrap_err().to_string();
        assert!(
            refused(vec![column("heap", "one", "bigint", 0)], &[])
                .contains("the table heap has no primary key")
        );
        let strange = refused(vec![column("tree", "picture", "bytea", 1)], &[]);
        assert!(strange.contains("tree.picture is a bytea"), "{strange}");
        let (hen, egg) = (column("hen", "id", "bigint", 1), column("egg", "id", "bigint", 1));
        let circle = refused(vec![hen, egg], &[reference("hen", "id", "egg"), reference("egg", "id", "hen")]);
        assert!(circle.contains("egg, hen"), "{circle}");
    }
}
