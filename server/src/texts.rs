//! What services and routes say to people, in their language. The texts are files, `server/texts/LANGUAGE/*.ftl`, made into
//! functions by the build as those of `app` are.

use app::texts::{Amount, Locale, Plural};

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
