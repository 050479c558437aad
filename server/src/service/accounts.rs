//! Accounts and the ways in: signing in, invitations, the first admin's link.

use super::cohorts::Cohorts;
use super::passwords::Passwords;
use super::settings::sentence;
use super::{Failure, Outcome};
use crate::language::locale;
use crate::texts::{accounts as say, missing};
use crate::world::World;
use app::api::ApiError;
use app::api::accounts::{AccountLine, AccountsPage, InvitationLine, Offer};
use app::backend::{Accounts, Answer, Door};
use app::viewer::{Account, Admin, Worker};
use async_trait::async_trait;
use domain::roles::Role;
use domain::text::{Password, UserName};
use governor::clock::{Clock as _, DefaultClock};
use governor::{Quota, RateLimiter, state::keyed::DefaultKeyedStateStore};
use sha2::{Digest, Sha256};
use std::num::NonZeroU32;
use std::sync::Arc;
use store::accounts::{AccountRow, InvitationRow};
use store::{StoreError, Tx};

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How long the first admin's link works.
const FIRST_ADMIN_DAYS: i64 = 1;
/// The longest life of an invitation, in days.
const MAX_INVITATION_DAYS: u32 = 90;
/// Tries to sign in to one account in a minute.
const TRIES_A_MINUTE: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// Accounts on a page.
const PAGE: i64 = 100;
const OPEN_SIGN_UP: &str = "open_sign_up";

type Limiter = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock>;

/// Implements [`Accounts`].
pub struct AccountsService {
    world: World,
    passwords: Passwords,
    tries: Arc<Limiter>,
    cohorts: Cohorts,
}

#[async_trait]
impl Accounts for AccountsService {
    async fn sign_in(&self, door: &dyn Door, name: &str, password: String) -> Answer<()> {
        let account = self.checked(name, password).await?;
        door.sign_in(&account).await
    }

    async fn sign_out_everywhere(&self, door: &dyn Door, worker: &Worker) -> Answer<()> {
        self.world.store.delete_sessions_of(worker.id(), None).await.map_err(Failure::from)?;
        door.sign_out().await
    }

    async fn change_password(
        &self,
        door: &dyn Door,
        worker: &Worker,
        present: String,
        new: String,
    ) -> Answer<()> {
        self.change_own_password(worker, present, new).await?;
        // Every session of the account ended, this one too: it goes on under a new id.
        door.sign_in(worker.account()).await
    }

    async fn sign_up_is_open(&self) -> Answer<bool> {
        Ok(self.world.store.setting(OPEN_SIGN_UP).await.map_err(Failure::from)?.as_deref() == Some("true"))
    }

    async fn sign_up(&self, door: &dyn Door, name: &str, password: String) -> Answer<()> {
        if !self.sign_up_is_open().await? {
            return Err(ApiError::Forbidden(say::sign_up_closed(locale()).to_owned()));
        }
        let account = self.new_account(door, name, Role::Worker, password, None).await?;
        door.sign_in(&account).await
    }

    async fn offer(&self, token: &str) -> Answer<Offer> {
        let invitation = self.invitation(token).await?;
        Ok(Offer { role: invitation.role.as_str().to_owned(), expires_at: invitation.expires_at })
    }

    async fn accept_invitation(
        &self,
        door: &dyn Door,
        token: &str,
        name: &str,
        password: String,
    ) -> Answer<()> {
        let role = self.invitation(token).await?.role;
        let account = self.new_account(door, name, role, password, Some(&token_hash(token))).await?;
        door.sign_in(&account).await
    }

    async fn page(&self, _: &Admin, after: Option<&str>) -> Answer<AccountsPage> {
        Ok(self.shown(after).await?)
    }

    async fn invite(&self, admin: &Admin, role: &str, days: u32) -> Answer<String> {
        let role = role_of(role)?;
        if !(1..=MAX_INVITATION_DAYS).contains(&days) {
            let text = say::days(locale(), MAX_INVITATION_DAYS, days);
            return Err(Failure::invalid(text).into());
        }
        Ok(self.invitation_link(admin, role, days).await?)
    }

    async fn withdraw_invitation(&self, admin: &Admin, invitation: i64) -> Answer<()> {
        Ok(self.withdraw(admin, invitation).await?)
    }

    async fn change_account(&self, admin: &Admin, account: i64, role: &str, disabled: bool) -> Answer<()> {
        let role = role_of(role)?;
        Ok(self.change(admin, account, role, disabled).await?)
    }

    async fn set_open_sign_up(&self, admin: &Admin, open: bool) -> Answer<()> {
        Ok(self.open_sign_up(admin, open).await?)
    }
}

impl AccountsService {
    /// A service over the world's store.
    pub fn new(world: World) -> Self {
        let tries = Arc::new(RateLimiter::keyed(Quota::per_minute(TRIES_A_MINUTE)));
        Self { world, passwords: Passwords::default(), tries, cohorts: Cohorts::default() }
    }

