//! Signing in.

use super::screen::{Screen, page};
use crate::components::field::{name_field, password_field};
use crate::components::link::query;
use crate::viewer::backend;
use leptos::prelude::*;

pub(super) fn sign_in() -> impl IntoView {
    let to = query("to");
    page(async move {
        let sign_up_is_open = backend()?.accounts.sign_up_is_open().await?;
        Ok(Screen::new(
            "Sign in",
            view! {
                <div class="narrow sheet">
                    <h1>"Sign in"</h1>
                    {(!to.is_empty()).then(|| view! { <p class="hint">"You come to the page you asked for right after."</p> })}
                    <form class="stack" method="post" action="/api/sign_in">
                        <input type="hidden" name="to" value=to/>
                        {name_field()}
                        {password_field("password", "Password")}
                        <button class="primary" type="submit">"Sign in"</button>
                    </form>
                    {if sign_up_is_open {
                        view! { <p>"No account? "<a href="/sign-up">"Make one"</a></p> }.into_any()
                    } else {
                        view! { <p class="hint">"Accounts are by invitation. A forgotten password: ask an admin for a new link."</p> }.into_any()
                    }}
                </div>
            },
        ))
    })
}
