//! Fields of forms: a label above, the input, a hint below that assistive technology reads with it.

use crate::texts::fields as say;
use crate::viewer::locale;
use domain::text::{Password, UserName};
use leptos::prelude::*;

/// A line of text. `kind` is the input's type, `complete` its autocomplete token.
pub(crate) struct TextField {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) complete: &'static str,
    pub(crate) value: String,
    pub(crate) placeholder: String,
    pub(crate) hint: &'static str,
    pub(crate) required: bool,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: usize,
}

impl Default for TextField {
    fn default() -> Self {
        Self {
            name: "",
            label: "",
            kind: "text",
            complete: "off",
            value: String::new(),
            placeholder: String::new(),
            hint: "",
            required: false,
            min_length: None,
            max_length: 500,
        }
    }
}

impl TextField {
    /// The field's markup.
    pub(crate) fn show(self) -> impl IntoView {
        let id = self.name.replace(['[', ']'], "-");
        let hint_id = (!self.hint.is_empty()).then(|| format!("{id}-hint"));
        let inputmode = match self.kind {
            "number" => Some("decimal"),
            _ => None,
        };
        // A wrong number should come back with the server's sentence, not be blanked by the browser.
        let kind = if self.kind == "number" { "text" } else { self.kind };
        let hint = hint_id.clone().map(|hint_id| view! { <p class="hint" id=hint_id>{self.hint}</p> });
        view! {
            <div class="field">
                <label for=id.clone()>{self.label}</label>
                <input
                    id=id
                    name=self.name
                    type=kind
                    inputmode=inputmode
                    autocomplete=self.complete
                    autocapitalize="none"
                    spellcheck="false"
                    value=self.value
                    placeholder=(!self.placeholder.is_empty()).then_some(self.placeholder)
                    required=self.required
                    minlength=self.min_length.map(|n| n.to_string())
                    maxlength=self.max_length.to_string()
                    aria-describedby=hint_id
                />
                {hint}
            </div>
        }
    }
}

/// The name that somebody signs in with.
pub(crate) fn name_field() -> impl IntoView {
    TextField {
        name: "name",
        label: say::name(locale()),
        complete: "username",
        required: true,
        max_length: UserName::MAX,
        ..TextField::default()
    }
    .show()
}

/// The name that somebody chooses to sign in with.
pub(crate) fn new_name_field() -> impl IntoView {
    TextField {
        name: "name",
        label: say::name(locale()),
        complete: "username",
        required: true,
        min_length: Some(UserName::MIN),
        max_length: UserName::MAX,
        hint: say::name_hint(locale()),
        ..TextField::default()
    }
    .show()
}

/// A password that exists already.
pub(crate) fn password_field(name: &'static str, label: &'static str) -> impl IntoView {
    TextField {
        name,
        label,
        kind: "password",
        complete: "current-password",
        required: true,
        max_length: Password::MAX,
        ..TextField::default()
    }
    .show()
}

/// A password to be chosen.
pub(crate) fn new_password_field(name: &'static str, label: &'static str) -> impl IntoView {
    TextField {
        name,
        label,
        kind: "password",
        complete: "new-password",
        required: true,
        min_length: Some(Password::MIN),
        max_length: Password::MAX,
        hint: say::password_hint(locale()),
        ..TextField::default()
    }
    .show()
}
