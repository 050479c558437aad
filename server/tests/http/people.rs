//! Managers decide whose votes count, experts what an image is; on both engines, over whole requests.

use crate::app::TestApp;
use crate::browser::Browser;
use crate::ground::{admin, answer, bring_in, dog, form, label_all, next, submit, workers};
use app::viewer::Worker;
use domain::roles::Role;
use server::service::{backend, verify};
use std::collections::HashSet;

cases![
    a_manager_excludes_with_a_reason_that_the_worker_reads_and_restores,
    a_preview_that_is_out_of_date_is_looked_at_again,
    an_exclusion_needs_a_reason_and_a_worker_who_voted,
    the_table_of_workers_pages_and_searches,
    two_who_are_wrong_together_are_shown_beside_each_other_and_nobody_else_is,
    an_expert_decides_case_after_case_and_takes_one_back,
    two_experts_are_told_of_each_other,
];

/// Twelve pictures, half of them good, and ten people who have labelled them all: so many votes settle each.
async fn labelled(app: &TestApp) -> (Vec<Worker>, Vec<i64>) {
    let backend = backend(&app.world);
    bring_in(app, 0..12).await;
    let crowd = workers(app, 10).await;
    let batch = next(&backend, &crowd[0], app.project).await.unwrap();
    let mut ids: Vec<i64> = batch.tiles.iter().map(|tile| tile.candidate).collect();
    ids.sort_unstable();
    let good: HashSet<i64> = ids.iter().copied().filter(|id| id % 2 == 0).collect();
    submit(&backend, &crowd[0], answer(&batch, &good)).await.unwrap();
    label_all(app, &backend, &crowd, &good).await;
    (crowd, ids)
}

/// A hidden field of a form on the page.
fn field(page: &str, name: &str) -> String {
    let (_, after) =
        page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name} in {page}"));
    after.split('"').next().unwrap().to_owned()
}

async fn decide(
    browser: &mut Browser,
    app: &TestApp,
    account: i64,
    page: &str,
    reason: &str,
) -> crate::browser::Reply {
    let (project, account) = (app.project.to_string(), account.to_string());
    let [excluded, votes, changes] = ["excluded", "votes", "changes"].map(|name| field(page, name));
    let form = [
        ("project", project.as_str()),
        ("account", &account),
        ("excluded", &excluded),
        ("votes", &votes),
        ("changes", &changes),
        ("reason", reason),
    ];
    browser.submit("decide_exclusion", &form, "/").await
}

async fn a_manager_excludes_with_a_reason_that_the_worker_reads_and_restores(app: &TestApp) {
    let (crowd, _) = labelled(app).await;
    let (backend, account) = (backend(&app.world), crowd[3].id());
    let mut manager = app.signed_in("max", Role::Manager).await;
    let worker = format!("/project/{}/worker/{account}", app.project);
    let table = manager.page(&format!("/project/{}/workers", app.project)).await;
    assert!(
        table.text().contains("worker-3") && table.text().contains("10\u{a0}people have voted"),
        "{}",
        table.text()
    );
    let page = manager.page(&format!("{worker}/exclude")).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("votes on 1\u{a0}synset would no longer count"), "{}", page.text());
    let done = decide(&mut manager, app, account, page.text(), "Answered <fast> & blindly.").await;
    assert_eq!((done.status, done.header("location")), (302, worker.as_str()));
    let page = manager.page(&worker).await;
    assert!(
        page.text().contains("Excluded") && page.text().contains("Answered &lt;fast&gt; &amp; blindly."),
        "{}",
        page.text()
    );
    let told = backend.labeling.next(&crowd[3], app.project, app::viewer::ScreenSize::Large).await.unwrap();
    assert!(format!("{told:?}").contains("Answered <fast> & blindly."), "{told:?}");
    assert_eq!(manager.page(&format!("{worker}/exclude")).await.status, 409, "excluded already");
    let page = manager.page(&format!("{worker}/restore")).await;
    assert!(page.text().contains("would count again"), "{}", page.text());
    let done = decide(&mut manager, app, account, page.text(), "We spoke.").await;
    assert_eq!((done.status, done.header("location")), (302, worker.as_str()));
    let page = manager.page(&worker).await;
    assert!(page.text().contains("We spoke.") && page.text().contains("Restored"), "{}", page.text());
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
}