    async fn checked(&self, name: &str, password: String) -> Outcome<Account> {
        let wrong = || Failure::invalid(say::wrong(locale()));
        // A name or password that can't exist is as wrong as any other; the work is done all the same.
        let name = UserName::parse(name).map_err(|_| wrong())?;
        self.within_limit(name.as_str())?;
        let row =
            self.world.store.account_by_name(name.as_str()).await?.filter(|row| row.disabled_at.is_none());
        let password = Password::parse(password).map_err(|_| wrong())?;
        let stored = row.as_ref().map(|row| row.password_hash.clone());
        if !self.passwords.check(password, stored).await? {
            return Err(wrong());
        }
        Ok(account(&row.ok_or_else(wrong)?))
    }

    fn within_limit(&self, name: &str) -> Outcome<()> {
        self.tries.check_key(&name.to_owned()).map_err(|until| {
            let wait = until.wait_time_from(DefaultClock::default().now()).as_secs();
            ApiError::TooOften { seconds: u32::try_from(wait).unwrap_or(60).max(1) }.into()
        })
    }

    async fn change_own_password(&self, worker: &Worker, present: String, new: String) -> Outcome<()> {
        self.within_limit(&worker.account().name)?;
        let wrong = || Failure::invalid(say::present_wrong(locale()));
        let row = self.world.store.account(worker.id()).await?.ok_or_else(wrong)?;
        let present = Password::parse(present).map_err(|_| wrong())?;
        let new = Password::parse(new).map_err(|error| Failure::invalid(sentence(&error.to_string())))?;
        if !self.passwords.check(present, Some(row.password_hash)).await? {
            return Err(wrong());
        }
        let hash = self.passwords.hash(new, self.world.chance.token()).await?;
        let mut tx = self.world.store.begin().await?;
        tx.set_password(worker.id(), &hash).await?;
        tx.delete_sessions_of(worker.id(), None).await?;
        Ok(tx.commit().await?)
    }

    /// Makes an account; with a token, only if this is the first to accept it.
    async fn new_account(
        &self,
        door: &dyn Door,
        name: &str,
        role: Role,
        password: String,
        token: Option<&str>,
    ) -> Outcome<Account> {
        let (name, hash) = prepared(&self.world, &self.passwords, name, password).await?;
        let now = self.world.now();
        let mut tx = self.world.store.begin().await?;
        let id = insert(&mut tx, &name, role, &hash, now).await?;
        tx.set_cohort(id, self.cohorts.of(door.address(), now, self.world.chance.as_ref())).await?;
        if let Some(token) = token
            && !tx.accept_invitation(token, id, now).await?
        {
            return Err(gone());
        }
        tx.commit().await?;
        Ok(Account { id, name: name.as_str().to_owned(), role })
    }

    async fn invitation(&self, token: &str) -> Outcome<InvitationRow> {
        self.world.store.open_invitation(&token_hash(token), self.world.now()).await?.ok_or_else(gone)
    }

    async fn shown(&self, after: Option<&str>) -> Outcome<AccountsPage> {
        let mut rows = self.world.store.accounts_after(after, PAGE + 1).await?;
        let more = rows.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
        rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let next = rows.last().filter(|_| more).map(|(row, _)| row.name.clone());
        let invitations = self.world.store.open_invitations(self.world.now()).await?;
        Ok(AccountsPage {
            accounts: rows.into_iter().map(line).collect(),
            next,
            invitations: invitations.into_iter().map(invitation_line).collect(),
            open_sign_up: self.world.store.setting(OPEN_SIGN_UP).await?.as_deref() == Some("true"),
        })
    }

    async fn invitation_link(&self, admin: &Admin, role: Role, days: u32) -> Outcome<String> {
        let (token, now) = (hex::encode(self.world.chance.token()), self.world.now());
        let mut tx = self.world.store.begin().await?;
        let until = now + i64::from(days) * DAY_MS;
        let id = tx.insert_invitation(&token_hash(&token), role, Some(admin.id()), now, until).await?;
        tx.record_event(Some(admin.id()), "invite", &format!("invitation {id}"), role.as_str(), now).await?;
        tx.commit().await?;
        Ok(link(&self.world, &token))
    }

    async fn withdraw(&self, admin: &Admin, invitation: i64) -> Outcome<()> {
        let now = self.world.now();
        let mut tx = self.world.store.begin().await?;
        if !tx.withdraw_invitation(invitation).await? {
            return Err(Failure::not_found(missing::invitation(locale())));
        }
        tx.record_event(Some(admin.id()), "withdraw", &format!("invitation {invitation}"), "", now).await?;
        Ok(tx.commit().await?)
    }

