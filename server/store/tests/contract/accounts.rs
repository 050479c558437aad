//! Accounts, invitations, settings and events.

use domain::roles::Role;
use store::StoreError;
use store::accounts::AccountRow;

use super::bench::Bench;
use super::ground::{NOW, ground, populate, vote};
use domain::consensus::Answer;

cases! {
    an_account_comes_back_as_it_was_made,
    accounts_are_paged_by_name_with_their_votes,
    passwords_roles_and_states_change,
    only_admins_who_can_log_in_count,
    an_unknown_account_cant_be_changed,
    an_invitation_is_accepted_exactly_once,
    an_expired_invitation_is_neither_open_nor_acceptable,
    open_invitations_name_who_made_them_and_can_be_withdrawn,
    the_first_admins_links_can_be_withdrawn_without_touching_others,
    an_event_is_kept,
}

async fn an_account_comes_back_as_it_was_made(bench: &Bench) {
    assert!(!bench.store.has_accounts().await.unwrap());
    let mut tx = bench.store.begin().await.unwrap();
    let id = tx.insert_account("ann", Role::Expert, "hash", NOW).await.unwrap();
    assert!(tx.has_accounts().await.unwrap());
    tx.commit().await.unwrap();
    let expected = AccountRow {
        account_id: id,
        name: "ann".to_owned(),
        role: Role::Expert,
        password_hash: "hash".to_owned(),
        created_at: NOW,
        disabled_at: None,
    };
    assert_eq!(bench.store.account(id).await.unwrap().as_ref(), Some(&expected));
    assert_eq!(bench.store.account_by_name("ann").await.unwrap(), Some(expected));
    assert_eq!(bench.store.account(id + 1).await.unwrap(), None);
    assert_eq!(bench.store.account_by_name("Ann").await.unwrap(), None);
}

async fn accounts_are_paged_by_name_with_their_votes(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let candidates = populate(&bench.store, ground.dog, 2).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_account("Zoe", Role::Worker, "hash", NOW).await.unwrap();
    let votes = [(candidates[0], Answer::Yes), (candidates[1], Answer::No)];
    vote(&mut tx, ground.bob, ground.dog, "k", &votes).await;
    tx.commit().await.unwrap();
    let page = |after, limit| bench.store.accounts_after(after, limit);
    let names =
        |rows: Vec<(AccountRow, i64)>| rows.into_iter().map(|(row, n)| (row.name, n)).collect::<Vec<_>>();
    assert_eq!(names(page(None, 2).await.unwrap()), [("Zoe".to_owned(), 0), ("ann".to_owned(), 0)]);
    assert_eq!(names(page(Some("ann"), 2).await.unwrap()), [("bob".to_owned(), 2)]);
}

async fn passwords_roles_and_states_change(bench: &Bench) {
    let ann = ground(&bench.store).await.ann;
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_password(ann, "other").await.unwrap();
    tx.set_role_and_state(ann, Role::Manager, Some(NOW)).await.unwrap();
    tx.commit().await.unwrap();
    let row = bench.store.account(ann).await.unwrap().unwrap();
    assert_eq!((row.password_hash.as_str(), row.role, row.disabled_at), ("other", Role::Manager, Some(NOW)));
    let mut tx = bench.store.begin().await.unwrap();
    tx.set_role_and_state(ann, Role::Worker, None).await.unwrap();
    assert_eq!(tx.account(ann).await.unwrap().unwrap().disabled_at, None);
}

async fn only_admins_who_can_log_in_count(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.count_active_admins().await.unwrap(), 0);
    tx.set_role_and_state(ground.ann, Role::Admin, None).await.unwrap();
    tx.set_role_and_state(ground.bob, Role::Admin, Some(NOW)).await.unwrap();
    assert_eq!(tx.count_active_admins().await.unwrap(), 1);
}

async fn an_unknown_account_cant_be_changed(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    let error = tx.set_password(812, "hash").await.unwrap_err();
    assert!(matches!(&error, StoreError::NotFound(text) if text == "there is no account 812"), "{error}");
    assert!(matches!(tx.set_role_and_state(812, Role::Admin, None).await, Err(StoreError::NotFound(_))));
    // A refusal of ours is no failed statement.
    tx.commit().await.unwrap();
}

