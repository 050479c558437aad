//! The only code that is shipped to browsers: the labeling board and its parts.
pub(crate) mod idle;
pub mod labeling_board;

mod board;
mod dialogs;
mod dom;
mod grid;
mod keys;
mod marks;
mod question;
