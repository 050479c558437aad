//! Seedings, and taking them back.

use super::bench::Bench;
use super::ground::{NOW, ground, new_candidate, populate, synset, wnid};
use store::jobs::ProvenanceRow;

cases! {
    a_seeding_remembers_who_asked_for_what,
    undoing_takes_out_what_has_no_images,
    undoing_again_changes_nothing,
    an_import_keeps_its_synset,
    a_synset_that_a_table_named_stays,
    what_is_taken_out_can_be_seeded_again,
    five_thousand_synsets_go_and_come,
}

async fn seeded(bench: &Bench, project: i64, account: i64, offsets: &[u32]) -> i64 {
    let wnids: Vec<_> = offsets.iter().map(|&offset| wnid(offset)).collect();
    let mut tx = bench.store.begin().await.unwrap();
    let seeding = tx.insert_seeding(project, account, "{}", wnids.len() as i64, NOW).await.unwrap();
    tx.seed_synsets_of(seeding, project, &wnids, NOW).await.unwrap();
    tx.commit().await.unwrap();
    seeding
}

async fn a_seeding_remembers_who_asked_for_what(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let seeding = tx.insert_seeding(ground.project, ground.ann, "{\"list\":\"é\"}", 3, NOW).await.unwrap();
    let wnids = [wnid(1), wnid(2), wnid(3)];
    assert_eq!(tx.seed_synsets_of(seeding, ground.project, &wnids, NOW).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let rows = bench.store.seedings(ground.project, 10).await.unwrap();
    let row = &rows[0];
    assert_eq!((rows.len(), row.seeding_id, row.project_id), (1, seeding, ground.project));
    assert_eq!((row.by_name.as_deref(), row.request.as_str()), (Some("ann"), "{\"list\":\"é\"}"));
    assert_eq!((row.asked, row.added, row.seeded_at, row.undone_at, row.removed), (3, 1, NOW, None, None));
    assert_eq!((row.present, row.with_images, row.with_imports), (1, 0, 0));
    assert_eq!(bench.store.seeding(seeding + 1).await.unwrap(), None);
    let second = seeded(bench, ground.project, ground.bob, &[1]).await;
    let newest: Vec<i64> =
        bench.store.seedings(ground.project, 1).await.unwrap().iter().map(|row| row.seeding_id).collect();
    assert_eq!(newest, [second]);
}

async fn undoing_takes_out_what_has_no_images(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let other = tx.insert_project("more pets", &super::ground::settings(), NOW).await.unwrap();
    tx.commit().await.unwrap();
    let seeding = seeded(bench, other, ground.ann, &[1, 2, 3]).await;
    let cat = bench.store.project_synset(other, wnid(3)).await.unwrap().unwrap().project_synset_id;
    populate(&bench.store, cat, 1).await;
    let before = bench.store.seeding(seeding).await.unwrap().unwrap();
    assert_eq!((before.present, before.with_images), (3, 1));
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.lock_seeding(seeding).await.unwrap().as_ref(), Some(&before));
    assert_eq!(tx.undo_seeding(seeding, ground.bob, NOW + 1).await.unwrap(), 2);
    tx.commit().await.unwrap();
    let after = bench.store.seeding(seeding).await.unwrap().unwrap();
    assert_eq!(
        (after.present, after.with_images, after.removed, after.undone_at),
        (1, 1, Some(2), Some(NOW + 1))
    );
    assert_eq!(bench.store.seeded_wnids(other).await.unwrap(), [wnid(3)]);
    assert_eq!(
        bench.store.seeded_wnids(ground.project).await.unwrap(),
        [wnid(2), wnid(3)],
        "another project's stay"
    );
}

async fn undoing_again_changes_nothing(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let seeding = seeded(bench, ground.project, ground.ann, &[1]).await;
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.undo_seeding(seeding, ground.ann, NOW).await.unwrap(), 1);
    assert_eq!(tx.undo_seeding(seeding, ground.ann, NOW).await.unwrap(), 0);
    assert_eq!(tx.lock_seeding(812).await.unwrap(), None);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.seeding(seeding).await.unwrap().unwrap().removed, Some(1));
}

async fn a_synset_that_a_table_named_stays(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let seeding = seeded(bench, ground.project, ground.ann, &[1]).await;
    let animal =
        bench.store.project_synset(ground.project, wnid(1)).await.unwrap().unwrap().project_synset_id;
    let mut tx = bench.store.begin().await.unwrap();
    let none = ProvenanceRow::default();
    let job = tx.insert_import(ground.project, None, None, &none, NOW).await.unwrap();
    tx.add_import_file(job, 0, &store::jobs::NewImportFile::refused("a.jpg", None)).await.unwrap();
    tx.describe_import_file(job, 0, Some(animal), &none).await.unwrap();
    assert_eq!(tx.undo_seeding(seeding, ground.ann, NOW).await.unwrap(), 0);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.seeding(seeding).await.unwrap().unwrap().with_imports, 1);
}

async fn an_import_keeps_its_synset(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let seeding = seeded(bench, ground.project, ground.ann, &[1]).await;
    let animal =
        bench.store.project_synset(ground.project, wnid(1)).await.unwrap().unwrap().project_synset_id;
    let mut tx = bench.store.begin().await.unwrap();
    tx.insert_import(ground.project, Some(animal), Some(ground.ann), &ProvenanceRow::default(), NOW)
        .await
        .unwrap();
    assert_eq!(tx.undo_seeding(seeding, ground.ann, NOW).await.unwrap(), 0);
    tx.commit().await.unwrap();
    let row = bench.store.seeding(seeding).await.unwrap().unwrap();
    assert_eq!((row.present, row.with_images, row.with_imports), (1, 0, 1));
}

async fn what_is_taken_out_can_be_seeded_again(bench: &Bench) {
    let ground = ground(&bench.store).await;
    let first = seeded(bench, ground.project, ground.ann, &[1]).await;
    let mut tx = bench.store.begin().await.unwrap();
    tx.undo_seeding(first, ground.ann, NOW).await.unwrap();
    tx.commit().await.unwrap();
    let second = seeded(bench, ground.project, ground.ann, &[1]).await;
    let present = async |seeding| bench.store.seeding(seeding).await.unwrap().unwrap().present;
    assert_eq!((present(first).await, present(second).await), (0, 1));
    let animal =
        bench.store.project_synset(ground.project, wnid(1)).await.unwrap().unwrap().project_synset_id;
    let mut tx = bench.store.begin().await.unwrap();
    tx.upsert_image(&super::ground::image("again")).await.unwrap();
    assert!(tx.insert_candidate(&new_candidate(animal, "again", 1), NOW).await.unwrap().is_some());
    tx.commit().await.unwrap();
}

async fn five_thousand_synsets_go_and_come(bench: &Bench) {
    let many: Vec<_> = (1..=5_247).map(|n| synset(n, &["a word"], &[])).collect();
    let mut tx = bench.store.begin().await.unwrap();
    tx.replace_ontology(&many).await.unwrap();
    let ann = tx.insert_account("ann", domain::roles::Role::Admin, "hash", NOW).await.unwrap();
    let project = tx.insert_project("large", &super::ground::settings(), NOW).await.unwrap();
    tx.commit().await.unwrap();
    let offsets: Vec<u32> = (1..=5_247).collect();
    let seeding = seeded(bench, project, ann, &offsets).await;
    assert_eq!(bench.store.seeding(seeding).await.unwrap().unwrap().added, 5_247);
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.undo_seeding(seeding, ann, NOW).await.unwrap(), 5_247);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.seeded_wnids(project).await.unwrap(), []);
}
