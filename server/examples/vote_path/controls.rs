//! What the vote path is compared with.

pub mod pgbench;
pub mod raw;
pub mod rows;
pub mod sync;
