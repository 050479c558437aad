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
    let all = ways(locale, account.as_ref(), path);
    // The most particular way is the one: a project's workers are below the project, too.
    let is_within =
        |way: &Way| path == way.to || way.below.iter().any(|below| path.starts_with(below.as_str()));
    let place = all.iter().rposition(is_within);
    let ways = all
        .into_iter()
        .enumerate()
        .map(|(number, Way { to, name, .. })| {
            let here = Some(number) == place;
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

/// A way to go.
struct Way {
    /// The address.
    to: String,
    /// Its name.
    name: &'static str,
    /// How the addresses of the pages behind it begin.
    below: Vec<String>,
}

fn ways(locale: Locale, account: Option<&Account>, path: &str) -> Vec<Way> {
    let way = |to: &str, name, below: &[&str]| Way {
        to: to.to_owned(),
        name,
        below: below.iter().map(|&below| below.to_owned()).collect(),
    };
    let Some(account) = account else { return Vec::new() };
    let mut ways = vec![
        way("/", say::label(locale), &["/label/"]),
        way("/work", say::my_work(locale), &[]),
        way("/synsets", say::wordnet(locale), &["/synset/"]),
    ];
    if account.role.can_manage() {
        ways.push(way("/projects", say::projects(locale), &["/project/", "/import/"]));
        // Inside a project there is a way to the people who vote in it.
        if let Some(project) = project_of(path) {
            let (to, below) = (format!("/project/{project}/workers"), format!("/project/{project}/worker/"));
            ways.push(way(&to, say::workers(locale), &[&below]));
        }
    }
    if account.role.can_judge() {
        ways.push(way("/review", say::review(locale), &[]));
        // A project's queue is the same screen; it stands last so that it wins over the project.
        if let (Some(project), Some(review)) = (project_of(path), ways.last_mut()) {
            review.below.push(format!("/project/{project}/review"));
        }
    }
    if account.role.can_administer() {
        ways.push(way("/accounts", say::accounts(locale), &[]));
    }
    ways
}

/// The project in the path of one of its pages.
fn project_of(path: &str) -> Option<i64> {
    path.strip_prefix("/project/")?.split('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::roles::Role;

    fn names(role: Role, path: &str) -> Vec<&'static str> {
        let account = Account { id: 1, name: "ann".to_owned(), role };
        ways(Locale::En, Some(&account), path).into_iter().map(|way| way.name).collect()
    }

    #[test]
    fn everybody_sees_the_ways_that_are_open_to_them() {
        assert_eq!(names(Role::Worker, "/"), ["Label", "My work", "WordNet"]);
        assert_eq!(names(Role::Expert, "/"), ["Label", "My work", "WordNet", "Review"]);
        assert_eq!(names(Role::Manager, "/projects"), ["Label", "My work", "WordNet", "Projects"]);
        assert_eq!(
            names(Role::Manager, "/project/7"),
            ["Label", "My work", "WordNet", "Projects", "Workers"]
        );
        assert_eq!(
            names(Role::Admin, "/project/7/seed"),
            ["Label", "My work", "WordNet", "Projects", "Workers", "Review", "Accounts"]
        );
        assert_eq!(
            names(Role::Admin, "/project/x"),
            ["Label", "My work", "WordNet", "Projects", "Review", "Accounts"]
        );
    }
}
