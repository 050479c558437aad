//! Malformed nouns: each is refused with its file, its line, and what would be right, and nothing is
//! returned.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a helper of tests fails the test")]

use domain::wordnet::{WordNetError, check_version, parse_nouns};

/// Lines of a good file without their offsets: `{0}` to `{2}` stand for the offsets of the lines themselves.
const GOOD: [&str; 3] = [
    "{0} 03 n 01 entity 0 001 ~ {1} n 0000 | that which is  ",
    "{1} 05 n 0b dog 0 domestic_dog 0 c 0 d 0 e 0 f 0 g 0 h 0 i 0 j 0 k 0 003 @ {0} n 0000 + 01234567 v 0101 ~i {2} n 0000 | a beast; \"it barks\"  ",
    "{2} 18 n 01 Rex 0 001 @i {1} n 0000 | a famous dog  ",
];

/// The licence's two lines, then these with their offsets filled in.
fn file(lines: &[&str]) -> String {
    let licence = "  1 This software and database is provided  \n  2 \n";
    let mut text = licence.to_owned();
    let mut offsets = Vec::new();
    for line in lines {
        offsets.push(format!("{:08}", text.len()));
        // Each mark has three characters and stands for eight.
        let marks = line.matches('{').count();
        text.push_str(&" ".repeat(line.len() + 5 * marks));
        text.push('\n');
    }
    let mut text = licence.to_owned();
    for line in lines {
        let filled = offsets
            .iter()
            .zip(0..)
            .fold((*line).to_owned(), |line, (offset, n)| line.replace(&format!("{{{n}}}"), offset));
        text.push_str(&filled);
        text.push('\n');
    }
    text
}

/// The error of the good file in which one line, from 0, has `from` replaced by `to`.
fn refusal(line: usize, from: &str, to: &str) -> String {
    assert!(GOOD[line].contains(from), "{from} is not in line {line}");
    let changed = GOOD[line].replacen(from, to, 1);
    let mut lines = GOOD;
    lines[line] = &changed;
    parse_nouns(&file(&lines), "data.noun").expect_err(to).to_string()
}

#[test]
fn the_good_file_is_read() {
    let synsets = parse_nouns(&file(&GOOD), "data.noun").unwrap();
    assert_eq!(synsets.len(), 3);
    let [entity, dog, rex] = &synsets[..] else { unreachable!() };
    assert_eq!((dog.words.len(), dog.words[1].as_str()), (11, "domestic dog"));
    assert_eq!((dog.definition.as_str(), &dog.examples[..]), ("a beast", &["it barks".to_owned()][..]));
    assert_eq!((&dog.hypernyms[..], dog.instance_hypernyms.len()), (&[entity.wnid][..], 0));
    assert_eq!((rex.hypernyms.len(), &rex.instance_hypernyms[..]), (0, &[dog.wnid][..]));
    assert_eq!(rex.lexicographer_file, 18);
}

#[test]
fn every_malformed_line_is_refused_with_what_would_be_right() {
    for (line, from, to, expected) in CORPUS {
        assert_eq!(
            refusal(line, from, to),
            format!("data.noun, line {}: {expected}", line + 3),
            "{from} → {to}"
        );
    }
}

