//! Signing in.

use super::screen::{Screen, page};
use crate::components::field::{name_field, password_field};
use crate::components::link::query;
use crate::texts::{SLOT, fill, sign_in as say};
use crate::viewer::{backend, locale};
use leptos::prelude::*;

pub(super) fn sign_in() -> impl IntoView {
    let to = query("to");
    page(async move {
        let locale = locale();
        let sign_up_is_open = backend()?.accounts.sign_up_is_open().await?;
        Ok(Screen::new(
            say::title(locale),
            view! {
                <div class="narrow sheet">
                    <h1>{say::title(locale)}</h1>
                    {(!to.is_empty()).then(|| view! { <p class="hint">{say::back_after(locale)}</p> })}
                    <form class="stack" method="post" action="/api/sign_in">
                        <input type="hidden" name="to" value=to/>
                        {name_field()}
                        {password_field("password", say::password(locale))}
                        <button class="primary" type="submit">{say::title(locale)}</button>
                    </form>
                    {if sign_up_is_open {
                        view! { <p>{fill(say::no_account(locale, SLOT), view! { <a href="/sign-up">{say::make_one(locale)}</a> })}</p> }.into_any()
                    } else {
                        view! { <p class="hint">{say::by_invitation(locale)}</p> }.into_any()
                    }}
                </div>
            },
        ))
    })
}
