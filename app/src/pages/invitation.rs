//! An invitation's link: what it offers, and the form that accepts it.

use super::screen::{Screen, page};
use crate::components::badge::role_name;
use crate::components::field::{new_name_field, new_password_field};
use crate::components::format::{machine_moment, moment};
use crate::components::link::path_part;
use crate::viewer::backend;
use leptos::prelude::*;

pub(super) fn invitation() -> impl IntoView {
    let token = path_part("token");
    page(async move {
        let offer = backend()?.accounts.offer(&token).await?;
        Ok(Screen::new(
            "Invitation",
            view! {
                <div class="narrow sheet">
                    <h1>"You are invited"</h1>
                    <p>
                        {format!("This link makes one account with the role “{}”. It can be used until ", role_name(&offer.role))}
                        <time datetime=machine_moment(offer.expires_at)>{moment(offer.expires_at)}</time>"."
                    </p>
                    <p class="hint">{what_it_may(&offer.role)}</p>
                    <form class="stack" method="post" action="/api/accept_invitation">
                        <input type="hidden" name="token" value=token/>
                        {new_name_field()}
                        {new_password_field("password", "Password")}
                        <button class="primary" type="submit">"Make the account"</button>
                    </form>
                </div>
            },
        ))
    })
}

fn what_it_may(role: &str) -> &'static str {
    match role {
        "expert" => "Experts label, and decide the images on which workers disagree.",
        "manager" => "Managers label, and watch how projects come along.",
        "admin" => "Admins may do everything: seed synsets, bring in images, change settings and accounts.",
        _ => "Workers look at pages of pictures and pick those that show what is asked for.",
    }
}
