//! The language of whoever is being answered, for what services and routes say to people.

use app::texts::Locale;
use axum::extract::Request;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::middleware::Next;
use axum::response::Response;

tokio::task_local! {
    static SPOKEN: Locale;
}

/// The language of the request that is being answered; English in jobs and on the command line.
pub fn locale() -> Locale {
    SPOKEN.try_with(|locale| *locale).unwrap_or_default()
}

/// Middleware: answers in the language that the browser asks for.
pub async fn listen(request: Request, next: Next) -> Response {
    let wanted = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let locale = wanted.map(Locale::preferred).unwrap_or_default();
    SPOKEN.scope(locale, next.run(request)).await
}

/// Work that goes on in a task of its own, in the language of the request that began it.
pub fn carried<F: Future>(work: F) -> impl Future<Output = F::Output> {
    spoken(locale(), work)
}

/// Work for whoever speaks this language, whoever does it.
pub fn spoken<F: Future>(language: Locale, work: F) -> impl Future<Output = F::Output> {
    SPOKEN.scope(language, work)
}
