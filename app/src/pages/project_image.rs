//! One image of a synset: large, with every vote on it, what it was judged to be and why, and where it came from.

use super::project_gallery::{Wanted, kind_named, name_of};
use super::screen::{Screen, page};
use crate::api::projects::{GalleryKind, ImageDetail, RelatedImage, Said, VoteLine};
use crate::components::bar::{tally, votes_bar};
use crate::components::link::{path_id, path_part, query};
use crate::components::synset_list::in_one_line;
use crate::components::time::time;
use crate::texts::{
    Locale, SLOT, candidates, counts, figures, fill, project_image as say, provenance, units,
};
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

pub(super) fn project_image() -> impl IntoView {
    let (project, wnid, candidate) = (path_id("project"), path_part("wnid"), path_id("candidate"));
    let (kind, sort) = (kind_named(&query("show")), Wanted::named("", &query("sort")).sort);
    page(async move {
        let locale = locale();
        let manager = require_manager()?;
        let projects = backend()?.projects;
        let image = projects.image(&manager, project?, &wnid, candidate?, (kind, sort)).await?;
        let title = say::title_of(locale, image.tile.candidate.to_string(), in_one_line(&image.words));
        Ok(Screen::new(
            title,
            view! {
                {head(locale, &image)}
                <div class="image-page">
                    {picture(locale, &image)}
                    <div class="stack">
                        {judgement(locale, &image)}
                        {votes(locale, &image)}
                        {provenance(locale, &image)}
                    </div>
                </div>
            },
        ))
    })
}

fn head(locale: Locale, image: &ImageDetail) -> impl IntoView + use<> {
    let (project, name) = image.project.clone();
    let path = format!("/project/{project}/synset/{}", image.wnid);
    let wanted = Wanted { kind: image.kind, sort: image.sort };
    let step = |to: Option<i64>, rel: &'static str, words: &'static str| {
        to.map(|to| {
            let to = wanted.link(&format!("{path}/image/{to}"), &[]);
            view! { <a class="button small" rel=rel href=to>{words}</a> }
        })
    };
    view! {
        <p class="crumbs">
            <a href=format!("/project/{project}")>{name}</a>" › "
            <a href=path.clone()>{in_one_line(&image.words)}</a>" › "
            <a href=format!("{}#gallery", wanted.link(&path, &[]))>{name_of(locale, image.kind)}</a>
        </p>
        <div class="head">
            <h1>{candidates::name(locale, image.tile.candidate.to_string())}</h1>
            <nav class="actions" aria-label=say::others(locale)>
                {step(image.previous, "prev", say::previous(locale))}
                {step(image.next, "next", say::next(locale))}
            </nav>
        </div>
        {(image.kind != image.stands).then(|| view! {
            <p class="notice">{stands_now(locale, image.stands)}</p>
        })}
    }
}

fn stands_now(locale: Locale, kind: GalleryKind) -> &'static str {
    match kind {
        GalleryKind::Positive => say::now_positive(locale),
        GalleryKind::Negative => say::now_negative(locale),
        GalleryKind::Open => say::now_open(locale),
        GalleryKind::Escalated => say::now_escalated(locale),
        GalleryKind::Duplicate => say::now_duplicate(locale),
    }
}

fn picture(locale: Locale, image: &ImageDetail) -> impl IntoView + use<> {
    let alt = candidates::name_for(locale, image.tile.candidate.to_string(), in_one_line(&image.words));
    view! {
        <a class="image-large" href=image.tile.large.clone()>
            <img src=image.tile.large.clone() alt=alt width=image.width height=image.height decoding="async"/>
        </a>
    }
}

fn judgement(locale: Locale, image: &ImageDetail) -> impl IntoView + use<> {
    let (yes, no, unsure) = image.tile.tally;
    let chance = image.tile.confidence.map(|p| {
        let (p, rejection) = (locale.chance(p), locale.chance(image.rejection));
        if let Some(votes) = image.votes_that_decide {
            return say::chance_counted(locale, p, counts::votes(locale, votes));
        }
        match image.threshold {
            Some(threshold) => say::chance_needed(locale, p, locale.chance(threshold), rejection),
            None => say::chance(locale, p, rejection),
        }
    });
    let duplicate = image.tile.duplicate_of.map(|(of, distance)| {
        let to = format!("/project/{}/synset/{}/image/{of}", image.project.0, image.wnid);
        let link = view! { <a href=to>{say::looks_like_candidate(locale, of.to_string())}</a> };
        view! { <p>{fill(say::looks_like(locale, SLOT, distance), link)}</p> }
    });
    view! {
        <section>
            <h2>{name_of(locale, image.stands)}</h2>
            {votes_bar((yes, no, unsure))}
            <p>{say::votes_so_far(locale, tally(image.tile.tally))}</p>
            {image.selected.map(|(share, low, high)| view! {
                <p class="quiet small">{say::selected(locale, locale.percent(share), locale.percent(low), locale.percent(high))}</p>
            })}
            {image.tile.reason.clone().map(|reason| view! { <p>{say::reason(locale, reason)}</p> })}
            {chance.map(|words| view! { <p>{words}</p> })}
            {duplicate}
            {image.related.as_ref().map(|related| related_image(locale, image.project.0, related))}
            {(image.reports > 0).then(|| view! { <p>{say::reports(locale, image.reports)}</p> })}
            {image.settled_at.map(|at| view! {
                <p class="quiet small">{fill(say::settled(locale, SLOT), time(locale, at))}</p>
            })}
            {image.in_initial_sample.then(|| view! { <p class="quiet small">{say::in_sample(locale)}</p> })}
        </section>
    }
}

