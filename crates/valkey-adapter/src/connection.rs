//! Where the server is, and the one connection that all calls of the cache share.

use std::time::Duration;

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::io::tcp::TcpSettings;
use redis::{AsyncConnectionConfig, Client, IntoConnectionInfo};

use crate::error::{ConnectError, describe};
use crate::pool::Pool;

/// How long connecting at start may take.
pub(crate) const START_LIMIT: Duration = Duration::from_secs(2);

/// How long one attempt to connect may take. Attempts are made in the background: a call does not wait for them longer
/// than for anything else.
const ATTEMPT_LIMIT: Duration = Duration::from_millis(500);

/// The longest pause between two attempts to connect.
const ATTEMPT_PAUSE: Duration = Duration::from_millis(200);

/// After this time without a sign of the server's machine the connection is given up and made anew.
#[cfg(target_os = "linux")]
const SILENCE_LIMIT: Duration = Duration::from_secs(2);

/// Where the server is, and how to reach it.
pub(crate) struct Endpoint {
    client: Client,
    address: String,
}

impl Endpoint {
    pub(crate) fn new(url: &str) -> Result<Self, ConnectError> {
        let invalid = |error| ConnectError::Url(describe(&error));
        let info = url.into_connection_info().map_err(invalid)?;
        let address = info.addr().to_string();
        let client = Client::open(info.set_tcp_settings(tcp_settings())).map_err(invalid)?;
        Ok(Self { client, address })
    }

    /// Host and port, or the path of the socket; no user and no password.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// For connections of another kind.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Connects once and asks for an answer. The manager would keep trying instead of telling what is wrong.
    pub(crate) async fn check(&self) -> Result<(), ConnectError> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(START_LIMIT))
            .set_response_timeout(Some(START_LIMIT));
        let answer = async {
            let mut connection = self.client.get_multiplexed_async_connection_with_config(&config).await?;
            redis::cmd("PING").exec_async(&mut connection).await
        };
        answer.await.map_err(|error| self.unusable(&error))
    }

    /// A connection that is made at its first use, and again whenever it is lost.
    pub(crate) fn manager(&self) -> Result<ConnectionManager, ConnectError> {
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(ATTEMPT_LIMIT))
            // For what is said on a new connection. Calls have their own limit, which includes the wait for one.
            .set_response_timeout(Some(ATTEMPT_LIMIT))
            // Without end: once it has given up on other than an I/O error (a server that is still loading, a password
            // that was changed), the manager would never try again.
            .set_number_of_retries(usize::MAX)
            .set_min_delay(ATTEMPT_PAUSE / 4)
            .set_max_delay(ATTEMPT_PAUSE)
            // More calls than this wait for a place until the server has taken some.
            .set_pipeline_buffer_size(1024);
        ConnectionManager::new_lazy_with_config(self.client.clone(), config).map_err(|error| self.unusable(&error))
    }

    /// Connections that are opened as they are needed.
    pub(crate) fn pool(&self) -> Result<Pool, ConnectError> {
        Pool::new(self.client.get_connection_info().clone()).map_err(|error| self.unusable(&error))
    }

    fn unusable(&self, error: &redis::RedisError) -> ConnectError {
        ConnectError::Unusable { address: self.address.clone(), cause: describe(error) }
    }
}

fn tcp_settings() -> TcpSettings {
    let settings = TcpSettings::default().set_nodelay(true);
    #[cfg(target_os = "linux")]
    let settings = settings.set_user_timeout(SILENCE_LIMIT);
    settings
}
