//! What comes before the first batch of a project, for its admin: the terms, and whether meanings are asked.

use super::preface::{step, terms_text};
use crate::api::work::Entry;
use crate::texts::{entry as say, preface};
use crate::viewer::locale;
use leptos::prelude::*;

/// The section of the settings page.
pub(super) fn entry_section(entry: Entry) -> impl IntoView {
    let locale = locale();
    let Entry { project, name, terms, version, written_at, consents, definition_questions } = entry;
    let standing = match written_at {
        Some(at) if !terms.is_empty() => {
            say::standing(locale, version.to_string(), locale.moment(at), consents)
        }
        _ => say::no_terms(locale).to_owned(),
    };
    let preview = (!terms.is_empty()).then(|| {
        view! {
            <details>
                <summary>{say::preview(locale)}</summary>
                <div class="preface preview">
                    {step(locale, preface::terms(locale))}
                    <h3>{name}</h3>
                    {terms_text(locale, &terms)}
                    <p class="hint">{say::preview_hint(locale, preface::agree(locale), preface::not_now(locale))}</p>
                </div>
            </details>
        }
    });
    view! {
        <section class="panel narrow" id="entry">
            <h2>{say::title(locale)}</h2>
            <form class="stack" method="post" action="/api/change_entry">
                <input type="hidden" name="project" value=project/>
                <div class="field">
                    <label for="terms">{preface::terms(locale)}</label>
                    <textarea id="terms" name="terms" rows="8" maxlength="20000" aria-describedby="terms-hint">{terms.clone()}</textarea>
                    <p class="hint" id="terms-hint">{say::terms_hint(locale)}" "{standing}</p>
                </div>
                <label class="check">
                    <input type="checkbox" name="definition_questions" value="true" checked=definition_questions/>
                    {say::ask_definition(locale)}
                </label>
                <p class="hint">{say::ask_definition_hint(locale)}</p>
                <button class="primary" type="submit">{say::save(locale)}</button>
            </form>
            {preview}
        </section>
    }
}
