//! Wiring of the copies: near, shared, and the channels that tell when they are outdated.

use std::sync::Arc;

use irontrack_application::Copies;
use irontrack_auth::KeyRing;
use irontrack_memory_adapter::MemoryCache;
use irontrack_ports::{Cache, InvalidationChannel};
use irontrack_postgres_adapter::PostgresChannel;
use irontrack_valkey_adapter::{Seal, ValkeyCache, ValkeyChannel};
use tokio::runtime::Handle;

use crate::{
    Failure,
    settings::{Secret, Settings, shown},
};

/// Bytes that the copies in this process may take.
const NEAR_BYTES: u64 = 64 * 1024 * 1024;

/// Before all keys and topics on a server that others may use as well.
pub(super) const PREFIX: &str = "irontrack:";

/// The copies, and the cache whose state is reported.
pub(super) struct Wired {
    pub(super) copies: Arc<Copies>,
    pub(super) cache: Arc<dyn Cache>,
    /// Where the cache is, for the start-up table.
    pub(super) place: String,
}

/// Copies in this process and, with `CACHE_URL`, shared ones. A shared cache that is not there now may come later.
pub(super) async fn wire(settings: &Settings, direct_url: &Secret, keys: &KeyRing) -> Result<Wired, Failure> {
    let near: Arc<dyn Cache> = Arc::new(MemoryCache::new(NEAR_BYTES));
    let channel = PostgresChannel::new(direct_url.expose(), Handle::current())
        .map_err(|error| Failure::usage(format!("DATABASE_DIRECT_URL: {error}")))?;
    let mut channels: Vec<Arc<dyn InvalidationChannel>> = vec![Arc::new(channel)];
    let Some(url) = settings.cache.url.as_ref().filter(|_| settings.cache.is_enabled) else {
        let copies = Arc::new(Copies::new(near.clone(), None, channels));
        let place = if settings.cache.is_enabled { "in this process" } else { "off" }.to_owned();
        return Ok(Wired { copies, cache: near, place });
    };
    let wrong = |error| Failure::usage(format!("CACHE_URL: {error}"));
    let seal = Seal::new(&keys.secret_for("the shared cache"));
    let shared = Arc::new(ValkeyCache::lazy(url.expose(), PREFIX, seal).map_err(wrong)?);
    channels.push(Arc::new(ValkeyChannel::new(url.expose(), PREFIX).map_err(wrong)?));
    let mut place = shown::cache(url);
    if let Err(error) = shared.wait_until_ready().await {
        tracing::warn!(%error, "starting without the shared cache");
        place.push_str(" (not usable now)");
    }
    let copies = Arc::new(Copies::new(near, Some(shared.clone()), channels));
    Ok(Wired { copies, cache: shared, place })
}
