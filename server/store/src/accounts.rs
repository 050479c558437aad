//! Accounts, the links that make them, settings of the whole installation, and the log of what people with rights did.

use domain::roles::Role;
use sqlx::{AssertSqlSafe, FromRow};

use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

/// A person who may log in.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct AccountRow {
    pub account_id: i64,
    pub name: String,
    #[sqlx(try_from = "Parsed<Role>")]
    pub role: Role,
    pub password_hash: String,
    pub created_at: i64,
    pub disabled_at: Option<i64>,
}

/// A link that makes one account.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, by their names; the migration explains them")]
pub struct InvitationRow {
    pub invitation_id: i64,
    pub token_hash: String,
    #[sqlx(try_from = "Parsed<Role>")]
    pub role: Role,
    pub created_by: Option<i64>,
    pub created_at: i64,
    pub expires_at: i64,
    pub accepted_at: Option<i64>,
    pub accepted_by: Option<i64>,
}

#[derive(FromRow)]
struct AccountWithVotes {
    #[sqlx(flatten)]
    account: AccountRow,
    votes: i64,
}

#[derive(FromRow)]
struct InvitationWithName {
    #[sqlx(flatten)]
    invitation: InvitationRow,
    created_by_name: Option<String>,
}

reads! {
    /// The account of this id.
    account(account_id: i64) -> Option<AccountRow>, executor => {
        let sql = "select account_id, name, role, password_hash, created_at, disabled_at from account
                   where account_id = $1";
        sqlx::query_as(sql).bind(account_id).fetch_optional(executor).await
    };

    /// The account of this name, byte for byte.
    account_by_name(name: &str) -> Option<AccountRow>, executor => {
        let sql = "select account_id, name, role, password_hash, created_at, disabled_at from account where name = $1";
        sqlx::query_as(sql).bind(name).fetch_optional(executor).await
    };

    /// Whether there is any account, disabled ones too.
    has_accounts() -> bool, executor => {
        sqlx::query_scalar("select exists (select 1 from account)").fetch_one(executor).await
    };

    /// The invitation of this token's hash, if it can still be accepted at `now`.
    open_invitation(token_hash: &str, now: i64) -> Option<InvitationRow>, executor => {
        let sql = "select invitation_id, token_hash, role, created_by, created_at, expires_at, accepted_at, accepted_by
                   from invitation where token_hash = $1 and accepted_at is null and expires_at > $2";
        sqlx::query_as(sql).bind(token_hash).bind(now).fetch_optional(executor).await
    };

    /// The value of a setting, if it was ever set.
    setting(name: &str) -> Option<String>, executor => {
        sqlx::query_scalar("select value from setting where name = $1").bind(name).fetch_optional(executor).await
    };
}

impl Store {
    /// At most `limit` accounts in the byte order of their names, after a name, each with its recorded votes.
    pub async fn accounts_after(
        &self,
        after: Option<&str>,
        limit: i64,
    ) -> Result<Vec<(AccountRow, i64)>, StoreError> {
        let bytewise = self.dialect().bytewise();
        let sql = format!(
            "select a.account_id, a.name, a.role, a.password_hash, a.created_at, a.disabled_at,
                    (select cast(coalesce(sum(s.recorded), 0) as bigint) from submission s
                     where s.account_id = a.account_id) as votes
             from account a where a.name{bytewise} > $1 order by a.name{bytewise} limit $2"
        );
        let rows: Vec<AccountWithVotes> = on_db!(self, pool => {
            sqlx::query_as(AssertSqlSafe(sql)).bind(after.unwrap_or("")).bind(limit).fetch_all(pool).await
        })?;
        Ok(rows.into_iter().map(|row| (row.account, row.votes)).collect())
    }

    /// The invitations that can still be accepted at `now`, newest first, each with the name of who made it.
    pub async fn open_invitations(
        &self,
        now: i64,
    ) -> Result<Vec<(InvitationRow, Option<String>)>, StoreError> {
        let sql = "select i.invitation_id, i.token_hash, i.role, i.created_by, i.created_at, i.expires_at,
                          i.accepted_at, i.accepted_by, a.name as created_by_name
                   from invitation i left join account a on a.account_id = i.created_by
                   where i.accepted_at is null and i.expires_at > $1 order by i.invitation_id desc";
        let rows: Vec<InvitationWithName> =
            on_db!(self, pool => sqlx::query_as(sql).bind(now).fetch_all(pool).await)?;
        Ok(rows.into_iter().map(|row| (row.invitation, row.created_by_name)).collect())
    }
}

