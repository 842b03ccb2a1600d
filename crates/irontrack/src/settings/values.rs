//! Reading values, and what is said when one is wrong.

use std::{fmt, num::NonZeroU32, ops::RangeInclusive, path::Path, time::Duration};

use irontrack_application::access::AccessLimits;
use irontrack_domain::account::Email;
use irontrack_http::TrustedProxies;

use super::{Secret, Source};
use crate::Failure;

/// Where the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// On somebody's own machine.
    Development,
    /// For people who rely on it.
    Production,
}

/// The least severe lines that are logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    /// Everything.
    Debug,
    /// What happens.
    Info,
    /// What should not happen.
    Warning,
    /// What failed.
    Error,
}

impl fmt::Display for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warning => "warn",
            Self::Error => "error",
        })
    }
}

fn wrong<T>(name: &str, accepted: &str) -> Result<T, Failure> {
    Err(Failure::usage(format!("{name} is wrong: expected {accepted}")))
}

impl Source {
    pub(super) fn environment(&self, default: Environment) -> Result<Environment, Failure> {
        match self.text("APP_ENVIRONMENT") {
            None => Ok(default),
            Some("dev") => Ok(Environment::Development),
            Some("prod") => Ok(Environment::Production),
            Some(_) => wrong("APP_ENVIRONMENT", "dev or prod"),
        }
    }

    pub(super) fn log_level(&self) -> Result<LogLevel, Failure> {
        match self.text("LOG_LEVEL").map(str::to_ascii_lowercase).as_deref() {
            None | Some("20" | "info") => Ok(LogLevel::Info),
            Some("10" | "debug") => Ok(LogLevel::Debug),
            Some("30" | "warning" | "warn") => Ok(LogLevel::Warning),
            Some("40" | "50" | "error" | "critical") => Ok(LogLevel::Error),
            Some(_) => wrong("LOG_LEVEL", "10, 20, 30, 40, 50 or debug, info, warning, error, critical"),
        }
    }

    pub(super) fn boolean(&self, name: &'static str, default: bool) -> Result<bool, Failure> {
        match self.text(name).map(str::to_ascii_lowercase).as_deref() {
            None => Ok(default),
            Some("true" | "t" | "yes" | "y" | "on" | "1") => Ok(true),
            Some("false" | "f" | "no" | "n" | "off" | "0") => Ok(false),
            Some(_) => wrong(name, "true or false"),
        }
    }

