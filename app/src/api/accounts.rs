//! Signing in and out, invitations, accounts.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An account in the admin's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLine {
    /// The account's id.
    pub account: i64,
    /// The name people sign in with.
    pub name: String,
    /// `worker`, `expert`, `manager` or `admin`.
    pub role: String,
    /// When it was made (Unix ms).
    pub created_at: i64,
    /// When it was switched off (Unix ms).
    pub disabled_at: Option<i64>,
    /// Votes given.
    pub votes: i64,
}

/// An invitation that has not been accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationLine {
    /// The invitation's id.
    pub invitation: i64,
    /// The role that it gives.
    pub role: String,
    /// Who made it.
    pub created_by: Option<String>,
    /// Until when it can be accepted (Unix ms).
    pub expires_at: i64,
}

/// The admin's page of accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountsPage {
    /// Accounts, by name, after the cursor.
    pub accounts: Vec<AccountLine>,
    /// Name to continue after, if there are more.
    pub next: Option<String>,
    /// Invitations still open.
    pub invitations: Vec<InvitationLine>,
    /// May anybody sign up as a worker?
    pub open_sign_up: bool,
}

/// What an invitation link offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The role that accepting gives.
    pub role: String,
    /// Until when (Unix ms).
    pub expires_at: i64,
}

/// Signs in. The answer redirects to the start page of the role, or to `to` when it is a path of ours.
///
/// # Errors
/// The same for an unknown name and a wrong password; too many tries.
#[server(prefix = "/api", endpoint = "sign_in")]
pub async fn sign_in(
    /// The name to sign in with.
    name: String,
    /// The password.
    password: String,
    /// Where to go afterwards: a path of ours, or nothing.
    #[server(default)]
    to: String,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, backend, door};
    let signed_in = backend()?.accounts.sign_in(door()?.as_ref(), &name, password).await;
    answer_and_go(signed_in, &to, "/")
}

/// Signs this browser out.
///
/// # Errors
/// The storage can't be reached.
#[server(prefix = "/api", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, door};
    answer_and_go(door()?.sign_out().await, "", "/sign-in")
}

/// Ends every session of the account, this one included.
///
/// # Errors
/// Not signed in.
#[server(prefix = "/api", endpoint = "sign_out_everywhere")]
pub async fn sign_out_everywhere() -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, backend, door, require_worker};
    let worker = require_worker()?;
    let done = backend()?.accounts.sign_out_everywhere(door()?.as_ref(), &worker).await;
    answer_and_go(done, "", "/sign-in")
}

/// Changes one's own password; every other session ends.
///
/// # Errors
/// The present password is wrong; the new one is too short or too long.
#[server(prefix = "/api", endpoint = "change_password")]
pub async fn change_password(
    /// The password until now.
    present: String,
    /// The password from now on.
    new: String,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, door, locale, require_worker};
    let worker = require_worker()?;
    let done = backend()?.accounts.change_password(door()?.as_ref(), &worker, present, new).await;
    answer_and_tell(done, say::password_changed(locale())).await
}

/// Makes a worker's account, where sign-up is open, and signs in.
///
/// # Errors
/// Sign-up is closed; the name is taken or not usable; the password is too short or too long.
#[server(prefix = "/api", endpoint = "sign_up")]
pub async fn sign_up(
    /// The name to sign in with.
    name: String,
    /// The password.
    password: String,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, backend, door};
    answer_and_go(backend()?.accounts.sign_up(door()?.as_ref(), &name, password).await, "", "/")
}

/// Makes the account that an invitation offers, and signs in.
///
/// # Errors
/// The link was used, has expired or never existed; the name is taken; the password is not usable.
#[server(prefix = "/api", endpoint = "accept_invitation")]
pub async fn accept_invitation(
    /// The token of the link.
    token: String,
    /// The name to sign in with.
    name: String,
    /// The password.
    password: String,
) -> Result<(), ApiError> {
    use crate::viewer::{answer_and_go, backend, door};
    answer_and_go(
        backend()?.accounts.accept_invitation(door()?.as_ref(), &token, &name, password).await,
        "",
        "/",
    )
}

/// Makes an invitation; the next page shows its link, once.
///
/// # Errors
/// Not an admin; an unknown role; an expiry outside 1 to 90 days.
#[server(prefix = "/api", endpoint = "invite")]
pub async fn invite(
    /// `worker`, `expert`, `manager` or `admin`.
    role: String,
    /// How many days it lives.
    days: u32,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    let link = backend()?.accounts.invite(&admin, &role, days).await;
    let notice = link.as_ref().map(|link| say::invited(locale(), link)).unwrap_or_default();
    answer_and_tell(link.map(|_| ()), &notice).await
}

/// Takes an invitation back.
///
/// # Errors
/// Not an admin; unknown, or accepted already.
#[server(prefix = "/api", endpoint = "withdraw_invitation")]
pub async fn withdraw_invitation(
    /// Which invitation.
    invitation: i64,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    answer_and_tell(
        backend()?.accounts.withdraw_invitation(&admin, invitation).await,
        say::invitation_withdrawn(locale()),
    )
    .await
}

/// Changes an account's role or switches it off and on; its sessions end.
///
/// # Errors
/// Not an admin; the last admin would be lost; unknown account or role.
#[server(prefix = "/api", endpoint = "change_account")]
pub async fn change_account(
    /// Which account.
    account: i64,
    /// `worker`, `expert`, `manager` or `admin`.
    role: String,
    /// Switched off?
    #[server(default)]
    disabled: bool,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    answer_and_tell(
        backend()?.accounts.change_account(&admin, account, &role, disabled).await,
        say::account_changed(locale()),
    )
    .await
}

/// Opens or closes sign-up for workers.
///
/// # Errors
/// Not an admin.
#[server(prefix = "/api", endpoint = "set_open_sign_up")]
pub async fn set_open_sign_up(
    /// Open?
    #[server(default)]
    open: bool,
) -> Result<(), ApiError> {
    use crate::texts::notices as say;
    use crate::viewer::{answer_and_tell, backend, locale, require_admin};
    let admin = require_admin()?;
    let notice = if open { say::sign_up_open(locale()) } else { say::sign_up_closed(locale()) };
    answer_and_tell(backend()?.accounts.set_open_sign_up(&admin, open).await, notice).await
}
