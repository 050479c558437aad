//! Everything at once, for keeping it elsewhere: reads every table of a database in one state, and fills an empty one.
//!
//! Nothing here names a table: which there are, with which columns and in which order they can be filled, is read from the
//! schema ([`Layout`]), so that a table that a migration adds is kept without anybody thinking of it.

mod filling;
mod layout;
mod snapshot;
mod value;

pub use layout::{Column, Kind, Layout, Table};
pub use snapshot::{Occupancy, Snapshot, occupancy};
pub use value::{Row, Value, decode, encode};
