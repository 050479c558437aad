//! Accounts, invitations and sign-up, for admins.

use super::screen::{Screen, page};
use crate::api::accounts::{AccountLine, AccountsPage, InvitationLine};
use crate::components::badge::{badge, role_name};
use crate::components::link::{href, query};
use crate::components::time::time;
use crate::texts::{Locale, SLOT, accounts as say, counts, fill, machine_moment};
use crate::viewer::{backend, locale, require_admin};
use domain::roles::Role;
use leptos::prelude::*;

pub(super) fn accounts() -> impl IntoView {
    let after = query("after");
    page(async move {
        let admin = require_admin()?;
        let cursor = (!after.is_empty()).then_some(after.as_str());
        let shown = backend()?.accounts.page(&admin, cursor).await?;
        let locale = locale();
        Ok(Screen::new(say::title(locale), content(locale, shown, after.is_empty())))
    })
}

fn content(locale: Locale, shown: AccountsPage, is_first: bool) -> impl IntoView {
    let rows = shown.accounts.into_iter().map(|account| account_row(locale, account)).collect_view();
    view! {
        <h1>{say::title(locale)}</h1>
        <ul class="account-list">{rows}</ul>
        <nav class="pager" aria-label=say::pages(locale)>
            {(!is_first).then(|| view! { <a class="button" href="/accounts">{say::first_page(locale)}</a> })}
            {shown.next.map(|next| view! { <a class="button" rel="next" href=href("/accounts", &[("after", &next)])>{say::next_page(locale)}</a> })}
        </nav>
        <div class="columns">
            <section class="panel"><h2>{say::invite(locale)}</h2>{invite(locale)}</section>
            <section class="panel"><h2>{say::invitations(locale)}</h2>{invitations(locale, shown.invitations)}</section>
            <section class="panel"><h2>{say::sign_up(locale)}</h2>{sign_up_switch(locale, shown.open_sign_up)}</section>
        </div>
    }
}

fn account_row(locale: Locale, account: AccountLine) -> impl IntoView {
    let id = account.account;
    let is_off = account.disabled_at.is_some();
    view! {
        <li>
            <div>
                <p class="account-name">
                    {account.name.clone()}" "
                    {account.disabled_at.map(|at| badge("bad", say::off_since(locale, locale.date(at))))}
                </p>
                <p class="quiet small">
                    {fill(
                        say::votes_since(locale, counts::votes(locale, account.votes), SLOT),
                        view! { <time datetime=machine_moment(account.created_at)>{locale.date(account.created_at)}</time> },
                    )}
                </p>
            </div>
            <form class="row" method="post" action="/api/change_account">
                <input type="hidden" name="account" value=id/>
                <label class="visually-hidden" for=format!("role-{id}")>{say::role_of(locale, &account.name)}</label>
                {role_select(format!("role-{id}"), &account.role)}
                <label class="check"><input type="checkbox" name="disabled" value="true" checked=is_off/>{say::switched_off(locale)}</label>
                <button class="small" type="submit">{fill(say::save(locale, SLOT), view! { <span class="visually-hidden">{account.name.clone()}</span> })}</button>
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

fn invite(locale: Locale) -> impl IntoView {
    view! {
        <form class="stack" method="post" action="/api/invite">
            <div class="field"><label for="role">{say::role(locale)}</label>{role_select("role".to_owned(), Role::Worker.as_str())}</div>
            <div class="field">
                <label for="days">{say::days(locale)}</label>
                <input id="days" name="days" type="number" min="1" max="90" value="7" required=true/>
            </div>
            <button class="primary" type="submit">{say::make_link(locale)}</button>
            <p class="hint">{say::link_once(locale)}</p>
        </form>
    }
}

fn invitations(locale: Locale, invitations: Vec<InvitationLine>) -> impl IntoView {
    if invitations.is_empty() {
        return view! { <p class="quiet">{say::none_open(locale)}</p> }.into_any();
    }
    let entries = invitations
        .into_iter()
        .map(|invitation| {
            let role = role_name(&invitation.role);
            let says = match invitation.created_by {
                Some(name) => say::invitation_by(locale, role, name, SLOT),
                None => say::invitation(locale, role, SLOT),
            };
            let until = time(locale, invitation.expires_at);
            view! {
                <li>
                    <form class="row" method="post" action="/api/withdraw_invitation">
                        <input type="hidden" name="invitation" value=invitation.invitation/>
                        <p>{fill(says, until)}</p>
                        <button class="small" type="submit">{say::withdraw(locale)}</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="plain-list">{entries}</ul> }.into_any()
}

fn sign_up_switch(locale: Locale, open: bool) -> impl IntoView {
    let (says, press) = if open {
        (say::is_open(locale), say::close_it(locale))
    } else {
        (say::is_closed(locale), say::open_it(locale))
    };
    view! {
        <form class="stack" method="post" action="/api/set_open_sign_up">
            <p>{says}</p>
            <input type="hidden" name="open" value=(!open).to_string()/>
            <button type="submit">{press}</button>
        </form>
    }
}
