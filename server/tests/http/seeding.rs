//! Seeding: what is asked for is counted before, done at once, and can be taken back.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, bring_in};
use app::api::ApiError;
use app::api::selection::{SeedRequest, TreeQuery};
use domain::roles::Role;
use server::service::{backend, verify};

cases![
    a_preview_counts_what_seeding_then_does,
    an_entry_that_names_nothing_is_said_with_its_line,
    undoing_leaves_what_has_images,
    another_projects_seeding_is_unknown,
    a_search_answers_in_json_and_not_too_often,
    the_tree_marks_a_projects_synsets,
    a_form_without_script_seeds_and_undoes,
];

const ANIMAL: &str = "n00000001";

fn trees(text: &str) -> SeedRequest {
    SeedRequest { trees: text.to_owned(), ..SeedRequest::default() }
}

async fn a_preview_counts_what_seeding_then_does(app: &TestApp) {
    let (admin, backend) = (admin(app).await, backend(&app.world));
    let request = trees(ANIMAL);
    let page = backend.seeding.page(&admin, app.project, &request, &[ANIMAL.to_owned()]).await.unwrap();
    let preview = page.preview.unwrap();
    assert_eq!((preview.synsets, preview.already_seeded, preview.leaves), (2, 1, 1));
    let levels: Vec<_> = preview.levels.iter().map(|level| (level.depth, level.synsets, level.new)).collect();
    assert_eq!(levels, [(Some(0), 1, 1), (Some(1), 1, 0)]);
    assert_eq!((page.trees[0].height, page.trees[0].depth), (1, None));
    assert_eq!(page.tree.groups[0].nodes[0].below[0].synset.wnid, DOG);
    assert_eq!(backend.seeding.seed(&admin, app.project, &request).await.unwrap(), 1);
    assert_eq!(backend.seeding.seed(&admin, app.project, &request).await.unwrap(), 0);
    let page = backend.seeding.page(&admin, app.project, &SeedRequest::default(), &[]).await.unwrap();
    assert_eq!(page.preview, None);
    let lines: Vec<_> = page.seedings.iter().map(|line| (line.asked, line.added, line.removable())).collect();
    assert_eq!(lines, [(2, 0, 0), (2, 1, 1)]);
    assert_eq!((page.seedings[1].asked_for.as_str(), &page.seedings[1].request), ("animal", &request));
    assert_eq!(page.seedings[1].by, "admin");
}

async fn an_entry_that_names_nothing_is_said_with_its_line(app: &TestApp) {
    let (admin, backend) = (admin(app).await, backend(&app.world));
    let request = SeedRequest {
        trees: format!("{ANIMAL}:many"),
        without: "n00000077".to_owned(),
        list: "dog\nn99999999, Dogs".to_owned(),
    };
    let page = backend.seeding.page(&admin, app.project, &request, &[]).await.unwrap();
    let words: Vec<&str> = page.unusable.iter().map(|problem| problem.words.as_str()).collect();
    assert_eq!(words.len(), 4, "{words:?}");
    assert!(words[0].contains("“many”") && words[1].contains("n00000077"), "{words:?}");
    assert!(words[2].starts_with("Line 2: WordNet 3.0 has no noun synset n99999999"), "{words:?}");
    assert!(words[3].starts_with("Line 2: “Dogs” is neither a wnid"), "{words:?}");
    let refused = backend.seeding.seed(&admin, app.project, &request).await.unwrap_err();
    assert_eq!(refused, ApiError::Invalid(words[0].to_owned()));
    let nothing = backend.seeding.seed(&admin, app.project, &SeedRequest::default()).await.unwrap_err();
    assert!(matches!(nothing, ApiError::Invalid(_)), "{nothing:?}");
    assert_eq!(app.world.store.seedings(app.project, 10).await.unwrap(), []);
}

async fn undoing_leaves_what_has_images(app: &TestApp) {
    let (admin, backend) = (admin(app).await, backend(&app.world));
    let other = backend.projects.create(&admin, "more pets").await.unwrap();
    backend.seeding.seed(&admin, other, &trees(ANIMAL)).await.unwrap();
    bring_in(app, 0..2).await;
    app.tamper(&format!("update project_synset set votes = 1 where project_id = {other} and wnid = '{DOG}'"))
        .await;
    let seeding = app.world.store.seedings(other, 1).await.unwrap()[0].clone();
    assert_eq!((seeding.present, seeding.with_images), (2, 1));
    assert_eq!(backend.seeding.undo(&admin, other, seeding.seeding_id).await.unwrap(), 1);
    assert_eq!(backend.seeding.undo(&admin, other, seeding.seeding_id).await.unwrap(), 0);
    let left = app.world.store.seeded_wnids(other).await.unwrap();
    assert_eq!(left.iter().map(ToString::to_string).collect::<Vec<_>>(), [DOG]);
    app.tamper(&format!("update project_synset set votes = 0 where project_id = {other}")).await;
    assert_eq!(verify::verify(&app.world).await.unwrap().differences, Vec::<String>::new());
    assert_eq!(backend.seeding.seed(&admin, other, &trees(ANIMAL)).await.unwrap(), 1, "and seeded again");
}

