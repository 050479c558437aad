//! What managers see of a synset: its table and versions, galleries in every order, single images, progress.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, answer, bring_in, dog, form, label_all, next, submit, workers};
use app::api::projects::{Cause, GalleryKind, GallerySort, ImageDetail, Said, SynsetDetail};
use app::api::settings::SettingsForm;
use app::backend::Backend;
use app::viewer::{Account, Admin, Manager};
use domain::consensus::Tally;
use domain::roles::Role;
use server::service::backend;
use std::collections::HashSet;

cases![
    a_table_says_how_far_its_chances_may_be_off_and_counts_every_image,
    a_table_has_a_history_that_says_what_changed,
    a_gallery_in_any_order_shows_every_image_once,
    an_image_knows_its_votes_and_its_neighbours,
    a_gallery_goes_on_where_it_was_though_votes_come_in,
    progress_ends_at_what_the_counters_say,
    what_is_not_there_is_not_found,
];

fn manager() -> Manager {
    Manager::of(Account { id: 1, name: "mia".to_owned(), role: Role::Manager }).unwrap()
}

async fn detail(app: &TestApp, backend: &Backend, version: Option<i64>) -> SynsetDetail {
    backend.projects.synset(&manager(), app.project, DOG, version).await.unwrap()
}

/// Forty images, every third of them good, labelled by a crowd that makes a mistake here and there.
async fn labelled(app: &TestApp) -> (Backend, Admin) {
    let (backend, admin) = (backend(&app.world), admin(app).await);
    backend.projects.change_settings(&admin, app.project, form(12)).await.unwrap();
    bring_in(app, 0..40).await;
    let crowd = workers(app, 14).await;
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    let good: HashSet<i64> = rows.iter().map(|row| row.candidate_id).filter(|id| id % 3 == 0).collect();
    let careless: HashSet<i64> = good.iter().copied().filter(|id| id % 2 == 0).collect();
    for worker in &crowd[..2] {
        if let Some(batch) = next(&backend, worker, app.project).await {
            submit(&backend, worker, answer(&batch, &careless)).await.unwrap();
        }
        app.clock.forward(3_600);
    }
    label_all(app, &backend, &crowd, &good).await;
    (backend, admin)
}

async fn a_table_says_how_far_its_chances_may_be_off_and_counts_every_image(app: &TestApp) {
    let (backend, _) = labelled(app).await;
    let detail = detail(app, &backend, None).await;
    let table = detail.table.unwrap();
    for cell in &table.cells {
        assert!(0.0 <= cell.low && cell.low <= cell.confidence, "{cell:?}");
        assert!(cell.confidence <= cell.high && cell.high <= 1.0, "{cell:?}");
    }
    assert_eq!(table.cells.iter().map(|cell| cell.images).sum::<i64>(), 40);
    let triangle = (table.shown_votes + 1) * (table.shown_votes + 2) / 2;
    assert!(table.cells.len() >= triangle as usize);
    let line =
        table.cells.iter().find(|cell| cell.no == 0 && Some(cell.confidence) >= table.threshold).unwrap();
    assert!(line.yes <= table.shown_votes, "the line is in sight");
}

async fn a_table_has_a_history_that_says_what_changed(app: &TestApp) {
    let (backend, admin) = labelled(app).await;
    let first = detail(app, &backend, None).await;
    assert_eq!(first.history.len(), 1);
    assert_eq!(first.history[0].causes, [Cause::SampleComplete]);
    assert_eq!(first.table.unwrap().change, None);
    let wanted = SettingsForm { target_precision: "0.9".into(), rejection: "0.3".into(), ..form(12) };
    backend.projects.change_settings(&admin, app.project, wanted).await.unwrap();
    let second = detail(app, &backend, None).await;
    let versions: Vec<i64> = second.history.iter().map(|version| version.version).collect();
    assert_eq!(versions, [2, 1]);
    let causes = [Cause::Target { before: 0.97, after: 0.9 }, Cause::Rejection { before: 0.1, after: 0.3 }];
    assert_eq!(second.history[0].causes, causes);
    let (table, before) = (second.table.unwrap(), detail(app, &backend, Some(1)).await.table.unwrap());
    assert_eq!((table.version, before.version), (2, 1));
    let change = table.change.unwrap();
    assert_eq!(change.threshold, (before.threshold, table.threshold));
    assert!(change.threshold.1 <= change.threshold.0, "{change:?}");
    assert!(change.cells_moved > 0 && change.cells_moved < change.cells, "{change:?}");
}

