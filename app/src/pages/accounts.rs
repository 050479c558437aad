//! Accounts, invitations and sign-up, for admins.

use super::screen::{Screen, page};
use crate::api::accounts::{AccountLine, AccountsPage, InvitationLine};
use crate::components::badge::{badge, role_name};
use crate::components::format::{counted, date, machine_moment, moment};
use crate::components::link::{href, query};
use crate::viewer::{backend, require_admin};
use domain::roles::Role;
use leptos::prelude::*;

pub(super) fn accounts() -> impl IntoView {
    let after = query("after");
    page(async move {
        let admin = require_admin()?;
        let cursor = (!after.is_empty()).then_some(after.as_str());
        let shown = backend()?.accounts.page(&admin, cursor).await?;
        Ok(Screen::new("Accounts", content(shown, after.is_empty())))
    })
}

fn content(shown: AccountsPage, is_first: bool) -> impl IntoView {
    let rows = shown.accounts.into_iter().map(account_row).collect_view();
    view! {
        <h1>"Accounts"</h1>
        <ul class="account-list">{rows}</ul>
        <nav class="pager" aria-label="Pages of accounts">
            {(!is_first).then(|| view! { <a class="button" href="/accounts">"First page"</a> })}
            {shown.next.map(|next| view! { <a class="button" rel="next" href=href("/accounts", &[("after", &next)])>"Next page"</a> })}
        </nav>
        <div class="columns">
            <section class="panel"><h2>"Invite somebody"</h2>{invite()}</section>
            <section class="panel"><h2>"Open invitations"</h2>{invitations(shown.invitations)}</section>
            <section class="panel"><h2>"Sign-up"</h2>{sign_up_switch(shown.open_sign_up)}</section>
        </div>
    }
}

fn account_row(account: AccountLine) -> impl IntoView {
    let id = account.account;
    let is_off = account.disabled_at.is_some();
    view! {
        <li>
            <div>
                <p class="account-name">
                    {account.name.clone()}" "
                    {account.disabled_at.map(|at| badge("bad", format!("Off since {}", date(at))))}
                </p>
                <p class="quiet small">
                    {format!("{} · since ", counted(account.votes, "vote", "votes"))}
                    <time datetime=machine_moment(account.created_at)>{date(account.created_at)}</time>
                </p>
            </div>
            <form class="row" method="post" action="/api/change_account">
                <input type="hidden" name="account" value=id/>
                <label class="visually-hidden" for=format!("role-{id}")>{format!("Role of {}", account.name)}</label>
                {role_select(format!("role-{id}"), &account.role)}
                <label class="check"><input type="checkbox" name="disabled" value="true" checked=is_off/>"Switched off"</label>
                <button class="small" type="submit">"Save"<span class="visually-hidden">{format!(" {}", account.name)}</span></button>
            </form>
        </li>
    }
}

fn role_select(id: String, chosen: &str) -> impl IntoView + use<> {
    let options = Role::ALL
        .into_iter()
        .map(|role| {
            let word = role.as_str();
            let is_chosen = word == chosen;
            view! { <option value=word selected=is_chosen>{role_name(word)}</option> }
        })
        .collect_view();
    view! { <select id=id name="role">{options}</select> }
}

fn invite() -> impl IntoView {
    view! {
        <form class="stack" method="post" action="/api/invite">
            <div class="field"><label for="role">"Role"</label>{role_select("role".to_owned(), Role::Worker.as_str())}</div>
            <div class="field">
                <label for="days">"Days until it ends"</label>
                <input id="days" name="days" type="number" min="1" max="90" value="7" required=true/>
            </div>
            <button class="primary" type="submit">"Make an invitation link"</button>
            <p class="hint">"The link is shown once. It makes one account."</p>
        </form>
    }
}

fn invitations(invitations: Vec<InvitationLine>) -> impl IntoView {
    if invitations.is_empty() {
        return view! { <p class="quiet">"No invitation is open."</p> }.into_any();
    }
    let entries = invitations
        .into_iter()
        .map(|invitation| {
            let by = invitation.created_by.map(|name| format!(" by {name}")).unwrap_or_default();
            view! {
                <li>
                    <form class="row" method="post" action="/api/withdraw_invitation">
                        <input type="hidden" name="invitation" value=invitation.invitation/>
                        <p>{format!("{}{by}, until ", role_name(&invitation.role))}<time datetime=machine_moment(invitation.expires_at)>{moment(invitation.expires_at)}</time></p>
                        <button class="small" type="submit">"Withdraw"</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain-list">{entries}</ul> }.into_any()
}

fn sign_up_switch(open: bool) -> impl IntoView {
    let (says, press) = if open {
        ("Anybody can make a worker’s account.", "Close sign-up")
    } else {
        ("Accounts are by invitation only.", "Open sign-up to anybody")
    };
    view! {
        <form class="stack" method="post" action="/api/set_open_sign_up">
            <p>{says}</p>
            <input type="hidden" name="open" value=(!open).to_string()/>
            <button type="submit">{press}</button>
        </form>
    }
}
