//! Wiring: the adapters behind the ports.

use std::sync::Arc;

use irontrack_application::{
    Copies, Following, ForgottenRequests, access::ExpiredSessions, audit::AuditedUnits, imports::ForgottenImports,
    setup::Setup,
};
use irontrack_auth::{Argon2Hasher, HasherSettings, KeyRing, PasswordEstimator};
use irontrack_memory_adapter::MemoryTrainingLogs;
use irontrack_ports::{
    Cache, Clock, PasswordHasher, PasswordStrength, RateLimiter, TrainingLogMemory, UnitOfWorkFactory,
    tally::{HashQueueWatch, PoolWatch},
};
use irontrack_postgres_adapter::{Pool, PoolOptions, PostgresQueries, PostgresUnitOfWorkFactory};
use tokio::runtime::Handle;

use super::{
    copies::{self, Wired},
    limiter::limiter,
    sweep::Sweepers,
};
use crate::{
    Failure, SystemClock,
    settings::{Secret, Settings},
};

/// Sign-ins that wait for a free hashing thread, for each thread: with more, the last one would wait for longer than
/// anybody does in front of a form, on a machine whose cores have other work as well.
const HASHES_WAITING_PER_WORKER: usize = 8;

/// Bytes that training logs may take in this process.
const LOG_BYTES: u64 = 64 * 1024 * 1024;

/// What knows how full it is.
#[derive(Clone)]
pub(super) struct Watched {
    pub(super) pool: Arc<dyn PoolWatch>,
    pub(super) hashes: Arc<dyn HashQueueWatch>,
}

/// The adapters of a running server.
pub(super) struct Parts {
    pub(super) settings: Settings,
    pub(super) queries: Arc<PostgresQueries>,
    /// Units of work without log lines.
    pub(super) bare_units: Arc<dyn UnitOfWorkFactory>,
    pub(super) units: Arc<dyn UnitOfWorkFactory>,
    pub(super) keys: KeyRing,
    pub(super) copies: Arc<Copies>,
    pub(super) cache: Arc<dyn Cache>,
    pub(super) cache_place: String,
    pub(super) logs: Arc<dyn TrainingLogMemory>,
    pub(super) hasher: Arc<dyn PasswordHasher>,
    pub(super) watched: Watched,
    pub(super) limiter: Arc<dyn RateLimiter>,
    pub(super) strength: Arc<dyn PasswordStrength>,
    pub(super) clock: Arc<dyn Clock>,
}

impl Parts {
    /// Connects to database and cache. `direct_url` leads around a pooler.
    pub(super) async fn connect(
        settings: &Settings,
        database: &Secret,
        direct_url: &Secret,
        keys: KeyRing,
    ) -> Result<Self, Failure> {
        let options = PoolOptions {
            max_size: settings.database.pool_size,
            checkout_timeout: settings.database.pool_timeout,
            max_lifetime: settings.database.pool_recycle,
            ..PoolOptions::new(database.expose())
        };
        let pool = Pool::connect(options, Handle::current())
            .await
            .map_err(|error| Failure::failed(format!("the database is not usable: {error}")))?;
        let Wired { copies, cache, place } = copies::wire(settings, direct_url, &keys).await?;
        let permits = settings.crypto_max_workers;
        let hasher = Argon2Hasher::new(HasherSettings { permits, queue_limit: permits * HASHES_WAITING_PER_WORKER })
            .map_err(|error| Failure::failed(format!("passwords cannot be hashed: {error}")))?;
        let watched_pool = pool.clone();
        let bare_units = Arc::new(PostgresUnitOfWorkFactory::new(pool.clone()));
        let hasher = Arc::new(hasher);
        let strength = PasswordEstimator::new(settings.password_min_strength, &hasher);
        Ok(Self {
            settings: settings.clone(),
            queries: Arc::new(PostgresQueries::new(pool)),
            bare_units: bare_units.clone(),
            units: Arc::new(AuditedUnits::new(bare_units)),
            keys,
            copies,
            cache,
            cache_place: place,
            logs: Arc::new(MemoryTrainingLogs::new(if settings.cache.is_enabled { LOG_BYTES } else { 0 })),
            watched: Watched { pool: Arc::new(watched_pool), hashes: hasher.clone() },
            hasher,
            limiter: limiter(settings)?,
            strength: Arc::new(strength),
            clock: Arc::new(SystemClock),
        })
    }

    /// Use cases that fill an installation.
    pub(super) fn setup(&self) -> Setup {
        Setup::new(
            self.units.clone(),
            self.queries.clone(),
            self.hasher.clone(),
            self.strength.clone(),
            self.copies.clone(),
            self.clock.clone(),
        )
    }

    /// Where the cache is, for the start-up table.
    pub(super) fn cache_place(&self) -> &str {
        &self.cache_place
    }

    /// Listens to other instances, as long as the answer lives. Without it nothing is copied in this process.
    pub(super) fn follow(&self) -> Option<Following> {
        self.settings.cache.is_enabled.then(|| self.copies.follow())
    }

    /// The use cases that remove what is over.
    pub(super) fn sweepers(&self) -> Sweepers {
        Sweepers {
            sessions: ExpiredSessions::new(self.units.clone(), self.clock.clone()),
            requests: ForgottenRequests::new(self.units.clone(), self.clock.clone()),
            imports: ForgottenImports::new(self.units.clone(), self.clock.clone()),
        }
    }
}
