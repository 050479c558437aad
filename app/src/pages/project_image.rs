//! One image of a synset: large, with every vote on it, what it was judged to be and why, and where it came from.

use super::project_gallery::{Wanted, kind_named, name_of, votes_in_words};
use super::screen::{Screen, page};
use crate::api::projects::{ImageDetail, Said, VoteLine};
use crate::components::bar::votes_bar;
use crate::components::format::{chance, count, counted, machine_moment, moment};
use crate::components::link::{path_id, path_part, query};
use crate::components::synset_list::in_one_line;
use crate::viewer::{backend, require_manager};
use leptos::prelude::*;

pub(super) fn project_image() -> impl IntoView {
    let (project, wnid, candidate) = (path_id("project"), path_part("wnid"), path_id("candidate"));
    let (kind, sort) = (kind_named(&query("show")), Wanted::named("", &query("sort")).sort);
    page(async move {
        let manager = require_manager()?;
        let projects = backend()?.projects;
        let image = projects.image(&manager, project?, &wnid, candidate?, (kind, sort)).await?;
        let title = format!("Candidate {} of {}", image.tile.candidate, in_one_line(&image.words));
        Ok(Screen::new(
            title,
            view! {
                {head(&image)}
                <div class="image-page">
                    {picture(&image)}
                    <div class="stack">
                        {judgement(&image)}
                        {votes(&image)}
                        {provenance(&image)}
                    </div>
                </div>
            },
        ))
    })
}

fn head(image: &ImageDetail) -> impl IntoView + use<> {
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
            <a href=format!("{}#gallery", wanted.link(&path, &[]))>{name_of(image.kind)}</a>
        </p>
        <div class="head">
            <h1>{format!("Candidate {}", image.tile.candidate)}</h1>
            <nav class="actions" aria-label="Other images in this order">
                {step(image.previous, "prev", "← Previous")}
                {step(image.next, "next", "Next →")}
            </nav>
        </div>
        {(image.kind != image.stands).then(|| view! {
            <p class="notice">{format!("It is not among these any more: it is {} now.", name_of(image.stands).to_lowercase())}</p>
        })}
    }
}

fn picture(image: &ImageDetail) -> impl IntoView + use<> {
    let alt = format!("Candidate {} for {}", image.tile.candidate, in_one_line(&image.words));
    view! {
        <a class="image-large" href=image.tile.large.clone()>
            <img src=image.tile.large.clone() alt=alt width=image.width height=image.height decoding="async"/>
        </a>
    }
}

fn judgement(image: &ImageDetail) -> impl IntoView + use<> {
    let (yes, no, unsure) = image.tile.tally;
    let chance_line = image.tile.confidence.map(|p| {
        let needed = image
            .threshold
            .map_or_else(String::new, |threshold| format!(", {} is needed", chance(threshold)));
        format!(
            "The chance that it is good is {}{needed}; at {} or below it is given up.",
            chance(p),
            chance(image.rejection)
        )
    });
    let duplicate = image.tile.duplicate_of.map(|(of, distance)| {
        let to = format!("/project/{}/synset/{}/image/{of}", image.project.0, image.wnid);
        view! { <p>"It looks like "<a href=to>{format!("candidate {of}")}</a>{format!(" ({distance} of 64 bits differ), so nobody is asked about it.")}</p> }
    });
    view! {
        <section>
            <h2>{name_of(image.stands)}</h2>
            {votes_bar((yes, no, unsure))}
            <p>{format!("{}.", votes_in_words(image.tile.tally))}</p>
            {image.tile.reason.clone().map(|reason| view! { <p>{format!("Why: {reason}.")}</p> })}
            {chance_line.map(|line| view! { <p>{line}</p> })}
            {duplicate}
            {(image.reports > 0).then(|| view! {
                <p>{format!("{} this picture as broken or offensive.", counted(image.reports, "person reports", "people report"))}</p>
            })}
            {image.settled_at.map(|at| view! {
                <p class="quiet small">"Settled "<time datetime=machine_moment(at)>{moment(at)}</time></p>
            })}
            {image.in_initial_sample.then(|| view! { <p class="quiet small">"It is one of the initial sample, which the table was learned from."</p> })}
        </section>
    }
}

fn votes(image: &ImageDetail) -> impl IntoView + use<> {
    if image.votes.is_empty() {
        return view! { <section><h2>"Votes"</h2><p>"Nobody has voted on it yet."</p></section> }.into_any();
    }
    let rows = image.votes.iter().map(vote_row).collect_view();
    view! {
        <section>
            <h2>"Votes"</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Votes on this image">
                <table>
                    <thead>
                        <tr><th scope="col">"Worker"</th><th scope="col">"Answer"</th><th scope="col">"When"</th></tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn vote_row(vote: &VoteLine) -> impl IntoView + use<> {
    let answer = match vote.corrected {
        None => view! { <b>{said(vote.answer)}</b> }.into_any(),
        Some((now, at)) => view! {
            <b>{said(now)}</b>
            <p class="small quiet">
                {format!("first {}, changed ", said(vote.answer).to_lowercase())}
                <time datetime=machine_moment(at)>{moment(at)}</time>
            </p>
        }
        .into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                {vote.worker.clone()}
                {vote.excluded.then(|| view! { <p class="small quiet">"Not counted: this worker is excluded."</p> })}
            </th>
            <td>{answer}</td>
            <td><time datetime=machine_moment(vote.voted_at)>{moment(vote.voted_at)}</time></td>
        </tr>
    }
}

fn said(answer: Said) -> &'static str {
    match answer {
        Said::Yes => "Yes",
        Said::No => "No",
        Said::Unsure => "Unsure",
        Said::TakenBack => "Taken back",
    }
}

fn provenance(image: &ImageDetail) -> impl IntoView + use<> {
    let tile = &image.tile;
    // Only an address of the web becomes a link: the text came with the file.
    let source = tile.source_url.clone().map(|url| match url.starts_with("https://") || url.starts_with("http://") {
        true => view! { <a href=url.clone() target="_blank" rel="noopener noreferrer nofollow">{url.clone()}</a> }.into_any(),
        false => url.into_any(),
    });
    let line = |name: &'static str, value: Option<AnyView>| {
        let value = value.unwrap_or_else(|| view! { <span class="quiet">"not given"</span> }.into_any());
        view! { <div><dt>{name}</dt><dd class="file">{value}</dd></div> }
    };
    let text = |words: &Option<String>| words.clone().map(IntoAny::into_any);
    let size = format!(
        "{} × {} pixels, {}, {}",
        count(image.width),
        count(image.height),
        image.format.to_uppercase(),
        bytes(image.bytes)
    );
    view! {
        <section>
            <h2>"Where it came from"</h2>
            <dl class="provenance-list">
                {line("Source", source)}
                {line("Licence", text(&tile.licence))}
                {line("Attribution", text(&tile.attribution))}
                {line("Creator", text(&image.creator))}
                {line("File", Some(tile.file_name.clone().into_any()))}
                {line("Size", Some(size.into_any()))}
                {line("Came in", Some(view! { <time datetime=machine_moment(image.created_at)>{moment(image.created_at)}</time> }.into_any()))}
            </dl>
        </section>
    }
}

/// A file's size: `48 kB`, `1.3 MB`.
fn bytes(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes}\u{a0}bytes"),
        1_000..1_000_000 => format!("{}\u{a0}kB", (bytes + 500) / 1_000),
        _ => format!("{:.1}\u{a0}MB", bytes as f64 / 1e6),
    }
}
