//! One's own account: password and sessions.

use super::screen::{Screen, page};
use crate::components::badge::role_name;
use crate::components::field::{new_password_field, password_field};
use crate::viewer::require_worker;
use leptos::prelude::*;

pub(super) fn account() -> impl IntoView {
    page(async {
        let worker = require_worker()?;
        let account = worker.account();
        Ok(Screen::new(
            "Account",
            view! {
                <div class="narrow sheet">
                    <h1>{account.name.clone()}</h1>
                    <p>"Role: "<b>{role_name(account.role.as_str())}</b></p>
                    <section>
                        <h2>"Change the password"</h2>
                        <form class="stack" method="post" action="/api/change_password">
                            <input type="hidden" name="username" autocomplete="username" value=account.name.clone()/>
                            {password_field("present", "Present password")}
                            {new_password_field("new", "New password")}
                            <button class="primary" type="submit">"Change the password"</button>
                        </form>
                    </section>
                    <section>
                        <h2>"Sessions"</h2>
                        <p>"Signs out every browser in which you are signed in, this one included."</p>
                        <form method="post" action="/api/sign_out_everywhere">
                            <button type="submit">"Sign out everywhere"</button>
                        </form>
                    </section>
                </div>
            },
        ))
    })
}
