//! The project's votes as everybody with the right can download them.

use crate::browser::Browser;
use crate::trouble::Trouble;
use domain::consensus::Answer;
use reqwest::StatusCode;
use serde::Deserialize;
use std::path::Path;

/// An exported vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The candidate's id.
    pub candidate: i64,
    /// Who answered, under the export's name.
    pub worker: String,
    /// What was answered.
    pub answer: Answer,
    /// The synset's wnid.
    pub synset: String,
    /// The image's hash.
    pub sha256: String,
    /// The submission that it came with; a later one has a higher number.
    pub submission: i64,
}

#[derive(Deserialize)]
struct Row {
    task: i64,
    worker: String,
    label: String,
    synset: String,
    image: String,
    submission: i64,
}

/// Downloads the votes, in the order of recording, and keeps a copy if one is wanted.
///
/// # Errors
/// The server refuses; the export is not as documented; the copy can't be written.
pub async fn export(admin: &Browser, project: i64, copy: Option<&Path>) -> Result<Vec<Vote>, Trouble> {
    let path = format!("/project/{project}/votes.csv");
    let text = admin.get(&path).await?.expect(StatusCode::OK, "the votes")?.body;
    if let Some(copy) = copy {
        std::fs::write(copy, &text).map_err(|source| Trouble::File { path: copy.to_owned(), source })?;
    }
    read(&text).map_err(|lacks| Trouble::Page { path, lacks })
}

fn read(text: &str) -> Result<Vec<Vote>, String> {
    let mut votes = Vec::new();
    for row in csv::Reader::from_reader(text.as_bytes()).deserialize::<Row>() {
        let row = row.map_err(|error| format!("has a line that is no vote: {error}"))?;
        let answer = match row.label.as_str() {
            "1" => Answer::Yes,
            "0" => Answer::No,
            "0.5" => Answer::Unsure,
            other => return Err(format!("has the label {other:?}")),
        };
        let Row { task: candidate, worker, synset, image: sha256, submission, .. } = row;
        votes.push(Vote { candidate, worker, answer, synset, sha256, submission });
    }
    Ok(votes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_is_read_line_by_line() {
        let head = "task,worker,label,synset,image,submission,voted_at\n";
        let votes = read(&format!("{head}5,w2,0.5,n02084071,abcd,9,1000\n")).unwrap();
        let (worker, synset, sha256) = ("w2".to_owned(), "n02084071".to_owned(), "abcd".to_owned());
        assert_eq!(
            votes,
            [Vote { candidate: 5, worker, answer: Answer::Unsure, synset, sha256, submission: 9 }]
        );
        assert!(read(&format!("{head}5,w2,maybe,n02084071,abcd,9,1000\n")).is_err());
    }
}
