//! Pictures are for people who are signed in.

use crate::app::TestApp;
use crate::ground::picture;
use domain::roles::Role;

use media::{BlobKind, Sha256};

cases![
    a_picture_is_ours_and_only_for_people_who_are_signed_in,
    a_medium_picture_is_made_of_the_large_one_where_there_was_none,
];

async fn a_picture_is_ours_and_only_for_people_who_are_signed_in(app: &TestApp) {
    let sha256 = Sha256::of(b"an upload");
    for (kind, bytes) in [
        (BlobKind::Original, "secret"),
        (BlobKind::Small, "small"),
        (BlobKind::Medium, "medium"),
        (BlobKind::Large, "large"),
    ] {
        app.world.blobs.put(kind, &sha256, bytes.into()).await.unwrap();
    }
    let name = sha256.to_string();
    let mut ann = app.signed_in("ann", Role::Worker).await;
    for size in ["small", "medium", "large"] {
        let reply = ann.picture(size, &name).await;
        assert_eq!((reply.status, reply.text()), (200, size));
        assert_eq!(reply.header("content-type"), "image/jpeg");
        assert_eq!(reply.header("content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(app.browser().picture(size, &name).await.status, 404, "for strangers it is not there");
    }
    assert_eq!(ann.picture("original", &name).await.status, 404);
    assert_eq!(ann.picture("small", &Sha256::of(b"another").to_string()).await.status, 404);
    assert_eq!(ann.picture("small", &name.to_uppercase()).await.status, 404);
    assert_eq!(ann.get("/image/small/..%2F..%2Fsynvote.db.jpg").await.status, 404);
}

/// Images that were imported before there were medium pictures have none.
async fn a_medium_picture_is_made_of_the_large_one_where_there_was_none(app: &TestApp) {
    let large = picture(1, 800);
    let sha256 = Sha256::of(&large);
    app.world.blobs.put(BlobKind::Large, &sha256, large.into()).await.unwrap();
    let mut ann = app.signed_in("ann", Role::Worker).await;
    let reply = ann.picture("medium", &sha256.to_string()).await;
    assert_eq!(reply.status, 200);
    let kept = app.world.blobs.get(BlobKind::Medium, &sha256).await.unwrap();
    let decoded = media::decode(&kept).unwrap();
    assert_eq!((decoded.raster.width, decoded.raster.height), (384, 384));
    assert_eq!(ann.picture("medium", &Sha256::of(b"another").to_string()).await.status, 404);
}
