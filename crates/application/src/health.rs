//! Whether the parts work.

use std::sync::Arc;

use irontrack_ports::{Cache, query::HealthQueries};

/// State of the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HealthReport {
    /// The database answers. Without it the service does not work.
    pub database: bool,
    /// The cache answers. Without it the service is slower.
    pub cache: bool,
}

/// Looks after the parts.
pub struct Health {
    database: Arc<dyn HealthQueries>,
    cache: Arc<dyn Cache>,
}

impl std::fmt::Debug for Health {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Health").finish_non_exhaustive()
    }
}

impl Health {
    /// Wires the parts that are looked after.
    #[must_use]
    pub fn new(database: Arc<dyn HealthQueries>, cache: Arc<dyn Cache>) -> Self {
        Self { database, cache }
    }

    /// Asks both parts at once.
    pub async fn check(&self) -> HealthReport {
        let (database, cache) = tokio::join!(self.database.ping(), self.cache.ping());
        if let Err(error) = &database {
            tracing::warn!(%error, "health check: database");
        }
        if let Err(error) = &cache {
            tracing::warn!(%error, "health check: cache");
        }
        HealthReport { database: database.is_ok(), cache: cache.is_ok() }
    }
}
