//! Reads tags and their attributes from our own pages: enough to fill in a form as a browser without script would.

/// A start tag's attributes, entities resolved.
#[derive(Debug, PartialEq, Eq)]
pub struct Tag(Vec<(String, String)>);

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// All start tags of a name, in the order of the page.
pub fn tags(page: &str, name: &str) -> Vec<Tag> {
    let start = format!("<{name}");
    let mut found = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&start) {
        rest = after;
        if after.starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/') {
            let (tag, left) = attributes(after);
            found.push(tag);
            rest = left;
        }
    }
    found
}

/// The texts between each `start` and the next `end`, entities resolved, without the marks that a renderer leaves.
pub fn texts(page: &str, start: &str, end: &str) -> Vec<String> {
    let between = |after: &str| Some(resolved(&after.split_once(end)?.0.replace("<!>", "")));
    page.split(start).skip(1).filter_map(between).collect()
}

/// The attributes up to the tag's end, and what follows.
fn attributes(text: &str) -> (Tag, &str) {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (Tag(found), rest);
        }
        if let Some(left) = rest.strip_prefix('>') {
            return (Tag(found), left);
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
        let (name, left) = rest.split_at(end.max(1).min(rest.len()));
        let (value, left) = value(left);
        found.push((name.to_ascii_lowercase(), value));
        rest = left;
    }
}

fn value(text: &str) -> (String, &str) {
    let Some(text) = text.strip_prefix('=') else { return (String::new(), text) };
    for quote in ['"', '\''] {
        if let Some(text) = text.strip_prefix(quote) {
            let (value, left) = text.split_once(quote).unwrap_or((text, ""));
            return (resolved(value), left);
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len());
    let (value, left) = text.split_at(end);
    (resolved(value), left)
}

fn resolved(text: &str) -> String {
    let quotes = text.replace("&quot;", "\"").replace("&#x27;", "'").replace("&#39;", "'");
    quotes.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_however_they_are_quoted() {
        let page =
            r#"<p>a < b<input type=hidden name="key" value='a&amp;"b'><inputs x="1"><input disabled/>"#;
        let inputs = tags(page, "input");
        assert_eq!(inputs.len(), 2);
        assert_eq!((inputs[0].get("name"), inputs[0].get("value")), (Some("key"), Some("a&\"b")));
        assert_eq!((inputs[1].get("disabled"), inputs[1].get("value")), (Some(""), None));
    }

    #[test]
    fn a_tag_that_is_named_inside_an_attribute_does_not_end_the_tag() {
        let page = r#"<img alt="1 > 0 <b>" src=/a.jpg><img src="/b.jpg">"#;
        let sources: Vec<_> =
            tags(page, "img").iter().map(|tag| tag.get("src").unwrap().to_owned()).collect();
        assert_eq!(sources, ["/a.jpg", "/b.jpg"]);
    }

    #[test]
    fn a_page_that_breaks_off_ends_the_reading() {
        for page in ["<input", "<input name", "<input name=", "<input name=\"x", "<input ="] {
            assert!(tags(page, "input").len() <= 1, "{page}");
        }
    }
}
