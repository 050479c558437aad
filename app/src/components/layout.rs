//! The frame of every page: skip link, header with the ways to go, notice, content, footer.

use crate::api::ApiError;
use crate::components::badge::role_name;
use crate::texts::{Locale, layout as say};
use crate::viewer::{Account, locale};
use leptos::prelude::*;

/// Who looks at a page, and what is to be said before its content.
pub(crate) struct Visitor {
    /// Who is signed in.
    pub(crate) account: Option<Account>,
    /// Path of the page.
    pub(crate) path: String,
    /// A sentence left by the last action.
    pub(crate) notice: Option<String>,
    /// Why a form that was posted without script was refused.
    pub(crate) refusal: Option<ApiError>,
}

/// The frame around a page's content.
pub(crate) fn layout(visitor: Visitor, content: AnyView) -> impl IntoView {
    let Visitor { account, path, notice, refusal } = visitor;
    let locale = locale();
    view! {
        <a class="skip" href="#content">{say::skip(locale)}</a>
        {header(locale, account, &path)}
        <main id="content" tabindex="-1">
            {notice.map(|words| view! { <p class="notice" role="status">{words}</p> })}
            {refusal.map(|error| view! { <p class="alert" role="alert">{error.words(locale)}</p> })}
            {content}
        </main>
        <footer class="foot">
            <p>{say::foot(locale)}</p>
        </footer>
    }
}

fn header(locale: Locale, account: Option<Account>, path: &str) -> impl IntoView + use<> {
    let ways = ways(locale, account.as_ref())
        .into_iter()
        .map(|(to, name, section)| {
            let here = path == to || section.iter().any(|below| path.starts_with(below));
            view! { <li><a href=to aria-current=here.then_some("page")>{name}</a></li> }
        })
        .collect_view();
    let is_sign_in = path == "/sign-in";
    view! {
        <header class="top">
            <a class="brand" href="/">
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <rect class="brand-ground" width="24" height="24" rx="6"></rect>
                    <path class="brand-tick" d="M6.5 12.5l3.6 3.8L17.6 8"></path>
                </svg>
                "Synvote"
            </a>
            <nav aria-label=say::main(locale)><ul>{ways}</ul></nav>
            {match account {
                Some(account) => who(locale, account, path).into_any(),
                None => (!is_sign_in)
                    .then(|| view! { <a class="button small" href="/sign-in">{say::sign_in(locale)}</a> })
                    .into_any(),
            }}
        </header>
    }
}

fn who(locale: Locale, account: Account, path: &str) -> impl IntoView + use<> {
    let here = (path == "/account").then_some("page");
    view! {
        <div class="who">
            <a href="/account" aria-current=here aria-label=say::account_of(locale, &account.name)>
                <span class="who-name">{account.name.clone()}</span>
                <span class="who-role">{role_name(account.role.as_str())}</span>
            </a>
            <form method="post" action="/api/sign_out"><button class="small" type="submit">{say::sign_out(locale)}</button></form>
        </div>
    }
}

/// A way to go: address, name, and how the addresses of the pages behind it begin.
type Way = (&'static str, &'static str, &'static [&'static str]);

fn ways(locale: Locale, account: Option<&Account>) -> Vec<Way> {
    let Some(account) = account else { return Vec::new() };
    let mut ways = vec![
        ("/", say::label(locale), ["/label/"].as_slice()),
        ("/work", say::my_work(locale), &[]),
        ("/synsets", say::wordnet(locale), &["/synset/"]),
    ];
    if account.role.can_manage() {
        ways.push(("/projects", say::projects(locale), &["/project/", "/import/"]));
    }
    if account.role.can_administer() {
        ways.push(("/accounts", say::accounts(locale), &[]));
    }
    ways
}
