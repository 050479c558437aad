//! What a page asks before the first batch, and how a person answers: reads and agrees, looks the word up, looks closely.

use crate::browser::Fields;
use crate::html::{tags, texts};

/// A question that stands before a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preface {
    /// The project's terms.
    Terms(Fields),
    /// Which of these definitions is meant?
    Definition {
        /// The synset asked about.
        wnid: String,
        /// The form without the choice.
        fields: Fields,
        /// The definitions, in the order of the page.
        choices: Vec<String>,
    },
}

impl Preface {
    /// The question on a page; none when it asks none.
    pub fn of_page(page: &str) -> Option<Self> {
        let asks = |function: &str| {
            tags(page, "form").iter().any(|form| form.get("action") == Some(&format!("/api/{function}")))
        };
        if asks("agree_to_terms") {
            return Some(Self::Terms(hidden(page, &["project", "version"])));
        }
        if !asks("answer_definition") {
            return None;
        }
        let fields = hidden(page, &["project", "wnid", "tries"]);
        let wnid = fields.iter().find(|(name, _)| name == "wnid")?.1.clone();
        let (_, form) = page.split_once("action=\"/api/answer_definition\"")?;
        let (form, _) = form.split_once("</form>")?;
        Some(Self::Definition { wnid, fields, choices: texts(form, "<span>", "</span>") })
    }
}

/// What the page of a synset says that it means.
pub fn definition(synset_page: &str) -> Option<String> {
    texts(synset_page, "<p class=\"lead\">", "</p>").into_iter().next()
}

fn hidden(page: &str, names: &[&str]) -> Fields {
    let inputs = tags(page, "input");
    let field = |name: &&str| {
        let input = inputs.iter().find(|input| input.get("name") == Some(name))?;
        Some(((*name).to_owned(), input.get("value")?.to_owned()))
    };
    names.iter().filter_map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn terms_are_recognized_with_their_version() {
        let page = r#"<form class="search" action="/synsets"><input name="q"></form><form method="post" action="/api/agree_to_terms">
            <input type="hidden" name="project" value="3"/><input type="hidden" name="version" value="2"/></form>"#;
        let expected = Preface::Terms(vec![pair("project", "3"), pair("version", "2")]);
        assert_eq!(Preface::of_page(page), Some(expected));
    }

    #[test]
    fn a_definition_question_is_read_with_its_choices_in_order() {
        let page = r#"<form method="post" action="/api/answer_definition"><input name="project" value="3"><input name="wnid" value="n1">
            <input name="tries" value="0"><label><input type="radio" name="choice" value="0"><span>a &quot;cat&quot;</span></label>
            <label><input type="radio" name="choice" value="1"><span>a dog<!></span></label></form><span>no choice</span>"#;
        let Some(Preface::Definition { wnid, choices, fields }) = Preface::of_page(page) else {
            panic!("{page}")
        };
        assert_eq!((wnid.as_str(), choices), ("n1", vec!["a \"cat\"".to_owned(), "a dog".to_owned()]));
        assert_eq!(fields, [pair("project", "3"), pair("wnid", "n1"), pair("tries", "0")]);
    }

    #[test]
    fn a_labeling_page_asks_nothing_first() {
        assert_eq!(Preface::of_page(r#"<form method="post" action="/api/submit_votes"></form>"#), None);
        assert_eq!(
            definition(r#"<h1>cat</h1><p class="lead">a feline &amp; pet</p>"#).unwrap(),
            "a feline & pet"
        );
    }
}
