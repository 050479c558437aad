//! server/media
