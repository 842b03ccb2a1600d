//! What `server run` asks of the settings besides their form.

use irontrack_auth::KeyRing;
use irontrack_postgres_adapter::UrlParts as PostgresUrl;
use irontrack_valkey_adapter::UrlParts as CacheUrl;

use super::{Environment, Problem, Secret, Settings, Source};
use crate::Failure;

/// Thumbprints of keys that everybody knows: the one of the contract cases, the one of RFC 8037 (which is the first of
/// RFC 8032, section 7.1), the other four of RFC 8032, and the one that is made of zeros.
const PUBLISHED_KEYS: [&str; 7] = [
    "lqkJFXInbdUtJXZ371w7A-KqwRkO_fpszp1oAudMRfk",
    "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
    "FtIu-VbGrfe_KB6CH7GNwODB72MNxj_ml11dEvO-7kk",
    "FVV5umTuau890q59V-4Ga_R6qWb7ON_ivJc4EjvCwTM",
    "lZI1vM7tnlYapaF5-cy86ptx0tT_8Av721hhiNB5ti4",
    "iiDHHfFVNG6ICMUTsicgrWf1igtFYZEK73xlobt1ah4",
    "9ZP03Nu8GrXPAUkbKNxHOKBzxPX83SShgFkRNK-f2lw",
];

/// Passwords that come with software, stand in manuals, or are what people type until they have a better one.
const DEFAULT_PASSWORDS: [&str; 31] = [
    "123456",
    "12345678",
    "123456789",
    "1234567890",
    "admin",
    "changeit",
    "changeme",
    "default",
    "dev",
    "development",
    "example",
    "foobared",
    "geheim",
    "guest",
    "irontrack",
    "letmein",
    "mysecretpassword",
    "pass",
    "passw0rd",
    "password",
    "postgres",
    "postgresql",
    "pgbouncer",
    "qwerty",
    "redis",
    "root",
    "secret",
    "supersecret",
    "test",
    "valkey",
    "xxx",
];

/// The settings of a server that may start, and what it cannot do without.
pub(crate) struct Required {
    pub(crate) settings: Settings,
    pub(crate) database: Secret,
    pub(crate) keys: KeyRing,
}

impl Required {
    /// Reads the settings for `server run`.
    pub(crate) fn read(source: &Source) -> Result<Self, Failure> {
        let settings = Settings::read(source, Environment::Production)?;
        let (database, keys) = (database(&settings)?, keys(&settings)?);
        if let Some(problem) = refused(&settings).into_iter().next() {
            return Err(problem.into());
        }
        Ok(Self { settings, database, keys })
    }
}

impl Settings {
    /// The signing keys, if there are any.
    pub(crate) fn key_ring(&self) -> Result<Option<KeyRing>, Problem> {
        let Some(keys) = &self.signing_keys else { return Ok(None) };
        let wrong = |error| Problem::new(keys.setting(), format!("{} is wrong: {error}", keys.setting()));
        KeyRing::from_jwk_text(keys.expose()).map(Some).map_err(wrong)
    }
}

/// Everything for which `server run` refuses to start.
pub(super) fn problems(settings: &Settings) -> Vec<Problem> {
    let missing = [database(settings).err(), keys(settings).err()].into_iter().flatten();
    missing.chain(refused(settings)).collect()
}

fn database(settings: &Settings) -> Result<Secret, Problem> {
    settings.database.url.clone().ok_or_else(|| missing("DATABASE_URL", "DATABASE_URL (or POSTGRES_HOST)"))
}

fn keys(settings: &Settings) -> Result<KeyRing, Problem> {
    let keys = settings.key_ring()?;
    keys.ok_or_else(|| missing("JWT_PRIVATE_KEY", "JWT_PRIVATE_KEY (or JWT_PRIVATE_KEY_FILE)"))
}

fn missing(setting: &'static str, names: &str) -> Problem {
    Problem::new(setting, format!("{names} is missing: `server run` has no defaults for it"))
}

/// What is right by its form, and too dangerous for production.
fn refused(settings: &Settings) -> Vec<Problem> {
    if settings.environment != Environment::Production {
        return Vec::new();
    }
    let database = &settings.database;
    let passwords = [&database.url, &database.direct_url].into_iter().flatten().filter_map(|url| {
        let parts = PostgresUrl::parse(url.expose())?;
        default_password(url, parts.user.as_deref(), parts.password.as_deref())
    });
    let cache = settings.cache.url.iter().filter_map(|url| {
        let parts = CacheUrl::parse(url.expose())?;
        default_password(url, parts.user.as_deref(), parts.password.as_deref())
    });
    let key = settings.signing_keys.iter().filter_map(published_key);
    passwords.chain(cache).chain(key).chain(insecure_cookies(settings)).collect()
}

fn default_password(secret: &Secret, user: Option<&str>, password: Option<&str>) -> Option<Problem> {
    // Change-Me, change_me and CHANGEME are one password to those who try them.
    let plain = |text: &str| text.replace(['-', '_', ' '], "").to_ascii_lowercase();
    let password = plain(password?);
    let is_default = DEFAULT_PASSWORDS.contains(&password.as_str()) || user.is_some_and(|user| plain(user) == password);
    is_default.then(|| {
        let setting = secret.setting();
        Problem::new(setting, format!("{setting} has a default password: production needs one that nobody can guess"))
    })
}

fn published_key(keys: &Secret) -> Option<Problem> {
    let ring = KeyRing::from_jwk_text(keys.expose()).ok()?;
    let is_published = ring.key_ids().any(|id| PUBLISHED_KEYS.contains(&id));
    is_published.then(|| {
        let setting = keys.setting();
        let message =
            format!("{setting} holds a published sample: make a key of your own with `irontrack keys generate`");
        Problem::new(setting, message)
    })
}

fn insecure_cookies(settings: &Settings) -> Option<Problem> {
    let message = "COOKIE_SECURE is not true: in production cookies must travel over TLS only \
                   (APP_ENVIRONMENT=dev lifts this)";
    (!settings.cookie_secure).then(|| Problem::new("COOKIE_SECURE", message.to_owned()))
}