async fn a_preview_that_is_out_of_date_is_looked_at_again(app: &TestApp) {
    let (crowd, _) = labelled(app).await;
    let mut manager = app.signed_in("max", Role::Manager).await;
    let (project, account) = (app.project.to_string(), crowd[0].id().to_string());
    let form = [
        ("project", project.as_str()),
        ("account", account.as_str()),
        ("excluded", "true"),
        ("votes", "1"),
        ("changes", "0"),
        ("reason", "Too fast."),
    ];
    let refused = manager.call("decide_exclusion", &form).await;
    assert_eq!(refused.status, 409);
    assert!(refused.error().to_string().contains("look at the preview again"), "{}", refused.text());
    let row = app.world.store.exclusion(app.project, crowd[0].id()).await.unwrap();
    assert_eq!(row, None, "nothing was decided");
}

async fn an_exclusion_needs_a_reason_and_a_worker_who_voted(app: &TestApp) {
    let (crowd, _) = labelled(app).await;
    let mut manager = app.signed_in("max", Role::Manager).await;
    let page = manager.page(&format!("/project/{}/worker/{}/exclude", app.project, crowd[0].id())).await;
    let refused = decide(&mut manager, app, crowd[0].id(), page.text(), "  ").await;
    assert!(refused.header("location").contains("__err"), "{refused:?}");
    let stranger = app.account("eve", Role::Worker).await;
    for path in ["", "/exclude", "/restore"] {
        let reply = manager.page(&format!("/project/{}/worker/{stranger}{path}", app.project)).await;
        assert_eq!(reply.status, 404, "{path}");
    }
}

async fn the_table_of_workers_pages_and_searches(app: &TestApp) {
    labelled(app).await;
    let mut manager = app.signed_in("max", Role::Manager).await;
    let path = format!("/project/{}/workers", app.project);
    let found = manager.page(&format!("{path}?q=KER-7")).await;
    assert!(found.text().contains("worker-7") && !found.text().contains("worker-1<"), "{}", found.text());
    for sort in ["name", "votes", "pace", "seen"] {
        assert_eq!(manager.page(&format!("{path}?sort={sort}&dir=desc")).await.status, 200, "{sort}");
    }
    assert_eq!(manager.page(&format!("{path}?after=x")).await.status, 422);
    assert_eq!(manager.page("/project/999/workers").await.status, 404);
}

/// All pages of a worker who picks these.
async fn pick(app: &TestApp, worker: &Worker, picked: &HashSet<i64>) {
    let backend = backend(&app.world);
    while let Some(batch) = next(&backend, worker, app.project).await {
        submit(&backend, worker, answer(&batch, picked)).await.unwrap();
    }
}

async fn two_who_are_wrong_together_are_shown_beside_each_other_and_nobody_else_is(app: &TestApp) {
    backend(&app.world).projects.change_settings(&admin(app).await, app.project, form(48)).await.unwrap();
    bring_in(app, 0..48).await;
    let rows = app.world.store.fingerprints(dog(app).await.project_synset_id).await.unwrap();
    let ids: Vec<i64> = rows.iter().map(|row| row.candidate_id).collect();
    let good: HashSet<i64> = ids.iter().copied().step_by(4).collect();
    let bad: Vec<i64> = ids.iter().copied().filter(|id| !good.contains(id)).collect();
    let with = |wrong: &[i64]| -> HashSet<i64> { good.iter().chain(wrong).copied().collect() };
    let crowd = workers(app, 7).await;
    for (place, worker) in crowd.iter().enumerate() {
        let wrong = if place < 2 { &bad[..11] } else { &bad[20 + place..22 + place] };
        pick(app, worker, &with(wrong)).await;
    }
    let mut manager = app.signed_in("max", Role::Manager).await;
    let (one, other) = (crowd[0].id(), crowd[1].id());
    let page = |account: i64| format!("/project/{}/worker/{account}", app.project);
    for (account, partner) in [(one, other), (other, one)] {
        let shown = manager.page(&page(account)).await;
        let link = format!("with <a href=\"{}\">", page(partner));
        assert!(shown.text().contains("Wrong together") && shown.text().contains(&link), "{}", shown.text());
        assert!(shown.text().contains("both gave the same wrong answer to 11"), "{}", shown.text());
    }
    let table = manager.page(&format!("/project/{}/workers", app.project)).await;
    assert_eq!(table.text().matches(">Wrong together<").count(), 2, "{}", table.text());
    assert!(!manager.page(&page(crowd[2].id())).await.text().contains("Wrong together"));
}