    async fn change(&self, admin: &Admin, id: i64, role: Role, disabled: bool) -> Outcome<()> {
        let now = self.world.now();
        let mut tx = self.world.store.begin().await?;
        let row = tx
            .account(id)
            .await?
            .ok_or_else(|| Failure::not_found(missing::account(locale(), id.to_string())))?;
        let disabled_at = disabled.then(|| row.disabled_at.unwrap_or(now));
        tx.set_role_and_state(id, role, disabled_at).await?;
        if tx.count_active_admins().await? == 0 {
            return Err(Failure::conflict(say::last_admin(locale())));
        }
        tx.delete_sessions_of(id, None).await?;
        let detail = format!("{}{}", role.as_str(), if disabled { ", switched off" } else { "" });
        tx.record_event(Some(admin.id()), "change account", &format!("account {id}"), &detail, now).await?;
        Ok(tx.commit().await?)
    }

    async fn open_sign_up(&self, admin: &Admin, open: bool) -> Outcome<()> {
        let mut tx = self.world.store.begin().await?;
        let value = if open { "true" } else { "false" };
        tx.set_setting(OPEN_SIGN_UP, value).await?;
        tx.record_event(Some(admin.id()), "set", OPEN_SIGN_UP, value, self.world.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// Makes an account from the console.
///
/// # Errors
/// The name is taken or not usable; the password is not usable; the database.
pub async fn create_user(world: &World, name: &str, role: Role, password: String) -> Outcome<i64> {
    let (name, hash) = prepared(world, &Passwords::default(), name, password).await?;
    let mut tx = world.store.begin().await?;
    let id = insert(&mut tx, &name, role, &hash, world.now()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Sets a password from the console; the account's sessions end.
///
/// # Errors
/// Unknown name; the password is not usable; the database.
pub async fn set_password(world: &World, name: &str, password: String) -> Outcome<()> {
    let (name, hash) = prepared(world, &Passwords::default(), name, password).await?;
    let unknown = || Failure::not_found(missing::account_named(locale(), name.as_str()));
    let row = world.store.account_by_name(name.as_str()).await?.ok_or_else(unknown)?;
    let mut tx = world.store.begin().await?;
    tx.set_password(row.account_id, &hash).await?;
    tx.delete_sessions_of(row.account_id, None).await?;
    Ok(tx.commit().await?)
}

/// Every account, by name.
///
/// # Errors
/// The database.
pub async fn list(world: &World) -> Outcome<Vec<AccountLine>> {
    let (mut all, mut after) = (Vec::new(), None::<String>);
    loop {
        let page = world.store.accounts_after(after.as_deref(), PAGE).await?;
        let Some((last, _)) = page.last() else { return Ok(all) };
        after = Some(last.name.clone());
        all.extend(page.into_iter().map(line));
    }
}

/// A fresh one-time link for the first admin, while there is none; earlier ones stop working.
///
/// # Errors
/// The database.
pub async fn first_admin_link(world: &World) -> Outcome<Option<String>> {
    let (token, now) = (hex::encode(world.chance.token()), world.now());
    let mut tx = world.store.begin().await?;
    tx.withdraw_first_admin_invitations().await?;
    let needed = tx.count_active_admins().await? == 0;
    if needed {
        tx.insert_invitation(&token_hash(&token), Role::Admin, None, now, now + FIRST_ADMIN_DAYS * DAY_MS)
            .await?;
    }
    tx.commit().await?;
    Ok(needed.then(|| link(world, &token)))
}

async fn prepared(
    world: &World,
    passwords: &Passwords,
    name: &str,
    password: String,
) -> Outcome<(UserName, String)> {
    let name = UserName::parse(name).map_err(|error| Failure::invalid(sentence(&error.to_string())))?;
    let password =
        Password::parse(password).map_err(|error| Failure::invalid(sentence(&error.to_string())))?;
    let hash = passwords.hash(password, world.chance.token()).await?;
    Ok((name, hash))
}

async fn insert(tx: &mut Tx, name: &UserName, role: Role, hash: &str, now: i64) -> Outcome<i64> {
    match tx.insert_account(name.as_str(), role, hash, now).await {
        Err(StoreError::Conflict(_)) => Err(Failure::conflict(say::name_taken(locale()))),
        other => Ok(other?),
    }
}

fn gone() -> Failure {
    Failure::not_found(say::link_gone(locale()))
}

fn link(world: &World, token: &str) -> String {
    format!("{}/invitation/{token}", world.public_url)
}

fn token_hash(token: &str) -> String {
    hex::encode(Sha256::digest(token))
}

fn role_of(text: &str) -> Outcome<Role> {
    Role::parse(text).map_err(|error| Failure::invalid(sentence(&error.to_string())))
}

fn account(row: &AccountRow) -> Account {
    Account { id: row.account_id, name: row.name.clone(), role: row.role }
}

fn line((row, votes): (AccountRow, i64)) -> AccountLine {
    AccountLine {
        account: row.account_id,
        name: row.name,
        role: row.role.as_str().to_owned(),
        created_at: row.created_at,
        disabled_at: row.disabled_at,
        votes,
    }
}

fn invitation_line((row, created_by): (InvitationRow, Option<String>)) -> InvitationLine {
    InvitationLine {
        invitation: row.invitation_id,
        role: row.role.as_str().to_owned(),
        created_by,
        expires_at: row.expires_at,
    }
}
