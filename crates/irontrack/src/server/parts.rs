//! Wiring: the adapters behind the ports, and the use cases over them.

use std::sync::Arc;

use irontrack_application::{
    Catalogues, Copies, Exercises, Following, Health,
    access::{Access, AccessPorts, AccessRules, ExpiredSessions},
    audit::{AuditTrail, AuditWriter, AuditedUnits},
    setup::Setup,
    users::Users,
};
use irontrack_auth::{Argon2Hasher, HasherSettings, KeyRing, PasswordEstimator, TokenSettings, Tokens};
use irontrack_http::{CookieSettings, HttpSettings, HttpState};
use irontrack_ports::{Cache, Clock, PasswordHasher, PasswordStrength, RateLimiter, UnitOfWorkFactory};
use irontrack_postgres_adapter::{Pool, PoolOptions, PostgresQueries, PostgresUnitOfWorkFactory};
use tokio::runtime::Handle;

use super::{
    copies::{self, Wired},
    limiter::limiter,
};
use crate::{
    Failure, SystemClock,
    settings::{Secret, Settings},
};

/// Sign-ins that wait for a free hashing thread, for each thread.
const HASHES_WAITING_PER_WORKER: usize = 16;

/// The adapters of a running server.
pub(super) struct Parts {
    settings: Settings,
    queries: Arc<PostgresQueries>,
    /// Units of work without log lines.
    bare_units: Arc<dyn UnitOfWorkFactory>,
    units: Arc<dyn UnitOfWorkFactory>,
    keys: KeyRing,
    copies: Arc<Copies>,
    cache: Arc<dyn Cache>,
    cache_place: String,
    hasher: Arc<dyn PasswordHasher>,
    limiter: Arc<dyn RateLimiter>,
    strength: Arc<dyn PasswordStrength>,
    clock: Arc<dyn Clock>,
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
        let bare_units = Arc::new(PostgresUnitOfWorkFactory::new(pool.clone()));
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
            hasher: Arc::new(hasher),
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

    /// The use case that removes expired sessions.
    pub(super) fn expired_sessions(&self) -> ExpiredSessions {
        ExpiredSessions::new(self.units.clone(), self.clock.clone())
    }

    /// Settings and use cases of the HTTP side, and the one who writes the audit trail for them.
    pub(super) fn http_state(self) -> (HttpState, AuditWriter) {
        let Self {
            settings, queries, bare_units, units, keys, copies, cache, hasher, limiter, strength, clock, ..
        } = self;
        let (trail, writer) = AuditTrail::open(bare_units);
        let tokens = TokenSettings {
            issuer: settings.jwt_issuer,
            audience: settings.jwt_audience,
            access_life: settings.access_life,
        };
        let ports = AccessPorts {
            units: units.clone(),
            accounts: queries.clone(),
            hasher: hasher.clone(),
            strength: strength.clone(),
            limiter,
            tokens: Arc::new(Tokens::new(keys, tokens)),
            clock: clock.clone(),
        };
        let state = HttpState {
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
                copies.clone(),
                trail,
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
                copies.clone(),
                settings.admin_email,
            ),
            catalogues: Catalogues::new(units.clone(), queries.clone(), copies.clone(), clock.clone()),
            exercises: Exercises::new(units, queries.clone(), copies, clock),
            health: Health::new(queries, cache),
        };
        (state, writer)
    }
}
