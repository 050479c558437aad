//! Who is asking: resolved once a request, handed to routes as a proof and to screens as their `Door`.

use super::client::Client;
use super::error::{HttpError, takes_html};
use super::limits::SESSION_TOUCH;
use super::observe::Actor;
use super::session::{ACCOUNT, NOTICE, USED_AT, milliseconds};
use crate::world::World;
use app::api::ApiError;
use app::backend::{Answer, Door};
use app::viewer::{Account, Admin, Manager, Worker};
use async_trait::async_trait;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};
use tower_sessions::Session;

/// Where votes are submitted: the one path on which a session is never written.
const VOTE_PATH: &str = "/api/submit_votes";

/// The visitor of one request.
pub struct Visitor {
    session: Session,
    address: IpAddr,
    account: Mutex<Option<Account>>,
}

/// Middleware: finds the visitor's account, with the role that it has now, and hands the visitor on.
pub async fn find(
    State(world): State<World>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let account = match signed_in(&world, &session).await {
        Ok(account) => account,
        Err(error) => return HttpError::from(error).into_response(),
    };
    if let Some(account) = &account {
        if let Some(actor) = request.extensions().get::<Actor>() {
            actor.set(account.id);
        }
        if only_reads(&request)
            && let Err(error) = touch(&world, &session).await
        {
            return HttpError::from(error).into_response();
        }
    }
    let address = request
        .extensions()
        .get::<Client>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.address);
    request.extensions_mut().insert(Arc::new(Visitor { session, address, account: Mutex::new(account) }));
    next.run(request).await
}

/// An account that was switched off is signed out, whatever its session says.
async fn signed_in(world: &World, session: &Session) -> Result<Option<Account>, ApiError> {
    let Some(id) = session.get::<i64>(ACCOUNT).await.map_err(out_of_reach)? else { return Ok(None) };
    let row = world
        .store
        .account(id)
        .await
        .map_err(|error| ApiError::from(crate::service::Failure::from(error)))?;
    match row {
        Some(row) if row.disabled_at.is_none() => {
            Ok(Some(Account { id: row.account_id, name: row.name, role: row.role }))
        }
        _ => {
            session.flush().await.map_err(out_of_reach)?;
            Ok(None)
        }
    }
}

/// Whether a request may record that the session is in use: never where votes go through.
fn only_reads(request: &Request) -> bool {
    [Method::GET, Method::HEAD].contains(request.method()) && request.uri().path() != VOTE_PATH
}

/// Records that the session is in use, seldom.
async fn touch(world: &World, session: &Session) -> Result<(), ApiError> {
    let used_at = session.get::<i64>(USED_AT).await.map_err(out_of_reach)?.unwrap_or_default();
    if world.now().saturating_sub(used_at) >= milliseconds(SESSION_TOUCH) {
        session.insert(USED_AT, world.now()).await.map_err(out_of_reach)?;
    }
    Ok(())
}

impl Visitor {
    fn account_now(&self) -> Option<Account> {
        self.account.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_account(&self, account: Option<Account>) {
        *self.account.lock().unwrap_or_else(PoisonError::into_inner) = account;
    }

    async fn open_under_new_id(&self, account: &Account) -> Result<(), tower_sessions::session::Error> {
        self.session.cycle_id().await?;
        self.session.insert(ACCOUNT, account.id).await?;
        self.session.save().await
    }

    async fn keep(&self, notice: &str) -> Result<(), tower_sessions::session::Error> {
        self.session.insert(NOTICE, notice).await?;
        self.session.save().await
    }

    async fn take(&self) -> Result<Option<String>, tower_sessions::session::Error> {
        if self.session.get::<String>(NOTICE).await?.is_none() {
            return Ok(None);
        }
        let notice = self.session.remove::<String>(NOTICE).await?;
        self.session.save().await?;
        Ok(notice)
    }
}

#[async_trait]
impl Door for Visitor {
    fn account(&self) -> Option<Account> {
        self.account_now()
    }

    fn address(&self) -> IpAddr {
        self.address
    }

    async fn sign_in(&self, account: &Account) -> Answer<()> {
        self.open_under_new_id(account).await.map_err(out_of_reach)?;
        self.set_account(Some(account.clone()));
        Ok(())
    }

    async fn sign_out(&self) -> Answer<()> {
        if self.session.id().is_some() {
            self.session.flush().await.map_err(out_of_reach)?;
        }
        self.set_account(None);
        Ok(())
    }

    async fn leave_notice(&self, notice: &str) -> Answer<()> {
        self.keep(notice).await.map_err(out_of_reach)
    }

    async fn take_notice(&self) -> Answer<Option<String>> {
        self.take().await.map_err(out_of_reach)
    }
}

fn out_of_reach(error: tower_sessions::session::Error) -> ApiError {
    tracing::warn!(%error, "the sessions can't be reached");
    ApiError::Unavailable { seconds: 5 }
}

/// A right that a route asks for by naming it.
pub trait Right: Sized {
    /// The proof, if the account has the right.
    ///
    /// # Errors
    /// [`ApiError::Forbidden`] otherwise.
    fn of(account: Account) -> Result<Self, ApiError>;
}

macro_rules! right {
    ($($proof:ident),*) => {$(
        impl Right for $proof {
            fn of(account: Account) -> Result<Self, ApiError> {
                $proof::of(account)
            }
        }
    )*};
}
right!(Worker, Manager, Admin);

/// The proof that the visitor is signed in and has the right, and the visitor.
pub struct Signed<R> {
    /// The proof.
    pub right: R,
    /// The session.
    pub visitor: Arc<Visitor>,
}

impl<R: Right, S: Sync> FromRequestParts<S> for Signed<R> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let visitor = parts.extensions.get::<Arc<Visitor>>().cloned();
        let Some(visitor) = visitor else { return Err(HttpError::from(ApiError::Internal).into_response()) };
        let Some(account) = visitor.account_now() else { return Err(to_the_sign_in(parts)) };
        let right = R::of(account).map_err(|error| HttpError::from(error).into_response())?;
        Ok(Self { right, visitor })
    }
}

/// A person who follows a link signs in and gets there; a script is told.
fn to_the_sign_in(parts: &Parts) -> Response {
    if parts.method == Method::GET && takes_html(&parts.headers) {
        let path: String =
            parts.uri.path().chars().filter(|c| c.is_ascii_alphanumeric() || "/._-".contains(*c)).collect();
        return Redirect::to(&format!("/sign-in?to={path}")).into_response();
    }
    let mut response = HttpError::from(ApiError::SignInNeeded).into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Cookie"));
    response
}
