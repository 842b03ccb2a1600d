//! Calls that end in time, and that are not made while the server does not answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use irontrack_ports::tally::BREAKER_OPEN;
use redis::RedisResult;
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::breaker::{Breaker, Change};
use crate::error::describe;
use crate::home::AtHome;

/// How long a call may take, unless told otherwise.
const CALL_LIMIT: Duration = Duration::from_millis(50);

/// How one service that we use asks its server. Clones count the same failures.
#[derive(Clone)]
pub(crate) struct Calls {
    /// How long each may take, with all that it waits for.
    pub(crate) limit: Duration,
    /// What the log calls the service.
    service: &'static str,
    address: String,
    home: Handle,
    breaker: Arc<Breaker>,
}

impl Calls {
    /// Calls that live on the current runtime, whoever makes them.
    pub(crate) fn new(service: &'static str, address: &str) -> Self {
        Self {
            limit: CALL_LIMIT,
            service,
            address: address.to_owned(),
            home: Handle::current(),
            breaker: Arc::default(),
        }
    }

    /// Where the server is.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// The runtime on which connections live.
    pub(crate) fn home(&self) -> &Handle {
        &self.home
    }

    /// Makes a call that can be done without while the server does not answer.
    pub(crate) async fn optional<T>(&self, call: impl Future<Output = RedisResult<T>> + Send) -> Result<T, String> {
        if !self.breaker.admits(Instant::now()) {
            return Err("not asked, after several failures".to_owned());
        }
        self.always(call).await
    }

    /// Makes a call that must not be left out. While the server does not answer it is made in the background, and an error
    /// here: nobody waits in vain for what will fail, or will have been done when the server goes on.
    pub(crate) async fn insistent(
        &self,
        call: impl Future<Output = RedisResult<()>> + Send + 'static,
    ) -> Result<(), String> {
        if !self.breaker.is_open() {
            return self.always(call).await;
        }
        let calls = self.clone();
        self.home.spawn(async move { calls.always(call).await });
        Err("not waited for, after several failures".to_owned())
    }

    /// Makes a call whatever happened to those before.
    pub(crate) async fn always<T>(&self, call: impl Future<Output = RedisResult<T>> + Send) -> Result<T, String> {
        let result = match timeout(self.limit, AtHome::new(&self.home, call)).await {
            Ok(result) => result.map_err(|error| describe(&error)),
            Err(_) => Err("no answer in time".to_owned()),
        };
        let (service, address) = (self.service, &self.address);
        match self.breaker.note(result.is_ok(), Instant::now()) {
            Change::Opened => {
                BREAKER_OPEN.set(&[service], 1);
                let cause = result.as_ref().err().map(String::as_str);
                tracing::warn!(address, cause, "{service} does not answer, going on without it");
            }
            Change::Closed => {
                BREAKER_OPEN.set(&[service], 0);
                tracing::info!(address, "{service} answers again");
            }
            Change::None => {}
        }
        result
    }
}
