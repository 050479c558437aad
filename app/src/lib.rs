//! What people see: the wire, the islands, the pages.
pub mod api;
pub mod islands;
pub mod texts;

#[cfg(feature = "ssr")]
pub mod backend;
#[cfg(feature = "ssr")]
pub mod components;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod viewer;
