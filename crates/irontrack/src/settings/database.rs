//! Settings of the database.

use std::time::Duration;

use super::{Problem, Secret, reader::Reader};

/// Settings of the database.
#[derive(Debug, Clone)]
pub struct DatabaseSettings {
    /// Address, possibly of a pooler.
    pub url: Option<Secret>,
    /// Address around the pooler, for migrations and locks.
    pub direct_url: Option<Secret>,
    /// The most connections.
    pub pool_size: u32,
    /// How long a request waits for a connection.
    pub pool_timeout: Duration,
    /// How long a connection lives.
    pub pool_recycle: Duration,
}

impl DatabaseSettings {
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Problem> {
        let url = reader.database_url();
        let direct_url = reader.postgres_url("DATABASE_DIRECT_URL");
        let size = reader.integer::<u32>("DATABASE_POOL_SIZE", 5, 1..=1000);
        let overflow = reader.integer::<u32>("DATABASE_MAX_POOL_OVERFLOW", 10, 0..=1000);
        let pool_timeout = reader.seconds("DATABASE_POOL_TIMEOUT", Duration::from_millis(800));
        let pool_recycle = reader.seconds("DATABASE_POOL_RECYCLE", Duration::from_secs(300));
        Ok(Self {
            url: url?,
            direct_url: direct_url?,
            pool_size: size? + overflow?,
            pool_timeout: pool_timeout?,
            pool_recycle: pool_recycle?,
        })
    }
}