async fn another_projects_seeding_is_unknown(app: &TestApp) {
    let (admin, backend) = (admin(app).await, backend(&app.world));
    let other = backend.projects.create(&admin, "more pets").await.unwrap();
    backend.seeding.seed(&admin, other, &trees(ANIMAL)).await.unwrap();
    let seeding = app.world.store.seedings(other, 1).await.unwrap()[0].seeding_id;
    let foreign = backend.seeding.undo(&admin, app.project, seeding).await.unwrap_err();
    assert_eq!(foreign.status(), 404);
    assert_eq!(app.world.store.seeded_wnids(other).await.unwrap().len(), 2);
}

async fn a_search_answers_in_json_and_not_too_often(app: &TestApp) {
    let mut browser = app.signed_in("ann", Role::Worker).await;
    let found = browser.get("/synsets/search.json?q=do").await;
    assert_eq!((found.status, found.header("cache-control")), (200, "private, max-age=300"));
    assert!(found.text().contains(&format!("\"wnid\":\"{DOG}\"")), "{}", found.text());
    assert_eq!(browser.get("/synsets/search.json").await.text(), "[]");
    let long = format!("/synsets/search.json?q={}", "a".repeat(200));
    assert_eq!(browser.get(&long).await.status, 422);
    let mut last = 0;
    for _ in 0..50 {
        last = browser.get("/synsets/search.json?q=dog").await.status;
    }
    assert_eq!(last, 429);
    app.clock.forward(5);
    assert_eq!(browser.get("/synsets/search.json?q=dog").await.status, 200);
}

async fn the_tree_marks_a_projects_synsets(app: &TestApp) {
    let backend = backend(&app.world);
    let open = vec![ANIMAL.to_owned()];
    let query = TreeQuery { at: ANIMAL.to_owned(), open: open.clone(), project: Some(app.project) };
    let tree = backend.ontology.tree(&query).await.unwrap();
    let animal = &tree.groups[0].nodes[0];
    assert_eq!((animal.kinds, animal.seeded, animal.is_seeded, animal.is_open), (1, 1, false, true));
    assert_eq!((animal.below[0].is_seeded, animal.below[0].kinds), (true, 0));
    assert_eq!(tree.paths.len(), 1);
    let unmarked = backend.ontology.tree(&TreeQuery { open, ..TreeQuery::default() }).await.unwrap();
    assert_eq!(unmarked.groups[0].nodes[0].seeded, 0);
    let unknown = TreeQuery { at: "n00000099".to_owned(), ..TreeQuery::default() };
    assert_eq!(backend.ontology.tree(&unknown).await.unwrap_err().status(), 404);
}

async fn a_form_without_script_seeds_and_undoes(app: &TestApp) {
    let mut browser = app.signed_in("boss", Role::Admin).await;
    let (project, here) = (app.project.to_string(), format!("/project/{}/seed", app.project));
    let preview = browser.page(&format!("{here}?tree={ANIMAL}")).await;
    assert!(preview.text().contains("2\u{a0}synsets, 1 already seeded"), "{}", preview.text());
    let form = [("project", project.as_str()), ("request[trees]", ANIMAL)];
    let seeded = browser.submit("seed_synsets", &form, &here).await;
    assert_eq!((seeded.status, seeded.header("location")), (302, format!("{here}#history").as_str()));
    let page = browser.page(&here).await;
    assert!(page.text().contains("1\u{a0}synset was seeded"), "{}", page.text());
    let seeding = app.world.store.seedings(app.project, 1).await.unwrap()[0].seeding_id.to_string();
    let form = [("project", project.as_str()), ("seeding", seeding.as_str())];
    assert_eq!(browser.submit("undo_seeding", &form, &here).await.status, 302);
    assert!(browser.page(&here).await.text().contains("left the project"));
    let wrong = [("project", project.as_str()), ("request[list]", "nonsense")];
    let refused = browser.submit("seed_synsets", &wrong, &format!("{here}?list=nonsense")).await;
    assert!(refused.header("location").contains("__err"), "{refused:?}");
}
