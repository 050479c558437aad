//! A database in the state of one moment: read in one transaction, on a connection of its own, while others write.

use std::fs::File;
use std::path::Path;

use futures::stream::{BoxStream, StreamExt};
use sqlx::query::Query;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{
    AssertSqlSafe, ColumnIndex, ConnectOptions, Connection, Database, Decode, Encode, PgConnection,
    SqliteConnection, Type,
};

use super::filling::MARK;
use super::layout::{
    Column, ColumnRow, Kind, Layout, POSTGRES_COLUMNS, POSTGRES_REFERENCES, ReferenceRow, SQLITE_COLUMNS,
    SQLITE_REFERENCES, Table,
};
use super::value::{Row, Value};
use crate::dialect::Dialect;
use crate::{StoreError, connect};

/// Reading all of a database may take long, and the transaction may rest while what was read is written elsewhere.
const PATIENT: &str =
    "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0; set lock_timeout = '10s';
    set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";

/// A database in one state. What is committed later is not seen.
pub struct Snapshot {
    connection: SnapshotConnection,
    layout: Layout,
    versions: Vec<i64>,
    #[expect(dead_code, reason = "held as long as nobody else may write")]
    lock: Option<File>,
}

enum SnapshotConnection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Runs a read on either engine.
macro_rules! on_snapshot {
    ($connection:expr, $one:ident => $body:expr) => {
        match $connection {
            SnapshotConnection::Sqlite($one) => $body.map_err(StoreError::from),
            SnapshotConnection::Postgres($one) => $body.map_err(StoreError::from),
        }
    };
}

impl Snapshot {
    /// Takes the state of now. Servers go on writing. SQLite: on the machine where the file is.
    ///
    /// Fails with [`StoreError::Unkeepable`] where there is no database of ours.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::begin(url, false).await
    }

    /// Takes the state of now and lets nobody change it until this is dropped: SQLite by the lock on the file, so that it fails with
    /// [`StoreError::InUse`] beside a server; PostgreSQL by a lock on every table, so that servers can read and not write.
    pub async fn open_alone(url: &str) -> Result<Self, StoreError> {
        Self::begin(url, true).await
    }

    async fn begin(url: &str, alone: bool) -> Result<Self, StoreError> {
        let (mut connection, lock) = if let Some(path) = connect::sqlite_path(url)? {
            if !Path::new(path).is_file() {
                return Err(StoreError::Unkeepable(format!("there is no database at {path}")));
            }
            let lock = if alone { Some(connect::lock_file(path).await?) } else { None };
            (SnapshotConnection::Sqlite(open_sqlite(path).await?), lock)
        } else {
            (SnapshotConnection::Postgres(open_postgres(url).await?), None)
        };
        if alone && let SnapshotConnection::Postgres(connection) = &mut connection {
            lock_tables(connection).await?;
        }
        let versions = versions(&mut connection).await?;
        let layout = layout(&mut connection).await?;
        Ok(Self { connection, layout, versions, lock })
    }

    /// Its tables.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The versions of the migrations that made it, ascending.
    #[must_use]
    pub fn versions(&self) -> &[i64] {
        &self.versions
    }

    /// Which engine it is, by name.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self.connection {
            SnapshotConnection::Sqlite(_) => "sqlite",
            SnapshotConnection::Postgres(_) => "postgres",
        }
    }

    /// How many rows a table has.
    pub async fn count(&mut self, table: &Table) -> Result<u64, StoreError> {
        let sql = format!("select count(*) from {} where {}", table.name, visible(table));
        let count: i64 = on_snapshot!(&mut self.connection, connection => {
            sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(connection).await
        })?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// The rows of a table whose key is past `after`, in the order of the key, texts byte by byte; a few at a time are in memory.
    pub fn rows<'a>(
        &'a mut self,
        table: &'a Table,
        after: Option<&[Value]>,
    ) -> BoxStream<'a, Result<Row, StoreError>> {
        match &mut self.connection {
            SnapshotConnection::Sqlite(connection) => {
                let query = sqlx::query(AssertSqlSafe(select(table, Dialect::Sqlite, after.is_some())));
                let query =
                    key(table, after).fold(query, |query, (column, value)| bound(query, column, value));
                query.fetch(connection).map(|row| of_row(&row?, table)).boxed()
            }
            SnapshotConnection::Postgres(connection) => {
                let query = sqlx::query(AssertSqlSafe(select(table, Dialect::Postgres, after.is_some())));
                let query =
                    key(table, after).fold(query, |query, (column, value)| bound(query, column, value));
                query.fetch(connection).map(|row| of_row(&row?, table)).boxed()
            }
        }
    }

    /// The key of a table's last row.
    pub async fn last_key(&mut self, table: &Table) -> Result<Option<Row>, StoreError> {
        let dialect = match self.connection {
            SnapshotConnection::Sqlite(_) => Dialect::Sqlite,
            SnapshotConnection::Postgres(_) => Dialect::Postgres,
        };
        let order: Vec<String> =
            ordering(table, dialect).into_iter().map(|column| format!("{column} desc")).collect();
        let sql = format!(
            "select {} from {} where {} order by {} limit 1",
            table.names().join(", "),
            table.name,
            visible(table),
            order.join(", ")
        );
        let row = match &mut self.connection {
            SnapshotConnection::Sqlite(connection) => sqlx::query(AssertSqlSafe(sql))
                .fetch_optional(connection)
                .await?
                .map(|row| of_row(&row, table)),
            SnapshotConnection::Postgres(connection) => sqlx::query(AssertSqlSafe(sql))
                .fetch_optional(connection)
                .await?
                .map(|row| of_row(&row, table)),
        };
        Ok(row.transpose()?.map(|row| table.key_of(&row).to_vec()))
    }

    /// What the database is being filled with, if it is not whole: see [`crate::Store::unfinished`].
    pub async fn unfinished(&mut self) -> Result<Option<String>, StoreError> {
        let sql = "select value from setting where name = $1";
        on_snapshot!(&mut self.connection, connection => {
            sqlx::query_scalar(sql).bind(MARK).fetch_optional(connection).await
        })
    }

    /// Lets go of the database.
    pub async fn close(self) -> Result<(), StoreError> {
        on_snapshot!(self.connection, connection => connection.close().await)
    }
}

