//! The screens: the document around them, their addresses, then one file per screen.
mod document;
mod respond;
mod routes;
mod screen;

mod start;

mod account;
mod invitation;
mod sign_in;
mod sign_up;

mod label;
mod label_last;

mod synset;
mod synsets;
mod tree;

mod project;
mod project_gallery;
mod project_progress;
mod project_synset;
mod projects;

mod accounts;
mod import;
mod import_form;
mod seed;
mod settings;

pub use document::{PageAssets, Script, shell};
pub use respond::respond;
pub use routes::App;