    pub(super) fn integer<T>(&self, name: &'static str, default: T, range: RangeInclusive<T>) -> Result<T, Failure>
    where
        T: std::str::FromStr + PartialOrd + fmt::Display,
    {
        match self.text(name).map(str::parse) {
            None => Ok(default),
            Some(Ok(value)) if range.contains(&value) => Ok(value),
            Some(_) => wrong(name, &format!("a whole number from {} to {}", range.start(), range.end())),
        }
    }

    pub(super) fn seconds(&self, name: &'static str, default: f64) -> Result<Duration, Failure> {
        match self.text(name).map_or(Ok(default), str::parse) {
            Ok(seconds) if (0.01..=86_400.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
            _ => wrong(name, "seconds, such as 0.8 or 300"),
        }
    }

    pub(super) fn email(&self, name: &'static str, default: &str) -> Result<Email, Failure> {
        Email::parse(self.text(name).unwrap_or(default))
            .or_else(|violation| wrong(name, &format!("an e-mail address, but it {violation}")))
    }

    /// An `http` or `https` address, without its final slash.
    pub(super) fn web_address(&self, name: &'static str) -> Result<Option<String>, Failure> {
        let Some(address) = self.text(name) else { return Ok(None) };
        match address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")) {
            Some(rest) if !rest.is_empty() && !rest.starts_with('/') => {
                Ok(Some(address.trim_end_matches('/').to_owned()))
            }
            _ => wrong(name, "an address such as https://images.example.com"),
        }
    }

    /// A comma-separated list of origins: scheme, host and port, no path.
    pub(super) fn origins(&self, name: &'static str) -> Result<Vec<String>, Failure> {
        let list = self.text(name).unwrap_or_default();
        list.split(',')
            .map(|origin| origin.trim().trim_end_matches('/'))
            .filter(|origin| !origin.is_empty())
            .map(|origin| match origin.split_once("://") {
                Some((scheme @ ("http" | "https"), host))
                    if !host.is_empty() && !host.contains(['/', '*', '@', '?', '#']) =>
                {
                    // As browsers write it: in lower case, without the port that the scheme implies.
                    let origin = origin.to_ascii_lowercase();
                    let implied = if scheme == "https" { ":443" } else { ":80" };
                    Ok(origin.strip_suffix(implied).map_or(origin.clone(), str::to_owned))
                }
                _ => wrong(name, "origins such as https://app.example.com, separated by commas"),
            })
            .collect()
    }

    /// How many sessions an account may have: by default more than anybody has devices.
    pub(super) fn max_sessions(&self) -> Result<NonZeroU32, Failure> {
        let up_to = |sessions: u32| NonZeroU32::MIN.saturating_add(sessions - 1);
        self.integer("SESSION_MAX_PER_ACCOUNT", up_to(100), up_to(1)..=up_to(10_000))
    }

    /// The rate limits; none where they are not enabled.
    pub(super) fn access_limits(&self, enabled_by_default: bool) -> Result<AccessLimits, Failure> {
        let default = AccessLimits::default();
        let limit = |name, default| self.integer(name, default, 0..=10_000);
        let limits = AccessLimits {
            sign_in_account: limit("RATE_LIMIT_SIGN_IN_ACCOUNT", default.sign_in_account)?,
            sign_in_address: limit("RATE_LIMIT_SIGN_IN_ADDRESS", default.sign_in_address)?,
            password_change: limit("RATE_LIMIT_PASSWORD_CHANGE", default.password_change)?,
            sign_up: limit("RATE_LIMIT_SIGN_UP", default.sign_up)?,
            refresh: limit("RATE_LIMIT_REFRESH", default.refresh)?,
        };
        let is_enabled = self.boolean("RATE_LIMIT_ENABLED", enabled_by_default)?;
        Ok(if is_enabled { limits } else { AccessLimits::OFF })
    }

    /// One origin.
    pub(super) fn origin(&self, name: &'static str) -> Result<Option<String>, Failure> {
        let mut origins = self.origins(name)?;
        if origins.len() > 1 { wrong(name, "one origin such as https://app.example.com") } else { Ok(origins.pop()) }
    }

    pub(super) fn proxies(&self, name: &'static str) -> Result<TrustedProxies, Failure> {
        TrustedProxies::parse(self.text(name).unwrap_or_default()).or_else(|entry| {
            wrong(name, &format!("addresses or networks separated by commas, but '{entry}' is neither"))
        })
    }

    pub(super) fn postgres_url(&self, name: &'static str) -> Result<Option<Secret>, Failure> {
        let Some(url) = self.text(name) else { return Ok(None) };
        // The reference's driver suffix is understood, because people copy their settings.
        let url = url.replacen("postgresql+asyncpg://", "postgresql://", 1);
        let is_postgres = url.starts_with("postgresql://") || url.starts_with("postgres://");
        if is_postgres && irontrack_postgres_adapter::is_valid_url(&url) {
            Ok(Some(Secret::new(url)))
        } else {
            wrong(name, "an address such as postgresql://user:password@host:5432/database")
        }
    }

    /// `DATABASE_URL`, or the address made of the `POSTGRES_` parts where `POSTGRES_HOST` is set.
    pub(super) fn database_url(&self) -> Result<Option<Secret>, Failure> {
        if let Some(url) = self.postgres_url("DATABASE_URL")? {
            return Ok(Some(url));
        }
        let Some(host) = self.text("POSTGRES_HOST") else { return Ok(None) };
        let port: u16 = self.integer("POSTGRES_PORT", 5432, 1..=65_535)?;
        let user = self.text("POSTGRES_USER").unwrap_or("postgres");
        let database = self.text("POSTGRES_DB").unwrap_or("iron_track");
        let Some(password) = self.text("POSTGRES_PASSWORD") else {
            return Err(Failure::usage(
                "POSTGRES_PASSWORD is missing: POSTGRES_HOST is set and there is no default password",
            ));
        };
        let [user, password, host, database] = [user, password, host, database].map(escape);
        Ok(Some(Secret::new(format!("postgresql://{user}:{password}@{host}:{port}/{database}"))))
    }

    pub(super) fn cache_url(&self) -> Result<Option<Secret>, Failure> {
        for name in ["CACHE_URL", "REDIS_URL"] {
            if let Some(url) = self.text(name) {
                let known = ["redis://", "valkey://", "redis+unix://", "unix://"];
                return if known.iter().any(|scheme| url.starts_with(scheme)) {
                    Ok(Some(Secret::new(url.to_owned())))
                } else {
                    wrong(name, "an address such as redis://:password@host:6379/0")
                };
            }
        }
        Ok(None)
    }

    /// `JWT_PRIVATE_KEY`, or the content of the file that `JWT_PRIVATE_KEY_FILE` names.
    pub(super) fn signing_key(&self) -> Result<Option<Secret>, Failure> {
        match (self.text("JWT_PRIVATE_KEY"), self.text("JWT_PRIVATE_KEY_FILE")) {
            (Some(_), Some(_)) => {
                Err(Failure::usage("JWT_PRIVATE_KEY and JWT_PRIVATE_KEY_FILE are both set: expected one"))
            }
            (Some(key), None) => Ok(Some(Secret::new(key.to_owned()))),
            (None, Some(path)) => match std::fs::read_to_string(Path::new(path)) {
                Ok(key) => Ok(Some(Secret::new(key))),
                Err(error) => Err(Failure::usage(format!("JWT_PRIVATE_KEY_FILE: {path} cannot be read: {error}"))),
            },
            (None, None) => Ok(None),
        }
    }
}

/// Percent-encodes a part of an address.
fn escape(part: &str) -> String {
    part.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
