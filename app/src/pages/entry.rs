//! What comes before the first batch of a project, for its admin: the terms, and whether meanings are asked.

use super::preface::terms_text;
use crate::api::work::Entry;
use crate::components::format::{counted, moment};
use leptos::prelude::*;

/// The section of the settings page.
pub(super) fn entry_section(entry: Entry) -> impl IntoView {
    let Entry { project, name, terms, version, written_at, consents, definition_questions } = entry;
    let standing = match written_at {
        Some(at) if !terms.is_empty() => format!(
            "Version {version}, written {}. {} agreed to it.",
            moment(at),
            counted(consents, "person has", "people have")
        ),
        _ => "There are no terms: nobody is asked.".to_owned(),
    };
    let preview = (!terms.is_empty()).then(|| {
        view! {
            <details>
                <summary>"As workers see them"</summary>
                <div class="preface preview">
                    <p class="preface-step quiet small">"Before you begin · Terms"</p>
                    <h3>{name}</h3>
                    {terms_text(&terms)}
                    <p class="hint">"Below it: “I agree”, and “Not now”, which leads back to the start page."</p>
                </div>
            </details>
        }
    });
    view! {
        <section class="panel narrow" id="entry">
            <h2>"Before the first page"</h2>
            <form class="stack" method="post" action="/api/change_entry">
                <input type="hidden" name="project" value=project/>
                <div class="field">
                    <label for="terms">"Terms"</label>
                    <textarea id="terms" name="terms" rows="8" maxlength="20000" aria-describedby="terms-hint">{terms.clone()}</textarea>
                    <p class="hint" id="terms-hint">
                        "Plain text; an empty line begins a paragraph. Workers agree before their first page, and again whenever the text changes. Empty: nobody is asked. "
                        {standing}
                    </p>
                </div>
                <label class="check">
                    <input type="checkbox" name="definition_questions" value="true" checked=definition_questions/>
                    "Ask which definition is meant"
                </label>
                <p class="hint">"Once for each worker and synset, before its first page: its definition among those of its siblings."</p>
                <button class="primary" type="submit">"Save"</button>
            </form>
            {preview}
        </section>
    }
}
