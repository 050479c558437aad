//! One's own account: password and sessions.

use super::screen::{Screen, page};
use crate::components::badge::role_name;
use crate::components::field::{new_password_field, password_field};
use crate::texts::{SLOT, account as say, fill};
use crate::viewer::{locale, require_worker};
use leptos::prelude::*;

pub(super) fn account() -> impl IntoView {
    page(async {
        let locale = locale();
        let worker = require_worker()?;
        let account = worker.account();
        Ok(Screen::new(
            say::title(locale),
            view! {
                <div class="narrow sheet">
                    <h1>{account.name.clone()}</h1>
                    <p>{fill(say::role(locale, SLOT), view! { <b>{role_name(account.role.as_str())}</b> })}</p>
                    <section>
                        <h2>{say::change_password(locale)}</h2>
                        <form class="stack" method="post" action="/api/change_password">
                            <input type="hidden" name="username" autocomplete="username" value=account.name.clone()/>
                            {password_field("present", say::present_password(locale))}
                            {new_password_field("new", say::new_password(locale))}
                            <button class="primary" type="submit">{say::change_password(locale)}</button>
                        </form>
                    </section>
                    <section>
                        <h2>{say::sessions(locale)}</h2>
                        <p>{say::sessions_words(locale)}</p>
                        <form method="post" action="/api/sign_out_everywhere">
                            <button type="submit">{say::sign_out_everywhere(locale)}</button>
                        </form>
                    </section>
                </div>
            },
        ))
    })
}
