//! Blind checks and certificates: a crowd that is wrong together ends on hold, one that is right gets its precision; on both engines.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, bring_in, dog, form, label_all, no_differences, workers};
use app::api::ApiError;
use app::api::audits::{Certificate, Scope};
use app::api::review::ExpertAnswer;
use app::backend::Backend;
use app::viewer::{Account, Expert, Manager, Worker};
use domain::consensus::{Reason, Verdict};
use domain::roles::Role;
use server::service::backend;
use std::collections::HashSet;
use store::projects::SynsetState;
use store::verify::RecountRow;

cases![
    a_crowd_that_is_right_is_certified,
    a_crowd_that_is_wrong_together_ends_on_hold,
    an_audit_page_stays_the_same_until_it_is_answered_and_says_nothing_of_the_votes,
    anchors_are_asked_for_blindly_and_teach_the_table,
];

async fn expert(app: &TestApp) -> Expert {
    let admin = admin(app).await;
    Expert::of(Account { id: admin.id(), name: "admin".to_owned(), role: Role::Admin }).unwrap()
}

fn manager(expert: &Expert) -> Manager {
    Manager::of(Account { id: expert.id(), name: "admin".to_owned(), role: Role::Admin }).unwrap()
}

async fn rows(app: &TestApp) -> Vec<RecountRow> {
    app.world.store.recounted(dog(app).await.project_synset_id).await.unwrap()
}

/// Seventy images, of which workers find every other one good, ten of them in the sample; returns the expert and those.
async fn labelled(app: &TestApp, backend: &Backend) -> (Expert, HashSet<i64>) {
    let expert = expert(app).await;
    let admin =
        app::viewer::Admin::of(Account { id: expert.id(), name: "admin".to_owned(), role: Role::Admin })
            .unwrap();
    backend.projects.change_settings(&admin, app.project, form(20)).await.unwrap();
    bring_in(app, 0..70).await;
    let good: HashSet<i64> =
        rows(app).await.iter().map(|row| row.candidate_id).filter(|id| id % 2 == 0).collect();
    label_all(app, backend, &workers(app, 12).await, &good).await;
    (expert, good)
}

/// The expert answers until nothing more is asked; returns how many accepted and how many rejected images were seen.
async fn audit_all(
    app: &TestApp,
    backend: &Backend,
    expert: &Expert,
    truth: impl Fn(i64) -> bool,
) -> (u32, u32) {
    let (mut accepted, mut rejected) = (0, 0);
    while let Some(case) = backend.experts.audits(expert, app.project, 0).await.unwrap().case {
        let before = rows(app).await.into_iter().find(|row| row.candidate_id == case.candidate).unwrap();
        assert!(!before.in_initial_sample && before.expert.is_none());
        match before.verdict {
            Verdict::Positive => accepted += 1,
            Verdict::Negative => rejected += 1,
            other => panic!("{other:?} was to be audited"),
        }
        backend.experts.audit(expert, case.candidate, truth(case.candidate)).await.unwrap();
        let again = backend.experts.audit(expert, case.candidate, true).await;
        assert!(matches!(again, Err(ApiError::Conflict(_))), "{again:?}");
    }
    (accepted, rejected)
}

async fn more_workers(app: &TestApp, round: usize) -> Vec<Worker> {
    let mut workers = Vec::new();
    for place in 0..4 {
        let mut tx = app.world.store.begin().await.unwrap();
        let name = format!("late-{round}-{place}");
        let id = tx.insert_account(&name, Role::Worker, "none", app.world.now()).await.unwrap();
        tx.commit().await.unwrap();
        workers.push(Worker::of(Account { id, name, role: Role::Worker }).unwrap());
    }
    workers
}

async fn certificate(app: &TestApp, backend: &Backend, expert: &Expert, scope: Scope) -> Certificate {
    backend.projects.certificate(&manager(expert), app.project, &scope).await.unwrap()
}

async fn a_crowd_that_is_right_is_certified(app: &TestApp) {
    let backend = backend(&app.world);
    let (expert, good) = labelled(app, &backend).await;
    let before = certificate(app, &backend, &expert, Scope::Project).await;
    assert_eq!(before.figures.audited_precision, None);
    assert!(before.figures.stated_precision.unwrap() > 0.97, "{before:?}");
    let (accepted, rejected) = audit_all(app, &backend, &expert, |id| good.contains(&id)).await;
    assert!(accepted >= 12 && rejected >= 1, "{accepted} accepted, {rejected} rejected");
    let after = certificate(app, &backend, &expert, Scope::Synset(DOG.to_owned())).await;
    let agreement = after.agreement.unwrap();
    assert!(
        (0.0..=1.0).contains(&agreement.pairwise) && agreement.krippendorff_alpha.is_some(),
        "{agreement:?}"
    );
    assert_eq!((after.figures.audited.images, after.figures.audited.good), (accepted, accepted));
    assert_eq!((after.figures.rejected_audited.images, after.figures.rejected_audited.good), (rejected, 0));
    assert_eq!((after.synsets, after.on_hold, after.lines[0].audit_shift), (1, 0, 0.0));
    assert_eq!(after.figures.accepted, before.figures.accepted);
    assert_eq!(after.images_sha256.as_ref().map(String::len), Some(64));
    // Nothing is to be learned of a synset that is what it says.
    assert_eq!(after.lines[0].table_version, Some(1));
    let unknown = Scope::Synset("n00000001".to_owned());
    let refused = backend.projects.certificate(&manager(&expert), app.project, &unknown).await;
    assert!(matches!(refused, Err(ApiError::NotFound(_))), "{refused:?}");
    no_differences(app).await;
}

