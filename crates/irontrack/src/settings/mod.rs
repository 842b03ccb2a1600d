//! Settings: what they are called, where they come from, and what is right.
//!
//! The environment beats the file `.env` in the working folder, which beats the default. A wrong value is an error that
//! names the variable and the accepted form.

mod names;
mod secret;
mod source;
mod values;

use std::{num::NonZeroU32, time::Duration};

use chrono::TimeDelta;
use irontrack_application::access::AccessLimits;
use irontrack_domain::account::{Email, SessionLifetime};
use irontrack_http::TrustedProxies;
pub use names::NAMES;
pub use secret::Secret;
pub use source::Source;
pub use values::{Environment, LogLevel};

use crate::Failure;

/// All settings, read and checked.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether this is production.
    pub environment: Environment,
    /// Default port.
    pub port: u16,
    /// The least severe lines that are logged.
    pub log_level: LogLevel,
    /// The database.
    pub database: DatabaseSettings,
    /// The cache.
    pub cache: CacheSettings,
    /// Signing keys, a JWK or a JWK set.
    pub jwt_private_key: Option<Secret>,
    /// `iss` of tokens.
    pub jwt_issuer: String,
    /// `aud` of tokens.
    pub jwt_audience: String,
    /// Life of access tokens.
    pub access_life: Duration,
    /// Life of sessions.
    pub session_life: SessionLifetime,
    /// Sessions that an account may have at a time.
    pub max_sessions: NonZeroU32,
    /// Whether cookies are sent over TLS only.
    pub cookie_secure: bool,
    /// Whether cookie names carry `__Host-`.
    pub cookie_host_prefix: bool,
    /// Address of the system administrator.
    pub admin_email: Email,
    /// Base address of pictures.
    pub images_url: Option<String>,
    /// Passwords that are hashed at the same time.
    pub crypto_max_workers: usize,
    /// How hard new passwords must be to guess, from 0 (no matter) to 4.
    pub password_min_strength: u8,
    /// How often people may try.
    pub access_limits: AccessLimits,
    /// Origins that may send unsafe requests.
    pub allowed_origins: Vec<String>,
    /// Our own origin.
    pub public_url: Option<String>,
    /// Peers whose forwarding headers count.
    pub trusted_proxies: TrustedProxies,
    /// Whether the documentation is served.
    pub docs_enabled: bool,
}

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

/// Settings of the cache.
#[derive(Debug, Clone)]
pub struct CacheSettings {
    /// Address of Valkey or Redis; without it the cache is inside the process.
    pub url: Option<Secret>,
    /// Whether copies of what the database said are kept.
    pub is_enabled: bool,
}

impl Settings {
    /// Reads all settings. `default_environment` counts where `APP_ENVIRONMENT` is not set, and rate limits are on where
    /// it is production, unless a setting says otherwise.
    ///
    /// # Errors
    /// The first wrong value, with its name and the accepted form.
    pub fn read(source: &Source, default_environment: Environment) -> Result<Self, Failure> {
        let idle = TimeDelta::days(source.integer("REFRESH_TOKEN_EXPIRE_DAYS", 7, 1..=365)?);
        let absolute = TimeDelta::days(source.integer("SESSION_MAX_DAYS", 30, 1..=3650)?);
        let cookie_secure = source.boolean("COOKIE_SECURE", false)?;
        let cookie_host_prefix = source.boolean("COOKIE_HOST_PREFIX", false)?;
        if cookie_host_prefix && !cookie_secure {
            return Err(Failure::usage(
                "COOKIE_HOST_PREFIX needs COOKIE_SECURE: browsers refuse such cookies otherwise",
            ));
        }
        Ok(Self {
            environment: source.environment(default_environment)?,
            port: source.integer("PORT", 8000, 0..=65_535)?,
            log_level: source.log_level()?,
            database: DatabaseSettings::read(source)?,
            cache: CacheSettings { url: source.cache_url()?, is_enabled: source.boolean("CACHE_ENABLED", true)? },
            jwt_private_key: source.signing_key()?,
            jwt_issuer: source.text("JWT_ISSUER").unwrap_or("irontrack").to_owned(),
            jwt_audience: source.text("JWT_AUDIENCE").unwrap_or("irontrack-api").to_owned(),
            access_life: Duration::from_secs(60 * source.integer("ACCESS_TOKEN_EXPIRE_MINUTES", 30, 1..=1440)?),
            session_life: SessionLifetime { idle, absolute },
            max_sessions: source.max_sessions()?,
            cookie_secure,
            cookie_host_prefix,
            admin_email: source.email("ADMIN_EMAIL", "system.admin@example.com")?,
            images_url: source.web_address("CDN_RESOURCES_URL")?,
            crypto_max_workers: source.integer("CRYPTO_MAX_WORKERS", cores().min(4), 1..=64)?,
            password_min_strength: source.integer("PASSWORD_MIN_STRENGTH", 0, 0..=4)?,
            access_limits: source.access_limits(default_environment == Environment::Production)?,
            allowed_origins: source.origins("ALLOWED_ORIGINS")?,
            public_url: source.origin("PUBLIC_URL")?,
            trusted_proxies: source.proxies("TRUSTED_PROXIES")?,
            docs_enabled: source.boolean("DOCS_ENABLED", true)?,
        })
    }
}

impl DatabaseSettings {
    fn read(source: &Source) -> Result<Self, Failure> {
        let size: u32 = source.integer("DATABASE_POOL_SIZE", 5, 1..=1000)?;
        let overflow: u32 = source.integer("DATABASE_MAX_POOL_OVERFLOW", 10, 0..=1000)?;
        Ok(Self {
            url: source.database_url()?,
            direct_url: source.postgres_url("DATABASE_DIRECT_URL")?,
            pool_size: size + overflow,
            pool_timeout: source.seconds("DATABASE_POOL_TIMEOUT", 0.8)?,
            pool_recycle: source.seconds("DATABASE_POOL_RECYCLE", 300.0)?,
        })
    }
}

/// How many threads can run at the same time.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
