//! Who is shown what: single cases, random histories beside a simple model, and a crowd that is never asked in vain.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a helper that panics fails its test")]

mod cases;
mod crowd;
mod histories;
mod model;
