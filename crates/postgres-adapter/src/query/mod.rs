//! Reads: one statement each, outside any transaction.

mod account;
mod audit;
mod catalogue;
mod exercise;
mod export;
mod grant;
mod health;
mod import;
mod progress;
mod template;
mod training_plan;
mod training_session;
mod training_unit;

use crate::pool::Pool;

/// All queries, on connections of a pool.
#[derive(Debug, Clone)]
pub struct PostgresQueries {
    pool: Pool,
}

impl PostgresQueries {
    /// Queries on that pool.
    #[must_use]
    pub const fn new(pool: Pool) -> Self {
        Self { pool }
    }
}
