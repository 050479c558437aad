//! A file of recorded votes.

use crate::cli::trouble::{Done, Trouble};
use domain::consensus::Answer;
use domain::replay::{ANONYMOUS, Recording, Task};
use flate2::read::MultiGzDecoder;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// The most votes of a kind that a line may count: more is a slip, and would fill the memory.
const MOST_COUNTED: u32 = 100_000;

/// Reads a file of votes, compressed or not.
///
/// # Errors
/// What is wrong, with its line.
pub(super) fn read(path: &Path) -> Done<Recording> {
    let failed = |source| Trouble::File { file: path.to_owned(), source };
    let file = BufReader::new(File::open(path).map_err(failed)?);
    let is_compressed = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
    let text: Box<dyn Read> =
        if is_compressed { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
    parse(text).map_err(|wrong| Trouble::Said(format!("{}: {wrong}", path.display())))
}

fn parse(text: impl Read) -> Result<Recording, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text);
    let columns = Columns::of(reader.headers().map_err(|error| error.to_string())?)?;
    let mut recorder = Recorder::default();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| error.to_string())? {
        let line = record.position().map_or(0, csv::Position::line);
        recorder.add(&columns, &record).map_err(|wrong| format!("line {line}: {wrong}"))?;
    }
    if recorder.recording.tasks.is_empty() {
        return Err("there are no votes in it".to_owned());
    }
    Ok(recorder.recording)
}

/// Where the columns are.
struct Columns {
    task: usize,
    said: Said,
    truth: Option<usize>,
    synset: Option<usize>,
    /// 0 where the vote does not count.
    counts: Option<usize>,
}

enum Said {
    Vote { worker: usize, label: usize },
    Counted { yes: usize, no: usize },
}

impl Columns {
    fn of(names: &csv::StringRecord) -> Result<Self, String> {
        let place =
            |wanted: &str| names.iter().position(|name| name.trim_start_matches('\u{feff}') == wanted);
        let said = match (place("worker"), place("label"), place("yes"), place("no")) {
            (Some(worker), Some(label), ..) => Said::Vote { worker, label },
            (_, _, Some(yes), Some(no)) => Said::Counted { yes, no },
            _ => return Err(Self::unknown(names)),
        };
        let task = place("task").ok_or_else(|| Self::unknown(names))?;
        Ok(Self { task, said, truth: place("truth"), synset: place("synset"), counts: place("counts") })
    }

    fn unknown(names: &csv::StringRecord) -> String {
        let found: Vec<&str> = names.iter().collect();
        format!(
            "the first line must name the columns task,worker,label or task,yes,no, and may name truth and synset; it says {}",
            found.join(",")
        )
    }
}

#[derive(Default)]
struct Recorder {
    recording: Recording,
    tasks: HashMap<(usize, String), usize>,
    workers: HashMap<String, usize>,
    synsets: HashMap<String, usize>,
}

impl Recorder {
    fn add(&mut self, columns: &Columns, record: &csv::StringRecord) -> Result<(), String> {
        let cell = |place: usize| record.get(place).unwrap_or_default();
        if columns.counts.is_some_and(|place| cell(place) == "0") {
            return Ok(());
        }
        let synset = number(&mut self.synsets, columns.synset.map_or("all", cell));
        if synset == self.recording.synsets.len() {
            self.recording.synsets.push(columns.synset.map_or("all", cell).to_owned());
        }
        let place = number(&mut self.tasks, (synset, cell(columns.task).to_owned()));
        if place == self.recording.tasks.len() {
            self.recording.tasks.push(Task { synset, votes: Vec::new(), truth: None });
        }
        let truth = match columns.truth.map(cell) {
            Some("1") => Some(true),
            Some("0") => Some(false),
            _ => None,
        };
        let votes = self.votes(columns, &cell)?;
        let Some(task) = self.recording.tasks.get_mut(place) else { return Ok(()) };
        if let (Some(before), Some(now)) = (task.truth, truth)
            && before != now
        {
            return Err(format!("the truth of task {} is both 0 and 1", cell(columns.task)));
        }
        task.truth = task.truth.or(truth);
        for (worker, answer) in votes {
            if worker != ANONYMOUS && task.votes.iter().any(|(other, _)| *other == worker) {
                return Err(format!("a worker votes a second time on task {}", cell(columns.task)));
            }
            task.votes.push((worker, answer));
        }
        Ok(())
    }

