//! The pool of connections.

use std::{fmt, future::poll_fn, pin::pin, sync::Arc, time::Duration};

use bb8::{ManageConnection, QueueStrategy};
use irontrack_ports::{
    RepositoryError,
    tally::{Gauge, PoolState, PoolWatch},
};
use tokio::runtime::Handle;

use crate::{
    manager::{LogSink, Manager},
    open::{Address, ConnectError},
    pooler, server,
};

/// A connection on loan from the pool.
pub(crate) type PooledConnection = bb8::PooledConnection<'static, Manager>;

/// How the pool behaves.
#[derive(Clone)]
pub struct PoolOptions {
    /// Where the database is: `postgres://user:password@host:port/database`.
    pub url: String,
    /// What the sessions are called in the server's statistics, unless the URL says so.
    pub application_name: String,
    /// The most connections.
    pub max_size: u32,
    /// How many connections to keep open although nobody needs them.
    pub min_idle: Option<u32>,
    /// How long a connection is used before a new one takes its place.
    pub max_lifetime: Duration,
    /// How long to wait for a free connection.
    pub checkout_timeout: Duration,
    /// How long opening a connection may take.
    pub connect_timeout: Duration,
    /// How long a statement may take.
    pub statement_timeout: Duration,
}

impl PoolOptions {
    /// The usual bounds, for that database.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            application_name: "irontrack".into(),
            max_size: 10,
            min_idle: None,
            max_lifetime: Duration::from_secs(300),
            checkout_timeout: Duration::from_millis(800),
            connect_timeout: Duration::from_secs(2),
            statement_timeout: Duration::from_millis(1500),
        }
    }
}

impl fmt::Debug for PoolOptions {
    /// Without the URL, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoolOptions")
            .field("application_name", &self.application_name)
            .field("max_size", &self.max_size)
            .field("min_idle", &self.min_idle)
            .field("checkout_timeout", &self.checkout_timeout)
            .field("connect_timeout", &self.connect_timeout)
            .field("statement_timeout", &self.statement_timeout)
            .finish_non_exhaustive()
    }
}

/// A bounded number of connections to one database. Cloning it gives another handle to the same pool.
#[derive(Clone, Debug)]
pub struct Pool {
    connections: bb8::Pool<Manager>,
    runtime: Handle,
    max_size: u32,
    checkout_timeout: Duration,
    /// Who is on the way to a connection.
    waiting: Arc<Gauge>,
}

impl PoolWatch for Pool {
    fn state(&self) -> PoolState {
        let state = self.connections.state();
        let statistics = state.statistics;
        PoolState {
            max: self.max_size,
            open: state.connections,
            in_use: state.connections.saturating_sub(state.idle_connections),
            waiting: u64::try_from(self.waiting.get()).unwrap_or_default(),
            direct: statistics.get_direct,
            waited: statistics.get_waited,
            timed_out: statistics.get_timed_out,
            waited_microseconds: u64::try_from(statistics.get_wait_time.as_micros()).unwrap_or(u64::MAX),
        }
    }
}

impl Pool {
    /// Makes a pool after checking, on a real connection, that the database can be used.
    ///
    /// All connections are driven by `runtime`, a multi-threaded one with timers and I/O: a connection that lived on the
    /// worker which happened to open it would stand still whenever that worker is busy.
    ///
    /// # Errors
    /// [`ConnectError`] says what is wrong with the database or the way to it.
    pub async fn connect(options: PoolOptions, runtime: Handle) -> Result<Self, ConnectError> {
        let statement_timeout = options.statement_timeout.max(Duration::from_millis(1));
        let checkout_timeout = options.checkout_timeout.max(Duration::from_millis(1));
        let max_size = options.max_size.max(1);
        let address = Address::parse(
            &options.url,
            &options.application_name,
            server::session_setup(statement_timeout),
            options.connect_timeout,
            statement_timeout,
        )?;
        let manager = Manager::new(address.clone(), runtime.clone());
        let mut first = manager.connect().await.map_err(|error| address.explain(&error))?;
        server::verify(&mut first, &address.place()).await?;
        pooler::verify(&address).await?;

        let connections = {
            // The pool starts its housekeeping on the current runtime.
            let _entered = runtime.enter();
            bb8::Pool::builder()
                .max_size(max_size)
                .min_idle(options.min_idle.map(|idle| idle.min(max_size)))
                .max_lifetime(options.max_lifetime)
                .connection_timeout(checkout_timeout)
                // The check does not talk to the server, see `Manager::is_valid`.
                .test_on_check_out(true)
                .queue_strategy(QueueStrategy::Lifo)
                .error_sink(Box::new(LogSink::default()))
                .build_unchecked(manager)
        };
        // Without room for it, because idle connections are being opened already, it is simply closed.
        _ = connections.add(first);
        Ok(Self { connections, runtime, max_size, checkout_timeout, waiting: Arc::default() })
    }

    /// Takes a connection out of the pool. It goes back when it is dropped, unless something is wrong with it.
    pub(crate) async fn checkout(&self) -> Result<PooledConnection, RepositoryError> {
        let _waits = Waits::begin(&self.waiting);
        let mut checkout = pin!(self.connections.get_owned());
        let connection = poll_fn(|context| {
            // What the pool spawns on the way, to open connections, must not depend on the caller's worker either.
            let _entered = self.runtime.enter();
            checkout.as_mut().poll(context)
        });
        connection.await.map_err(|error| {
            RepositoryError::Unavailable(match error {
                bb8::RunError::TimedOut => format!("no connection within {:?}", self.checkout_timeout),
                bb8::RunError::User(error) => error.to_string(),
            })
        })
    }
}

/// Somebody who waits. Whoever gives up waits no more, which the statistics of the pool do not notice.
struct Waits<'a>(&'a Gauge);

impl<'a> Waits<'a> {
    fn begin(waiting: &'a Gauge) -> Self {
        waiting.add(1);
        Self(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.add(-1);
    }
}