const KINDS: [GalleryKind; 4] =
    [GalleryKind::Positive, GalleryKind::Negative, GalleryKind::Open, GalleryKind::Escalated];
const SORTS: [GallerySort; 4] =
    [GallerySort::Newest, GallerySort::MostConfident, GallerySort::LeastConfident, GallerySort::Disagreement];

async fn a_gallery_in_any_order_shows_every_image_once(app: &TestApp) {
    let (backend, _) = labelled(app).await;
    for sort in SORTS {
        let mut seen = Vec::new();
        for kind in KINDS {
            let gallery =
                backend.projects.gallery(&manager(), app.project, DOG, (kind, sort), None).await.unwrap();
            assert!(gallery.next.is_none() && gallery.has_table);
            let chance = |tile: &app::api::projects::GalleryTile| tile.confidence.unwrap();
            let ordered = match sort {
                GallerySort::Newest => gallery.tiles.is_sorted_by(|a, b| a.candidate > b.candidate),
                GallerySort::MostConfident => gallery.tiles.is_sorted_by(|a, b| chance(a) >= chance(b)),
                GallerySort::LeastConfident => gallery.tiles.is_sorted_by(|a, b| chance(a) <= chance(b)),
                GallerySort::Disagreement => gallery.tiles.is_sorted_by_key(|tile| from_half(tile.tally)),
            };
            assert!(ordered, "{kind:?} {sort:?}");
            seen.extend(gallery.tiles.iter().map(|tile| tile.candidate));
        }
        assert_eq!(seen.len(), 40, "{sort:?}");
        assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 40, "{sort:?}");
    }
}

/// How far the votes are from half and half, in thousandths.
fn from_half((yes, no, unsure): (i64, i64, i64)) -> i64 {
    let votes = 2 * (yes + no + unsure);
    if votes == 0 { 1_000 } else { (1_000 * (2 * yes + unsure) / votes - 500).abs() }
}

async fn image(
    app: &TestApp,
    backend: &Backend,
    id: i64,
    kind: GalleryKind,
    sort: GallerySort,
) -> ImageDetail {
    backend.projects.image(&manager(), app.project, DOG, id, (Some(kind), sort)).await.unwrap()
}

async fn an_image_knows_its_votes_and_its_neighbours(app: &TestApp) {
    let (backend, _) = labelled(app).await;
    for sort in SORTS {
        let kind = GalleryKind::Negative;
        let gallery =
            backend.projects.gallery(&manager(), app.project, DOG, (kind, sort), None).await.unwrap();
        let order: Vec<i64> = gallery.tiles.iter().map(|tile| tile.candidate).collect();
        for (place, &id) in order.iter().enumerate() {
            let image = image(app, &backend, id, kind, sort).await;
            let previous = place.checked_sub(1).map(|before| order[before]);
            assert_eq!(
                (image.previous, image.next),
                (previous, order.get(place + 1).copied()),
                "{sort:?} {place}"
            );
            assert_eq!(image.stands, kind);
            let said: Tally = image
                .votes
                .iter()
                .map(|vote| match vote.answer {
                    Said::Yes => domain::consensus::Answer::Yes,
                    Said::No => domain::consensus::Answer::No,
                    _ => domain::consensus::Answer::Unsure,
                })
                .collect();
            let (yes, no, unsure) = image.tile.tally;
            assert_eq!((i64::from(said.yes), i64::from(said.no), i64::from(said.unsure)), (yes, no, unsure));
            assert!(image.votes.iter().all(|vote| vote.worker.starts_with("worker-")));
            assert!(image.votes.is_sorted_by_key(|vote| vote.voted_at));
        }
    }
}

