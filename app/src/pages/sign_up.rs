//! Making a worker's account, where that is open to anybody.

use super::screen::{Screen, page};
use crate::components::field::{new_name_field, new_password_field};
use crate::components::problem::empty;
use crate::texts::{Locale, SLOT, fill, sign_up as say};
use crate::viewer::{backend, locale};
use leptos::prelude::*;

pub(super) fn sign_up() -> impl IntoView {
    page(async {
        let locale = locale();
        let content = if backend()?.accounts.sign_up_is_open().await? {
            form(locale).into_any()
        } else {
            closed(locale).into_any()
        };
        Ok(Screen::new(
            say::title(locale),
            view! { <div class="narrow sheet"><h1>{say::title(locale)}</h1>{content}</div> },
        ))
    })
}

fn form(locale: Locale) -> impl IntoView {
    view! {
        <form class="stack" method="post" action="/api/sign_up">
            {new_name_field()}
            {new_password_field("password", say::password(locale))}
            <button class="primary" type="submit">{say::make(locale)}</button>
        </form>
        <p>{fill(say::have_one(locale, SLOT), view! { <a href="/sign-in">{say::sign_in(locale)}</a> })}</p>
    }
}

fn closed(locale: Locale) -> impl IntoView {
    empty(
        say::closed(locale),
        view! { <p>{fill(say::closed_words(locale, SLOT), view! { <a href="/sign-in">{say::sign_in(locale)}</a> })}</p> },
    )
}