/// What a database holds before it is filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occupancy {
    /// No table at all, or nothing in any.
    Empty,
    /// A part of what it is being filled with: the text of the mark.
    Unfinished(String),
    /// Something; the text says what.
    Taken(String),
}

/// Looks what a database holds. Nothing is made and nothing is changed.
pub async fn occupancy(url: &str) -> Result<Occupancy, StoreError> {
    let mut connection = match connect::sqlite_path(url)? {
        Some(path) if !Path::new(path).is_file() => return Ok(Occupancy::Empty),
        Some(path) => SnapshotConnection::Sqlite(open_sqlite(path).await?),
        None => SnapshotConnection::Postgres(open_postgres(url).await?),
    };
    let tables = match &connection {
        SnapshotConnection::Sqlite(_) => "select name from sqlite_master where type = 'table' order by name",
        SnapshotConnection::Postgres(_) => {
            "select tablename::text from pg_tables where schemaname = current_schema() order by tablename"
        }
    };
    let tables: Vec<String> =
        on_snapshot!(&mut connection, one => sqlx::query_scalar(tables).fetch_all(one).await)?;
    if tables.is_empty() {
        return Ok(Occupancy::Empty);
    }
    if !tables.iter().any(|table| table == "_sqlx_migrations") {
        return Ok(Occupancy::Taken(format!("the tables of something else ({})", tables.join(", "))));
    }
    let layout = layout(&mut connection).await?;
    let mut snapshot = Snapshot { connection, layout: layout.clone(), versions: Vec::new(), lock: None };
    if layout.table("setting").is_some()
        && let Some(mark) = snapshot.unfinished().await?
    {
        return Ok(Occupancy::Unfinished(mark));
    }
    for table in &layout.tables {
        match snapshot.count(table).await? {
            0 => {}
            rows => return Ok(Occupancy::Taken(format!("{rows} rows in the table {}", table.name))),
        }
    }
    Ok(Occupancy::Empty)
}

/// Reading a whole table takes as long as it takes: nobody is warned of slow statements here.
async fn open_sqlite(path: &str) -> Result<SqliteConnection, StoreError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        .busy_timeout(connect::PATIENCE)
        .disable_statement_logging();
    let mut connection = SqliteConnection::connect_with(&options).await?;
    // The state is taken by the first read.
    sqlx::raw_sql("begin; select count(*) from sqlite_master").execute(&mut connection).await?;
    Ok(connection)
}

async fn open_postgres(url: &str) -> Result<PgConnection, StoreError> {
    let options = connect::postgres_address(url)?.disable_statement_logging();
    let mut connection = PgConnection::connect_with(&options).await?;
    sqlx::raw_sql(PATIENT).execute(&mut connection).await?;
    sqlx::raw_sql("begin isolation level repeatable read, read only").execute(&mut connection).await?;
    Ok(connection)
}

/// The names of tables can't change the statement: they come from the schema, and are quoted by the database.
async fn lock_tables(connection: &mut PgConnection) -> Result<(), StoreError> {
    let names = "select coalesce(string_agg(quote_ident(tablename), ', ' order by tablename), '')
                 from pg_tables where schemaname = current_schema()";
    // Outside of the transaction, whose state is to be taken when the locks are held.
    sqlx::raw_sql("rollback").execute(&mut *connection).await?;
    let names: String = sqlx::query_scalar(names).fetch_one(&mut *connection).await?;
    sqlx::raw_sql("begin isolation level repeatable read, read only").execute(&mut *connection).await?;
    if !names.is_empty() {
        let lock = format!("lock table {names} in share mode");
        sqlx::raw_sql(AssertSqlSafe(lock)).execute(connection).await?;
    }
    Ok(())
}

