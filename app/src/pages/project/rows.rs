//! The rows of the table of synsets, as a template: a project has some five thousand of them, and as a view each is a hundred
//! small allocations, which would be most of what such a page costs.

use super::address::COLUMNS;
use super::figures::row_texts;
use super::table::heading;
use crate::api::ApiError;
use crate::api::watching::{BoardRow, Price};
use crate::components::badge::synset_state;
use crate::components::bar::{bar, parts};
use crate::components::synset_list::in_one_line;
use crate::texts::{Locale, figures};
use askama::Template;

/// All rows, one after the other; the template escapes every text.
///
/// # Errors
/// A defect of the template.
pub(super) fn rows(
    locale: Locale,
    project: i64,
    rows: &[BoardRow],
    price: Option<&Price>,
) -> Result<String, ApiError> {
    // On a phone the headings don't stand above their columns: each cell brings its own.
    let labels = COLUMNS.into_iter().skip(1).map(|column| heading(locale, column.0));
    let labels: Vec<&str> = labels.chain([figures::cost_left(locale)]).collect();
    let rows = rows.iter().map(|row| Row::of(locale, row, &labels, price)).collect();
    Rows { project, rows }.render().map_err(|_| ApiError::Internal)
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% for row in rows -%}
<tr id="{{ row.wnid }}"><th scope="row"><a href="/project/{{ project }}/synset/{{ row.wnid }}">{{ row.words }}</a>
<span class="under"><code>{{ row.wnid }}</code> <span class="badge {{ row.tone }}">{{ row.state }}</span></span></th>
{%- for (label, text) in row.cells %}<td class="number" data-label="{{ label }}">{{ text }}</td>{% endfor -%}
<td class="bar-cell"><svg class="verdict-bar" role="img" aria-label="{{ row.bar }}" viewBox="0 0 100 8" preserveAspectRatio="none">
{%- for (class, x, width) in row.parts %}<rect class="{{ class }}" x="{{ x }}" y="0" width="{{ width }}" height="8"></rect>{% endfor -%}
</svg></td></tr>
{%- endfor %}"#
)]
struct Rows<'a> {
    project: i64,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    wnid: &'a str,
    words: String,
    tone: &'static str,
    state: &'static str,
    /// What each figure is called, and the figure.
    cells: Vec<(&'a str, String)>,
    /// The bar in words.
    bar: String,
    /// Its parts: class, left end, width.
    parts: Vec<(&'static str, String, String)>,
}

impl<'a> Row<'a> {
    fn of(locale: Locale, row: &'a BoardRow, labels: &[&'a str], price: Option<&Price>) -> Self {
        let BoardRow { synset, expected_votes } = row;
        let (tone, state) = synset_state(synset.state, synset.paused);
        let texts = row_texts(locale, synset.totals, synset.difficulty, *expected_votes, price);
        let drawn = bar(synset.totals);
        let parts = parts(synset.totals).into_iter().zip(drawn.parts);
        Self {
            wnid: &synset.wnid,
            words: in_one_line(&synset.words),
            tone,
            state,
            cells: labels.iter().copied().zip(texts).collect(),
            bar: drawn.label,
            parts: parts.map(|((class, ..), (x, width))| (class, x, width)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::projects::{SynsetRow, SynsetState, Totals};

    #[test]
    fn what_a_synset_is_called_never_becomes_markup() {
        let synset = SynsetRow {
            wnid: "n\"><b>".to_owned(),
            words: vec!["<i>dog</i> & \"cat\"".to_owned()],
            state: SynsetState::Done,
            paused: false,
            totals: Totals { synsets: 1, candidates: 4, positive: 3, ..Totals::default() },
            difficulty: Some(4),
        };
        let html = rows(Locale::En, 7, &[BoardRow { synset, expected_votes: Some(12.0) }], None).unwrap();
        assert!(
            html.starts_with(
                "<tr id=\"n&#34;&#62;&#60;b&#62;\"><th scope=\"row\"><a href=\"/project/7/synset/"
            ),
            "{html}"
        );
        assert!(html.contains(">&#60;i&#62;dog&#60;/i&#62; &#38; &#34;cat&#34;</a>"), "{html}");
        assert!(html.contains("<td class=\"number\" data-label=\"Images\">4</td>"), "{html}");
        assert!(
            html.contains(
                "<rect class=\"is-positive\" x=\"0.00\" y=\"0\" width=\"75.00\" height=\"8\"></rect>"
            ),
            "{html}"
        );
    }
}