/// More images than a page holds; between the pages one of the first page is voted on.
async fn a_gallery_goes_on_where_it_was_though_votes_come_in(app: &TestApp) {
    let backend = backend(&app.world);
    backend.projects.change_settings(&admin(app).await, app.project, form(12)).await.unwrap();
    bring_in(app, 0..150).await;
    let crowd = workers(app, 11).await;
    let mut given = 0;
    for worker in &crowd[..10] {
        let Some(batch) = next(&backend, worker, app.project).await else { continue };
        let good = batch.tiles.iter().map(|tile| tile.candidate).filter(|id| id % 3 == 0).collect();
        given += submit(&backend, worker, answer(&batch, &good)).await.unwrap().recorded;
    }
    assert!(given > 0);
    let shown = (GalleryKind::Open, GallerySort::Disagreement);
    let (mut seen, mut after): (Vec<i64>, Option<String>) = (Vec::new(), None);
    loop {
        let page =
            backend.projects.gallery(&manager(), app.project, DOG, shown, after.as_deref()).await.unwrap();
        seen.extend(page.tiles.iter().map(|tile| tile.candidate));
        after = page.next;
        if after.is_none() {
            break;
        }
        // Somebody votes on images of the synset; what stays as it was is neither left out nor shown twice.
        if let Some(batch) = next(&backend, &crowd[10], app.project).await {
            let good = batch.tiles.iter().map(|tile| tile.candidate).collect();
            submit(&backend, &crowd[10], answer(&batch, &good)).await.unwrap();
        }
    }
    let rows = app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap();
    let untouched = rows.iter().filter(|row| row.yes + row.no == 0).map(|row| row.candidate_id);
    for candidate in untouched {
        assert_eq!(seen.iter().filter(|id| **id == candidate).count(), 1, "candidate {candidate}");
    }
}

async fn progress_ends_at_what_the_counters_say(app: &TestApp) {
    let (backend, _) = labelled(app).await;
    let detail = detail(app, &backend, None).await;
    let (first, last) = (detail.progress[0], detail.progress[detail.progress.len() - 1]);
    assert_eq!((first.votes, first.positive, first.negative), (0, 0, 0));
    let totals = detail.row.totals;
    assert_eq!(
        (last.votes, last.positive, last.negative, last.escalated),
        (totals.votes, totals.positive, totals.negative, totals.escalated)
    );
    assert!(
        detail.progress.len() <= 62
            && detail.progress.is_sorted_by(|a, b| a.at <= b.at && a.votes <= b.votes)
    );
}

async fn what_is_not_there_is_not_found(app: &TestApp) {
    let backend = backend(&app.world);
    bring_in(app, 0..2).await;
    let mut browser = app.signed_in("mia", Role::Manager).await;
    let path = format!("/project/{}/synset/{DOG}", app.project);
    for missing in ["?version=1", "?version=x", "/image/999", "/image/x"] {
        assert_eq!(browser.page(&format!("{path}{missing}")).await.status, 404, "{missing}");
    }
    assert_eq!(browser.page(&format!("{path}?after=nonsense")).await.status, 422);
    let shown = (GalleryKind::Open, GallerySort::MostConfident);
    let gallery = backend.projects.gallery(&manager(), app.project, DOG, shown, None).await.unwrap();
    assert_eq!((gallery.tiles.len(), gallery.has_table), (2, false));
    let id = gallery.tiles[0].candidate;
    let page = browser.page(&format!("{path}/image/{id}?show=open&sort=confident")).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("Nobody has voted on it yet."));
}
