//! How the files of an import stand: all together, and each by itself.

use super::import_queue::{Fate, Queue, Row};
use leptos::prelude::*;

/// Files that are listed; more would only be slow to look at.
const LISTED: usize = 400;

/// How many files are here, of how many, with a bar.
pub(super) fn totals(queue: Queue) -> impl IntoView {
    let words = move || {
        let counts = queue.counts.get();
        let left_out = match counts.left_out {
            0 => String::new(),
            1 => " · 1 file can’t be taken".to_owned(),
            many => format!(" · {many} files can’t be taken"),
        };
        let to_send = counts.files - counts.left_out;
        let bytes = format!("{} of {} MB", mega(counts.bytes_here), mega(counts.bytes));
        format!("{} of {to_send} files are here · {bytes}{left_out}", counts.here)
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
    let listed = move || queue.rows.with(|rows| rows.iter().take(LISTED).cloned().collect::<Vec<_>>());
    let rest = move || queue.rows.with(Vec::len).saturating_sub(LISTED);
    view! {
        <div class="scroll sending-list" tabindex="0" role="region" aria-label="Files one by one">
            <ul>
                <For each=listed key=|row| row.id let:row>{line(row)}</For>
            </ul>
        </div>
        {move || (rest() > 0).then(|| view! { <p class="quiet small">{format!("… and {} files more", rest())}</p> })}
    }
}

fn line(row: Row) -> impl IntoView {
    let fate = row.fate;
    let class = move || match fate.get() {
        Fate::Waiting => "is-waiting",
        Fate::Sending(_) => "is-sending",
        Fate::Here => "is-here",
        Fate::LeftOut(_) => "is-left-out",
    };
    let words = move || match fate.get() {
        Fate::Waiting => size(row.bytes),
        Fate::Sending(percent) => format!("{percent} %"),
        Fate::Here => "✓ here".to_owned(),
        Fate::LeftOut(why) => format!("✕ {why}"),
    };
    view! {
        <li class=class>
            <span class="sending-name">{row.name}</span>
            <span class="sending-fate">{words}</span>
        </li>
    }
}

fn size(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{} KB", bytes.div_ceil(1_000)) } else { format!("{} MB", mega(bytes)) }
}

/// Megabytes with one decimal below ten.
fn mega(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    if tenths < 100 { format!("{}.{}", tenths / 10, tenths % 10) } else { (tenths / 10).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_well_at_every_length() {
        assert_eq!(size(1), "1 KB");
        assert_eq!(size(999_000), "999 KB");
        assert_eq!(size(1_250_000), "1.3 MB");
        assert_eq!(size(1_000_000_000), "1000 MB");
    }
}
