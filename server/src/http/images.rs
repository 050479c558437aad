//! The pictures: what we encoded ourselves, for whoever is signed in, kept by browsers for good.

use super::error::HttpError;
use super::headers::PICTURE_POLICY;
use super::visitor::Visitor;
use crate::language::locale;
use crate::service::Failure;
use crate::texts::missing;
use crate::world::World;
use app::api::ApiError;
use app::backend::Door as _;
use axum::body::Bytes;
use axum::extract::{Extension, Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use media::{BlobError, BlobKind, Sha256};
use std::sync::Arc;

/// `GET /image/{size}/{name}` where size is `small`, `medium` or `large`, and name a SHA-256 in hexadecimal with `.jpg`.
///
/// # Errors
/// 404 for everything that is no such picture, and for visitors who are not signed in; 503 when the files can't be
/// reached.
pub async fn picture(
    State(world): State<World>,
    Extension(visitor): Extension<Arc<Visitor>>,
    Path((size, name)): Path<(String, String)>,
) -> Result<Response, HttpError> {
    let (Some(_), Some((kind, sha256))) = (visitor.account(), named(&size, &name)) else {
        return Err(not_found());
    };
    let found = match world.blobs.get(kind, &sha256).await {
        Err(BlobError::Missing { kind: BlobKind::Medium, .. }) => medium(&world, &sha256).await,
        found => found,
    };
    let bytes = match found {
        Ok(bytes) => bytes,
        Err(BlobError::Missing { .. }) => return Err(not_found()),
        Err(error) => return Err(Failure::from(error).into()),
    };
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
        (header::CONTENT_SECURITY_POLICY, PICTURE_POLICY),
    ];
    Ok((headers, bytes).into_response())
}

/// The medium picture of an image that was imported before there were any: made once and kept. While too many are made
/// at once, the large picture stands in.
async fn medium(world: &World, sha256: &Sha256) -> Result<Bytes, BlobError> {
    let large = world.blobs.get(BlobKind::Large, sha256).await?;
    let Ok(made) = world.ingester.medium(large.clone()).await else { return Ok(large) };
    let made = Bytes::from(made.bytes);
    world.blobs.put(BlobKind::Medium, sha256, made.clone()).await?;
    Ok(made)
}

fn named(size: &str, name: &str) -> Option<(BlobKind, Sha256)> {
    let kind = match size {
        "small" => BlobKind::Small,
        "medium" => BlobKind::Medium,
        "large" => BlobKind::Large,
        _ => return None,
    };
    Some((kind, name.strip_suffix(".jpg")?.parse().ok()?))
}

fn not_found() -> HttpError {
    ApiError::NotFound(missing::picture(locale()).to_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_digest_names_a_picture_and_an_original_is_never_served() {
        let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert!(matches!(named("small", &format!("{digest}.jpg")), Some((BlobKind::Small, _))));
        assert!(matches!(named("medium", &format!("{digest}.jpg")), Some((BlobKind::Medium, _))));
        assert!(matches!(named("large", &format!("{digest}.jpg")), Some((BlobKind::Large, _))));
        for (size, name) in [
            ("original", format!("{digest}.jpg")),
            ("small", digest.to_owned()),
            ("small", format!("{digest}.png")),
            ("small", "../../synvote.db.jpg".to_owned()),
        ] {
            assert!(named(size, &name).is_none(), "{size}/{name}");
        }
    }
}
