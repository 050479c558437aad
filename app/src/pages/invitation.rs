//! An invitation's link: what it offers, and the form that accepts it.

use super::screen::{Screen, page};
use crate::components::badge::role_name;
use crate::components::field::{new_name_field, new_password_field};
use crate::components::link::path_part;
use crate::components::time::time;
use crate::texts::{Locale, SLOT, fill, invitation as say};
use crate::viewer::{backend, locale};
use leptos::prelude::*;

pub(super) fn invitation() -> impl IntoView {
    let token = path_part("token");
    page(async move {
        let locale = locale();
        let offer = backend()?.accounts.offer(&token).await?;
        Ok(Screen::new(
            say::title(locale),
            view! {
                <div class="narrow sheet">
                    <h1>{say::invited(locale)}</h1>
                    <p>
                        {fill(
                            say::offer(locale, role_name(&offer.role), SLOT),
                            time(locale, offer.expires_at),
                        )}
                    </p>
                    <p class="hint">{what_it_may(locale, &offer.role)}</p>
                    <form class="stack" method="post" action="/api/accept_invitation">
                        <input type="hidden" name="token" value=token/>
                        {new_name_field()}
                        {new_password_field("password", say::password(locale))}
                        <button class="primary" type="submit">{say::make(locale)}</button>
                    </form>
                </div>
            },
        ))
    })
}

fn what_it_may(locale: Locale, role: &str) -> &'static str {
    match role {
        "expert" => say::expert_may(locale),
        "manager" => say::manager_may(locale),
        "admin" => say::admin_may(locale),
        _ => say::worker_may(locale),
    }
}
