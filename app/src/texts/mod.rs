//! What people read, in their language. The texts themselves are files, `app/texts/LANGUAGE/*.ftl`; the build makes a module
//! of each and a function of each text. CONTRIBUTING.md ("Texts") says how to add one.

mod locale;
mod numbers;

#[cfg(feature = "ssr")]
mod dates;
#[cfg(feature = "ssr")]
mod preference;
#[cfg(feature = "ssr")]
mod shares;
mod slot;

pub use locale::{Locale, Plural};
pub use numbers::Amount;

pub(crate) use slot::{SLOT, fill};

#[cfg(feature = "ssr")]
pub use dates::machine_moment;
#[cfg(feature = "ssr")]
pub(crate) use slot::fill_all;

/// A text that is told nothing, where the language is not known yet.
#[cfg(feature = "ssr")]
pub(crate) type Words = fn(Locale) -> &'static str;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
