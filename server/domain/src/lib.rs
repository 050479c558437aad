//! Synvote's rules, pure: values in, decisions out; no async, no I/O, no clock and no random source of its own.

pub mod wnid;
pub mod wordnet;

pub mod ontology;
pub mod wikipedia;

pub mod replay;
pub mod roles;
pub mod text;

pub mod dedup;

pub mod sampling;
pub mod scheduling;

pub mod simulation;

pub mod effort;
pub mod gold;
pub mod qualifying;

pub mod consensus;
pub mod taxonomy;

pub mod quality;
