//! The project page and the tree: what is expected and what it costs, flags, searches, images counted once.

use crate::app::{DOG, TestApp};
use crate::ground::{admin, bring_in, form, label_all, workers};
use app::api::ApiError;
use app::api::watching::{Price, SynsetFilter, TableRequest};
use app::backend::Backend;
use app::viewer::{Account, Manager};
use domain::roles::Role;
use server::service::backend;
use std::collections::HashSet;

cases![
    what_is_expected_falls_with_every_vote_and_ends_at_nothing,
    a_price_makes_costs_and_a_wrong_one_is_refused_in_words,
    the_table_finds_what_is_searched_and_says_how_many_there_are,
    the_tree_counts_every_synset_and_image_once,
];

async fn manager(app: &TestApp) -> Manager {
    let id = app.account("mona", Role::Manager).await;
    Manager::of(Account { id, name: "mona".to_owned(), role: Role::Manager }).unwrap()
}

async fn expected(app: &TestApp, backend: &Backend, manager: &Manager) -> f64 {
    let board = backend.projects.board(manager, app.project, &TableRequest::default()).await.unwrap();
    let rows: f64 = board.rows.iter().filter_map(|row| row.expected_votes).sum();
    assert!((board.outlook.expected_votes - rows).abs() < 1e-9, "the total is the sum of the rows");
    rows
}

async fn what_is_expected_falls_with_every_vote_and_ends_at_nothing(app: &TestApp) {
    let (backend, manager) = (backend(&app.world), manager(app).await);
    backend.projects.change_settings(&admin(app).await, app.project, form(12)).await.unwrap();
    assert_eq!(expected(app, &backend, &manager).await, 0.0);
    bring_in(app, 0..40).await;
    let before = expected(app, &backend, &manager).await;
    // Twelve images of the sample take ten votes each; the others what is usual, and no more than the cap.
    assert!((120.0..120.0 + 28.0 * 20.0).contains(&before), "{before}");
    backend.projects.change_settings(&admin_again(app).await, app.project, form(20)).await.unwrap();
    let larger = expected(app, &backend, &manager).await;
    assert!(larger > before, "a larger sample takes more: {before} {larger}");
    let crowd = workers(app, 14).await;
    label_all(app, &backend, &crowd[..3], &HashSet::new()).await;
    let after = expected(app, &backend, &manager).await;
    assert!(after < larger - 50.0, "{larger} {after}");
    label_all(app, &backend, &crowd, &HashSet::new()).await;
    assert_eq!(expected(app, &backend, &manager).await, 0.0, "everything is settled, or nobody is asked");
    let board = backend.projects.board(&manager, app.project, &TableRequest::default()).await.unwrap();
    assert_eq!(board.pace.votes.iter().sum::<i64>(), board.project.totals.votes);
    assert_eq!(board.outlook.votes_last_day, board.project.totals.votes);
}

async fn admin_again(app: &TestApp) -> app::viewer::Admin {
    let id = app.account("ada", Role::Admin).await;
    app::viewer::Admin::of(Account { id, name: "ada".to_owned(), role: Role::Admin }).unwrap()
}

async fn a_price_makes_costs_and_a_wrong_one_is_refused_in_words(app: &TestApp) {
    let (backend, manager, admin) = (backend(&app.world), manager(app).await, admin(app).await);
    backend.projects.set_price(&admin, app.project, " 0,015 ", "EUR").await.unwrap();
    let price = Some(Price { per_vote: 0.015, currency: "EUR".to_owned() });
    let shown = backend.tuning.of_project(&admin, app.project, None).await.unwrap().price;
    assert_eq!(shown, Some((0.015, "EUR".to_owned())), "the settings show costs by it");
    let board = backend.projects.board(&manager, app.project, &TableRequest::default()).await.unwrap();
    assert_eq!(board.outlook.price, price);
    for (amount, currency) in [("-1", "EUR"), ("much", "EUR"), ("inf", "EUR"), ("1", "far too long")] {
        let refused = backend.projects.set_price(&admin, app.project, amount, currency).await;
        assert!(matches!(refused, Err(ApiError::Invalid(_))), "{amount} {currency}: {refused:?}");
    }
    backend.projects.set_price(&admin, app.project, "", "EUR").await.unwrap();
    let board = backend.projects.board(&manager, app.project, &TableRequest::default()).await.unwrap();
    assert_eq!(board.outlook.price, None);
}

async fn the_table_finds_what_is_searched_and_says_how_many_there_are(app: &TestApp) {
    let (backend, manager) = (backend(&app.world), manager(app).await);
    let ask = async |search: &str, filter| {
        let asked = TableRequest { search: search.to_owned(), filter, ..TableRequest::default() };
        let board = backend.projects.board(&manager, app.project, &asked).await.unwrap();
        let count = board.counts.iter().find(|known| known.0 == filter).unwrap().1;
        assert_eq!(count, i64::try_from(board.rows.len()).unwrap());
        board.rows.into_iter().map(|row| row.synset.wnid).collect::<Vec<_>>()
    };
    assert_eq!(ask("", SynsetFilter::All).await, [DOG]);
    assert_eq!(ask(DOG, SynsetFilter::Waiting).await, [DOG]);
    assert_eq!(ask("", SynsetFilter::Hard).await, [""; 0]);
    assert_eq!(ask("no such\u{0}word", SynsetFilter::All).await, [""; 0]);
    let long = TableRequest { search: "x".repeat(101), ..TableRequest::default() };
    let refused = backend.projects.board(&manager, app.project, &long).await;
    assert!(matches!(refused, Err(ApiError::Invalid(_))), "{refused:?}");
}

async fn the_tree_counts_every_synset_and_image_once(app: &TestApp) {
    let (backend, manager) = (backend(&app.world), manager(app).await);
    bring_in(app, 0..3).await;
    let tree = backend.projects.tree(&manager, app.project, None).await.unwrap();
    let node = tree.node.unwrap();
    assert_eq!((node.wnid.as_str(), node.figures.totals.synsets, node.figures.images), (DOG, 1, 3));
    let above = backend.projects.tree(&manager, app.project, Some("n00000001")).await.unwrap().node.unwrap();
    assert_eq!((above.figures, above.children.len()), (node.figures, 1));
    let unknown = backend.projects.tree(&manager, app.project, Some("n00000003")).await;
    assert!(matches!(unknown, Err(ApiError::NotFound(_))), "{unknown:?}");
}
