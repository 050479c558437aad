//! What a synset, a subtree or a project has to show for its precision.

use super::screen::{Screen, page};
use crate::api::audits::{
    Agreement, Audited, Certificate, Certified, CertifiedDepth, CertifiedSynset, Estimate, Scope,
};
use crate::components::badge::synset_badge;
use crate::components::link::{path_id, query};
use crate::components::problem::empty;
use crate::components::synset_list::in_one_line;
use crate::components::time::time;
use crate::texts::{Locale, SLOT, certificate as say, counts, figures, fill, units};
use crate::viewer::{backend, locale, require_manager};
use leptos::prelude::*;

/// What stands where there is no figure.
const NONE: &str = "–";
/// Synsets that are listed.
const LINES: usize = 200;

pub(super) fn certificate() -> impl IntoView {
    let project = path_id("project");
    let scope = Scope::named(query("synset"), query("subtree"));
    page(async move {
        let locale = locale();
        let manager = require_manager()?;
        let shown = backend()?.projects.certificate(&manager, project?, &scope).await?;
        let title = say::title_of(locale, subject(locale, &shown));
        Ok(Screen::new(title, content(locale, shown)))
    })
}

/// What it is about, in words.
fn subject(locale: Locale, shown: &Certificate) -> String {
    match shown.scope {
        Scope::Project => say::of_project(locale, &shown.project.1),
        Scope::Subtree(_) => say::of_subtree(locale, in_one_line(&shown.words)),
        Scope::Synset(_) => in_one_line(&shown.words),
    }
}

fn content(locale: Locale, shown: Certificate) -> impl IntoView {
    let (project, name) = shown.project.clone();
    let json = format!("/project/{project}/certificate.json{}", shown.scope.query());
    let issued = say::issued(locale, SLOT);
    let body = if shown.figures.accepted == 0 && shown.on_hold == 0 {
        empty(say::nothing(locale), view! { <p>{say::nothing_words(locale)}</p> }).into_any()
    } else {
        figures_of(locale, &shown).into_any()
    };
    view! {
        <p class="crumbs"><a href=format!("/project/{project}")>{name}</a></p>
        <div class="head">
            <h1>{say::title(locale)}</h1>
            <nav class="actions"><a class="button" href=json>{say::as_json(locale)}</a></nav>
        </div>
        <p class="lead">{subject(locale, &shown)}</p>
        <p class="quiet">{fill(issued, time(locale, shown.issued_at))}</p>
        {body}
        <section class="columns certificate-notes">
            <div>
                <h2>{say::limits(locale)}</h2>
                <p>{say::limits_words(locale)}</p>
            </div>
            <div>
                <h2>{say::again(locale)}</h2>
                <p>{say::again_words(locale)}</p>
                {shown.images_sha256.map(|hash| view! { <p>{say::images_sha256(locale)}" "<code class="hash">{hash}</code></p> })}
                <p><a href=format!("/project/{project}/votes.csv")>{say::votes_csv(locale)}</a></p>
            </div>
        </section>
    }
}

fn figures_of(locale: Locale, shown: &Certificate) -> impl IntoView + use<> {
    let one = match (&shown.scope, shown.lines.first()) {
        (Scope::Synset(_), Some(line)) => Some(table_of(locale, line)),
        _ => None,
    };
    let many = one.is_none();
    let held = shown.lines.iter().filter(|_| !many).find_map(|line| line.hold.clone());
    view! {
        {held.map(|reason| view! { <p class="alert">{say::held(locale, reason)}</p> })}
        {(many && shown.on_hold > 0).then(|| view! { <p class="alert">{say::on_hold(locale, shown.on_hold)}</p> })}
        {(shown.without_table > 0).then(|| view! { <p class="quiet">{say::without_table(locale, shown.without_table)}</p> })}
        <section class="sheet certificate">{totals(locale, shown.figures, many.then_some(shown.synsets))}{one}</section>
        {shown.agreement.map(|agreement| agreed(locale, agreement))}
        {(many && shown.by_depth.len() > 1).then(|| by_depth(locale, &shown.by_depth))}
        {many.then(|| by_synset(locale, shown))}
    }
}

fn totals(locale: Locale, figures: Certified, synsets: Option<i64>) -> impl IntoView {
    let accepted = locale.count(figures.accepted);
    let audited = match figures.audited_precision {
        Some(estimate) => locale.percent(estimate.share),
        None => say::not_audited(locale).to_owned(),
    };
    let interval = figures.audited_precision.map(|estimate| interval(locale, estimate));
    let missed = figures.rejected_audited;
    let good = |of: Audited| locale.count(of.good);
    let images = |of: Audited| locale.count(of.images);
    view! {
        <dl class="figures certificate-figures">
            {synsets.map(|n| view! { <div><dt>{figures::synsets(locale)}</dt><dd>{locale.count(n)}</dd></div> })}
            <div>
                <dt>{say::accepted(locale)}</dt><dd>{accepted}</dd>
                {(figures.by_experts > 0).then(|| view! { <dd class="quiet small">{say::by_experts(locale, figures.by_experts)}</dd> })}
            </div>
            <div>
                <dt>{say::stated(locale)}</dt><dd>{share(locale, figures.stated_precision)}</dd>
                <dd class="quiet small">{say::stated_means(locale)}</dd>
            </div>
            <div>
                <dt>{say::audited(locale)}</dt><dd>{audited}</dd>
                {interval.map(|words| view! { <dd class="quiet small">{words}</dd> })}
                {(figures.audited.images > 0).then(|| view! {
                    <dd class="quiet small">{say::audited_means(locale, good(figures.audited), images(figures.audited))}</dd>
                })}
            </div>
            {(missed.images > 0).then(|| view! {
                <div>
                    <dt>{say::missed(locale)}</dt><dd>{good(missed)}</dd>
                    <dd class="quiet small">{say::missed_means(locale, good(missed), images(missed))}</dd>
                </div>
            })}
            <div><dt>{figures::votes(locale)}</dt><dd>{locale.count(figures.votes)}</dd></div>
            <div>
                <dt>{say::votes_per_accepted(locale)}</dt>
                <dd>{figures.votes_per_accepted.map_or_else(|| NONE.to_owned(), |votes| locale.decimal(votes, 1))}</dd>
            </div>
        </dl>
    }
}

