//! The only code that is shipped to browsers: the labeling board and its parts, the search of WordNet, forms that answer at once,
//! imports file by file, pairs of near duplicates.
pub(crate) mod idle;
pub mod import_board;
pub mod labeling_board;
pub mod live_form;
pub mod pair_board;
pub mod search_box;

mod board;
mod dialogs;
mod dom;
mod fetching;
mod grid;
mod import_list;
mod import_queue;
mod import_shelf;
mod keys;
mod marks;
mod question;
