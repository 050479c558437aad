//! The table of a project's workers: who answered pages there, sorted, one part after the other.

use sqlx::{AssertSqlSafe, FromRow};

use crate::{Store, StoreError};

/// What the table is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WorkerOrder {
    /// The name, byte by byte: names are in small letters.
    Name,
    /// Votes recorded.
    #[default]
    Votes,
    /// Time for a picture.
    Pace,
    /// The last page.
    Seen,
}

/// Which part of the table is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct WorkerQuery<'a> {
    /// The order.
    pub order: WorkerOrder,
    /// Largest first.
    pub descending: bool,
    /// Part of a name; empty for all.
    pub search: &'a str,
    /// One account alone.
    pub account_id: Option<i64>,
    /// The last row of the part before.
    pub after: Option<i64>,
    /// At most so many rows.
    pub limit: i64,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct WorkerListRow {
    /// The worker.
    pub account_id: i64,
    /// The name.
    pub name: String,
    /// Votes recorded in the project.
    pub votes: i64,
    /// Pages answered.
    pub pages: i64,
    /// The median over the pages of the time for a picture, in milliseconds.
    pub pace: i64,
    /// When the last page was answered (Unix ms).
    pub seen_at: i64,
    /// The votes do not count.
    pub excluded: bool,
    /// Rows of the whole table.
    pub total: i64,
}

impl WorkerOrder {
    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Votes => "votes",
            Self::Pace => "pace",
            Self::Seen => "seen_at",
        }
    }
}

/// One row for each worker. A page takes from when it was handed out, or the page before was sent if that was later, since
/// pages are handed out ahead. Nothing here reads votes: pages are some dozens of times fewer.
const KEYED: &str = "
    with page (account_id, submitted_at, began_at, tiles) as (
        select a.account_id, a.submitted_at,
               case when lag(a.submitted_at) over by_account > a.assigned_at
                    then lag(a.submitted_at) over by_account else a.assigned_at end,
               a.tiles
        from project_synset p join assignment a on a.project_synset_id = p.project_synset_id
        where p.project_id = $1 and a.submitted_at is not null and ($2 = 0 or a.account_id = $2)
        window by_account as (partition by a.account_id order by a.submitted_at, a.assignment_id)),
    ranked (account_id, submitted_at, took, place, pages) as (
        select account_id, submitted_at, (submitted_at - began_at) / tiles,
               row_number() over (partition by account_id order by (submitted_at - began_at) / tiles),
               count(*) over (partition by account_id)
        from page where tiles > 0),
    recorded (account_id, votes) as (
        select s.account_id, cast(sum(s.recorded) as bigint)
        from project_synset p
        join assignment a on a.project_synset_id = p.project_synset_id
        join submission s on s.assignment_id = a.assignment_id
        where p.project_id = $1 and ($2 = 0 or a.account_id = $2)
        group by s.account_id),
    keyed (account_id, name, votes, pages, pace, seen_at) as (
        select w.account_id, w.name{bytewise}, coalesce(max(v.votes), 0), count(*),
               cast(avg(r.took) filter (where r.place in ((r.pages + 1) / 2, (r.pages + 2) / 2)) as bigint),
               max(r.submitted_at)
        from ranked r
        join account w on w.account_id = r.account_id
        left join recorded v on v.account_id = r.account_id
        where w.name like $3 escape '!'
        group by w.account_id, w.name)
    select k.account_id, k.name, k.votes, k.pages, k.pace, k.seen_at,
           coalesce((select x.excluded from exclusion x where x.project_id = $1 and x.account_id = k.account_id
                     order by x.exclusion_id desc limit 1), false) as excluded,
           (select count(*) from keyed) as total
    from keyed k
    where $4 = 0 or (k.{key}, k.account_id) {beyond} (select e.{key}, e.account_id from keyed e where e.account_id = $4)
    order by k.{key} {direction}, k.account_id {direction} limit $5";

impl Store {
    /// A part of the table of a project's workers.
    pub async fn workers(
        &self,
        project_id: i64,
        query: WorkerQuery<'_>,
    ) -> Result<Vec<WorkerListRow>, StoreError> {
        let (beyond, direction) = if query.descending { ("<", "desc") } else { (">", "asc") };
        let sql = KEYED
            .replace("{bytewise}", self.dialect().bytewise())
            .replace("{key}", query.order.key())
            .replace("{beyond}", beyond)
            .replace("{direction}", direction);
        let pattern = format!("%{}%", escaped(query.search));
        on_db!(self, pool => {
            let asked = sqlx::query_as(AssertSqlSafe(sql)).bind(project_id).bind(query.account_id.unwrap_or(0));
            asked.bind(pattern).bind(query.after.unwrap_or(0)).bind(query.limit).fetch_all(pool).await
        })
    }
}

/// Part of a name as a pattern that means only itself. Names are in small letters; PostgreSQL takes no NUL.
fn escaped(search: &str) -> String {
    let mut pattern = String::with_capacity(search.len());
    for letter in search.to_lowercase().chars().filter(|letter| *letter != '\0') {
        if ['%', '_', '!'].contains(&letter) {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern
}
