//! Why somebody gets no more batches of a project, and whom to ask.

use super::screen::Screen;
use crate::texts::stopped as say;
use crate::viewer::locale;
use leptos::prelude::*;

/// The screen of a worker who was stopped, with the reason that a manager wrote.
pub(super) fn stopped(reason: String) -> Screen {
    let locale = locale();
    Screen::new(
        say::title(locale),
        view! {
            <div class="problem">
                <h1>{say::heading(locale)}</h1>
                <p>{say::reason(locale)}</p>
                <blockquote class="reason">{reason}</blockquote>
                <p>{say::appeal(locale)}</p>
                <p class="actions">
                    <a class="button primary" href="/work">{say::my_work(locale)}</a>
                    <a class="button" href="/">{say::other_projects(locale)}</a>
                </p>
            </div>
        },
    )
}
