//! What the address of a cache says.

use std::fmt;

use redis::IntoConnectionInfo;

/// The parts of an address, as they are understood when connections are opened.
#[derive(Clone, PartialEq, Eq)]
pub struct UrlParts {
    /// Host and port, or the path of the socket.
    pub place: String,
    /// The user, if the address names one.
    pub user: Option<String>,
    /// The password, if the address has one.
    pub password: Option<String>,
}

impl UrlParts {
    /// Reads a URL. `None` if it cannot be read, or asks for something that is not supported, such as TLS.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        let info = url.into_connection_info().ok().filter(|info| info.addr().is_supported())?;
        let settings = info.redis_settings();
        Some(Self {
            place: info.addr().to_string(),
            user: settings.username().map(str::to_owned),
            password: settings.password().map(str::to_owned),
        })
    }
}

impl fmt::Debug for UrlParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UrlParts").field("place", &self.place).field("user", &self.user).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_found_wherever_it_stands() {
        for (url, place) in [
            ("redis://:ge%40heim@cache:6379/0", "cache:6379"),
            ("valkey://jo:ge%40heim@cache", "cache:6379"),
            ("unix:///run/valkey.sock?pass=ge%40heim", "/run/valkey.sock"),
        ] {
            let parts = UrlParts::parse(url).unwrap();
            assert_eq!((parts.place.as_str(), parts.password.as_deref()), (place, Some("ge@heim")), "{url}");
            assert!(!format!("{parts:?}").contains("heim"), "{parts:?}");
        }
        assert_eq!(UrlParts::parse("redis://cache").unwrap().password, None);
    }

    #[test]
    fn what_cannot_be_connected_to_is_no_address() {
        for url in
            ["redis://:geheim@cache:port/0", "redis://:geheim@cache/first", "rediss://cache", "redis://", "cache"]
        {
            assert_eq!(UrlParts::parse(url), None, "{url}");
        }
    }
}
