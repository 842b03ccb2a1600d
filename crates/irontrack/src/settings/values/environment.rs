//! Where the program runs and listens, what it logs, and what its cookies look like.

use std::{fmt, path::PathBuf};

use irontrack_http::Listen;

use crate::settings::{Problem, reader::Reader};

/// Where the program runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// On somebody's own machine.
    Development,
    /// For people who rely on it.
    Production,
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Development => "dev",
            Self::Production => "prod",
        })
    }
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

/// What a level may be written as.
const LEVELS: &str = "10, 20, 30, 40, 50 or debug, info, warning, error, critical";

/// Who may connect to the socket of operations: the user of the server, and those of its group.
const OPERATIONS_MODE: u32 = 0o660;

impl LogLevel {
    /// The level of that name or number.
    ///
    /// # Errors
    /// What is accepted.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "10" | "debug" => Ok(Self::Debug),
            "20" | "info" => Ok(Self::Info),
            "30" | "warning" | "warn" => Ok(Self::Warning),
            "40" | "50" | "error" | "critical" => Ok(Self::Error),
            _ => Err(LEVELS.to_owned()),
        }
    }
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

impl Reader<'_> {
    pub(in crate::settings) fn environment(&mut self, default: Environment) -> Result<Environment, Problem> {
        self.read(
            "APP_ENVIRONMENT",
            default,
            |value| Some(value.to_string()),
            |text| match text {
                "dev" => Ok(Environment::Development),
                "prod" => Ok(Environment::Production),
                _ => Err("dev or prod".to_owned()),
            },
        )
    }

    pub(in crate::settings) fn log_level(&mut self) -> Result<LogLevel, Problem> {
        let show = |level: &LogLevel| Some(level.to_string());
        self.read("LOG_LEVEL", LogLevel::Info, show, LogLevel::parse)
    }

    /// Where operators reach the server.
    pub(in crate::settings) fn operations(&mut self) -> Result<Option<Listen>, Problem> {
        self.optional("OPERATIONS_LISTEN", |text| match text.strip_prefix("unix:") {
            Some(path) if path.starts_with('/') => {
                Ok(Listen::Unix { path: PathBuf::from(path), mode: OPERATIONS_MODE })
            }
            Some(_) => Err("an absolute path after unix:".to_owned()),
            None => {
                let address = text.parse().map(Listen::Tcp);
                address.map_err(|_| {
                    "an address with a port such as 127.0.0.1:9464, or unix:/run/irontrack.sock".to_owned()
                })
            }
        })
    }

    /// Where traces are sent, if this program can.
    pub(in crate::settings) fn otlp_endpoint(&mut self) -> Result<Option<String>, Problem> {
        self.optional("OTLP_ENDPOINT", |text| {
            if !cfg!(feature = "otlp") {
                return Err("a program that was built with the feature otlp, which this one was not".to_owned());
            }
            let address = text.trim_end_matches('/');
            match address.strip_prefix("http://") {
                Some(host) if !host.is_empty() && !host.contains(['/', '@', '?', '#', ' ']) => Ok(address.to_owned()),
                _ => Err("the address of a collector without a path and without TLS, such as http://127.0.0.1:4318"
                    .to_owned()),
            }
        })
    }

    pub(in crate::settings) fn port(&mut self) -> Result<u16, Problem> {
        self.integer("PORT", 8000, 0..=65_535)
    }

    /// Whether cookies travel over TLS only, and whether their names say so.
    pub(in crate::settings) fn cookies(&mut self) -> Result<(bool, bool), Problem> {
        let is_secure = self.boolean("COOKIE_SECURE", false);
        let has_prefix = self.boolean("COOKIE_HOST_PREFIX", false)?;
        match is_secure? {
            false if has_prefix => {
                let message = "COOKIE_HOST_PREFIX needs COOKIE_SECURE: browsers refuse such cookies otherwise";
                Err(self.refuse(Problem::new("COOKIE_HOST_PREFIX", message.to_owned())))
            }
            is_secure => Ok((is_secure, has_prefix)),
        }
    }
}
