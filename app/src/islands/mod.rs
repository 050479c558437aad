//! The only code that is shipped to browsers: the labeling board and its parts, the search of WordNet, forms that answer at once.
pub(crate) mod idle;
pub mod labeling_board;
pub mod live_form;
pub mod search_box;
pub mod review_keys;

mod board;
mod dialogs;
mod dom;
mod fetching;
mod grid;
mod keys;
mod marks;
mod question;
