//! The pages that must work when nothing else does: no backend, no script, one template.

use crate::language::locale;
use app::api::ApiError;
use app::api::error::start_page;
use app::texts::Locale;
use askama::Template;

#[derive(Template)]
#[template(path = "refusal.html")]
struct Refusal<'a> {
    locale: Locale,
    title: &'a str,
    sentence: &'a str,
    start_page: &'a str,
    style: &'a str,
}

/// A page that says what went wrong. `style` is the address of the style sheet; the page is readable without it.
pub fn refusal(error: &ApiError, style: &str) -> String {
    let locale = locale();
    let sentence = error.words(locale);
    let (title, start_page) = (error.title(locale), start_page(locale));
    // Rendering fails only when a filter fails, and the template has none.
    Refusal { locale, title, sentence: &sentence, start_page, style }.render().unwrap_or(sentence)
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
