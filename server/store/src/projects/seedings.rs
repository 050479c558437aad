//! Seedings: which synsets came into a project together, and taking them out again.

use domain::wnid::Wnid;
use sqlx::{AssertSqlSafe, FromRow};

use crate::rows::Rows;
use crate::{Store, StoreError, Tx};

/// A seeding, with what of it is in the project now.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct SeedingRow {
    pub seeding_id: i64,
    pub project_id: i64,
    /// The name of the account that seeded.
    pub by_name: Option<String>,
    pub request: String,
    pub asked: i64,
    pub added: i64,
    pub seeded_at: i64,
    pub undone_at: Option<i64>,
    pub removed: Option<i64>,
    /// Synsets of it that are in the project.
    pub present: i64,
    /// Of these, how many have candidates or votes.
    pub with_images: i64,
    /// Of the others, how many are the goal of an import.
    pub with_imports: i64,
}

/// A synset whose images or imports keep it in the project: `s` is its row.
macro_rules! has_images {
    () => {
        "(exists (select 1 from candidate c where c.project_synset_id = s.project_synset_id)
          or exists (select 1 from assignment a where a.project_synset_id = s.project_synset_id)
          or s.votes > 0 or s.calibration_id is not null)"
    };
}
macro_rules! has_imports {
    () => {
        "(exists (select 1 from job j where j.project_synset_id = s.project_synset_id)
          or exists (select 1 from import_file f where f.project_synset_id = s.project_synset_id))"
    };
}

/// The select of all columns of [`SeedingRow`].
macro_rules! seeding {
    () => {
        concat!(
            "select g.seeding_id, g.project_id, a.name as by_name, g.request, g.asked, g.added, g.seeded_at, g.undone_at, g.removed,
                    (select count(*) from project_synset s where s.seeding_id = g.seeding_id) as present,
                    (select count(*) from project_synset s where s.seeding_id = g.seeding_id and ",
            has_images!(),
            ") as with_images,
                    (select count(*) from project_synset s where s.seeding_id = g.seeding_id and not ",
            has_images!(),
            " and ",
            has_imports!(),
            ") as with_imports
             from seeding g left join account a on a.account_id = g.account_id"
        )
    };
}

reads! {
    /// The seeding of this id.
    seeding(seeding_id: i64) -> Option<SeedingRow>, executor => {
        let sql = concat!(seeding!(), " where g.seeding_id = $1");
        sqlx::query_as(sql).bind(seeding_id).fetch_optional(executor).await
    };
}

impl Store {
    /// The newest seedings of a project.
    pub async fn seedings(&self, project_id: i64, limit: i64) -> Result<Vec<SeedingRow>, StoreError> {
        let sql = concat!(seeding!(), " where g.project_id = $1 order by g.seeding_id desc limit $2");
        on_db!(self, pool => sqlx::query_as(sql).bind(project_id).bind(limit).fetch_all(pool).await)
    }
}

impl Tx {
    /// Records a seeding as it was asked; [`Tx::seed_synsets_of`] says how many synsets were new. Returns its id.
    pub async fn insert_seeding(
        &mut self,
        project_id: i64,
        account_id: i64,
        request: &str,
        asked: i64,
        now: i64,
    ) -> Result<i64, StoreError> {
        let sql = "insert into seeding (project_id, account_id, request, asked, added, seeded_at)
                   values ($1, $2, $3, $4, 0, $5) returning seeding_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(project_id).bind(account_id).bind(request);
            query.bind(asked).bind(now).fetch_one(connection).await
        })
    }

    /// Seeds the synsets of a recorded seeding; those that are there already stay as they are. Returns how many are new.
    pub async fn seed_synsets_of(
        &mut self,
        seeding_id: i64,
        project_id: i64,
        wnids: &[Wnid],
        now: i64,
    ) -> Result<u64, StoreError> {
        let rows = Rows::new()
            .integers(wnids.iter().map(|_| project_id))
            .texts(wnids.iter().map(Wnid::to_string))
            .integers(wnids.iter().map(|_| now))
            .integers(wnids.iter().map(|_| seeding_id));
        let into = "insert into project_synset (project_id, wnid, seeded_at, seeding_id)";
        let seeded = self.over(into, rows, "on conflict (project_id, wnid) do nothing").await?;
        let added = i64::try_from(seeded).unwrap_or(i64::MAX);
        on_tx!(self, connection => {
            let query = sqlx::query("update seeding set added = $2 where seeding_id = $1");
            query.bind(seeding_id).bind(added).execute(connection).await.map(drop)
        })?;
        Ok(seeded)
    }

    /// Locks a seeding until the transaction ends, so that it is undone once; `None` for an unknown one.
    pub async fn lock_seeding(&mut self, seeding_id: i64) -> Result<Option<SeedingRow>, StoreError> {
        let sql =
            format!("select seeding_id from seeding where seeding_id = $1{}", self.dialect().for_update());
        let locked: Option<i64> = on_tx!(self, connection => {
            sqlx::query_scalar(AssertSqlSafe(sql)).bind(seeding_id).fetch_optional(connection).await
        })?;
        match locked {
            Some(seeding_id) => self.seeding(seeding_id).await,
            None => Ok(None),
        }
    }

    /// Takes a seeding's synsets without candidates, votes and imports out of the project and notes that it was undone; returns
    /// how many went.
    pub async fn undo_seeding(
        &mut self,
        seeding_id: i64,
        account_id: i64,
        now: i64,
    ) -> Result<u64, StoreError> {
        // Ascending, as everybody locks synsets.
        let sql = format!(
            "select project_synset_id from project_synset where seeding_id = $1 order by project_synset_id{}",
            self.dialect().for_update()
        );
        on_tx!(self, connection => {
            sqlx::query(AssertSqlSafe(sql)).bind(seeding_id).execute(connection).await.map(drop)
        })?;
        let sql = concat!(
            "delete from project_synset as s where s.seeding_id = $1 and not ",
            has_images!(),
            " and not ",
            has_imports!()
        );
        let removed = on_tx!(self, connection => {
            sqlx::query(sql).bind(seeding_id).execute(connection).await.map(|done| done.rows_affected())
        })?;
        let sql = "update seeding set undone_by = $2, undone_at = $3, removed = coalesce(removed, 0) + $4 where seeding_id = $1";
        let count = i64::try_from(removed).unwrap_or(i64::MAX);
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(seeding_id).bind(account_id).bind(now).bind(count);
            query.execute(connection).await.map(drop)
        })?;
        Ok(removed)
    }
}
