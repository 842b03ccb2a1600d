//! Settings: what they are called, where they come from, and what is right.
//!
//! The environment beats the file `.env` in the working folder, which beats the default. A wrong value is an error that
//! names the variable and the accepted form. A secret may also stand in a file, which its companion `..._FILE` names.

mod command;
mod database;
mod inspection;
mod names;
mod reader;
mod required;
mod secret;
pub(crate) mod shown;
mod source;
mod values;

use std::{num::NonZeroU32, time::Duration};

use chrono::TimeDelta;
pub(crate) use command::CommandSettings;
pub use database::DatabaseSettings;
pub(crate) use inspection::{Inspected, Inspection, Purpose};
use irontrack_application::access::AccessLimits;
use irontrack_domain::account::{Email, SessionLifetime};
use irontrack_http::{Listen, TrustedProxies};
pub use names::NAMES;
pub use reader::Problem;
use reader::{Entry, Reader};
pub(crate) use required::Required;
pub use secret::Secret;
pub use source::{Origin, Source};
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
    /// Where operators reach the server, if anywhere.
    pub operations: Option<Listen>,
    /// The collector of traces, if there is one.
    pub otlp_endpoint: Option<String>,
    /// The database.
    pub database: DatabaseSettings,
    /// The cache.
    pub cache: CacheSettings,
    /// Signing keys, a JWK or a JWK set, which can be used.
    pub signing_keys: Option<Secret>,
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
    /// Requests that are worked on at the same time.
    pub max_requests: usize,
    /// Connections that are open at the same time.
    pub max_connections: usize,
    /// How long the body of a request may take to arrive.
    pub body_timeout: Duration,
    /// How long a file that is imported may take to arrive.
    pub upload_timeout: Duration,
    /// Whether the documentation is served.
    pub docs_enabled: bool,
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
        let mut reader = Reader::new(source);
        Ok(Self::read_with(&mut reader, default_environment)?)
    }

    /// Reads every setting before it answers the first problem, so that the reader has seen them all.
    fn read_with(reader: &mut Reader<'_>, default_environment: Environment) -> Result<Self, Problem> {
        let environment = reader.environment(default_environment);
        let port = reader.port();
        let log_level = reader.log_level();
        let operations = reader.operations();
        let otlp_endpoint = reader.otlp_endpoint();
        let database = DatabaseSettings::read(reader);
        let cache_url = reader.cache_url();
        let cache_enabled = reader.boolean("CACHE_ENABLED", true);
        let signing_keys = reader.signing_keys();
        let jwt_issuer = reader.text("JWT_ISSUER", "irontrack");
        let jwt_audience = reader.text("JWT_AUDIENCE", "irontrack-api");
        let access_minutes = reader.integer("ACCESS_TOKEN_EXPIRE_MINUTES", 30, 1..=1440);
        let idle_days = reader.integer("REFRESH_TOKEN_EXPIRE_DAYS", 7, 1..=365);
        let most_days = reader.integer("SESSION_MAX_DAYS", 30, 1..=3650);
        let max_sessions = reader.max_sessions();
        let cookies = reader.cookies();
        let admin_email = reader.admin_email();
        let images_url = reader.web_address("CDN_RESOURCES_URL");
        let crypto_max_workers = reader.crypto_max_workers();
        let password_min_strength = reader.password_min_strength();
        let access_limits = reader.access_limits(default_environment == Environment::Production);
        let allowed_origins = reader.origins("ALLOWED_ORIGINS");
        let public_url = reader.origin("PUBLIC_URL");
        let trusted_proxies = reader.proxies("TRUSTED_PROXIES");
        let max_requests = reader.integer("HTTP_MAX_REQUESTS", 256, 1..=100_000);
        let max_connections = reader.integer("HTTP_MAX_CONNECTIONS", 8192, 1..=1_000_000);
        let body_timeout = reader.seconds("HTTP_BODY_TIMEOUT", Duration::from_secs(8));
        let upload_seconds = reader.integer("IMPORT_UPLOAD_TIMEOUT", 300, 1..=3600);
        let docs_enabled = reader.boolean("DOCS_ENABLED", true);
        let (cookie_secure, cookie_host_prefix) = cookies?;
        Ok(Self {
            environment: environment?,
            port: port?,
            log_level: log_level?,
            operations: operations?,
            otlp_endpoint: otlp_endpoint?,
            database: database?,
            cache: CacheSettings { url: cache_url?, is_enabled: cache_enabled? },
            signing_keys: signing_keys?,
            jwt_issuer: jwt_issuer?,
            jwt_audience: jwt_audience?,
            access_life: Duration::from_secs(60 * access_minutes?),
            session_life: SessionLifetime { idle: TimeDelta::days(idle_days?), absolute: TimeDelta::days(most_days?) },
            max_sessions: max_sessions?,
            cookie_secure,
            cookie_host_prefix,
            admin_email: admin_email?,
            images_url: images_url?,
            crypto_max_workers: crypto_max_workers?,
            password_min_strength: password_min_strength?,
            access_limits: access_limits?,
            allowed_origins: allowed_origins?,
            public_url: public_url?,
            trusted_proxies: trusted_proxies?,
            max_requests: max_requests?,
            max_connections: max_connections?,
            body_timeout: body_timeout?,
            upload_timeout: Duration::from_secs(upload_seconds?),
            docs_enabled: docs_enabled?,
        })
    }
}

/// The port alone, whatever the other settings are.
pub(crate) fn port(source: &Source) -> Result<u16, Failure> {
    Ok(Reader::new(source).port()?)
}

/// Where operators reach the server, whatever the other settings are.
pub(crate) fn operations(source: &Source) -> Result<Option<Listen>, Failure> {
    Ok(Reader::new(source).operations()?)
}

/// How many threads can run at the same time.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
