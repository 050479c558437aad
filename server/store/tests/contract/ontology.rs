//! WordNet in and out.

use std::time::Duration;

use domain::ontology::Node;
use store::StoreError;

use super::bench::Bench;
use super::ground::{animals, ground, synset, wnid};

cases! {
    the_ontology_comes_back_as_it_went_in,
    replacing_the_ontology_with_itself_changes_nothing,
    replacing_the_ontology_updates_adds_and_deletes,
    a_synset_of_a_project_cant_vanish,
    all_of_wordnet_goes_in_quickly,
}

async fn the_ontology_comes_back_as_it_went_in(bench: &Bench) {
    assert_eq!(bench.store.count_synsets().await.unwrap(), 0);
    assert_eq!(bench.store.ontology_nodes().await.unwrap(), []);
    let mut synsets = animals();
    synsets[1].examples = vec!["the dog barked".to_owned(), "it's a \"dog\"; really".to_owned()];
    synsets[2].instance_hypernyms = vec![wnid(2)];
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.replace_ontology(&synsets).await.unwrap(), 3);
    tx.commit().await.unwrap();
    let expected: Vec<Node> = synsets.into_iter().map(Node::from).collect();
    assert_eq!(bench.store.ontology_nodes().await.unwrap(), expected);
}

async fn replacing_the_ontology_with_itself_changes_nothing(bench: &Bench) {
    ground(&bench.store).await;
    let before = bench.store.ontology_nodes().await.unwrap();
    let mut tx = bench.store.begin().await.unwrap();
    assert_eq!(tx.replace_ontology(&animals()).await.unwrap(), 3);
    assert_eq!(tx.count_synsets().await.unwrap(), 3);
    tx.commit().await.unwrap();
    assert_eq!(bench.store.ontology_nodes().await.unwrap(), before);
}

async fn replacing_the_ontology_updates_adds_and_deletes(bench: &Bench) {
    let mut tx = bench.store.begin().await.unwrap();
    tx.replace_ontology(&animals()).await.unwrap();
    let newer = [synset(1, &["creature"], &[]), synset(3, &["cat"], &[4]), synset(4, &["feline"], &[1])];
    assert_eq!(tx.replace_ontology(&newer).await.unwrap(), 3);
    tx.commit().await.unwrap();
    let expected: Vec<Node> = newer.into_iter().map(Node::from).collect();
    assert_eq!(bench.store.ontology_nodes().await.unwrap(), expected);
}

async fn a_synset_of_a_project_cant_vanish(bench: &Bench) {
    ground(&bench.store).await;
    let mut tx = bench.store.begin().await.unwrap();
    let error = tx.replace_ontology(&animals()[..2]).await.unwrap_err();
    assert!(matches!(&error, StoreError::Conflict(text) if text.contains("n00000003")), "{error}");
    drop(tx);
    assert_eq!(bench.store.count_synsets().await.unwrap(), 3);
}

async fn all_of_wordnet_goes_in_quickly(bench: &Bench) {
    let many: Vec<_> =
        (1..=82_115).map(|n| synset(n, &["a word", "another"], &[n / 2][..usize::from(n > 1)])).collect();
    let mut tx = bench.store.begin().await.unwrap();
    let work = async { tx.replace_ontology(&many).await.unwrap() };
    // Ten times the goal of a release build: this guards against one statement for each row.
    assert_eq!(tokio::time::timeout(Duration::from_secs(20), work).await.unwrap(), 82_115);
    tx.commit().await.unwrap();
    let nodes = bench.store.ontology_nodes().await.unwrap();
    assert_eq!(nodes.len(), 82_115);
    assert_eq!(nodes[82_114].hypernyms, [wnid(41_057)]);
}
