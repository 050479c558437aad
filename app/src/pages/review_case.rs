//! One case of the expert's queue: the picture, what is asked, what people said, and the answers.

use super::workers::word;
use crate::api::review::{Case, CaseVote, Decided, ExpertAnswer, Place, Provenance, Why};
use crate::api::workers::VoteAnswer;
use crate::components::badge::badge;
use crate::components::bar::tally;
use crate::components::format::{chance, counted, machine_moment, moment};
use crate::components::synset_list::first_word;
use leptos::prelude::*;

/// The case, with its buttons.
pub(super) fn case(case: &Case, place: &Place, mine: Option<ExpertAnswer>) -> impl IntoView + use<> {
    let (_, name) = case.project.clone();
    // In a blind review the votes come with the decision.
    let in_sight = !place.blind || case.decided.is_some();
    view! {
        <article class="case">
            <a class="case-picture" href=case.large.clone() target="_blank" rel="noopener">
                <img src=case.large.clone() alt=format!("Candidate {}", case.candidate) fetchpriority="high"/>
            </a>
            <div class="case-side">
                {conflict(case, place, mine)}
                <div>
                    <p class="quiet small">{name}" · "{why(case)}</p>
                    <h1>{format!("Does it show: {}?", first_word(&case.words))}</h1>
                    {others(&case.words)}
                    <p class="definition">{case.definition.clone()}</p>
                    {siblings(case)}
                </div>
                {decided(case.decided.as_ref())}
                {answers(case, place)}
                {in_sight.then(|| votes(case))}
                {ways(case, place)}
                {reports(case.reports)}
                {provenance(&case.provenance)}
            </div>
        </article>
    }
}

fn others(words: &[String]) -> impl IntoView + use<> {
    let rest = words.get(1..).unwrap_or_default().join(", ");
    (!rest.is_empty()).then(|| view! { <p class="quiet">{rest}</p> })
}

fn why(case: &Case) -> impl IntoView + use<> {
    case.why.map(|why| match why {
        Why::Reported => badge("bad", "Reported"),
        Why::Escalated => badge("warn", "Escalated"),
        Why::OnHold => badge("warn", "Synset on hold"),
        Why::Disputed => badge("busy", "People disagree"),
    })
}

fn siblings(case: &Case) -> impl IntoView + use<> {
    let entries = case
        .siblings
        .iter()
        .map(|sibling| view! { <div><dt>{sibling.words.clone()}</dt><dd>{sibling.definition.clone()}</dd></div> })
        .collect_view();
    (!case.siblings.is_empty()).then(
        || view! { <details class="not-this"><summary>"Not this"</summary><dl>{entries}</dl></details> },
    )
}

/// Somebody else decided while this page was open: both answers, and what can be done.
fn conflict(case: &Case, place: &Place, mine: Option<ExpertAnswer>) -> impl IntoView + use<> {
    let theirs = case.decided.clone();
    mine.map(|mine| {
        let said = match theirs {
            Some(theirs) => format!("{} said: {}.", who(&theirs), shows(theirs.shows)),
            None => "The earlier decision was taken back.".to_owned(),
        };
        let own = match mine {
            ExpertAnswer::Yes => "it shows it",
            ExpertAnswer::No => "it does not show it",
            ExpertAnswer::Open => "take it back",
        };
        view! {
            <div class="alert stack" role="alert">
                <p><b>"Somebody else decided this a moment ago."</b></p>
                <p>{format!("{said} You said: {own}. Yours is not recorded.")}</p>
                <div class="actions">
                    {form(case, place, mine, view! { <button class="small" type="submit">{format!("Still: {own}")}</button> })}
                    <a class="button small" href=place.past(case.candidate).path(None)>"Leave theirs, go on"</a>
                </div>
            </div>
        }
    })
}

fn decided(decided: Option<&Decided>) -> impl IntoView + use<> {
    decided.cloned().map(|decided| {
        view! {
            <p class="notice">
                {format!("{} said: {}, ", who(&decided), shows(decided.shows))}
                <time datetime=machine_moment(decided.at)>{moment(decided.at)}</time>"."
            </p>
        }
    })
}

fn who(decided: &Decided) -> String {
    if decided.is_mine { "You".to_owned() } else { decided.by.clone() }
}

fn shows(shows: bool) -> &'static str {
    if shows { "it shows it" } else { "it does not show it" }
}

fn answers(case: &Case, place: &Place) -> impl IntoView + use<> {
    let button = |answer, class, key, words| {
        form(
            case,
            place,
            answer,
            view! { <button class=class type="submit" data-key=key>{words}" "<kbd>{key}</kbd></button> },
        )
    };
    view! {
        <div class="case-answers">
            {button(ExpertAnswer::Yes, "primary large", "y", "It shows it")}
            {button(ExpertAnswer::No, "large", "n", "It does not")}
        </div>
        {case.decided.is_some().then(|| form(
            case, place, ExpertAnswer::Open, view! { <button class="small" type="submit">"Take the decision back"</button> },
        ))}
    }
}

