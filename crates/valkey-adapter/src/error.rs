//! Errors of the client library in words of ours, which never hold an address with its password, a key or a value.

use std::error::Error;

use redis::{ErrorKind, RedisError};
use thiserror::Error;

/// Why there is no connection to the cache.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The URL cannot be used.
    #[error("the URL of the cache is not valid: {0}")]
    Url(String),
    /// Nothing answers there as it should.
    #[error("the cache at {address} cannot be used: {cause}")]
    Unusable {
        /// Host and port, or the path of the socket.
        address: String,
        /// What happened.
        cause: String,
    },
}

/// What went wrong, in a few words. The messages of the library may quote the server, and the server may quote us.
pub(crate) fn describe(error: &RedisError) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    match error.kind() {
        ErrorKind::AuthenticationFailed => "the user name or the password is wrong".to_owned(),
        ErrorKind::InvalidClientConfig => error.to_string(),
        // What the operating system says.
        ErrorKind::Io => error.source().map_or_else(|| "the connection is lost".to_owned(), ToString::to_string),
        _ => match error.code() {
            Some(code) => format!("the server answered {code}"),
            None => error.category().to_owned(),
        },
    }
}
