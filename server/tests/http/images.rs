//! Pictures are for people who are signed in.

use crate::app::TestApp;
use domain::roles::Role;
use media::{BlobKind, Sha256};

cases![a_picture_is_ours_and_only_for_people_who_are_signed_in];

async fn a_picture_is_ours_and_only_for_people_who_are_signed_in(app: &TestApp) {
    let sha256 = Sha256::of(b"an upload");
    for (kind, bytes) in
        [(BlobKind::Original, "secret"), (BlobKind::Small, "small"), (BlobKind::Large, "large")]
    {
        app.world.blobs.put(kind, &sha256, bytes.into()).await.unwrap();
    }
    let name = sha256.to_string();
    let mut ann = app.signed_in("ann", Role::Worker).await;
    for size in ["small", "large"] {
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
