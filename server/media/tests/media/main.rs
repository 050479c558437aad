//! What a stranger may send us and what we make of it.
#![cfg(test)]

mod archives;
mod decoding;
mod hashing;
mod hostile;
mod samples;
mod thumbnails;
