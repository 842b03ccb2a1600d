//! The copies of running servers, as a command sees them: it makes and reads none, and says which ones are outdated.

use std::{io::Write, sync::Arc};

use irontrack_application::Copies;
use irontrack_memory_adapter::MemoryCache;
use irontrack_ports::{Cache, InvalidationChannel};
use irontrack_postgres_adapter::PostgresChannel;
use irontrack_valkey_adapter::{Seal, ValkeyCache, ValkeyChannel};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::{
    Failure,
    server::CACHE_PREFIX,
    settings::{CommandSettings, Secret},
};

/// Servers hear of changes with the commit. Those that share a cache with us find it clean.
pub(super) async fn wire(settings: &CommandSettings) -> Result<Arc<Copies>, Failure> {
    let near = Arc::new(MemoryCache::new(0));
    let channel = PostgresChannel::new(settings.database.expose(), Handle::current())
        .map_err(|error| Failure::usage(format!("DATABASE_DIRECT_URL: {error}")))?;
    let mut channels: Vec<Arc<dyn InvalidationChannel>> = vec![Arc::new(channel)];
    let mut shared: Option<Arc<dyn Cache>> = None;
    if let Some((cache, channel)) = shared_cache(settings.cache_url.as_ref()).await? {
        shared = Some(cache);
        channels.push(channel);
    }
    Ok(Arc::new(Copies::new(near, shared, channels)))
}

type Shared = (Arc<dyn Cache>, Arc<dyn InvalidationChannel>);

/// Nothing if it is not configured or not there. Servers clean it themselves then.
async fn shared_cache(url: Option<&Secret>) -> Result<Option<Shared>, Failure> {
    let Some(url) = url else { return Ok(None) };
    let wrong = |error| Failure::usage(format!("CACHE_URL: {error}"));
    let cache = ValkeyCache::lazy(url.expose(), CACHE_PREFIX, nobodys_seal()).map_err(wrong)?;
    let channel = ValkeyChannel::new(url.expose(), CACHE_PREFIX).map_err(wrong)?;
    if let Err(error) = cache.wait_until_ready().await {
        let _nobody_reads = writeln!(std::io::stderr().lock(), "irontrack: going on without the shared cache: {error}");
        return Ok(None);
    }
    Ok(Some((Arc::new(cache), Arc::new(channel))))
}

/// Removing takes no seal. With this one nothing could be read that somebody has stored.
fn nobodys_seal() -> Seal {
    let mut secret = [0; 32];
    for half in secret.chunks_exact_mut(16) {
        half.copy_from_slice(Uuid::new_v4().as_bytes());
    }
    Seal::new(&secret)
}
