//! The only code that is shipped to browsers: the labeling board and its parts, the search of WordNet, forms that answer at once.
pub(crate) mod idle;
pub mod labeling_board;
pub mod live_form;
pub mod outbox_line;
pub mod search_box;

mod board;
mod fetching;
mod sending;

mod keymap;
mod marks;
mod outbox;

mod dom;
mod post;
mod storage;

mod keys;
mod pointer;

mod actions;
mod dialogs;
mod grid;
mod question;
mod sheet;
mod single;
mod tile;
