//! A table of provenance among the files of an import: read line by line, so that a bad line costs only itself.
//!
//! Pure: bytes and names in, what to do with each file out.

use super::Provenance;
use app::backend::Origin;
use std::collections::HashMap;

/// Lines of one table, at most.
const MAX_LINES: usize = 20_000;
/// Characters of a cell that are repeated in a message.
const SHOWN: usize = 80;
/// Names that a message about several files lists.
const LISTED: usize = 3;
/// Between the name of an archive and the name of a file in it.
pub const IN_ARCHIVE: &str = " › ";
/// The columns, as messages name them.
const COLUMNS: &str = "file, wnid, source_url, licence, attribution, creator, found_by";

/// A table whose first line names columns that we know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The lines that could be read.
    pub lines: Vec<Line>,
    /// Lines with something to be said against, by their numbers.
    pub complaints: Vec<(u64, String)>,
}

/// A line: what it says about a file. What it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file; the first is 1.
    pub number: u64,
    /// The file that it is about.
    pub file: String,
    /// What the file is proposed for.
    pub wnid: String,
    /// Where it comes from.
    pub origin: Origin,
}

impl Line {
    fn cell(&mut self, column: Column) -> &mut String {
        match column {
            Column::File => &mut self.file,
            Column::Wnid => &mut self.wnid,
            Column::SourceUrl => &mut self.origin.source_url,
            Column::Licence => &mut self.origin.licence,
            Column::Attribution => &mut self.origin.attribution,
            Column::Creator => &mut self.origin.creator,
            Column::FoundBy => &mut self.origin.found_by,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Column {
    File,
    Wnid,
    SourceUrl,
    Licence,
    Attribution,
    Creator,
    FoundBy,
}

impl Column {
    fn named(name: &str) -> Option<Self> {
        match name.trim().to_lowercase().replace([' ', '-'], "_").as_str() {
            "file" | "path" | "file_name" | "filename" => Some(Self::File),
            "wnid" | "synset" => Some(Self::Wnid),
            "source_url" | "source" | "url" => Some(Self::SourceUrl),
            "licence" | "license" => Some(Self::Licence),
            "attribution" => Some(Self::Attribution),
            "creator" | "author" => Some(Self::Creator),
            "found_by" | "query" | "search" => Some(Self::FoundBy),
            _ => None,
        }
    }
}

/// Reads a table. Cells are separated by commas, semicolons or tabs: whichever the first line uses.
///
/// # Errors
/// Why nothing of it can be used; put the table's name before it.
pub fn read(bytes: &[u8]) -> Result<Table, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let (separator, columns) = header(bytes)?;
    let mut table = Table::default();
    for (place, column) in columns.iter().enumerate() {
        if let Err(name) = column {
            let text = format!(
                "column {} is called {:?} and is not used; the columns are {COLUMNS}",
                place + 1,
                shown(name)
            );
            table.complaints.push((1, text));
        }
    }
    for record in reader(bytes, separator).into_byte_records().skip(1) {
        let record = record.map_err(|error| format!("can't be read: {error}"))?;
        let number = record.position().map_or(0, csv::Position::line);
        if table.lines.len() >= MAX_LINES {
            let text = format!(
                "is line {MAX_LINES} of the table or later; the rest was not read. Use several tables"
            );
            table.complaints.push((number, text));
            break;
        }
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        match line(&record, number, &columns) {
            Ok(line) => table.lines.push(line),
            Err(why) => table.complaints.push((number, why)),
        }
    }
    Ok(table)
}

fn reader(bytes: &[u8], separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(bytes)
}

/// What separates the cells, and the columns in their order; the name of one that is not known.
fn header(bytes: &[u8]) -> Result<(u8, Vec<Result<Column, String>>), String> {
    let read = |separator: u8| -> Vec<Result<Column, String>> {
        let first =
            reader(bytes, separator).into_byte_records().next().and_then(Result::ok).unwrap_or_default();
        let names = first.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
        names.map(|name| Column::named(&name).ok_or(name)).collect()
    };
    let found = b",;\t".map(|separator| (separator, read(separator)));
    let (separator, columns) =
        found.into_iter().find(|(_, columns)| columns.contains(&Ok(Column::File))).ok_or_else(|| {
            format!("has no column called \"file\" in its first line; the columns are {COLUMNS}")
        })?;
    let mut seen = Vec::new();
    for column in columns.iter().flatten() {
        if seen.contains(column) {
            return Err(format!(
                "has two columns for the same thing ({column:?}); the columns are {COLUMNS}"
            ));
        }
        seen.push(*column);
    }
    Ok((separator, columns))
}

fn line(record: &csv::ByteRecord, number: u64, columns: &[Result<Column, String>]) -> Result<Line, String> {
    if record.len() != columns.len() {
        return Err(format!(
            "has {} cells; {} are expected, as in the first line (text with separators needs quotation marks)",
            record.len(),
            columns.len()
        ));
    }
    let mut line = Line { number, ..Line::default() };
    for (cell, column) in record.iter().zip(columns) {
        let Ok(column) = column else { continue };
        let text =
            std::str::from_utf8(cell).map_err(|_| "is not UTF-8 text; save the table as UTF-8".to_owned())?;
        *line.cell(*column) = text.trim().to_owned();
    }
    if line.file.is_empty() {
        return Err("names no file".to_owned());
    }
    Ok(line)
}

/// What is to be done after a table was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files that it describes, by their places in the list: the synset, if it names one, and where they come from.
    pub described: Vec<(usize, Option<i64>, Provenance)>,
    /// Files that can't be taken because of what it says, by their places, and why.
    pub refused: Vec<(usize, String)>,
    /// Lines that are about no file of the import, with what is wrong: name and reason, as the import's list shows them.
    pub reports: Vec<(String, String)>,
}

/// Finds the files that the lines are about. `table` and `files` are names as the import lists them; `synset` finds a seeded
/// synset by its wnid, or says why there is none.
pub fn plan(
    table: &str,
    read: Table,
    files: &[&str],
    mut synset: impl FnMut(&str) -> Result<i64, String>,
) -> Plan {
    let names = Names::of(files);
    let of_line = |number: u64| format!("{table}, line {number}");
    let mut plan = Plan {
        reports: read.complaints.into_iter().map(|(number, why)| (of_line(number), why)).collect(),
        ..Plan::default()
    };
    let mut taken: HashMap<usize, u64> = HashMap::new();
    for line in read.lines {
        let place = match names.find(table, &line.file) {
            Ok(place) => place,
            Err(why) => {
                plan.reports.push((of_line(line.number), why));
                continue;
            }
        };
        if let Some(earlier) = taken.insert(place, line.number) {
            taken.insert(place, earlier);
            let why = format!("names {:?} again; line {earlier} does already, and counts", shown(&line.file));
            plan.reports.push((of_line(line.number), why));
            continue;
        }
        match described(&line, &mut synset) {
            Ok((synset, provenance)) => plan.described.push((place, synset, provenance)),
            Err(why) => plan.refused.push((place, format!("{}: {why}", of_line(line.number)))),
        }
    }
    plan
}

fn described(
    line: &Line,
    synset: &mut impl FnMut(&str) -> Result<i64, String>,
) -> Result<(Option<i64>, Provenance), String> {
    let synset = if line.wnid.is_empty() { None } else { Some(synset(&line.wnid)?) };
    let provenance = Provenance::parse(&line.origin).map_err(|failure| failure.to_string())?;
    Ok((synset, provenance))
}

/// The files of an import by the last part of their names.
struct Names<'a> {
    by_last: HashMap<&'a str, Vec<(usize, &'a str, &'a str)>>,
}