/// Takes two pictures out of the crowd's hands.
async fn escalate(app: &TestApp, ids: &[i64]) {
    for id in ids {
        app.tamper(&format!(
            "update candidate set verdict = 'escalated', reason = 'cap_reached' where candidate_id = {id}"
        ))
        .await;
    }
    app.tamper(&format!("update project_synset set escalated = {}", ids.len())).await;
}

/// Presses a button of the page that the expert is on.
async fn press(browser: &mut Browser, page: &str, answer: &str) -> crate::browser::Reply {
    let names = ["candidate", "seen", "place"];
    let values: Vec<String> = names.iter().map(|name| field(page, name).replace("&amp;", "&")).collect();
    let mut form: Vec<(&str, &str)> = names.iter().copied().zip(values.iter().map(String::as_str)).collect();
    form.push(("answer", answer));
    browser.submit("label_candidate", &form, "/review").await
}

async fn an_expert_decides_case_after_case_and_takes_one_back(app: &TestApp) {
    bring_in(app, 0..3).await;
    let rows = app.world.store.fingerprints(dog(app).await.project_synset_id).await.unwrap();
    let ids: Vec<i64> = rows.iter().map(|row| row.candidate_id).collect();
    escalate(app, &ids[..2]).await;
    let mut expert = app.signed_in("eva", Role::Expert).await;
    assert!(expert.page("/").await.text().contains("2\u{a0}images wait for an expert, in 1\u{a0}synset"));
    let first = expert.page("/review").await;
    assert!(first.text().contains(&format!("Candidate {}", ids[0])), "{}", first.text());
    let gone_on = press(&mut expert, first.text(), "yes").await;
    assert_eq!(gone_on.header("location"), format!("/review?trail={}", ids[0]));
    let second = expert.page(gone_on.header("location")).await;
    assert!(second.text().contains(&format!("value=\"{}\"", ids[1])), "{}", second.text());
    assert!(second.text().contains("You said: it shows it"), "the case before is in sight");
    let back = expert.page(&format!("/review?case={}", ids[0])).await;
    let taken = press(&mut expert, back.text(), "open").await;
    assert_eq!(taken.header("location"), format!("/review?case={}", ids[0]));
    let words: Vec<_> =
        app.world.store.expert_labels(ids[0]).await.unwrap().iter().map(|row| row.answer.as_str()).collect();
    assert_eq!(words, ["open", "yes"]);
    let nowhere = expert.page("/review?case=999").await;
    assert_eq!((nowhere.status, expert.page("/review?after=x").await.status), (404, 422));
    assert_eq!(expert.page("/project/999/review").await.status, 404);
    let mut manager = app.signed_in("max", Role::Manager).await;
    let closed = manager.page("/review").await;
    assert!(closed.status == 403 && closed.text().contains("for experts"), "{}", closed.text());
}

async fn two_experts_are_told_of_each_other(app: &TestApp) {
    bring_in(app, 0..1).await;
    let rows = app.world.store.fingerprints(dog(app).await.project_synset_id).await.unwrap();
    let id = rows[0].candidate_id;
    escalate(app, &[id]).await;
    let mut eva = app.signed_in("eva", Role::Expert).await;
    let mut bob = app.signed_in("bob", Role::Expert).await;
    let (seen_by_eva, seen_by_bob) = (eva.page("/review").await, bob.page("/review").await);
    press(&mut bob, seen_by_bob.text(), "yes").await;
    let text = id.to_string();
    let form = [("candidate", text.as_str()), ("answer", "no"), ("seen", "0")];
    let refused = eva.call("label_candidate", &form).await;
    assert_eq!(refused.status, 409);
    let words = refused.error().to_string();
    assert!(
        words.contains("bob said that it shows") && words.contains("you said that it does not"),
        "{words}"
    );
    let told = press(&mut eva, seen_by_eva.text(), "no").await;
    assert_eq!(told.header("location"), format!("/review?case={id}&mine=no"));
    let page = eva.page(told.header("location")).await;
    assert!(page.text().contains("bob said: it shows it. You said: it does not show it."), "{}", page.text());
    press(&mut eva, page.text(), "no").await;
    assert_eq!(
        app.world.store.candidate(id).await.unwrap().unwrap().known.expert,
        Some(false),
        "confirmed, the newest counts"
    );
    let same = [("candidate", text.as_str()), ("answer", "no"), ("seen", "0")];
    assert_eq!(bob.call("label_candidate", &same).await.status, 200, "they agree");
    assert_eq!(app.world.store.expert_labels(id).await.unwrap().len(), 2);
}
