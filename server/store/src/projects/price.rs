//! What a vote costs in a project.

use sqlx::FromRow;

use crate::{Store, StoreError, Tx};

/// What a vote costs.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Price {
    /// For one vote, in units of the currency.
    pub price_per_vote: f64,
    /// As people write it: EUR, $ …
    pub currency: String,
}

impl Store {
    /// What a vote costs in a project, if somebody has said so.
    pub async fn price(&self, project_id: i64) -> Result<Option<Price>, StoreError> {
        let sql = "select price_per_vote, coalesce(currency, '') as currency
                   from project where project_id = $1 and price_per_vote is not null";
        on_db!(self, pool => sqlx::query_as(sql).bind(project_id).fetch_optional(pool).await)
    }
}

impl Tx {
    /// Says what a vote costs. Fails with [`StoreError::NotFound`] for an unknown project.
    pub async fn set_price(&mut self, project_id: i64, price: Option<&Price>) -> Result<(), StoreError> {
        let sql = "update project set price_per_vote = $2, currency = $3 where project_id = $1";
        let changed = on_tx!(self, connection => {
            let query = sqlx::query(sql).bind(project_id).bind(price.map(|price| price.price_per_vote));
            let query = query.bind(price.map(|price| price.currency.clone()));
            query.execute(connection).await.map(|done| done.rows_affected())
        })?;
        super::found(changed, project_id)
    }
}