async fn versions(connection: &mut SnapshotConnection) -> Result<Vec<i64>, StoreError> {
    let listed = match connection {
        SnapshotConnection::Sqlite(_) => "select count(*) from sqlite_master where name = '_sqlx_migrations'",
        SnapshotConnection::Postgres(_) => {
            "select count(*) from pg_tables where schemaname = current_schema() and tablename = '_sqlx_migrations'"
        }
    };
    let listed: i64 = on_snapshot!(&mut *connection, one => sqlx::query_scalar(listed).fetch_one(one).await)?;
    if listed == 0 {
        return Err(StoreError::Unkeepable("the database holds no Synvote: it was never served".to_owned()));
    }
    let sql = "select version from _sqlx_migrations where success order by version";
    on_snapshot!(connection, one => sqlx::query_scalar(sql).fetch_all(one).await)
}

async fn layout(connection: &mut SnapshotConnection) -> Result<Layout, StoreError> {
    let (columns, references) = match connection {
        SnapshotConnection::Sqlite(_) => (SQLITE_COLUMNS, SQLITE_REFERENCES),
        SnapshotConnection::Postgres(_) => (POSTGRES_COLUMNS, POSTGRES_REFERENCES),
    };
    let columns: Vec<ColumnRow> =
        on_snapshot!(&mut *connection, one => sqlx::query_as(columns).fetch_all(one).await)?;
    let references: Vec<ReferenceRow> =
        on_snapshot!(connection, one => sqlx::query_as(references).fetch_all(one).await)?;
    Layout::of(columns, &references)
}

/// The mark of a database that is being filled is not one of its rows.
fn visible(table: &Table) -> String {
    if table.name == "setting" { format!("name <> '{MARK}'") } else { "true".to_owned() }
}

/// The columns of a key with their values.
fn key<'a>(table: &'a Table, after: Option<&'a [Value]>) -> impl Iterator<Item = (&'a Column, &'a Value)> {
    table.key_columns().iter().zip(after.unwrap_or_default())
}

fn ordering(table: &Table, dialect: Dialect) -> Vec<String> {
    let columns = table.key_columns().iter();
    let bytewise = |kind| if kind == Kind::Text { dialect.bytewise() } else { "" };
    columns.map(|column| format!("{}{}", column.name, bytewise(column.kind))).collect()
}

fn select(table: &Table, dialect: Dialect, goes_on: bool) -> String {
    let key = ordering(table, dialect);
    let past = if goes_on {
        let places: Vec<String> = (1..=key.len()).map(|place| format!("${place}")).collect();
        format!(" and ({}) > ({})", key.join(", "), places.join(", "))
    } else {
        String::new()
    };
    let (names, shown) = (table.names().join(", "), visible(table));
    format!("select {names} from {} where {shown}{past} order by {}", table.name, key.join(", "))
}

/// Adds a value as a parameter of its column's type.
pub(super) fn bound<'q, DB: Database>(
    query: Query<'q, DB, DB::Arguments>,
    column: &Column,
    value: &Value,
) -> Query<'q, DB, DB::Arguments>
where
    Option<i64>: Encode<'q, DB> + Type<DB>,
    Option<f64>: Encode<'q, DB> + Type<DB>,
    Option<bool>: Encode<'q, DB> + Type<DB>,
    Option<String>: Encode<'q, DB> + Type<DB>,
{
    match (column.kind, value) {
        (_, Value::Integer(number)) => query.bind(Some(*number)),
        (_, Value::Real(number)) => query.bind(Some(*number)),
        (_, Value::Flag(flag)) => query.bind(Some(*flag)),
        (_, Value::Text(text)) => query.bind(Some(text.clone())),
        (Kind::Integer, Value::Null) => query.bind(None::<i64>),
        (Kind::Real, Value::Null) => query.bind(None::<f64>),
        (Kind::Flag, Value::Null) => query.bind(None::<bool>),
        (Kind::Text, Value::Null) => query.bind(None::<String>),
    }
}

fn of_row<R: sqlx::Row>(row: &R, table: &Table) -> Result<Row, StoreError>
where
    usize: ColumnIndex<R>,
    for<'r> i64: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> f64: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> bool: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> String: Decode<'r, R::Database> + Type<R::Database>,
{
    let value = |(place, column): (usize, &Column)| {
        let value = match column.kind {
            Kind::Integer => row.try_get::<Option<i64>, _>(place)?.map(Value::Integer),
            Kind::Real => row.try_get::<Option<f64>, _>(place)?.map(Value::Real),
            Kind::Flag => row.try_get::<Option<bool>, _>(place)?.map(Value::Flag),
            Kind::Text => row.try_get::<Option<String>, _>(place)?.map(Value::Text),
        };
        Ok(value.unwrap_or(Value::Null))
    };
    table.columns.iter().enumerate().map(value).collect()
}
