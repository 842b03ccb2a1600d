//! The cache port over a Valkey server.

use std::fmt;
use std::sync::Arc;
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
use crate::entry::{EntryKeys, Scripts};
use crate::seal::Seal;

/// A cache that several instances share.
///
/// Every call ends within 50 ms, with an error if need be. After five failures in a row, lookups and fills fail at once
/// and one in a second probes the server; removals are always tried. A lost connection is made anew in the background,
/// on the runtime on which the cache was made.
pub struct ValkeyCache {
    endpoint: Endpoint,
    prefix: String,
    connection: ConnectionManager,
    scripts: Scripts,
    seal: Seal,
    calls: Calls,
    /// Tickets are numbered; this tells ours from those of other instances.
    instance: Uuid,
    next_ticket: AtomicU64,
}

impl ValkeyCache {
    /// Connects in the background, so that the server may be absent now. The runtime on which this is called has to
    /// live as long as the cache. All keys start with the prefix.
    ///
    /// URLs are `redis://[user:password@]host[:port][/database]` (or `valkey://…`) and
    /// `unix:///path[?db=…&user=…&pass=…]`.
    ///
    /// # Errors
    /// [`ConnectError::Url`] when the URL is not valid.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn lazy(url: &str, prefix: &str, seal: Seal) -> Result<Self, ConnectError> {
        let cache = Self::at(Endpoint::new(url)?, prefix, seal)?;
        drop(cache.warm_up());
        Ok(cache)
    }

    /// Checks that the server answers, and waits for the connection.
    ///
    /// # Errors
    /// [`ConnectError`] when the server cannot be reached, wants another password, or does not answer within two seconds.
    /// The cache can be used all the same, and works as soon as the server does.
    pub async fn wait_until_ready(&self) -> Result<(), ConnectError> {
        self.endpoint.check().await?;
        // The server has just answered. Should it not do so again, the calls will tell.
        let _ = timeout(START_LIMIT, self.warm_up()).await;
        Ok(())
    }

    /// The same cache with another limit than 50 ms for each call.
    #[must_use]
    pub fn with_call_limit(mut self, limit: Duration) -> Self {
        self.calls.limit = limit;
        self
    }

    fn at(endpoint: Endpoint, prefix: &str, seal: Seal) -> Result<Self, ConnectError> {
        Ok(Self {
            prefix: prefix.to_owned(),
            connection: endpoint.manager()?,
            calls: Calls::new("the cache", endpoint.address()),
            endpoint,
            scripts: Scripts::new(),
            seal,
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

    /// What is stored under the key; if there is nothing, the ticket is left there.
    async fn stored(&self, key: &str, ticket: &str) -> Result<Option<Vec<u8>>, CacheError> {
        let script = self.scripts.get(&self.keys(key), ticket);
        let mut connection = self.connection.clone();
        self.optional(async move { script.invoke_async(&mut connection).await }).await
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
        let Some(stored) = self.stored(key, &ticket).await? else { return Ok(Lookup::Miss(FillTicket(ticket))) };
        if let Some(value) = self.seal.opened(key, &stored) {
            return Ok(Lookup::Hit(value));
        }
        // Not ours: out of the way, so that it can be filled again.
        self.remove(&[key.to_owned()]).await?;
        match self.stored(key, &ticket).await? {
            None => Ok(Lookup::Miss(FillTicket(ticket))),
            Some(stored) => match self.seal.opened(key, &stored) {
                Some(value) => Ok(Lookup::Hit(value)),
                None => Err(CacheError("somebody else writes to its entries".to_owned())),
            },
        }
    }

    async fn fill(&self, key: &str, ticket: FillTicket, value: Arc<[u8]>, life: Duration) -> Result<bool, CacheError> {
        let script = self.scripts.fill(&self.keys(key), &ticket.0, &self.seal.sealed(key, &value), life);
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
