//! WordNet's synsets and is-a edges: written whole, read whole.

use std::collections::{HashMap, HashSet};

use domain::ontology::Node;
use domain::wnid::Wnid;
use domain::wordnet::Synset;
use sqlx::{AssertSqlSafe, FromRow};

use crate::dialect::wnid_list;
use crate::rows::Rows;
use crate::text::Parsed;
use crate::{Store, StoreError, Tx};

#[derive(FromRow)]
struct SynsetRow {
    #[sqlx(try_from = "Parsed<Wnid>")]
    wnid: Wnid,
    words: String,
    definition: String,
    examples: String,
}

#[derive(FromRow)]
struct HypernymRow {
    #[sqlx(try_from = "Parsed<Wnid>")]
    wnid: Wnid,
    #[sqlx(try_from = "Parsed<Wnid>")]
    hypernym_wnid: Wnid,
    is_instance: bool,
}

reads! {
    /// How many synsets the ontology has; 0 before WordNet was imported.
    count_synsets() -> i64, executor => sqlx::query_scalar("select count(*) from synset").fetch_one(executor).await;
}

impl Store {
    /// All synsets, ascending by wnid, each with its hypernyms in ascending order.
    pub async fn ontology_nodes(&self) -> Result<Vec<Node>, StoreError> {
        let synsets: Vec<SynsetRow> = on_db!(self, pool => {
            sqlx::query_as("select wnid, words, definition, examples from synset order by wnid").fetch_all(pool).await
        })?;
        let edges: Vec<HypernymRow> = on_db!(self, pool => {
            let sql = "select wnid, hypernym_wnid, is_instance from hypernym order by wnid, hypernym_wnid";
            sqlx::query_as(sql).fetch_all(pool).await
        })?;
        let mut nodes: Vec<Node> = synsets.into_iter().map(node).collect();
        let places: HashMap<Wnid, usize> =
            nodes.iter().enumerate().map(|(place, node)| (node.wnid, place)).collect();
        for HypernymRow { wnid, hypernym_wnid, is_instance } in edges {
            let node = places.get(&wnid).and_then(|&place| nodes.get_mut(place));
            let node =
                node.ok_or_else(|| StoreError::Corrupt(format!("synset {wnid} has a hypernym and no row")))?;
            let hypernyms = if is_instance { &mut node.instance_hypernyms } else { &mut node.hypernyms };
            hypernyms.push(hypernym_wnid);
        }
        Ok(nodes)
    }
}

fn node(row: SynsetRow) -> Node {
    Node {
        wnid: row.wnid,
        words: lines(&row.words),
        definition: row.definition,
        examples: lines(&row.examples),
        hypernyms: Vec::new(),
        instance_hypernyms: Vec::new(),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

impl Tx {
    /// Makes the ontology exactly these synsets and their edges; returns how many synsets it has. Repeating it changes nothing.
    ///
    /// Fails with [`StoreError::Conflict`] when a synset that is seeded into a project would vanish.
    pub async fn replace_ontology(&mut self, synsets: &[Synset]) -> Result<u64, StoreError> {
        self.refuse_vanishing_synsets(synsets).await?;
        on_tx!(self, connection => sqlx::query("delete from hypernym").execute(connection).await.map(drop))?;
        self.upsert_synsets(synsets).await?;
        self.delete_other_synsets(synsets).await?;
        let edges: Vec<(Wnid, Wnid, bool)> = synsets.iter().flat_map(edges_of).collect();
        self.insert_hypernyms(&edges).await?;
        Ok(synsets.len() as u64)
    }

    async fn refuse_vanishing_synsets(&mut self, synsets: &[Synset]) -> Result<(), StoreError> {
        let coming: HashSet<String> = synsets.iter().map(|synset| synset.wnid.to_string()).collect();
        let seeded: Vec<String> = on_tx!(self, connection => {
            sqlx::query_scalar("select distinct wnid from project_synset").fetch_all(connection).await
        })?;
        match seeded.into_iter().find(|wnid| !coming.contains(wnid)) {
            None => Ok(()),
            Some(wnid) => Err(StoreError::Conflict(format!(
                "synset {wnid} is seeded into a project and is missing from the new ontology"
            ))),
        }
    }

    async fn upsert_synsets(&mut self, synsets: &[Synset]) -> Result<(), StoreError> {
        let rows = Rows::new()
            .texts(synsets.iter().map(|synset| synset.wnid.to_string()))
            .texts(synsets.iter().map(|synset| synset.words.join("\n")))
            .texts(synsets.iter().map(|synset| synset.definition.as_str()))
            .texts(synsets.iter().map(|synset| synset.examples.join("\n")));
        let into = "insert into synset (wnid, words, definition, examples)";
        let again = "on conflict (wnid) do update
                     set words = excluded.words, definition = excluded.definition, examples = excluded.examples";
        self.over(into, rows, again).await.map(drop)
    }

    async fn delete_other_synsets(&mut self, synsets: &[Synset]) -> Result<(), StoreError> {
        let kept: HashSet<Wnid> = synsets.iter().map(|synset| synset.wnid).collect();
        let stored: Vec<String> = on_tx!(self, connection => {
            sqlx::query_scalar("select wnid from synset").fetch_all(connection).await
        })?;
        let gone: Vec<Wnid> = stored
            .iter()
            .filter_map(|text| Wnid::parse(text).ok())
            .filter(|wnid| !kept.contains(wnid))
            .collect();
        if gone.is_empty() {
            return Ok(());
        }
        let sql = format!("delete from synset where wnid in {}", self.dialect().wnids());
        let list = wnid_list(&gone);
        on_tx!(self, connection => sqlx::query(AssertSqlSafe(sql)).bind(list).execute(connection).await.map(drop))
    }

    async fn insert_hypernyms(&mut self, edges: &[(Wnid, Wnid, bool)]) -> Result<(), StoreError> {
        let rows = Rows::new()
            .texts(edges.iter().map(|(wnid, ..)| wnid.to_string()))
            .texts(edges.iter().map(|(_, hypernym, _)| hypernym.to_string()))
            .flags(edges.iter().map(|(.., is_instance)| *is_instance));
        self.over("insert into hypernym (wnid, hypernym_wnid, is_instance)", rows, "").await.map(drop)
    }
}

fn edges_of(synset: &Synset) -> impl Iterator<Item = (Wnid, Wnid, bool)> {
    let is_a = synset.hypernyms.iter().map(|&hypernym| (synset.wnid, hypernym, false));
    is_a.chain(synset.instance_hypernyms.iter().map(|&hypernym| (synset.wnid, hypernym, true)))
}
