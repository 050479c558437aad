//! Figures as they are beside the same figures as they would be.

use crate::texts::Locale;
use leptos::prelude::*;

/// One figure: its name, and what it is now and then.
pub(crate) struct Line {
    pub(crate) name: &'static str,
    pub(crate) now: String,
    pub(crate) then: Option<String>,
}

/// The table; `label` says what it holds, `now` and `then` head its columns. The second column is there where it has a head.
pub(crate) fn side_by_side(
    label: &'static str,
    now: &'static str,
    then: Option<String>,
    lines: Vec<Line>,
) -> impl IntoView {
    let two = then.is_some();
    let rows = lines
        .into_iter()
        .map(|line| {
            let typed = two.then(|| view! { <td class="number"><b>{line.then}</b></td> });
            view! { <tr><th scope="row">{line.name}</th><td class="number">{line.now}</td>{typed}</tr> }
        })
        .collect_view();
    view! {
        <div class="scroll" tabindex="0" role="region" aria-label=label>
            <table class="compact">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col" class="number">{now}</th>
                        {then.map(|then| view! { <th scope="col" class="number">{then}</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// An expected number of votes or images, as a whole one.
pub(crate) fn whole(locale: Locale, n: f64) -> String {
    locale.count(n.round() as i64)
}

/// A share, or a dash where nothing is known.
pub(crate) fn share(locale: Locale, share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| locale.percent(share))
}
