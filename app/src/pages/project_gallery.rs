//! The images of a synset by verdict, each with its votes, the reason, and where it came from.

use crate::api::projects::{Gallery, GalleryKind, GalleryTile, SynsetDetail};
use crate::components::format::{chance, count, counted};
use crate::components::link::href;
use crate::components::problem::empty;
use leptos::prelude::*;

const KINDS: [(GalleryKind, &str, &str); 5] = [
    (GalleryKind::Positive, "positive", "Positive"),
    (GalleryKind::Negative, "negative", "Negative"),
    (GalleryKind::Open, "open", "Open"),
    (GalleryKind::Escalated, "escalated", "Escalated"),
    (GalleryKind::Duplicate, "duplicate", "Near duplicates"),
];

/// The kind that a word in the address names; positive where it names none.
pub(super) fn kind_named(word: &str) -> GalleryKind {
    KINDS.into_iter().find(|kind| kind.1 == word).map(|kind| kind.0).unwrap_or_default()
}

/// The tabs and the tiles.
pub(super) fn gallery(detail: &SynsetDetail, shown: Gallery) -> impl IntoView + use<> {
    let path = format!("/project/{}/synset/{}", detail.project.0, detail.row.wnid);
    let next = shown.next.map(|after| {
        let word = KINDS.into_iter().find(|kind| kind.0 == shown.kind).map_or("", |kind| kind.1);
        format!("{}#gallery", href(&path, &[("show", word), ("after", &after.to_string())]))
    });
    let tiles = if shown.tiles.is_empty() {
        empty("No such images", nothing_of(shown.kind)).into_any()
    } else {
        let tiles = shown.tiles.into_iter().map(tile).collect_view();
        view! { <ul class="gallery">{tiles}</ul> }.into_any()
    };
    view! {
        <section id="gallery">
            <h2>"Images"</h2>
            {tabs(detail, &path, shown.kind)}
            {tiles}
            {next.map(|next| view! { <nav class="pager" aria-label="Pages of images"><a class="button" rel="next" href=next>"More images"</a></nav> })}
        </section>
    }
}

fn tabs(detail: &SynsetDetail, path: &str, shown: GalleryKind) -> impl IntoView + use<> {
    let totals = detail.row.totals;
    let tabs = KINDS
        .into_iter()
        .map(|(kind, word, name)| {
            let n = match kind {
                GalleryKind::Positive => totals.positive,
                GalleryKind::Negative => totals.negative,
                GalleryKind::Open => totals.open(),
                GalleryKind::Escalated => totals.escalated,
                GalleryKind::Duplicate => totals.duplicates,
            };
            let to = format!("{}#gallery", href(path, &[("show", word)]));
            view! { <li><a href=to aria-current=(kind == shown).then_some("page")>{name}" "<span class="quiet">{count(n)}</span></a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label="Images by verdict"><ul>{tabs}</ul></nav> }
}

fn nothing_of(kind: GalleryKind) -> &'static str {
    match kind {
        GalleryKind::Positive => "No image has been accepted so far.",
        GalleryKind::Negative => "No image has been rejected so far.",
        GalleryKind::Open => "Nothing is open.",
        GalleryKind::Escalated => "No image needs an expert.",
        GalleryKind::Duplicate => "No image looks like another.",
    }
}

fn tile(tile: GalleryTile) -> impl IntoView {
    let (yes, no, unsure) = tile.tally;
    let votes = match unsure {
        0 => format!("{} yes, {} no", count(yes), count(no)),
        _ => format!("{} yes, {} no, {} unsure", count(yes), count(no), count(unsure)),
    };
    view! {
        <li class="gallery-tile" id=format!("c{}", tile.candidate)>
            <a href=tile.large target="_blank" rel="noopener">
                <img src=tile.small alt=format!("Candidate {}", tile.candidate) width="256" height="256" loading="lazy" decoding="async"/>
            </a>
            <p class="tally"><b>{votes}</b>{tile.confidence.map(|p| view! { <span title="Chance that it is good">{format!(" · {}", chance(p))}</span> })}</p>
            {tile.reason.map(|reason| view! { <p class="small">{reason}</p> })}
            {tile.duplicate_of.map(|(of, distance)| view! {
                <p class="small">{format!("Looks like candidate {of}, {} apart", counted(distance, "bit", "bits"))}</p>
            })}
            {provenance(tile.file_name, tile.source_url, tile.licence, tile.attribution)}
        </li>
    }
}

fn provenance(
    file_name: String,
    source_url: Option<String>,
    licence: Option<String>,
    attribution: Option<String>,
) -> impl IntoView {
    // Only an address of the web becomes a link: the text came with the file.
    let link = source_url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    view! {
        <details class="provenance">
            <summary>{licence.unwrap_or_else(|| "No licence given".to_owned())}</summary>
            {attribution.map(|words| view! { <p>{words}</p> })}
            <p class="file">{file_name}</p>
            {link.map(|url| view! { <p><a href=url target="_blank" rel="noopener noreferrer nofollow">"Source"</a></p> })}
        </details>
    }
}