fn related_image(locale: Locale, project: i64, related: &RelatedImage) -> impl IntoView + use<> {
    let to = format!("/project/{project}/synset/{}/image/{}", related.wnid, related.candidate);
    let link = view! { <a href=to>{in_one_line(&related.words)}</a> };
    let words = match (related.good, related.decides) {
        (true, true) => say::shown_below(locale, SLOT),
        (false, true) => say::not_shown_above(locale, SLOT),
        (true, false) => say::shown_below_too(locale, SLOT),
        (false, false) => say::not_shown_above_too(locale, SLOT),
    };
    view! { <p>{fill(words, link)}</p> }
}

fn votes(locale: Locale, image: &ImageDetail) -> impl IntoView + use<> {
    if image.votes.is_empty() {
        return view! { <section><h2>{figures::votes(locale)}</h2><p>{say::no_votes(locale)}</p></section> }
            .into_any();
    }
    let rows = image.votes.iter().map(|vote| vote_row(locale, vote)).collect_view();
    view! {
        <section>
            <h2>{figures::votes(locale)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::votes_on(locale)>
                <table>
                    <thead>
                        <tr><th scope="col">{say::worker(locale)}</th><th scope="col">{say::answer(locale)}</th><th scope="col">{say::when(locale)}</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn vote_row(locale: Locale, vote: &VoteLine) -> impl IntoView + use<> {
    let answer = match vote.corrected {
        None => view! { <b>{said(locale, vote.answer)}</b> }.into_any(),
        Some((now, at)) => view! {
            <b>{said(locale, now)}</b>
            <p class="small quiet">{fill(said_first(locale, vote.answer), time(locale, at))}</p>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                {vote.worker.clone()}
                {vote.excluded.then(|| view! { <p class="small quiet">{say::not_counted(locale)}</p> })}
                {vote.weight.map(|weight| view! { <p class="small quiet">{say::weighs(locale, locale.chance(weight))}</p> })}
            </th>
            <td>{answer}</td>
            <td>{time(locale, vote.voted_at)}</td>
        </tr>
    }
}

fn said(locale: Locale, answer: Said) -> &'static str {
    match answer {
        Said::Yes => say::yes(locale),
        Said::No => say::no(locale),
        Said::Unsure => say::unsure(locale),
        Said::TakenBack => say::taken_back(locale),
    }
}

/// The answer before a correction, with a slot for when that was.
fn said_first(locale: Locale, answer: Said) -> String {
    match answer {
        Said::Yes => say::first_yes(locale, SLOT),
        Said::No => say::first_no(locale, SLOT),
        Said::Unsure => say::first_unsure(locale, SLOT),
        Said::TakenBack => say::first_taken_back(locale, SLOT),
    }
}

fn provenance(locale: Locale, image: &ImageDetail) -> impl IntoView + use<> {
    let tile = &image.tile;
    // Only an address of the web becomes a link: the text came with the file.
    let source = tile.source_url.clone().map(|url| match url.starts_with("https://") || url.starts_with("http://") {
        true => view! { <a href=url.clone() target="_blank" rel="noopener noreferrer nofollow">{url.clone()}</a> }.into_any(),
        false => url.into_any(),
    });
    let line = |name: &'static str, value: Option<AnyView>| {
        let value =
            value.unwrap_or_else(|| view! { <span class="quiet">{say::not_given(locale)}</span> }.into_any());
        view! { <div><dt>{name}</dt><dd class="file">{value}</dd></div> }
    };
    let text = |words: &Option<String>| words.clone().map(IntoAny::into_any);
    let (format, bytes) = (image.format.to_uppercase(), bytes(locale, image.bytes));
    let size = say::size_words(locale, image.width, image.height, format, bytes);
    view! {
        <section>
            <h2>{say::provenance(locale)}</h2>
            <dl class="provenance-list">
                {line(provenance::source(locale), source)}
                {line(provenance::licence(locale), text(&tile.licence))}
                {line(provenance::attribution(locale), text(&tile.attribution))}
                {line(provenance::creator(locale), text(&image.creator))}
                {line(provenance::found_by(locale), text(&image.counted_under))}
                {line(say::file(locale), Some(tile.file_name.clone().into_any()))}
                {line(say::size(locale), Some(size.into_any()))}
                {line(say::came_in(locale), Some(time(locale, image.created_at).into_any()))}
            </dl>
        </section>
    }
}

/// A file's size: `48 kB`, `1.3 MB`.
fn bytes(locale: Locale, bytes: i64) -> String {
    match bytes {
        ..1_000 => units::bytes(locale, bytes),
        1_000..1_000_000 => units::kilobytes(locale, (bytes + 500) / 1_000),
        _ => units::megabytes(locale, locale.decimal(bytes as f64 / 1e6, 1)),
    }
}
