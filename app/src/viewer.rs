//! Who is asking, and with which right. A right is a value: a method that takes `&Manager` can't be called without the check.

use crate::api::ApiError;
use crate::backend::{Backend, Door};
use crate::texts::{Locale, rights};
use domain::roles::Role;
use leptos::prelude::use_context;
use std::sync::Arc;

/// The account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: i64,
    /// The name people sign in with.
    pub name: String,
    /// Its role.
    pub role: Role,
}

/// How much a visitor's screen can show at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScreenSize {
    /// A phone.
    Small,
    /// Everything else.
    #[default]
    Large,
}

/// Proof that the account may label: everybody who is signed in may.
#[derive(Clone, Debug)]
pub struct Worker(Account);

/// Proof that the account may decide what the crowd can't.
#[derive(Clone, Debug)]
pub struct Expert(Account);

/// Proof that the account may watch projects.
#[derive(Clone, Debug)]
pub struct Manager(Account);

/// Proof that the account may seed, set and administer.
#[derive(Clone, Debug)]
pub struct Admin(Account);

macro_rules! proof {
    ($proof:ident, $right:ident, $refusal:ident) => {
        impl $proof {
            /// The proof, if the account has the right.
            ///
            /// # Errors
            /// [`ApiError::Forbidden`] otherwise.
            pub fn of(account: Account) -> Result<Self, ApiError> {
                if account.role.$right() {
                    Ok(Self(account))
                } else {
                    Err(ApiError::Forbidden(rights::$refusal(locale()).to_owned()))
                }
            }

            /// The account's id.
            pub fn id(&self) -> i64 {
                self.0.id
            }

            /// The account.
            pub fn account(&self) -> &Account {
                &self.0
            }
        }
    };
}
proof!(Worker, can_label, for_workers);
proof!(Expert, can_judge, for_experts);
proof!(Manager, can_manage, for_managers);
proof!(Admin, can_administer, for_admins);

/// The visitor's session.
///
/// # Errors
/// [`ApiError::Internal`] when the server forgot to provide it.
pub fn door() -> Result<Arc<dyn Door>, ApiError> {
    use_context::<Arc<dyn Door>>().ok_or(ApiError::Internal)
}

/// Everything behind the screens.
///
/// # Errors
/// [`ApiError::Internal`] when the server forgot to provide it.
pub fn backend() -> Result<Backend, ApiError> {
    use_context::<Backend>().ok_or(ApiError::Internal)
}

/// Who is signed in.
///
/// # Errors
/// [`ApiError::SignInNeeded`] when nobody is.
pub fn account() -> Result<Account, ApiError> {
    door()?.account().ok_or(ApiError::SignInNeeded)
}

/// What the browser says of its screen: the client hint where it is sent, else the word that phones have in their name.
pub fn screen() -> ScreenSize {
    let says = |name: &str, what: &str| {
        use_context::<axum::http::request::Parts>().and_then(|parts| {
            parts.headers.get(name).and_then(|value| value.to_str().ok()).map(|value| value.contains(what))
        })
    };
    let is_small = says("sec-ch-ua-mobile", "?1").or_else(|| says("user-agent", "Mobi")).unwrap_or(false);
    if is_small { ScreenSize::Small } else { ScreenSize::Large }
}

/// The language that the visitor reads: the one in the context, where something decided before, else what the browser asks for.
pub fn locale() -> Locale {
    use_context::<Locale>().unwrap_or_else(|| {
        let parts = use_context::<axum::http::request::Parts>();
        let wanted = parts.as_ref().and_then(|parts| parts.headers.get(axum::http::header::ACCEPT_LANGUAGE));
        wanted.and_then(|value| value.to_str().ok()).map(Locale::preferred).unwrap_or_default()
    })
}

/// Sends a browser that posted a plain form to another page of ours; a script gets the answer itself.
pub fn go_where_html_is_taken(path: &str) {
    if takes_html() {
        leptos_axum::redirect(path);
    }
}

/// Leaves a sentence for the next page of a browser that posted a plain form; a script shows the answer itself.
///
/// # Errors
/// The session can't be reached.
pub async fn tell_where_html_is_taken(notice: &str) -> Result<(), ApiError> {
    if takes_html() { door()?.leave_notice(notice).await } else { Ok(()) }
}

/// The right to label.
///
/// # Errors
/// Nobody is signed in.
pub fn require_worker() -> Result<Worker, ApiError> {
    Worker::of(account()?)
}

