//! A batch as a worker gets it: from the page's form, or from the answer to a submission.

use crate::html::tags;
use domain::consensus::Answer;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// A batch to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The assignment's id.
    pub assignment: i64,
    /// The submission key.
    pub key: String,
    /// Candidates and their pictures' hashes.
    pub tiles: Vec<(i64, String)>,
}

/// The server's answer to a submission.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Receipt {
    /// Votes recorded.
    pub recorded: usize,
    next: Next,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
enum Next {
    Batch(JsonBatch),
    Nothing(String),
    /// Something comes first; its page is read for it.
    Preface(IgnoredAny),
    Stopped(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct JsonBatch {
    assignment: i64,
    key: String,
    tiles: Vec<JsonTile>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct JsonTile {
    candidate: i64,
    small: String,
}

impl Receipt {
    /// The next batch, if there is one.
    pub fn next(&self) -> Option<Batch> {
        let Next::Batch(batch) = &self.next else { return None };
        let tile = |tile: &JsonTile| Some((tile.candidate, sha256(&tile.small)?.to_owned()));
        let tiles = batch.tiles.iter().filter_map(tile).collect();
        Some(Batch { assignment: batch.assignment, key: batch.key.clone(), tiles })
    }
}

impl Batch {
    /// The batch in a labeling page's form; none when the page has no such form.
    pub fn of_page(page: &str) -> Option<Self> {
        let inputs = tags(page, "input");
        let values = |name: &str| {
            let of = inputs.iter().filter(move |tag| tag.get("name") == Some(name));
            of.filter_map(|tag| tag.get("value")).map(str::to_owned).collect::<Vec<_>>()
        };
        let candidates = values("yes[]");
        // The question shows examples too: a tile's picture comes in several sizes.
        let images = tags(page, "img");
        let tiles = images.iter().filter(|tag| tag.get("srcset").is_some());
        let pictures: Vec<String> =
            tiles.filter_map(|tag| sha256(tag.get("src")?)).map(str::to_owned).collect();
        if candidates.is_empty() || candidates.len() != pictures.len() {
            return None;
        }
        let tiles: Option<Vec<_>> = candidates
            .iter()
            .zip(pictures)
            .map(|(candidate, picture)| Some((candidate.parse().ok()?, picture)))
            .collect();
        let assignment = values("assignment").first()?.parse().ok()?;
        Some(Self { assignment, key: values("key").first()?.clone(), tiles: tiles? })
    }

    /// The fields of the form as a browser sends them.
    pub fn fields(&self, answers: &[(i64, Answer)]) -> Vec<(String, String)> {
        let mut fields =
            vec![("assignment".into(), self.assignment.to_string()), ("key".into(), self.key.clone())];
        for (candidate, answer) in answers {
            let name = match answer {
                Answer::Yes => "yes[]",
                Answer::Unsure => "unsure[]",
                Answer::No => continue,
            };
            fields.push((name.into(), candidate.to_string()));
        }
        if answers.iter().all(|(_, answer)| *answer == Answer::No) {
            fields.push(("none_of_these".into(), "true".into()));
        }
        fields
    }
}

/// Hashes of the small pictures of a page, in its order.
pub fn pictures(page: &str) -> Vec<String> {
    let images = tags(page, "img");
    images.iter().filter_map(|tag| sha256(tag.get("src")?)).map(str::to_owned).collect()
}

fn sha256(address: &str) -> Option<&str> {
    address.strip_prefix("/image/small/")?.strip_suffix(".jpg").filter(|name| name.len() == 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_and_sent_as_a_browser_does() {
        let hash = "ab".repeat(32);
        let page = format!(
            r#"<form><input type="hidden" name="assignment" value="7"><input type="hidden" name="key" value="page-7">
            <label><input type="checkbox" name="yes[]" value="3"><img src="/image/small/{hash}.jpg" srcset="x"></label>
            <label><input type="checkbox" name="yes[]" value="4"><img src="/image/small/{hash}.jpg" srcset="x"></label></form>"#
        );
        let batch = Batch::of_page(&page).unwrap();
        assert_eq!(
            batch,
            Batch { assignment: 7, key: "page-7".into(), tiles: vec![(3, hash.clone()), (4, hash)] }
        );
        let sent = |answers: &[(i64, Answer)]| {
            batch
                .fields(answers)
                .into_iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect::<Vec<_>>()
                .join("&")
        };
        assert_eq!(
            sent(&[(3, Answer::Yes), (4, Answer::Unsure)]),
            "assignment=7&key=page-7&yes[]=3&unsure[]=4"
        );
        assert_eq!(sent(&[(3, Answer::No), (4, Answer::No)]), "assignment=7&key=page-7&none_of_these=true");
        assert_eq!(Batch::of_page("<main>All settled</main>"), None);
    }

    #[test]
    fn a_receipt_is_read() {
        let hash = "cd".repeat(32);
        let text = format!(
            r#"{{"recorded":2,"next":{{"Batch":{{"assignment":8,"project":1,"key":"page-8","expires_at":1,
            "tiles":[{{"candidate":5,"small":"/image/small/{hash}.jpg","large":""}}]}}}}}}"#
        );
        let receipt: Receipt = serde_json::from_str(&text).unwrap();
        assert_eq!(receipt.next().unwrap().tiles, [(5, hash)]);
        let last: Receipt =
            serde_json::from_str(r#"{"recorded":2,"next":{"Nothing":"AllSettled"}}"#).unwrap();
        assert_eq!(last.next(), None);
        let first =
            r#"{"recorded":2,"next":{"Preface":{"Terms":{"project":1,"name":"x","version":1,"text":"y"}}}}"#;
        assert_eq!(serde_json::from_str::<Receipt>(first).unwrap().next(), None);
    }
}
