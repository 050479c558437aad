//! The refused files of an import as CSV, page after page.

use crate::service::{Failure, Outcome};
use crate::world::World;
use store::jobs::{FileFilter, FileState};

/// Files read at once.
const PAGE: i64 = 2_000;

/// The next refused files of an import as CSV lines (RFC 4180) with name and reason, and where they end; none after the last.
/// Before the first (`None`) comes the header. A text that a spreadsheet would take for a formula gets a ' in front.
///
/// # Errors
/// The database.
pub async fn refused_page(world: &World, import: i64, after: Option<i64>) -> Outcome<Option<(Vec<u8>, i64)>> {
    let Some(after) = after else { return Ok(Some((lines(&[("name", "reason")])?, -1))) };
    let refused = FileFilter::In(FileState::Refused);
    let files = world.store.import_files(import, refused, after, PAGE).await?;
    let Some(last) = files.last() else { return Ok(None) };
    let rows: Vec<(&str, &str)> =
        files.iter().map(|file| (file.name.as_str(), file.reason.as_deref().unwrap_or_default())).collect();
    Ok(Some((lines(&rows)?, last.position)))
}

fn lines(rows: &[(&str, &str)]) -> Outcome<Vec<u8>> {
    let mut text = Vec::new();
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut text);
    let written = rows
        .iter()
        .try_for_each(|(name, reason)| writer.write_record([harmless(name), harmless(reason)]))
        .and_then(|()| writer.flush().map_err(Into::into));
    drop(writer);
    written.map_err(|error| Failure::Defect(error.to_string()))?;
    Ok(text)
}

fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_never_a_formula_and_separators_are_quoted() {
        let text =
            lines(&[("=cmd|' /C calc'!A0", "is \"no\" picture, sorry"), ("-1.jpg", "@x"), ("a\nb", "")])
                .unwrap();
        let expected = "'=cmd|' /C calc'!A0,\"is \"\"no\"\" picture, sorry\"\r\n'-1.jpg,'@x\r\n\"a\nb\",\r\n";
        assert_eq!(String::from_utf8(text).unwrap(), expected);
    }
}
