//! The two schemas: the same tables with the same columns.

use super::bench::Bench;

/// (table, column, type and whether it may be null), with SQLite's and PostgreSQL's names for one type made equal.
fn normalised(rows: Vec<(String, String, String)>) -> Vec<(String, String, String)> {
    let mut rows: Vec<_> = rows
        .into_iter()
        .filter(|(table, _, _)| !table.starts_with("_sqlx") && !table.starts_with("sqlite_"))
        .map(|(table, column, kind)| (table, column, kind.replace("integer", "bigint")))
        .collect();
    rows.sort();
    rows
}

#[tokio::test]
async fn both_engines_have_the_same_tables_columns_types_and_nullability() {
    let sqlite = Bench::sqlite().await;
    let Some(postgres) = Bench::postgres().await else { return };
    let one = sqlite
        .ask(
            "select m.name, c.name, lower(c.type) || case when c.\"notnull\" = 1 or c.pk > 0 then ' not null' else '' end
             from sqlite_master m, pragma_table_xinfo(m.name) c where m.type = 'table'",
        )
        .await;
    let other = postgres
        .ask(
            "select table_name::text, column_name::text,
                    data_type || case when is_nullable = 'NO' then ' not null' else '' end
             from information_schema.columns where table_schema = 'public'",
        )
        .await;
    assert!(one.len() > 100, "only {} columns", one.len());
    assert_eq!(normalised(one), normalised(other));
    postgres.clear().await;
}

#[tokio::test]
async fn both_engines_have_the_same_named_indexes() {
    let sqlite = Bench::sqlite().await;
    let Some(postgres) = Bench::postgres().await else { return };
    let one = "select tbl_name, name, '' from sqlite_master where type = 'index' and sql is not null";
    let other = "select t.relname::text, i.relname::text, '' from pg_index x
                 join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
                 join pg_namespace n on n.oid = t.relnamespace
                 where n.nspname = 'public' and not x.indisunique";
    let (one, other) = (normalised(sqlite.ask(one).await), normalised(postgres.ask(other).await));
    assert!(one.len() > 10, "only {} indexes", one.len());
    assert_eq!(one, other);
    postgres.clear().await;
}
