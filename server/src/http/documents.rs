//! The pages that must work when nothing else does: no backend, no script, one template.

use app::api::ApiError;
use askama::Template;

#[derive(Template)]
#[template(path = "refusal.html")]
struct Refusal<'a> {
    title: &'a str,
    sentence: &'a str,
    style: &'a str,
}

/// A page that says what went wrong. `style` is the address of the style sheet; the page is readable without it.
pub fn refusal(error: &ApiError, style: &str) -> String {
    let title = match error {
        ApiError::SignInNeeded => "Please sign in",
        ApiError::Forbidden(_) => "Not allowed",
        ApiError::NotFound(_) => "Not found",
        ApiError::Invalid(_) => "That could not be used",
        ApiError::Conflict(_) => "That contradicts what is recorded",
        ApiError::TooOften { .. } => "Too often",
        ApiError::Unavailable { .. } => "Just now out of reach",
        ApiError::Internal => "Something went wrong",
    };
    let sentence = error.to_string();
    // Rendering fails only when a filter fails, and the template has none.
    Refusal { title, sentence: &sentence, style }.render().unwrap_or(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_text_and_never_markup() {
        let page = refusal(&ApiError::Invalid("<script>alert(1)</script>".into()), "/synvote.css");
        assert!(!page.contains("<script>") && page.contains("alert(1)"), "{page}");
        assert!(page.contains("<html lang=\"en\">") && page.contains("href=\"/synvote.css\""), "{page}");
    }
}
