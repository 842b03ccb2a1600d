//! Connections of which each serves one call at a time.

use std::time::Duration;

use bb8_redis::RedisConnectionManager;
use bb8_redis::bb8::{self, ManageConnection, QueueStrategy, RunError};
use redis::aio::MultiplexedConnection;
use redis::{ConnectionInfo, RedisError, RedisResult};
use tokio::sync::watch;

/// The most connections. A script takes the server some ten microseconds, so that few are enough for thousands of calls
/// a second.
const MAX_SIZE: u32 = 8;

/// How long the pool itself would wait for a connection: so long that only the limit of the call counts.
const CHECKOUT_LIMIT: Duration = Duration::from_secs(60);

/// A connection on loan. It goes back when it is dropped.
pub(crate) type PooledConnection<'a> = bb8::PooledConnection<'a, Manager>;

/// A bounded number of connections to one server, opened when they are needed.
pub(crate) struct Pool {
    connections: bb8::Pool<Manager>,
    failures: watch::Sender<Option<RedisError>>,
}

impl Pool {
    /// A pool without any connection yet. Its housekeeping is done by the current runtime.
    pub(crate) fn new(server: ConnectionInfo) -> RedisResult<Self> {
        let failures = watch::Sender::new(None);
        let manager = Manager { server: RedisConnectionManager::new(server)?, failures: failures.clone() };
        let connections = bb8::Pool::builder()
            .max_size(MAX_SIZE)
            .connection_timeout(CHECKOUT_LIMIT)
            // The next call tries again. That another attempt is made for one that has given up helps nobody.
            .retry_connection(false)
            // A round trip more, for calls that are rare. Connections that a restart has ended are noticed before they
            // are used, instead of each costing a call.
            .test_on_check_out(true)
            .queue_strategy(QueueStrategy::Lifo)
            .build_unchecked(manager);
        Ok(Self { connections, failures })
    }

    /// Takes a connection out of the pool, as soon as one is free or opened. Where opening one fails, so does this.
    ///
    /// Connections are opened by a task that the pool spawns here, and driven by the runtime of that task: so this has
    /// to be called at [home](crate::home::AtHome).
    pub(crate) async fn checkout(&self) -> RedisResult<PooledConnection<'_>> {
        let mut failures = self.failures.subscribe();
        tokio::select! {
            connection = self.connections.get() => connection.map_err(|error| match error {
                RunError::User(error) => error,
                RunError::TimedOut => std::io::Error::from(std::io::ErrorKind::TimedOut).into(),
            }),
            Some(error) = next(&mut failures) => Err(error),
        }
    }
}

/// The next failure; `None` if there will be none.
async fn next(failures: &mut watch::Receiver<Option<RedisError>>) -> Option<RedisError> {
    failures.changed().await.ok()?;
    failures.borrow().clone()
}

/// Opens connections, and says where it cannot.
#[derive(Debug)]
pub(crate) struct Manager {
    server: RedisConnectionManager,
    /// The pool does not tell those who wait why there is no connection.
    failures: watch::Sender<Option<RedisError>>,
}

impl ManageConnection for Manager {
    type Connection = MultiplexedConnection;
    type Error = RedisError;

    async fn connect(&self) -> RedisResult<MultiplexedConnection> {
        // Without anybody who waits there is nobody to tell.
        self.server.connect().await.inspect_err(|error| _ = self.failures.send(Some(error.clone())))
    }

    async fn is_valid(&self, connection: &mut MultiplexedConnection) -> RedisResult<()> {
        self.server.is_valid(connection).await
    }

    fn has_broken(&self, connection: &mut MultiplexedConnection) -> bool {
        self.server.has_broken(connection)
    }
}