async fn an_invitation_is_accepted_exactly_once(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_invitation("token", Role::Expert, Some(ground.ann), NOW, NOW + 10).await.unwrap();
    tx.commit().await.unwrap();
    let open = bench.store.open_invitation("token", NOW).await.unwrap().unwrap();
    assert_eq!((open.role, open.created_by, open.accepted_at), (Role::Expert, Some(ground.ann), None));
    let mut tx = bench.store.begin().await.unwrap();
    assert!(tx.accept_invitation("token", ground.bob, NOW + 1).await.unwrap());
    assert!(!tx.accept_invitation("token", ground.bob, NOW + 2).await.unwrap());
    assert!(!tx.accept_invitation("unknown", ground.bob, NOW + 2).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(bench.store.open_invitation("token", NOW).await.unwrap(), None);
    assert_eq!(bench.store.open_invitations(NOW).await.unwrap(), []);
}

async fn an_expired_invitation_is_neither_open_nor_acceptable(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_invitation("token", Role::Worker, None, NOW, NOW + 10).await.unwrap();
    assert!(tx.open_invitation("token", NOW + 9).await.unwrap().is_some());
    assert_eq!(tx.open_invitation("token", NOW + 10).await.unwrap(), None);
    assert!(!tx.accept_invitation("token", ground.ann, NOW + 10).await.unwrap());
}

async fn open_invitations_name_who_made_them_and_can_be_withdrawn(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let first = tx.insert_invitation("a", Role::Admin, None, NOW, NOW + 10).await.unwrap();
    let second = tx.insert_invitation("b", Role::Worker, Some(ground.bob), NOW, NOW + 10).await.unwrap();
    let third = tx.insert_invitation("c", Role::Worker, Some(ground.bob), NOW, NOW + 10).await.unwrap();
    assert!(tx.accept_invitation("c", ground.ann, NOW).await.unwrap());
    tx.commit().await.unwrap();
    let open = bench.store.open_invitations(NOW).await.unwrap();
    let shown: Vec<_> = open.iter().map(|(row, name)| (row.invitation_id, name.as_deref())).collect();
    assert_eq!(shown, [(second, Some("bob")), (first, None)]);
    let mut tx = bench.store.begin().await.unwrap();
    assert!(tx.withdraw_invitation(second).await.unwrap());
    assert!(!tx.withdraw_invitation(second).await.unwrap());
    assert!(!tx.withdraw_invitation(third).await.unwrap(), "it is accepted");
}

async fn the_first_admins_links_can_be_withdrawn_without_touching_others(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_invitation("a", Role::Admin, None, NOW, NOW + 10).await.unwrap();
    tx.insert_invitation("b", Role::Admin, None, NOW, NOW + 10).await.unwrap();
    tx.insert_invitation("c", Role::Worker, Some(ground.bob), NOW, NOW + 10).await.unwrap();
    tx.set_role_and_state(ground.bob, Role::Admin, None).await.unwrap();
    assert!(!tx.accept_invitation("b", ground.ann, NOW).await.unwrap(), "bob is the first");
    tx.set_role_and_state(ground.bob, Role::Worker, None).await.unwrap();
    assert!(tx.accept_invitation("b", ground.ann, NOW).await.unwrap());
    assert_eq!(tx.withdraw_first_admin_invitations().await.unwrap(), 1);
    assert_eq!(tx.open_invitation("a", NOW).await.unwrap(), None);
    assert!(tx.open_invitation("c", NOW).await.unwrap().is_some());
}

async fn an_event_is_kept(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.record_event(Some(ground.ann), "invite", "invitation 1", "worker", NOW).await.unwrap();
    tx.record_event(None, "import", "wordnet", "", NOW).await.unwrap();
    tx.commit().await.unwrap();
    let events = bench.ask("select action, subject, detail from event order by event_id").await;
    let text = |text: &str| text.to_owned();
    let expected =
        [(text("invite"), text("invitation 1"), text("worker")), (text("import"), text("wordnet"), text(""))];
    assert_eq!(events, expected);
}