/// How far people agree, whatever that is worth: a crowd that is wrong together agrees.
fn agreed(locale: Locale, agreement: Agreement) -> impl IntoView {
    let corrected =
        |figure: Option<f64>| figure.map_or_else(|| NONE.to_owned(), |figure| locale.decimal(figure, 2));
    view! {
        <section>
            <h2>{say::agreement(locale)}</h2>
            <p class="hint">{say::agreement_words(locale)}</p>
            <dl class="figures">
                <div><dt>{say::pairwise(locale)}</dt><dd>{locale.percent(agreement.pairwise)}</dd></div>
                <div><dt>{say::fleiss(locale)}</dt><dd>{corrected(agreement.fleiss_kappa)}</dd></div>
                <div><dt>{say::krippendorff(locale)}</dt><dd>{corrected(agreement.krippendorff_alpha)}</dd></div>
            </dl>
        </section>
    }
}

/// What decides in a synset.
fn table_of(locale: Locale, line: &CertifiedSynset) -> impl IntoView + use<> {
    let version = line.table_version.map_or_else(|| NONE.to_owned(), |version| say::version(locale, version));
    view! {
        <dl class="figures">
            <div><dt>{say::table(locale)}</dt><dd>{version}</dd></div>
            <div><dt>{say::target(locale)}</dt><dd>{share(locale, line.target_precision)}</dd></div>
            <div><dt>{say::threshold(locale)}</dt><dd>{share(locale, line.threshold)}</dd></div>
            <div><dt>{say::shift(locale)}</dt><dd>{locale.decimal(line.audit_shift, 2)}</dd></div>
        </dl>
    }
}

fn by_depth(locale: Locale, rows: &[CertifiedDepth]) -> impl IntoView + use<> {
    let rows = rows
        .iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row">{locale.count(row.depth)}</th>
                    <td class="number" data-label=figures::synsets(locale)>{locale.count(row.synsets)}</td>
                    {cells(locale, row.figures)}
                </tr>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>{say::by_depth(locale)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::by_depth(locale)>
                <table class="carded">
                    <thead><tr>
                        <th scope="col">{say::depth(locale)}</th><th scope="col" class="number">{figures::synsets(locale)}</th>
                        {heads(locale)}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn by_synset(locale: Locale, shown: &Certificate) -> impl IntoView + use<> {
    let project = shown.project.0;
    let rows = shown
        .lines
        .iter()
        .take(LINES)
        .map(|line| {
            let to = format!("/project/{project}/certificate?synset={}", line.wnid);
            view! {
                <tr>
                    <th scope="row">
                        <a href=to>{in_one_line(&line.words)}</a>
                        <span class="under"><code>{line.wnid.clone()}</code>" "{synset_badge(line.state, false)}</span>
                    </th>
                    {cells(locale, line.figures)}
                </tr>
            }
        })
        .collect_view();
    let all = i64::try_from(shown.lines.len()).unwrap_or(i64::MAX);
    view! {
        <section>
            <h2>{say::by_synset(locale)}</h2>
            <div class="scroll" tabindex="0" role="region" aria-label=say::by_synset(locale)>
                <table class="synsets carded">
                    <thead><tr><th scope="col">{figures::synset(locale)}</th>{heads(locale)}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {(shown.lines.len() > LINES).then(|| view! { <p class="quiet">{counts::synsets(locale, all)}</p> })}
        </section>
    }
}

fn heads(locale: Locale) -> impl IntoView {
    [say::accepted(locale), say::stated(locale), say::audited_share(locale), figures::votes(locale)]
        .map(|name| view! { <th scope="col" class="number">{name}</th> })
        .collect_view()
}

fn cells(locale: Locale, figures: Certified) -> impl IntoView {
    let audited = match figures.audited_precision {
        Some(estimate) => {
            let counted = counts::hits(locale, figures.audited.good, figures.audited.images);
            view! {
                {locale.percent(estimate.share)}
                <span class="under quiet">{counted}" · "{interval(locale, estimate)}</span>
            }
            .into_any()
        }
        None => view! { <span class="quiet">{say::not_audited(locale)}</span> }.into_any(),
    };
    view! {
        <td class="number" data-label=say::accepted(locale)>{locale.count(figures.accepted)}</td>
        <td class="number" data-label=say::stated(locale)>{share(locale, figures.stated_precision)}</td>
        <td class="number" data-label=say::audited_share(locale)>{audited}</td>
        <td class="number" data-label=figures::votes(locale)>{locale.count(figures.votes)}</td>
    }
}

fn share(locale: Locale, share: Option<f64>) -> String {
    share.map_or_else(|| NONE.to_owned(), |share| locale.percent(share))
}

fn interval(locale: Locale, estimate: Estimate) -> String {
    units::interval(locale, locale.percent(estimate.low), locale.percent(estimate.high))
}
