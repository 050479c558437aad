//! The screens: the document around them, their addresses, then one file per screen.
mod document;
mod replay;
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
mod practice;
mod preface;
mod stopped;
mod work;

mod synset;
mod synsets;
mod tree;

mod project;
mod project_gallery;
mod project_image;
mod project_progress;
mod project_sources;
mod project_synset;
mod project_table;
mod project_tree;
mod projects;

mod exclusion;
mod worker;
mod workers;

mod review;
mod review_case;

mod accounts;
mod audit;
mod certificate;
mod duplicates;
mod entry;
mod forecast;
mod import;
mod import_form;
mod seed;
mod settings;

pub use document::{PageAssets, Script, shell};
pub use project::live_event;
pub use respond::respond;
pub use routes::App;
