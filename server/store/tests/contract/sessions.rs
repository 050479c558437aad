//! Sessions.

use store::StoreError;
use store::sessions::SessionRow;

use super::bench::Bench;
use super::ground::{NOW, ground};

cases! {
    a_session_comes_back_until_it_expires,
    an_id_is_taken_once,
    saving_does_not_bring_a_logged_out_session_back,
    saving_keeps_when_it_was_made,
    an_accounts_other_sessions_end_together,
    expired_sessions_are_deleted,
}

fn session(id_hash: &str, account_id: Option<i64>, expires_at: i64) -> SessionRow {
    SessionRow { id_hash: id_hash.to_owned(), account_id, data: "{}".to_owned(), created_at: NOW, expires_at }
}

async fn a_session_comes_back_until_it_expires(bench: &Bench) {
    let session = session("a", None, NOW + 10);
    bench.store.insert_session(&session).await.unwrap();
    assert_eq!(bench.store.session("a", NOW + 9).await.unwrap(), Some(session));
    assert_eq!(bench.store.session("a", NOW + 10).await.unwrap(), None);
    assert_eq!(bench.store.session("b", NOW).await.unwrap(), None);
}

async fn an_id_is_taken_once(bench: &Bench) {
    bench.store.insert_session(&session("a", None, NOW + 10)).await.unwrap();
    let again = bench.store.insert_session(&session("a", None, NOW + 20)).await;
    assert!(matches!(again, Err(StoreError::Conflict(_))), "{again:?}");
    assert_eq!(bench.store.session("a", NOW).await.unwrap().unwrap().expires_at, NOW + 10);
}

async fn saving_does_not_bring_a_logged_out_session_back(bench: &Bench) {
    bench.store.insert_session(&session("a", None, NOW + 10)).await.unwrap();
    bench.store.delete_session("a").await.unwrap();
    assert!(!bench.store.update_session("a", None, "{}", NOW + 100).await.unwrap());
    assert_eq!(bench.store.session("a", NOW).await.unwrap(), None);
    bench.store.delete_session("a").await.unwrap();
}

async fn saving_keeps_when_it_was_made(bench: &Bench) {
    let ann = ground(&bench.store).await.ann;
    bench.store.insert_session(&session("a", None, NOW + 10)).await.unwrap();
    assert!(bench.store.update_session("a", Some(ann), "{1}", NOW + 100).await.unwrap());
    let saved = SessionRow { data: "{1}".to_owned(), ..session("a", Some(ann), NOW + 100) };
    assert_eq!(bench.store.session("a", NOW).await.unwrap(), Some(saved));
}

async fn an_accounts_other_sessions_end_together(bench: &Bench) {
    let ground = ground(&bench.store).await;
    for (id, account) in [("a", ground.ann), ("b", ground.ann), ("c", ground.ann), ("d", ground.bob)] {
        bench.store.insert_session(&session(id, Some(account), NOW + 10)).await.unwrap();
    }
    assert_eq!(bench.store.delete_sessions_of(ground.ann, Some("b")).await.unwrap(), 2);
    assert!(bench.store.session("b", NOW).await.unwrap().is_some());
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.delete_sessions_of(ground.ann, None).await.unwrap(), 1);
    tx.commit().await.unwrap();
    assert!(bench.store.session("d", NOW).await.unwrap().is_some());
    assert_eq!(bench.store.delete_sessions_of(ground.ann, None).await.unwrap(), 0);
}

async fn expired_sessions_are_deleted(bench: &Bench) {
    bench.store.insert_session(&session("a", None, NOW + 10)).await.unwrap();
    bench.store.insert_session(&session("b", None, NOW + 11)).await.unwrap();
    assert_eq!(bench.store.delete_expired_sessions(NOW + 10).await.unwrap(), 1);
    assert!(bench.store.session("b", NOW).await.unwrap().is_some());
}