async fn a_crowd_that_is_wrong_together_ends_on_hold(app: &TestApp) {
    let backend = backend(&app.world);
    let (expert, good) = labelled(app, &backend).await;
    // The experts find that nothing of what the crowd accepts shows it.
    let mut accepted = 0;
    // What falls below the threshold is asked about again, and then looked at again.
    for late in 0..12 {
        accepted += audit_all(app, &backend, &expert, |_| false).await.0;
        if dog(app).await.state == SynsetState::Hold {
            break;
        }
        let more = more_workers(app, late).await;
        label_all(app, &backend, &more, &good).await;
    }
    assert!(accepted >= 3, "{accepted}");
    let synset = dog(app).await;
    assert_eq!(synset.state, SynsetState::Hold);
    let reason = synset.hold_reason.unwrap();
    assert!(reason.contains("without knowing the verdict") && reason.contains("97.0 %"), "{reason}");
    let table = app.world.store.latest_calibration(synset.project_synset_id).await.unwrap().unwrap();
    assert!(table.version > 1 && table.audit_shift < 0.0 && table.audited_bad > 0, "{table:?}");
    let held = certificate(app, &backend, &expert, Scope::Project).await;
    assert_eq!((held.synsets, held.on_hold, held.figures.accepted), (0, 1, 0));
    let said = || async {
        let is_said = |row: &RecountRow| row.reason.as_deref() == Some(Reason::Expert.as_str());
        rows(app).await.into_iter().filter(is_said).map(|row| row.candidate_id).collect::<Vec<i64>>()
    };
    assert!(said().await.len() >= 3);
    no_differences(app).await;
    // An expert who was mistaken takes the labels back, and with them what followed from them.
    for candidate in said().await {
        backend.experts.decide(&expert, candidate, ExpertAnswer::Open, 0).await.unwrap();
    }
    let table = app.world.store.latest_calibration(synset.project_synset_id).await.unwrap().unwrap();
    assert_eq!((table.audit_shift, table.audited_bad), (0.0, 0));
    assert_ne!(dog(app).await.state, SynsetState::Hold);
    no_differences(app).await;
}

async fn an_audit_page_stays_the_same_until_it_is_answered_and_says_nothing_of_the_votes(app: &TestApp) {
    let backend = backend(&app.world);
    let (expert, _) = labelled(app, &backend).await;
    let page = async |skipped| backend.experts.audits(&expert, app.project, skipped).await.unwrap();
    let first = page(0).await;
    assert_eq!(first, page(0).await);
    assert!(first.wanted > 0 && first.done == 0);
    let others: HashSet<i64> = shown_after(&page, 1..8).await;
    assert!(others.len() > 1, "{others:?}");
    let unknown = backend.experts.audits(&expert, 999, 0).await;
    assert!(matches!(unknown, Err(ApiError::NotFound(_))));
    let browser = &mut app.signed_in("erin", Role::Expert).await;
    let shown = browser.page(&format!("/project/{}/audit", app.project)).await;
    assert_eq!(shown.status, 200);
    for told in ["confidence", "accepted by", "votes-bar", "class=\"votes\""] {
        assert!(!String::from_utf8_lossy(&shown.body).contains(told), "{told}");
    }
}

async fn shown_after<F: AsyncFn(u32) -> app::api::audits::AuditPage>(
    page: &F,
    skipped: std::ops::Range<u32>,
) -> HashSet<i64> {
    let mut found = HashSet::new();
    for skipped in skipped {
        found.extend(page(skipped).await.case.map(|case| case.candidate));
    }
    found
}

async fn anchors_are_asked_for_blindly_and_teach_the_table(app: &TestApp) {
    let backend = backend(&app.world);
    let (expert, good) = labelled(app, &backend).await;
    let mut labels = 0;
    loop {
        let page = backend.experts.anchors(&expert, app.project, 0).await.unwrap();
        assert_eq!((page.wanted, page.done), (20 - labels, labels));
        let Some(case) = page.case else { break };
        let row = rows(app).await.into_iter().find(|row| row.candidate_id == case.candidate).unwrap();
        assert!(row.in_initial_sample && row.expert.is_none());
        if labels == 0 {
            let skipped = backend.experts.anchors(&expert, app.project, 1).await.unwrap().case.unwrap();
            assert_ne!(skipped.candidate, case.candidate, "the next one, after it was skipped");
        }
        backend.experts.audit(&expert, case.candidate, good.contains(&case.candidate)).await.unwrap();
        labels += 1;
    }
    assert_eq!(labels, 20);
    let table = app.world.store.latest_calibration(dog(app).await.project_synset_id).await.unwrap().unwrap();
    assert_eq!((table.anchored, table.audited_good), (20, 0), "anchors are no audits");
    no_differences(app).await;
}
