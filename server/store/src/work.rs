//! A worker's own side: what was agreed to and learned before labeling, and what came of the work.

mod diary;
mod qualification;
mod terms;

pub use diary::{PageDayRow, ProjectWorkRow, StoppedRow, SynsetWorkRow, VoteDayRow};
pub use qualification::{ExampleRow, GoldRow, PracticeRow, QualificationRow};
pub use terms::TermsRow;