impl<'a> Names<'a> {
    fn of(files: &[&'a str]) -> Self {
        let mut by_last: HashMap<&str, Vec<_>> = HashMap::new();
        for (place, name) in files.iter().enumerate() {
            let (archive, path) = split(name);
            by_last.entry(last(path)).or_default().push((place, archive, path));
        }
        Self { by_last }
    }

    /// The file whose path ends in what a cell says. Of several, the one that stands nearest to the table counts.
    fn find(&self, table: &str, cell: &str) -> Result<usize, String> {
        let wanted = cell.replace('\\', "/");
        let wanted = wanted.trim_start_matches("./").trim_start_matches('/');
        let (archive, path) = split(table);
        let beside = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/{wanted}"));
        let rank = |found: &(usize, &str, &str)| match found {
            (_, inside, path) if *inside == archive && beside.as_deref().unwrap_or(wanted) == *path => 0,
            (_, inside, path) if *inside == archive && *path == wanted => 1,
            (_, inside, _) if *inside == archive => 2,
            _ => 3,
        };
        let ends = |path: &str| {
            path.strip_suffix(wanted).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        let all = self.by_last.get(last(wanted)).map_or(&[][..], Vec::as_slice);
        let matching: Vec<_> = all.iter().filter(|(_, _, path)| ends(path)).collect();
        let best = matching.iter().map(|found| rank(found)).min();
        let mut nearest = matching.iter().filter(|found| Some(rank(found)) == best);
        match (nearest.next(), nearest.next()) {
            (Some((place, ..)), None) => Ok(*place),
            (None, _) => Err(format!(
                "names {:?}, which is not among the files; its name as it was sent is expected",
                shown(cell)
            )),
            (Some(_), Some(_)) => {
                let some: Vec<&str> = matching.iter().take(LISTED).map(|(_, _, path)| *path).collect();
                Err(format!(
                    "names {:?}, and several files end so ({}); the path with its folders is expected",
                    shown(cell),
                    some.join(", ")
                ))
            }
        }
    }
}

/// The archive that a file came in, or nothing, and its path there.
fn split(name: &str) -> (&str, &str) {
    name.split_once(IN_ARCHIVE).unwrap_or(("", name))
}

fn last(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, last)| last)
}

fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dog(wnid: &str) -> Result<i64, String> {
        if wnid == "n02084071" { Ok(7) } else { Err(format!("{wnid} is not seeded")) }
    }

    fn planned(table: &str, text: &str, files: &[&str]) -> Plan {
        plan(table, read(text.as_bytes()).unwrap(), files, dog)
    }

    #[test]
    fn a_line_says_what_a_file_is_and_where_it_comes_from() {
        let text = "\u{feff}File;Synset;License;colour\r\n1.jpg;n02084071;CC0;red\r\n\r\n2.jpg;;;\r\n";
        let plan = planned("t.csv", text, &["t.csv", "1.jpg", "2.jpg", "3.jpg"]);
        let cc0 = Provenance { licence: Some("CC0".to_owned()), ..Provenance::default() };
        assert_eq!(plan.described, [(1, Some(7), cc0), (2, None, Provenance::default())]);
        assert_eq!(plan.refused, []);
        assert_eq!(plan.reports[0].0, "t.csv, line 1");
        assert!(plan.reports[0].1.contains("\"colour\" and is not used"), "{:?}", plan.reports);
    }

    #[test]
    fn a_bad_line_is_reported_with_its_number_and_the_others_count() {
        let text = "file,wnid,source_url\n1.jpg,n02084071,\nmissing.jpg,,\n2.jpg,n00000009,\n3.jpg,,javascript:x\n\
                    4.jpg,n02084071\n,,\n1.jpg,,\n\"5.jpg\",\"\",\"https://example.org/a,b\"\n ,n02084071,\n";
        let files = ["1.jpg", "2.jpg", "3.jpg", "4.jpg", "5.jpg"];
        let plan = planned("t.csv", text, &files);
        assert_eq!(plan.described.iter().map(|(place, ..)| *place).collect::<Vec<_>>(), [0, 4]);
        let refused: Vec<&str> = plan.refused.iter().map(|(_, why)| why.as_str()).collect();
        assert!(refused[0].starts_with("t.csv, line 4: n00000009 is not seeded"), "{refused:?}");
        assert!(refused[1].starts_with("t.csv, line 5: source_url"), "{refused:?}");
        let mut reports: Vec<&str> = plan.reports.iter().map(|(name, _)| name.as_str()).collect();
        reports.sort_unstable();
        assert_eq!(reports, ["t.csv, line 10", "t.csv, line 3", "t.csv, line 6", "t.csv, line 8"]);
        let about = |name| plan.reports.iter().find(|report| report.0 == name).unwrap().1.clone();
        assert!(about("t.csv, line 3").contains("\"missing.jpg\", which is not among the files"));
        assert!(about("t.csv, line 6").contains("has 2 cells; 3 are expected"));
        assert!(about("t.csv, line 8").contains("line 2 does already"));
        assert!(about("t.csv, line 10").contains("names no file"));
    }

    #[test]
    fn a_table_without_a_column_of_files_is_refused() {
        for text in ["", "wnid,licence\nn1,CC0\n", "file,path\na,b\n", "\0\0\0"] {
            let why = read(text.as_bytes()).unwrap_err();
            assert!(why.contains("file, wnid, source_url"), "{why}");
        }
    }

    #[test]
    fn of_files_with_one_name_the_one_beside_the_table_counts() {
        let files =
            ["1.jpg", "dogs/1.jpg", "a.zip › 1.jpg", "a.zip › in/1.jpg", "cats/2.jpg", "more/cats/2.jpg"];
        let find = |table: &str, cell: &str| Names::of(&files).find(table, cell);
        assert_eq!(find("t.csv", "1.jpg"), Ok(0));
        assert_eq!(find("dogs/t.csv", "1.jpg"), Ok(1));
        assert_eq!(find("t.csv", "dogs\\1.jpg"), Ok(1));
        assert_eq!(find("a.zip › t.csv", "./1.jpg"), Ok(2));
        assert_eq!(find("a.zip › in/t.csv", "1.jpg"), Ok(3));
        assert_eq!(find("t.csv", "cats/2.jpg"), Ok(4), "a whole path comes first");
        assert!(
            find("t.csv", "2.jpg")
                .unwrap_err()
                .contains("several files end so (cats/2.jpg, more/cats/2.jpg)")
        );
        assert!(find("t.csv", "../1.jpg").is_err());
        assert!(find("t.csv", "gs/1.jpg").is_err(), "not the end of a part");
    }

    #[test]
    fn a_table_ends_somewhere() {
        let mut text = "file\n".to_owned();
        for number in 0..=MAX_LINES {
            text.push_str(&format!("{number}.jpg\n"));
        }
        let table = read(text.as_bytes()).unwrap();
        assert_eq!((table.lines.len(), table.complaints.len()), (MAX_LINES, 1));
    }

    proptest! {
        #[test]
        fn no_bytes_whatever_break_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..400), with_header: bool) {
            let mut text = if with_header { b"file,wnid,licence\n".to_vec() } else { Vec::new() };
            text.extend(bytes);
            if let Ok(table) = read(&text) {
                let plan = plan("t.csv", table, &["1.jpg", "a/1.jpg"], dog);
                prop_assert!(plan.described.len() + plan.refused.len() <= 2);
            }
        }

        #[test]
        fn every_line_is_used_or_reported(
            cells in prop::collection::vec(("[a-c]{1,2}", prop_oneof![Just(""), Just("n02084071"), Just("n0")]), 0..30),
            quoted: bool,
        ) {
            let mut text = "file,wnid\n".to_owned();
            for (file, wnid) in &cells {
                text.push_str(&if quoted { format!("\"{file}\",\"{wnid}\"\r\n") } else { format!("{file},{wnid}\n") });
            }
            let plan = planned("t.csv", &text, &["a", "b", "ab", "x/ba"]);
            prop_assert_eq!(plan.described.len() + plan.refused.len() + plan.reports.len(), cells.len());
            let mut places: Vec<usize> = plan.described.iter().map(|(place, ..)| *place).collect();
            places.extend(plan.refused.iter().map(|(place, _)| *place));
            let all = places.len();
            places.sort_unstable();
            places.dedup();
            prop_assert_eq!(places.len(), all, "a file is described once");
        }

        #[test]
        fn a_cell_with_anything_in_it_comes_back_whole(cell in "[^\\r\\n\\x00]{1,60}") {
            let mut text = Vec::new();
            let mut writer = csv::Writer::from_writer(&mut text);
            writer.write_record(["file", "attribution"]).unwrap();
            writer.write_record(["1.jpg", &cell]).unwrap();
            drop(writer);
            let table = read(&text).unwrap();
            prop_assert_eq!(table.lines[0].origin.attribution.as_str(), cell.trim());
        }
    }
}