fn form(case: &Case, place: &Place, answer: ExpertAnswer, button: impl IntoView) -> impl IntoView {
    view! {
        <form method="post" action="/api/label_candidate">
            <input type="hidden" name="candidate" value=case.candidate/>
            <input type="hidden" name="answer" value=answer.as_str()/>
            <input type="hidden" name="seen" value=case.seen/>
            <input type="hidden" name="place" value=place.path(None)/>
            {button}
        </form>
    }
}

fn ways(case: &Case, place: &Place) -> impl IntoView + use<> {
    let on = place.past(case.candidate);
    // What is no longer in the queue is left by going on where one was.
    let on = if case.why.is_some() { Place { after: case.cursor.clone(), ..on } } else { on };
    let turned = Place { blind: !place.blind, ..place.clone() };
    let turn = if place.blind { "Show the votes" } else { "Hide the votes" };
    view! {
        <p class="actions">
            <a class="button small" data-key="s" href=on.path(None)>{if case.why.is_some() { "Skip for now" } else { "Go on" }}" "<kbd>"s"</kbd></a>
            {place.back().map(|(last, back)| view! { <a class="button small" data-key="b" href=back.path(Some(last))>"Back "<kbd>"b"</kbd></a> })}
            <a class="button small" data-key="v" href=turned.path(Some(case.candidate))>{turn}" "<kbd>"v"</kbd></a>
        </p>
    }
}

fn votes(case: &Case) -> impl IntoView + use<> {
    let answers = case.votes.iter().copied().map(vote).collect_view();
    view! {
        <section class="case-votes" aria-label="Votes">
            <p class="tally">
                <b>{tally(case.tally)}</b>
                {case.confidence.map(|p| format!(" · shows it with a chance of {}", chance(p)))}
            </p>
            {(!case.votes.is_empty()).then(|| view! { <ul class="votes" aria-label="Each vote, the first one first">{answers}</ul> })}
        </section>
    }
}

fn vote(vote: CaseVote) -> impl IntoView {
    let (class, sign) = match vote.answer {
        VoteAnswer::Yes => ("vote yes", "✓"),
        VoteAnswer::No => ("vote no", "✗"),
        VoteAnswer::Unsure => ("vote unsure", "?"),
    };
    let class = if vote.excluded { format!("{class} excluded") } else { class.to_owned() };
    let more = if vote.excluded { ", does not count: the worker is excluded" } else { "" };
    let words = format!("{}, {}{more}", word(crate::viewer::locale(), vote.answer), moment(vote.voted_at));
    let title = words.clone();
    view! { <li class=class title=title><span aria-hidden="true">{sign}</span><span class="visually-hidden">{words}</span></li> }
}

fn reports((broken, offensive): (i64, i64)) -> impl IntoView {
    let parts: Vec<String> = [(broken, "broken"), (offensive, "offensive")]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{} it as {what}", counted(n, "person reports", "people report")))
        .collect();
    (!parts.is_empty()).then(|| view! { <p class="alert">{format!("{}.", parts.join("; "))}</p> })
}

fn provenance(from: &Provenance) -> impl IntoView + use<> {
    // Only an address of the web becomes a link: the text came with the file.
    let link =
        from.source_url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    view! {
        <details class="provenance">
            <summary>"Where it comes from"</summary>
            <p>{from.licence.clone().unwrap_or_else(|| "No licence given".to_owned())}</p>
            {from.attribution.clone().map(|words| view! { <p>{words}</p> })}
            <p class="file">{from.file_name.clone()}</p>
            {link.map(|url| view! { <p><a href=url target="_blank" rel="noopener noreferrer nofollow">"Source"</a></p> })}
        </details>
    }
}

/// The case before, in a line: what became of it, and the way back.
pub(super) fn before(last: &Case, place: &Place) -> impl IntoView + use<> {
    let became = match &last.decided {
        Some(decided) => format!("{} said: {}", who(decided), shows(decided.shows)),
        None => "not decided".to_owned(),
    };
    let crowd =
        if last.decided.is_some() { format!(" · the crowd: {}", tally(last.tally)) } else { String::new() };
    let back = place.back().map(|(case, back)| back.path(Some(case)));
    view! {
        <aside class="case-before" aria-label="The case before">
            <img src=last.small.clone() alt="" width="64" height="64"/>
            <p>{format!("{}: {became}{crowd}", first_word(&last.words))}</p>
            {back.map(|to| view! { <a class="button small" href=to>"Change it"</a> })}
        </aside>
    }
}
