//! How the files of an import stand: all together, and each by itself.

use super::import_queue::{Fate, Queue, Row};
use crate::texts::{Locale, sending as say};
use leptos::prelude::*;

/// Files that are listed; more would only be slow to look at.
const LISTED: usize = 400;

/// How many files are here, of how many, with a bar.
pub(super) fn totals(queue: Queue) -> impl IntoView {
    let locale = queue.locale;
    let words = move || {
        let counts = queue.counts.get();
        let (bytes_here, bytes) = (mega(locale, counts.bytes_here), mega(locale, counts.bytes));
        let here = say::here(locale, counts.here, counts.files - counts.left_out, bytes_here, bytes);
        match counts.left_out {
            0 => here,
            some => format!("{here} · {}", say::left_out(locale, some)),
        }
    };
    view! {
        <div class="progress">
            <label for="sent">{words}</label>
            <progress
                id="sent"
                max=move || queue.counts.get().bytes.max(1).to_string()
                value=move || queue.counts.get().bytes_here.to_string()
            ></progress>
        </div>
    }
}

/// One line for each file.
pub(super) fn file_list(queue: Queue) -> impl IntoView {
    let locale = queue.locale;
    let listed = move || queue.rows.with(|rows| rows.iter().take(LISTED).cloned().collect::<Vec<_>>());
    let rest = move || queue.rows.with(Vec::len).saturating_sub(LISTED);
    view! {
        <div class="scroll sending-list" tabindex="0" role="region" aria-label=say::file_list(locale)>
            <ul>
                <For each=listed key=|row| row.id let:row>{line(locale, row)}</For>
            </ul>
        </div>
        {move || (rest() > 0).then(|| view! { <p class="quiet small">{say::more_files(locale, rest())}</p> })}
    }
}

fn line(locale: Locale, row: Row) -> impl IntoView {
    let fate = row.fate;
    let class = move || match fate.get() {
        Fate::Waiting => "is-waiting",
        Fate::Sending(_) => "is-sending",
        Fate::Here => "is-here",
        Fate::LeftOut(_) => "is-left-out",
    };
    let words = move || match fate.get() {
        Fate::Waiting => size(locale, row.bytes),
        Fate::Sending(percent) => say::percent(locale, u32::from(percent)),
        Fate::Here => say::is_here(locale).to_owned(),
        Fate::LeftOut(why) => format!("✕ {why}"),
    };
    view! {
        <li class=class>
            <span class="sending-name">{row.name}</span>
            <span class="sending-fate">{words}</span>
        </li>
    }
}

fn size(locale: Locale, bytes: u64) -> String {
    if bytes < 1_000_000 {
        say::kilobytes(locale, bytes.div_ceil(1_000))
    } else {
        say::megabytes(locale, mega(locale, bytes))
    }
}

/// Megabytes with one decimal below ten.
fn mega(locale: Locale, bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    if tenths < 100 { say::tenths(locale, tenths / 10, tenths % 10) } else { locale.count(tenths / 10) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well_at_every_length() {
        assert_eq!(size(Locale::En, 1), "1 kB");
        assert_eq!(size(Locale::En, 999_000), "999 kB");
        assert_eq!(size(Locale::En, 1_250_000), "1.3 MB");
        assert_eq!(size(Locale::En, 1_000_000_000), "1,000 MB");
    }
}
