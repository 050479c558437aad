//! Expands one query text for both engines, so that there is no second copy that could drift.

/// Runs a read on either engine: the body is expanded once for each, and gives a `Result<_, sqlx::Error>`.
macro_rules! on_db {
    ($store:expr, $pool:ident => $body:expr) => {
        match &$store.db {
            $crate::db::Db::Sqlite { readers: $pool, .. } => $body.map_err($crate::StoreError::from),
            $crate::db::Db::Postgres($pool) => $body.map_err($crate::StoreError::from),
        }
    };
}

/// Runs one writing statement by itself. A connection that had an error is closed: it may be unusable for good.
macro_rules! on_writer {
    ($store:expr, $connection:ident => $body:expr) => {
        match &$store.db {
            $crate::db::Db::Sqlite { writer, .. } => on_writer!(@run writer, $connection => $body),
            $crate::db::Db::Postgres(pool) => on_writer!(@run pool, $connection => $body),
        }
    };
    (@run $pool:expr, $connection:ident => $body:expr) => {{
        let mut pooled = $pool.acquire().await?;
        let outcome = {
            let $connection = &mut *pooled;
            $body
        };
        if outcome.is_err() {
            pooled.close_on_drop();
        }
        outcome.map_err($crate::StoreError::from)
    }};
}

/// Runs a statement of a transaction on either engine, and remembers whether it failed.
macro_rules! on_tx {
    ($tx:expr, $connection:ident => $body:expr) => {{
        let outcome = match &mut $tx.connection {
            $crate::tx::TxConnection::Sqlite(pooled) => {
                let $connection = &mut **pooled;
                $body
            }
            $crate::tx::TxConnection::Postgres(pooled) => {
                let $connection = &mut **pooled;
                $body
            }
        };
        $tx.noted(outcome)
    }};
}

/// Defines reads that exist on [`Store`] and on [`Tx`], with one text.
macro_rules! reads {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) -> $answer:ty, $executor:ident => $body:expr;)+) => {
        impl $crate::Store {
            $($(#[$doc])*
            pub async fn $name(&self, $($argument: $type),*) -> Result<$answer, $crate::StoreError> {
                on_db!(self, $executor => $body)
            })+
        }

        impl $crate::Tx {
            $($(#[$doc])*
            pub async fn $name(&mut self, $($argument: $type),*) -> Result<$answer, $crate::StoreError> {
                on_tx!(self, $executor => $body)
            })+
        }
    };
}
