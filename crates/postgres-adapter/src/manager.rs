//! What the pool needs to know about connections.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use bb8::{ErrorSink, ManageConnection};
use tokio::runtime::Handle;
use tracing::warn;

use crate::{
    connection::Connection,
    open::{Address, OpenError},
};

/// Opens connections on one runtime and knows which may be used again.
#[derive(Debug)]
pub(crate) struct Manager {
    address: Arc<Address>,
    runtime: Handle,
}

impl Manager {
    /// Connections to that address, driven by that runtime whoever uses them.
    pub(crate) fn new(address: Arc<Address>, runtime: Handle) -> Self {
        Self { address, runtime }
    }
}

impl ManageConnection for Manager {
    type Connection = Connection;
    type Error = OpenError;

    async fn connect(&self) -> Result<Connection, OpenError> {
        let address = Arc::clone(&self.address);
        self.runtime.spawn(async move { address.open().await }).await.unwrap_or(Err(OpenError::Stopped))
    }

    /// Asked at every checkout, so it must not talk to the server: it only notices connections that have ended.
    async fn is_valid(&self, connection: &mut Connection) -> Result<(), OpenError> {
        if connection.is_reusable() { Ok(()) } else { Err(OpenError::Closed) }
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        std::thread::panicking() || !connection.is_reusable()
    }
}

/// Logs what goes wrong where nobody waits for it, one line a second at most: a pool whose server is away tries again
/// and again.
#[derive(Debug, Clone, Default)]
pub(crate) struct LogSink(Arc<Mutex<Throttle>>);

#[derive(Debug, Default)]
struct Throttle {
    last: Option<Instant>,
    suppressed: u64,
}

impl Throttle {
    /// How many errors were not logged before this one; `None` if this one is not to be logged either.
    fn admit(&mut self, now: Instant) -> Option<u64> {
        if self.last.is_some_and(|last| now.duration_since(last) < Duration::from_secs(1)) {
            self.suppressed += 1;
            return None;
        }
        self.last = Some(now);
        Some(std::mem::take(&mut self.suppressed))
    }
}

impl ErrorSink<OpenError> for LogSink {
    fn sink(&self, error: OpenError) {
        let admitted = self.0.lock().unwrap_or_else(PoisonError::into_inner).admit(Instant::now());
        if let Some(suppressed) = admitted {
            warn!(%error, suppressed, "the pool of database connections has a problem");
        }
    }

    fn boxed_clone(&self) -> Box<dyn ErrorSink<OpenError>> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_error_a_second_is_logged_and_the_others_are_counted() {
        let start = Instant::now();
        let mut throttle = Throttle::default();
        assert_eq!(throttle.admit(start), Some(0));
        assert_eq!(throttle.admit(start + Duration::from_millis(10)), None);
        assert_eq!(throttle.admit(start + Duration::from_millis(999)), None);
        assert_eq!(throttle.admit(start + Duration::from_secs(1)), Some(2));
        assert_eq!(throttle.admit(start + Duration::from_millis(2500)), Some(0));
    }
}
