//! Where browsers find the pictures of an image.

use app::api::labeling::Tile;
use media::BlobKind;

/// A candidate as a screen shows it.
pub fn tile(candidate: i64, sha256: &str) -> Tile {
    let (small, large) = picture_addresses(sha256);
    Tile { candidate, small, medium: picture_address(BlobKind::Medium, sha256), large }
}

/// Addresses of an image's small and large picture.
pub fn picture_addresses(sha256: &str) -> (String, String) {
    (picture_address(BlobKind::Small, sha256), picture_address(BlobKind::Large, sha256))
}

/// Where a browser finds a picture of an image.
pub fn picture_address(kind: BlobKind, sha256: &str) -> String {
    format!("/image/{kind}/{sha256}.jpg")
}
