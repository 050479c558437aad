//! One case of the expert's queue: the picture, what is asked, what people said, and the answers.

use super::workers::word;
use crate::api::review::{Case, CaseVote, Decided, ExpertAnswer, Place, Provenance, Why};
use crate::api::workers::VoteAnswer;
use crate::components::badge::badge;
use crate::components::bar::tally;
use crate::components::synset_list::first_word;
use crate::components::time::time;
use crate::texts::{Locale, SLOT, candidates, fill, provenance, review_case as say};
use leptos::prelude::*;

/// The case, with its buttons.
pub(super) fn case(
    locale: Locale,
    case: &Case,
    place: &Place,
    mine: Option<ExpertAnswer>,
) -> impl IntoView + use<> {
    let (_, name) = case.project.clone();
    // In a blind review the votes come with the decision.
    let in_sight = !place.blind || case.decided.is_some();
    view! {
        <article class="case">
            <a class="case-picture" href=case.large.clone() target="_blank" rel="noopener">
                <img src=case.large.clone() alt=candidates::name(locale, case.candidate.to_string()) fetchpriority="high"/>
            </a>
            <div class="case-side">
                {conflict(locale, case, place, mine)}
                <div>
                    <p class="quiet small">{name}{why(locale, case)}</p>
                    <h1>{say::question(locale, first_word(&case.words))}</h1>
                    {others(&case.words)}
                    <p class="definition">{case.definition.clone()}</p>
                    {siblings(locale, case)}
                </div>
                {decided(locale, case.decided.as_ref())}
                {answers(locale, case, place)}
                {in_sight.then(|| votes(locale, case))}
                {ways(locale, case, place)}
                {reports(locale, case.reports)}
                {provenance(locale, &case.provenance)}
            </div>
        </article>
    }
}

fn others(words: &[String]) -> impl IntoView + use<> {
    let rest = words.get(1..).unwrap_or_default().join(", ");
    (!rest.is_empty()).then(|| view! { <p class="quiet">{rest}</p> })
}

fn why(locale: Locale, case: &Case) -> impl IntoView + use<> {
    case.why.map(|why| {
        let badge = match why {
            Why::Reported => badge("bad", say::is_reported(locale)),
            Why::Escalated => badge("warn", say::is_escalated(locale)),
            Why::OnHold => badge("warn", say::is_on_hold(locale)),
            Why::Disputed => badge("busy", say::is_disputed(locale)),
        };
        view! { " · "{badge} }
    })
}

fn siblings(locale: Locale, case: &Case) -> impl IntoView + use<> {
    let entries = case
        .siblings
        .iter()
        .map(|sibling| view! { <div><dt>{sibling.words.clone()}</dt><dd>{sibling.definition.clone()}</dd></div> })
        .collect_view();
    (!case.siblings.is_empty()).then(
        || view! { <details class="not-this"><summary>{say::not_this(locale)}</summary><dl>{entries}</dl></details> },
    )
}

/// Somebody else decided while this page was open: both answers, and what can be done.
fn conflict(locale: Locale, case: &Case, place: &Place, mine: Option<ExpertAnswer>) -> impl IntoView + use<> {
    let theirs = case.decided.clone();
    mine.map(|mine| {
        let theirs =
            theirs.map_or_else(|| say::taken_back(locale).to_owned(), |theirs| said(locale, &theirs));
        let own = match mine {
            ExpertAnswer::Yes => say::own_yes(locale),
            ExpertAnswer::No => say::own_no(locale),
            ExpertAnswer::Open => say::own_open(locale),
        };
        view! {
            <div class="alert stack" role="alert">
                <p><b>{say::conflict(locale)}</b></p>
                <p>{say::conflict_words(locale, theirs, own)}</p>
                <div class="actions">
                    {form(case, place, mine, view! { <button class="small" type="submit">{say::still(locale, own)}</button> })}
                    <a class="button small" href=place.past(case.candidate).path(None)>{say::leave_theirs(locale)}</a>
                </div>
            </div>
        }
    })
}

fn decided(locale: Locale, decided: Option<&Decided>) -> impl IntoView + use<> {
    decided.cloned().map(|decided| {
        let words = say::decided(locale, said(locale, &decided), SLOT);
        view! { <p class="notice">{fill(words, time(locale, decided.at))}</p> }
    })
}

/// Who said what.
fn said(locale: Locale, decided: &Decided) -> String {
    match (decided.is_mine, decided.shows) {
        (true, true) => say::you_yes(locale).to_owned(),
        (true, false) => say::you_no(locale).to_owned(),
        (false, true) => say::they_yes(locale, &decided.by),
        (false, false) => say::they_no(locale, &decided.by),
    }
}

