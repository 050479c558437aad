//! Making a worker's account, where that is open to anybody.

use super::screen::{Screen, page};
use crate::components::field::{new_name_field, new_password_field};
use crate::components::problem::empty;
use crate::viewer::backend;
use leptos::prelude::*;

pub(super) fn sign_up() -> impl IntoView {
    page(async {
        let content = if backend()?.accounts.sign_up_is_open().await? {
            form().into_any()
        } else {
            closed().into_any()
        };
        Ok(Screen::new(
            "Make an account",
            view! { <div class="narrow sheet"><h1>"Make an account"</h1>{content}</div> },
        ))
    })
}

fn form() -> impl IntoView {
    view! {
        <form class="stack" method="post" action="/api/sign_up">
            {new_name_field()}
            {new_password_field("password", "Password")}
            <button class="primary" type="submit">"Make the account"</button>
        </form>
        <p>"You have one? "<a href="/sign-in">"Sign in"</a></p>
    }
}

fn closed() -> impl IntoView {
    empty(
        "By invitation only",
        view! { <p>"Ask whoever runs this server for an invitation link. You have an account? "<a href="/sign-in">"Sign in"</a></p> },
    )
}