/// The right to decide what the crowd can't.
///
/// # Errors
/// Nobody is signed in, or without the right.
pub fn require_expert() -> Result<Expert, ApiError> {
    Expert::of(account()?)
}

/// The right to watch projects.
///
/// # Errors
/// Nobody is signed in, or without the right.
pub fn require_manager() -> Result<Manager, ApiError> {
    Manager::of(account()?)
}

/// The right to administer.
///
/// # Errors
/// Nobody is signed in, or without the right.
pub fn require_admin() -> Result<Admin, ApiError> {
    Admin::of(account()?)
}

/// Ends a server function: sets the status of an error, but only for callers that don't take HTML. A form that is posted
/// without script is redirected back, and a status would break the redirect.
///
/// # Errors
/// Hands the error on.
pub fn answer<T>(result: Result<T, ApiError>) -> Result<T, ApiError> {
    if let Err(error) = &result
        && !takes_html()
        && let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = axum::http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    result
}

/// Sends a browser without script whose form can't be used back to the form's page, with everything that was typed in the
/// address: the page says at each field what is wrong. False when there is nothing to show again.
pub fn shown_again<T>(
    result: &Result<T, ApiError>,
    page: &str,
    name: &str,
    typed: &[(String, String)],
) -> bool {
    let is_wrong = matches!(result, Err(ApiError::Invalid(_)));
    if !is_wrong || !takes_html() || !is_own_path(page) {
        return false;
    }
    let mut separator = '?';
    let mut address = page.to_owned();
    for (field, value) in typed {
        address.push_str(&crate::components::link::pair(separator, &format!("{name}[{field}]"), value));
        separator = '&';
    }
    leptos_axum::redirect(&address);
    true
}

/// Like [`answer`], and on success goes to `to` if that is a path of ours, else to `otherwise`.
///
/// # Errors
/// Hands the error on.
pub fn answer_and_go(result: Result<(), ApiError>, to: &str, otherwise: &str) -> Result<(), ApiError> {
    if result.is_ok() {
        leptos_axum::redirect(if is_own_path(to) { to } else { otherwise });
    }
    answer(result)
}

/// Like [`answer`], and on success leaves a sentence for the next page.
///
/// # Errors
/// Hands the error on.
pub async fn answer_and_tell(result: Result<(), ApiError>, notice: &str) -> Result<(), ApiError> {
    if result.is_ok() {
        door()?.leave_notice(notice).await?;
    }
    answer(result)
}

/// Like [`answer_and_tell`], and on success goes to a page of ours.
///
/// # Errors
/// Hands the error on.
pub async fn answer_and_go_telling(
    result: Result<(), ApiError>,
    to: &str,
    notice: &str,
) -> Result<(), ApiError> {
    if result.is_ok() {
        leptos_axum::redirect(to);
    }
    answer_and_tell(result, notice).await
}

/// Like [`answer`], and on success goes to `next`. A browser that posted a plain form is sent to `contradicted` when what it
/// sent contradicts what is recorded: that page says so itself, and asks again.
///
/// # Errors
/// Hands the error on.
pub fn answer_and_go_on(
    result: Result<(), ApiError>,
    next: &str,
    contradicted: &str,
) -> Result<(), ApiError> {
    match result {
        Ok(()) => go_where_html_is_taken(next),
        Err(ApiError::Conflict(_)) if takes_html() => {
            leptos_axum::redirect(contradicted);
            return Ok(());
        }
        Err(_) => {}
    }
    answer(result)
}

fn takes_html() -> bool {
    use_context::<axum::http::request::Parts>().is_some_and(|parts| {
        let accept = parts.headers.get(axum::http::header::ACCEPT);
        accept.and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains("text/html"))
    })
}

/// A path of this server, and not the address of another one ("//elsewhere", "/\elsewhere").
fn is_own_path(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(|c: char| c == '\\' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leaves_the_site() {
        assert!(is_own_path("/label/1?x=y"));
        for elsewhere in
            ["", "https://example.org", "//example.org", "/\\example.org", "/a\r\nSet-Cookie: b", "/a\u{1b}"]
        {
            assert!(!is_own_path(elsewhere), "{elsewhere:?}");
        }
    }

    #[test]
    fn a_worker_gets_no_proof_of_a_managers_right() {
        let worker = Account { id: 1, name: "w".into(), role: Role::Worker };
        assert!(Worker::of(worker.clone()).is_ok());
        assert!(matches!(Manager::of(worker.clone()), Err(ApiError::Forbidden(_))));
        assert!(matches!(Admin::of(worker), Err(ApiError::Forbidden(_))));
    }
}