const CORPUS: [(usize, &str, &str, &str); 34] = [
    (
        0,
        "{0} 03",
        "00000000 03",
        "offset \"00000000\": the line starts at byte 50, so \"00000050\" would be right; the file must be byte for byte as WordNet published it",
    ),
    (
        0,
        "{0} 03",
        "50 03",
        "offset \"50\": the line starts at byte 50, so \"00000050\" would be right; the file must be byte for byte as WordNet published it",
    ),
    (
        0,
        "{0} 03",
        "",
        "offset \"\": the line starts at byte 50, so \"00000050\" would be right; the file must be byte for byte as WordNet published it",
    ),
    (
        0,
        " 03 ",
        " 3 ",
        "lexicographer file \"3\": two digits from 03 to 28, the files of nouns, would be right",
    ),
    (
        0,
        " 03 ",
        " 29 ",
        "lexicographer file \"29\": two digits from 03 to 28, the files of nouns, would be right",
    ),
    (0, " n 01", " v 01", "synset type \"v\": \"n\", for noun, would be right"),
    (0, " 01 ", " 00 ", "word count \"00\": two hexadecimal digits from 01 to ff would be right"),
    (0, " 01 ", " 1 ", "word count \"1\": two hexadecimal digits from 01 to ff would be right"),
    (0, " 01 ", " 0g ", "word count \"0g\": two hexadecimal digits from 01 to ff would be right"),
    (
        0,
        " 01 ",
        " 02 ",
        "\"~\" follows word 2 of 2: a lexical id of one hexadecimal digit would be right, unless the word count is wrong (it is hexadecimal)",
    ),
    (
        1,
        " 0b ",
        " 0a ",
        "pointer count \"k\": three decimal digits would be right, unless the word count before is wrong (it is hexadecimal)",
    ),
    (
        1,
        " 0b ",
        " 11 ",
        "\"@\" follows word 12 of 17: a lexical id of one hexadecimal digit would be right, unless the word count is wrong (it is hexadecimal)",
    ),
    (0, "entity 0", " 0", "word 1 is empty: letters would be right, and single spaces between fields"),
    (0, "entity 0", "__ 0", "word 1 is empty: letters would be right, and single spaces between fields"),
    (
        0,
        "entity 0",
        "entity g",
        "\"g\" follows word 1 of 1: a lexical id of one hexadecimal digit would be right, unless the word count is wrong (it is hexadecimal)",
    ),
    (1, " c 0 d 0", " c 0 c 0", "the word \"c\" stands there twice: each word once would be right"),
    (
        0,
        " 001 ",
        " 01 ",
        "pointer count \"01\": three decimal digits would be right, unless the word count before is wrong (it is hexadecimal)",
    ),
    (
        0,
        " 001 ",
        " 00a ",
        "pointer count \"00a\": three decimal digits would be right, unless the word count before is wrong (it is hexadecimal)",
    ),
    (
        0,
        " 001 ",
        " 000 ",
        "\"~\" follows the last of 0 pointers: \" | \" and the gloss would be right, unless the pointer count is wrong (it is decimal)",
    ),
    (0, " 001 ", " 002 ", "the line ends before the last of the pointers that the pointer count promises"),
    (0, " 001 ~ {1} n 0000", "", "the line ends before the pointer count"),
    (
        1,
        "@ ",
        "& ",
        "pointer symbol \"&\": one of a noun's symbols, such as \"@\", \"@i\" or \"~\", would be right",
    ),
    (1, "@ {0}", "@ 50", "pointer \"@ 50\": an offset of eight digits would be right"),
    (
        1,
        "@ {0}",
        "@ 00000001",
        "pointer \"@\" leads to n00000001, and no synset of the file starts at that offset",
    ),
    (
        1,
        "@ {0}",
        "@ 99999999",
        "pointer \"@\" leads to n99999999, and no synset of the file starts at that offset",
    ),
    (
        0,
        "~ {1}",
        "~ 00000000",
        "pointer \"~\" leads to n00000000, and no synset of the file starts at that offset",
    ),
    (
        1,
        "{0} n",
        "{0} v",
        "pointer \"@\" to n00000050 names part of speech \"v\": \"n\" would be right, or v, a, s, r where it is neither hypernym nor hyponym",
    ),
    (
        1,
        "01234567 v",
        "01234567 x",
        "pointer \"+\" to n01234567 names part of speech \"x\": \"n\" would be right, or v, a, s, r where it is neither hypernym nor hyponym",
    ),
    (
        1,
        "n 0000",
        "n 000",
        "pointer \"@\" ends with \"000\": four hexadecimal digits (source and target word) would be right",
    ),
    (
        1,
        "+ 01234567 v 0101",
        "@i {0} n 0000",
        "hypernym n00000050 stands there twice: each hypernym once would be right",
    ),
    (
        2,
        " | a famous dog  ",
        "",
        "there is no gloss: \" | \" and a definition at the end of the line would be right",
    ),
    (
        2,
        "a famous dog",
        "\"only an example\"",
        "there is no gloss: \" | \" and a definition at the end of the line would be right",
    ),
    (
        2,
        "famous",
        "fam\u{0}us",
        "control character U+0000: only printed characters and a line feed after each line would be right",
    ),
    (
        2,
        "dog  ",
        "dog \u{85}",
        "control character U+0085: only printed characters and a line feed after each line would be right",
    ),
];

#[test]
fn windows_line_ends_are_refused_at_the_first_synset() {
    let text = file(&GOOD).replace('\n', "\r\n");
    assert_eq!(
        parse_nouns(&text, "data.noun").unwrap_err().to_string(),
        "data.noun, line 3: control character U+000D: only printed characters and a line feed after each line would be right"
    );
}

#[test]
fn a_blank_line_is_refused() {
    let text = file(&["", GOOD[0]]);
    assert_eq!(
        parse_nouns(&text, "data.noun").unwrap_err().to_string(),
        "data.noun, line 3: there is no gloss: \" | \" and a definition at the end of the line would be right"
    );
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let text = file(&GOOD);
    for end in 0..text.len() {
        assert!(parse_nouns(&text[..end], "data.noun").is_err(), "cut at byte {end}");
    }
    assert_eq!(
        parse_nouns(&text[..text.len() - 1], "data.noun").unwrap_err().to_string(),
        "data.noun, line 5: the line has no line feed at its end: the file was cut off; copy it again"
    );
}

#[test]
fn a_file_without_synsets_is_refused() {
    for text in ["", "  1 This software  \n"] {
        assert_eq!(parse_nouns(text, "data.noun"), Err(WordNetError::Empty { file: "data.noun".to_owned() }));
    }
}

#[test]
fn a_cycle_is_refused_with_a_synset_that_lies_on_it() {
    // Line 3 lies below the cycle of lines 4 and 5.
    let text = file(&[
        "{0} 03 n 01 below 0 001 @ {1} n 0000 | x  ",
        "{1} 03 n 01 one 0 001 @ {2} n 0000 | x  ",
        "{2} 03 n 01 two 0 001 @i {1} n 0000 | x  ",
    ]);
    assert_eq!(
        parse_nouns(&text, "data.noun").unwrap_err().to_string(),
        "data.noun, line 4: n00000103 is its own ancestor: hypernyms that form no cycle would be right"
    );
}

#[test]
fn another_version_is_refused_by_where_its_dog_is() {
    let synsets = parse_nouns(&file(&GOOD), "data.noun").unwrap();
    let message = check_version(&synsets).unwrap_err().to_string();
    assert!(
        message.starts_with("these are not the nouns of WordNet 3.0: there n02084071 is \"dog\""),
        "{message}"
    );
    assert!(message.contains("3.1"), "{message}");
}
