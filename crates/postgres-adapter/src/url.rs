//! What the address of a database says.

use std::fmt;

use tokio_postgres::{Config, config::Host};

/// The parts of an address, as they are understood when connections are opened.
#[derive(Clone, PartialEq, Eq)]
pub struct UrlParts {
    /// Host and port of the first host, or the folder of the socket.
    pub place: String,
    /// The user, if the address names one.
    pub user: Option<String>,
    /// The password, if the address has one.
    pub password: Option<String>,
    /// The database, if the address names one.
    pub database: Option<String>,
}

impl UrlParts {
    /// Reads a URL. `None` if it cannot be read.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        let config: Config = url.parse().ok()?;
        Some(Self {
            place: place(&config),
            user: config.get_user().map(str::to_owned),
            password: config.get_password().map(|password| String::from_utf8_lossy(password).into_owned()),
            database: config.get_dbname().map(str::to_owned),
        })
    }
}

impl fmt::Debug for UrlParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlParts").field("place", &self.place).field("user", &self.user).finish_non_exhaustive()
    }
}

/// Host and port of the first host.
pub(crate) fn place(config: &Config) -> String {
    let port = config.get_ports().first().copied().unwrap_or(5432);
    match config.get_hosts().first() {
        Some(Host::Tcp(host)) => format!("{host}:{port}"),
        Some(Host::Unix(folder)) => format!("{}:{port}", folder.display()),
        None => config.get_hostaddrs().first().map_or_else(|| "?".into(), |ip| format!("{ip}:{port}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_found_wherever_it_stands() {
        for url in ["postgresql://jo:ge%40heim@db/gym", "postgresql://jo@db/gym?password=ge%40heim"] {
            let parts = UrlParts::parse(url).unwrap();
            assert_eq!((parts.place.as_str(), parts.user.as_deref()), ("db:5432", Some("jo")), "{url}");
            assert_eq!((parts.password.as_deref(), parts.database.as_deref()), (Some("ge@heim"), Some("gym")), "{url}");
            assert!(!format!("{parts:?}").contains("heim"), "{parts:?}");
        }
        assert_eq!(UrlParts::parse("postgresql://jo@%2Frun%2Fpostgresql/gym").unwrap().password, None);
        assert_eq!(UrlParts::parse("postgresql://jo:secret@db:port/gym"), None);
    }
}
