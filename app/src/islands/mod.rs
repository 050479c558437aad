//! The only code that is shipped to browsers: the labeling board and its parts, the search of WordNet, forms that answer at once, the
//! expert's keys, imports file by file, pairs of near duplicates, and the line that keeps a page up to date.
pub(crate) mod idle;
pub mod import_board;
pub mod labeling_board;
pub mod live;
pub mod live_form;
pub mod outbox_line;
pub mod pair_board;
pub mod review_keys;
pub mod search_box;

mod board;
mod fetching;
mod import_list;
mod import_queue;
mod import_shelf;
mod live_line;
mod live_page;
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
mod touched;
