//! Wiring: the adapters behind the ports, and the use cases over them.

use std::sync::Arc;

use irontrack_application::{
    Catalogues, Exercises, Health,
    access::{Access, AccessPorts, AccessRules, ExpiredSessions, Principals},
    setup::Setup,
    users::Users,
};
use irontrack_auth::{Argon2Hasher, HasherSettings, KeyRing, PasswordEstimator, TokenSettings, Tokens};
use irontrack_http::{CookieSettings, HttpSettings, HttpState};
use irontrack_memory_adapter::{MemoryCache, MemoryRateLimiter};
use irontrack_ports::{Cache, Clock, PasswordHasher, PasswordStrength, UnitOfWorkFactory};
use irontrack_postgres_adapter::{Pool, PoolOptions, PostgresQueries, PostgresUnitOfWorkFactory};
use irontrack_valkey_adapter::ValkeyCache;
use tokio::runtime::Handle;

use crate::{
    Failure, SystemClock,
    settings::{Secret, Settings},
};

/// Sign-ins that wait for a free hashing thread, for each thread.
const HASHES_WAITING_PER_WORKER: usize = 16;

/// Bytes that the in-process cache may hold.
const MEMORY_CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// Bytes that the rate limiter may hold: tens of thousands of accounts and addresses.
const RATE_LIMITER_BYTES: usize = 16 * 1024 * 1024;

/// The adapters of a running server.
pub(super) struct Parts {
    settings: Settings,
    queries: Arc<PostgresQueries>,
    units: Arc<dyn UnitOfWorkFactory>,
    cache: Arc<dyn Cache>,
    hasher: Arc<dyn PasswordHasher>,
    strength: Arc<dyn PasswordStrength>,
    clock: Arc<dyn Clock>,
}

impl Parts {
    /// Connects to database and cache.
    pub(super) async fn connect(settings: &Settings, database: &Secret) -> Result<Self, Failure> {
        let options = PoolOptions {
            max_size: settings.database.pool_size,
            checkout_timeout: settings.database.pool_timeout,
            max_lifetime: settings.database.pool_recycle,
            ..PoolOptions::new(database.expose())
        };
        let pool = Pool::connect(options, Handle::current())
            .await
            .map_err(|error| Failure::failed(format!("the database is not usable: {error}")))?;
        let cache: Arc<dyn Cache> = match &settings.cache_url {
            Some(url) => Arc::new(
                ValkeyCache::connect(url.expose(), "irontrack:")
                    .await
                    .map_err(|error| Failure::failed(format!("the cache is not usable: {error}")))?,
            ),
            None => Arc::new(MemoryCache::new(MEMORY_CACHE_BYTES)),
        };
        let permits = settings.crypto_max_workers;
        let hasher = Argon2Hasher::new(HasherSettings { permits, queue_limit: permits * HASHES_WAITING_PER_WORKER })
            .map_err(|error| Failure::failed(format!("passwords cannot be hashed: {error}")))?;
        let strength = PasswordEstimator::new(settings.password_min_strength, &hasher);
        Ok(Self {
            settings: settings.clone(),
            queries: Arc::new(PostgresQueries::new(pool.clone())),
            units: Arc::new(PostgresUnitOfWorkFactory::new(pool)),
            cache,
            hasher: Arc::new(hasher),
            strength: Arc::new(strength),
            clock: Arc::new(SystemClock),
        })
    }

    /// Use cases that fill an installation.
    pub(super) fn setup(&self) -> Setup {
        Setup::new(self.units.clone(), self.queries.clone(), self.hasher.clone(), self.clock.clone())
    }

    /// The use case that removes expired sessions.
    pub(super) fn expired_sessions(&self) -> ExpiredSessions {
        ExpiredSessions::new(self.units.clone(), self.clock.clone())
    }

    /// Settings and use cases of the HTTP side.
    pub(super) fn http_state(self, keys: KeyRing) -> HttpState {
        let Self { settings, queries, units, cache, hasher, strength, clock } = self;
        let tokens = TokenSettings {
            issuer: settings.jwt_issuer,
            audience: settings.jwt_audience,
            access_life: settings.access_life,
        };
        let principals = Arc::new(Principals::new(queries.clone(), cache.clone()));
        let ports = AccessPorts {
            units: units.clone(),
            accounts: queries.clone(),
            hasher: hasher.clone(),
            strength: strength.clone(),
            limiter: Arc::new(MemoryRateLimiter::new(RATE_LIMITER_BYTES)),
            tokens: Arc::new(Tokens::new(keys, tokens)),
            clock: clock.clone(),
        };
        HttpState {
            settings: HttpSettings {
                cookies: CookieSettings {
                    secure: settings.cookie_secure,
                    host_prefix: settings.cookie_host_prefix,
                    access_max_age: settings.access_life.as_secs(),
                    refresh_max_age: settings.session_life.idle.num_seconds().unsigned_abs(),
                },
                allowed_origins: settings.allowed_origins,
                public_url: settings.public_url,
                trusted_proxies: settings.trusted_proxies,
                images_url: settings.images_url,
                docs_enabled: settings.docs_enabled,
            },
            access: Access::new(
                ports,
                principals.clone(),
                AccessRules {
                    lifetime: settings.session_life,
                    max_sessions: settings.max_sessions,
                    limits: settings.access_limits,
                    administrator: settings.admin_email.clone(),
                },
            ),
            users: Users::new(
                units.clone(),
                queries.clone(),
                hasher,
                strength,
                clock.clone(),
                principals,
                settings.admin_email,
            ),
            catalogues: Catalogues::new(units.clone(), queries.clone(), clock.clone()),
            exercises: Exercises::new(units, queries.clone(), clock),
            health: Health::new(queries, cache),
        }
    }
}
