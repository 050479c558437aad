//! Why somebody gets no more batches of a project, and whom to ask.

use super::screen::Screen;
use leptos::prelude::*;

/// The screen of a worker who was stopped, with the reason that a manager wrote.
pub(super) fn stopped(reason: String) -> Screen {
    Screen::new(
        "Stopped in this project",
        view! {
            <div class="problem">
                <h1>"You were stopped in this project"</h1>
                <p>"A project manager has decided that your answers here don’t count for now. The reason:"</p>
                <blockquote class="reason">{reason}</blockquote>
                <p>
                    "If you think that is a mistake, ask a manager of this project to look at it again: a decision can be taken back, and your
                    answers count again then. Other projects are not touched by it."
                </p>
                <p class="actions">
                    <a class="button primary" href="/work">"See my work"</a>
                    <a class="button" href="/">"Other projects"</a>
                </p>
            </div>
        },
    )
}
