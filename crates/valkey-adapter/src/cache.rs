//! The cache port over a Valkey server.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use irontrack_ports::{Cache, CacheError, FillTicket, Lookup};
use redis::RedisResult;
use redis::aio::ConnectionManager;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use uuid::Uuid;

use crate::ConnectError;
use crate::calls::Calls;
use crate::connection::{Endpoint, START_LIMIT};
use crate::entry::{EntryKeys, Scripts, restored};

/// A cache that several instances share.
///
/// Every call ends within 50 ms, with an error if need be. After five failures in a row, lookups and fills fail at once
/// and one in a second probes the server; removals are always tried. A lost connection is made anew in the background,
/// on the runtime on which the cache was made.
pub struct ValkeyCache {
    prefix: String,
    connection: ConnectionManager,
    scripts: Scripts,
    calls: Calls,
    /// Tickets are numbered; this tells ours from those of other instances.
    instance: Uuid,
    next_ticket: AtomicU64,
}

impl ValkeyCache {
    /// Connects to a server and checks that it answers. All keys start with the prefix.
    ///
    /// URLs are `redis://[user:password@]host[:port][/database]` (or `valkey://…`) and
    /// `unix:///path[?db=…&user=…&pass=…]`.
    ///
    /// # Errors
    /// [`ConnectError`] when the URL is not valid, or the server cannot be reached, wants another password, or does not
    /// answer within two seconds.
    pub async fn connect(url: &str, prefix: &str) -> Result<Self, ConnectError> {
        let endpoint = Endpoint::new(url)?;
        endpoint.check().await?;
        let cache = Self::at(&endpoint, prefix)?;
        // The server has just answered. Should it not do so again, the calls will tell.
        let _ = timeout(START_LIMIT, cache.warm_up()).await;
        Ok(cache)
    }

    /// Connects in the background, so that the server may be absent now. The runtime on which this is called has to
    /// live as long as the cache.
    ///
    /// # Errors
    /// [`ConnectError::Url`] when the URL is not valid.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn lazy(url: &str, prefix: &str) -> Result<Self, ConnectError> {
        let cache = Self::at(&Endpoint::new(url)?, prefix)?;
        drop(cache.warm_up());
        Ok(cache)
    }

    /// The same cache with another limit than 50 ms for each call.
    #[must_use]
    pub fn with_call_limit(mut self, limit: Duration) -> Self {
        self.calls.limit = limit;
        self
    }

    fn at(endpoint: &Endpoint, prefix: &str) -> Result<Self, ConnectError> {
        Ok(Self {
            prefix: prefix.to_owned(),
            connection: endpoint.manager()?,
            scripts: Scripts::new(),
            calls: Calls::new("the cache", endpoint.address()),
            instance: Uuid::new_v4(),
            next_ticket: AtomicU64::new(0),
        })
    }

    /// Makes the first connection in the background. Otherwise calls alone would drive it, 50 ms at a time.
    fn warm_up(&self) -> JoinHandle<()> {
        let mut connection = self.connection.clone();
        self.calls.home().spawn(async move {
            let _ = redis::cmd("PING").exec_async(&mut connection).await;
        })
    }

    fn keys(&self, key: &str) -> EntryKeys {
        EntryKeys::new(&self.prefix, key)
    }

    fn new_ticket(&self) -> String {
        let number = self.next_ticket.fetch_add(1, Ordering::Relaxed);
        format!("{}.{number}", self.instance.simple())
    }

    /// A call that can be done without while the server does not answer.
    async fn optional<T>(&self, call: impl Future<Output = RedisResult<T>> + Send) -> Result<T, CacheError> {
        self.calls.optional(call).await.map_err(CacheError)
    }

    async fn always<T>(&self, call: impl Future<Output = RedisResult<T>> + Send) -> Result<T, CacheError> {
        self.calls.always(call).await.map_err(CacheError)
    }
}

#[async_trait]
impl Cache for ValkeyCache {
    async fn get(&self, key: &str) -> Result<Lookup, CacheError> {
        let ticket = self.new_ticket();
        let script = self.scripts.get(&self.keys(key), &ticket);
        let mut connection = self.connection.clone();
        let found: Option<Vec<u8>> = self.optional(async move { script.invoke_async(&mut connection).await }).await?;
        Ok(match found {
            Some(stored) => Lookup::Hit(restored(stored)),
            None => Lookup::Miss(FillTicket(ticket)),
        })
    }

    async fn fill(&self, key: &str, ticket: FillTicket, value: Vec<u8>, life: Duration) -> Result<bool, CacheError> {
        let script = self.scripts.fill(&self.keys(key), &ticket.0, &value, life);
        let mut connection = self.connection.clone();
        self.optional(async move { script.invoke_async(&mut connection).await }).await
    }

    async fn remove(&self, keys: &[String]) -> Result<(), CacheError> {
        if keys.is_empty() {
            return Ok(());
        }
        // One command for each entry, because a cluster takes no command for keys of several nodes.
        let mut commands = redis::pipe();
        for key in keys {
            let keys = self.keys(key);
            commands.del(&[keys.value, keys.lease]).ignore();
        }
        let mut connection = self.connection.clone();
        self.always(async move { commands.exec_async(&mut connection).await }).await
    }

    async fn ping(&self) -> Result<(), CacheError> {
        let mut connection = self.connection.clone();
        self.always(async move { redis::cmd("PING").exec_async(&mut connection).await }).await
    }
}

impl fmt::Debug for ValkeyCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ValkeyCache")
            .field("address", &self.calls.address())
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}