    fn votes<'a>(
        &mut self,
        columns: &Columns,
        cell: &impl Fn(usize) -> &'a str,
    ) -> Result<Vec<(usize, Answer)>, String> {
        match columns.said {
            Said::Vote { worker, label } => {
                let answer = match cell(label).parse::<f64>() {
                    Ok(1.0) => Answer::Yes,
                    Ok(0.0) => Answer::No,
                    Ok(0.5) => Answer::Unsure,
                    _ => return Err(format!("the label is {:?}; it must be 1, 0 or 0.5", cell(label))),
                };
                let worker = number(&mut self.workers, cell(worker).to_owned());
                self.recording.workers = self.workers.len();
                Ok(vec![(worker, answer)])
            }
            Said::Counted { yes, no } => {
                let mut votes = vec![(ANONYMOUS, Answer::Yes); counted(cell(yes))?];
                votes.extend(vec![(ANONYMOUS, Answer::No); counted(cell(no))?]);
                Ok(votes)
            }
        }
    }
}

/// The number of a name, the next one if it is new.
fn number<N: std::hash::Hash + Eq>(numbers: &mut HashMap<N, usize>, name: impl Into<N>) -> usize {
    let next = numbers.len();
    *numbers.entry(name.into()).or_insert(next)
}

fn counted(text: &str) -> Result<usize, String> {
    let wrong = || format!("a number of votes is {text:?}; it must be a whole number up to {MOST_COUNTED}");
    let count = text.parse::<u32>().ok().filter(|count| *count <= MOST_COUNTED).ok_or_else(wrong)?;
    usize::try_from(count).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        parse(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn votes_are_read_by_the_names_of_the_columns() {
        let text = "worker,label,task,synset,truth\nann,1,a,cat,1\nbob,0.5,a,cat,1\nann,0,b,dog,-1\n";
        let read = parse(text.as_bytes()).unwrap();
        assert_eq!((read.synsets, read.workers), (vec!["cat".to_owned(), "dog".to_owned()], 2));
        let first = Task { synset: 0, votes: vec![(0, Answer::Yes), (1, Answer::Unsure)], truth: Some(true) };
        let second = Task { synset: 1, votes: vec![(0, Answer::No)], truth: None };
        assert_eq!(read.tasks, [first, second]);
    }

    #[test]
    fn counted_votes_are_nobodys_and_one_task_may_ask_about_two_synsets() {
        let read = parse("\u{feff}task,yes,no,synset\na,2,1,cat\na,0,1,dog\n".as_bytes()).unwrap();
        assert_eq!(read.tasks.iter().map(|task| task.votes.len()).collect::<Vec<_>>(), [3, 1]);
        assert!(read.tasks.iter().flat_map(|task| &task.votes).all(|(worker, _)| *worker == ANONYMOUS));
    }

    #[test]
    fn votes_that_do_not_count_are_left_out() {
        let read = parse("task,worker,label,counts\na,ann,1,1\na,bob,1,0\n".as_bytes()).unwrap();
        assert_eq!(read.tasks.first().map(|task| task.votes.len()), Some(1));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert!(refused("task,label\na,1\n").contains("it says task,label"));
        assert_eq!(
            refused("task,worker,label\na,ann,yes\n"),
            "line 2: the label is \"yes\"; it must be 1, 0 or 0.5"
        );
        assert_eq!(
            refused("task,worker,label\na,ann,1\na,ann,0\n"),
            "line 3: a worker votes a second time on task a"
        );
        assert_eq!(
            refused("task,worker,label,truth\na,ann,1,1\na,bob,0,0\n"),
            "line 3: the truth of task a is both 0 and 1"
        );
        assert!(refused("task,yes,no\na,-1,0\n").starts_with("line 2: a number of votes is \"-1\""));
        assert_eq!(refused("task,worker,label\n"), "there are no votes in it");
    }
}