fn answers(locale: Locale, case: &Case, place: &Place) -> impl IntoView + use<> {
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
            {button(ExpertAnswer::Yes, "primary large", "y", say::yes(locale))}
            {button(ExpertAnswer::No, "large", "n", say::no(locale))}
        </div>
        {case.decided.is_some().then(|| form(
            case, place, ExpertAnswer::Open, view! { <button class="small" type="submit">{say::take_back(locale)}</button> },
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

fn ways(locale: Locale, case: &Case, place: &Place) -> impl IntoView + use<> {
    let on = place.past(case.candidate);
    // What is no longer in the queue is left by going on where one was.
    let on = if case.why.is_some() { Place { after: case.cursor.clone(), ..on } } else { on };
    let turned = Place { blind: !place.blind, ..place.clone() };
    let skip = if case.why.is_some() { say::skip(locale) } else { say::go_on(locale) };
    let turn = if place.blind { say::show_votes(locale) } else { say::hide_votes(locale) };
    view! {
        <p class="actions">
            <a class="button small" data-key="s" href=on.path(None)>{skip}" "<kbd>"s"</kbd></a>
            {place.back().map(|(last, back)| view! { <a class="button small" data-key="b" href=back.path(Some(last))>{say::back(locale)}" "<kbd>"b"</kbd></a> })}
            <a class="button small" data-key="v" href=turned.path(Some(case.candidate))>{turn}" "<kbd>"v"</kbd></a>
        </p>
    }
}

fn votes(locale: Locale, case: &Case) -> impl IntoView + use<> {
    let answers = case.votes.iter().copied().map(|given| vote(locale, given)).collect_view();
    view! {
        <section class="case-votes" aria-label=say::votes(locale)>
            <p class="tally">
                <b>{tally(case.tally)}</b>
                {case.confidence.map(|p| format!(" · {}", say::chance(locale, locale.chance(p))))}
            </p>
            {(!case.votes.is_empty()).then(|| view! { <ul class="votes" aria-label=say::each_vote(locale)>{answers}</ul> })}
        </section>
    }
}

fn vote(locale: Locale, vote: CaseVote) -> impl IntoView {
    let (class, sign) = match vote.answer {
        VoteAnswer::Yes => ("vote yes", "✓"),
        VoteAnswer::No => ("vote no", "✗"),
        VoteAnswer::Unsure => ("vote unsure", "?"),
    };
    let (answer, moment) = (word(locale, vote.answer), locale.moment(vote.voted_at));
    let (class, words) = match vote.excluded {
        true => (format!("{class} excluded"), say::vote_excluded(locale, answer, moment)),
        false => (class.to_owned(), say::vote(locale, answer, moment)),
    };
    let title = words.clone();
    view! { <li class=class title=title><span aria-hidden="true">{sign}</span><span class="visually-hidden">{words}</span></li> }
}

fn reports(locale: Locale, (broken, offensive): (i64, i64)) -> impl IntoView {
    let broken = (broken > 0).then(|| say::broken(locale, broken));
    let offensive = (offensive > 0).then(|| say::offensive(locale, offensive));
    let reports: Vec<String> = broken.into_iter().chain(offensive).collect();
    (!reports.is_empty()).then(|| view! { <p class="alert">{say::reports(locale, reports.join("; "))}</p> })
}

fn provenance(locale: Locale, from: &Provenance) -> impl IntoView + use<> {
    // Only an address of the web becomes a link: the text came with the file.
    let link =
        from.source_url.clone().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    view! {
        <details class="provenance">
            <summary>{say::from(locale)}</summary>
            <p>{from.licence.clone().unwrap_or_else(|| candidates::no_licence(locale).to_owned())}</p>
            {from.attribution.clone().map(|words| view! { <p>{words}</p> })}
            <p class="file">{from.file_name.clone()}</p>
            {link.map(|url| view! { <p><a href=url target="_blank" rel="noopener noreferrer nofollow">{provenance::source(locale)}</a></p> })}
        </details>
    }
}

/// The case before, in a line: what became of it, and the way back.
pub(super) fn before(locale: Locale, last: &Case, place: &Place) -> impl IntoView + use<> {
    let word = first_word(&last.words);
    let words = match &last.decided {
        Some(decided) => say::before_decided(locale, word, said(locale, decided), tally(last.tally)),
        None => say::before_undecided(locale, word),
    };
    let back = place.back().map(|(case, back)| back.path(Some(case)));
    view! {
        <aside class="case-before" aria-label=say::before(locale)>
            <img src=last.small.clone() alt="" width="64" height="64"/>
            <p>{words}</p>
            {back.map(|to| view! { <a class="button small" href=to>{say::change(locale)}</a> })}
        </aside>
    }
}