impl Tx {
    /// Makes an account; returns its id. Fails with [`StoreError::Conflict`] when the name is taken.
    pub async fn insert_account(
        &mut self,
        name: &str,
        role: Role,
        password_hash: &str,
        now: i64,
    ) -> Result<i64, StoreError> {
        let sql = "insert into account (name, role, password_hash, created_at) values ($1, $2, $3, $4)
                   returning account_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(name).bind(role.as_str()).bind(password_hash).bind(now);
            query.fetch_one(connection).await
        })
    }

    /// Changes a password. Fails with [`StoreError::NotFound`] for an unknown account.
    pub async fn set_password(&mut self, account_id: i64, password_hash: &str) -> Result<(), StoreError> {
        let changed = on_tx!(self, connection => {
            let query = sqlx::query("update account set password_hash = $2 where account_id = $1");
            query.bind(account_id).bind(password_hash).execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, account_id)
    }

    /// Changes a role, and since when the account is disabled (`None`: it is not). Fails with [`StoreError::NotFound`] for an
    /// unknown account.
    pub async fn set_role_and_state(
        &mut self,
        account_id: i64,
        role: Role,
        disabled_at: Option<i64>,
    ) -> Result<(), StoreError> {
        let changed = on_tx!(self, connection => {
            let query = sqlx::query("update account set role = $2, disabled_at = $3 where account_id = $1");
            let query = query.bind(account_id).bind(role.as_str()).bind(disabled_at);
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        found(changed, account_id)
    }

    /// How many admins can log in. The rows are locked: two admins who disable each other at the same time wait for each other.
    pub async fn count_active_admins(&mut self) -> Result<i64, StoreError> {
        let sql = format!(
            "select account_id from account where role = 'admin' and disabled_at is null order by account_id{}",
            self.dialect().for_update()
        );
        let admins: Vec<i64> =
            on_tx!(self, connection => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(connection).await)?;
        Ok(admins.len() as i64)
    }

    /// Makes an invitation; returns its id. `created_by` is `None` for the first admin's link.
    pub async fn insert_invitation(
        &mut self,
        token_hash: &str,
        role: Role,
        created_by: Option<i64>,
        now: i64,
        expires_at: i64,
    ) -> Result<i64, StoreError> {
        let sql = "insert into invitation (token_hash, role, created_by, created_at, expires_at)
                   values ($1, $2, $3, $4, $5) returning invitation_id";
        on_tx!(self, connection => {
            let query = sqlx::query_scalar(sql).bind(token_hash).bind(role.as_str()).bind(created_by);
            query.bind(now).bind(expires_at).fetch_one(connection).await
        })
    }

    /// Uses an invitation up for the account that it made. False when it is unknown, expired or used: one caller gets true.
    pub async fn accept_invitation(
        &mut self,
        token_hash: &str,
        account_id: i64,
        now: i64,
    ) -> Result<bool, StoreError> {
        let sql = "update invitation set accepted_at = $3, accepted_by = $2
                   where token_hash = $1 and accepted_at is null and expires_at > $3
                     and (created_by is not null or not exists (
                         select 1 from account a where a.role = 'admin' and a.disabled_at is null and a.account_id <> $2))";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(token_hash).bind(account_id).bind(now);
            query.execute(connection).await.map(|done| done.rows_affected() == 1)
        })
    }

    /// Deletes an invitation that nobody has accepted. False when there is none.
    pub async fn withdraw_invitation(&mut self, invitation_id: i64) -> Result<bool, StoreError> {
        on_tx!(self, connection => {
            let query = sqlx::query("delete from invitation where invitation_id = $1 and accepted_at is null");
            query.bind(invitation_id).execute(connection).await.map(|done| done.rows_affected() == 1)
        })
    }

    /// Deletes the links for the first admin that nobody has accepted; returns how many there were.
    pub async fn withdraw_first_admin_invitations(&mut self) -> Result<u64, StoreError> {
        on_tx!(self, connection => {
            let query = sqlx::query("delete from invitation where created_by is null and accepted_at is null");
            query.execute(connection).await.map(|done| done.rows_affected())
        })
    }

    /// Sets a setting of the whole installation.
    pub async fn set_setting(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "insert into setting (name, value) values ($1, $2)
                   on conflict (name) do update set value = excluded.value";
        on_tx!(self, connection => sqlx::query(sql).bind(name).bind(value).execute(connection).await.map(drop))
    }

    /// Notes what someone did (`None`: the program, or someone at its console), to what, and how.
    pub async fn record_event(
        &mut self,
        account_id: Option<i64>,
        action: &str,
        subject: &str,
        detail: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let sql = "insert into event (account_id, action, subject, detail, at) values ($1, $2, $3, $4, $5)";
        on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(account_id).bind(action).bind(subject).bind(detail).bind(now);
            query.execute(connection).await.map(drop)
        })
    }
}

fn found(changed: u64, account_id: i64) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::NotFound(format!("there is no account {account_id}"))) }
}
