//! Copies of what the database said: in this process, and shared between instances.
//!
//! A reader asks the copy in this process, then the shared one, then the database; of several readers who miss the same
//! copy at the same time one asks for all. Whoever changes something makes the copies of it [`Outdated`]: the message
//! travels with the commit (`UnitOfWork::announce`), the own copies and the shared ones are removed after the commit and
//! before the answer ([`Copies::forget`]). Copies in this process are used only while the messages of others are known
//! to arrive ([`Trust`]).

mod doubt;
mod flights;
mod generation;
mod history;
mod message;
mod subscriber;
mod trust;

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use doubt::Doubts;
use flights::{Flights, Joined};
pub use generation::Render;
pub(crate) use generation::{Group, rendered};
use irontrack_ports::{Cache, FillTicket, InvalidationChannel, Lookup, RepositoryError, tally::CACHE_LOOKUPS};
pub(crate) use message::Outdated;
pub use subscriber::Following;
use trust::Trust;
use uuid::Uuid;

/// The longest life of a shared copy. A removal that failed is tried again for as long.
const LONGEST_SHARED_LIFE: Duration = Duration::from_secs(60);

/// Larger copies are not shared: they would take longer on the way than somebody waits for the shared cache.
const LARGEST_SHARED: usize = 1024 * 1024;

/// How long copies may be used at most, counted from when the database was asked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lives {
    /// In this process.
    near: Duration,
    /// Between instances, and a copy of such a copy in this process.
    shared: Duration,
}

impl Lives {
    /// Copies whose age is bounded whatever happens. A copy in this process may be one of a shared copy and then be as old
    /// as both lives together.
    pub(crate) const fn new(near: Duration, shared: Duration) -> Self {
        assert!(shared.as_nanos() <= LONGEST_SHARED_LIFE.as_nanos(), "removals are not retried for longer");
        Self { near, shared }
    }
}

/// The value under a key: as bytes where it can be copied, else only for whoever loaded it.
pub(crate) enum Loaded<T> {
    /// To be copied.
    Copied(T, Arc<[u8]>),
    /// Not to be copied, such as nothing.
    Only(T),
}

/// The copies, and the channels that tell when they are outdated.
pub struct Copies {
    /// Keys start with the generation, so that all copies are forgotten by starting another one.
    near: Arc<dyn Cache>,
    near_generation: AtomicU64,
    shared: Option<Arc<dyn Cache>>,
    channels: Vec<Arc<dyn InvalidationChannel>>,
    trust: Trust,
    flights: Arc<Flights>,
    doubts: Doubts,
    /// Tells our own messages from those of others.
    instance: Uuid,
}

impl std::fmt::Debug for Copies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Copies").field("instance", &self.instance).finish_non_exhaustive()
    }
}

impl Copies {
    /// Copies in `near`, and in `shared` where instances share a cache. The first of the channels must be the one that
    /// units of work announce over. Nothing is copied in this process before [`follow`](Self::follow) runs.
    #[must_use]
    pub fn new(
        near: Arc<dyn Cache>,
        shared: Option<Arc<dyn Cache>>,
        channels: Vec<Arc<dyn InvalidationChannel>>,
    ) -> Self {
        Self {
            near,
            near_generation: AtomicU64::new(0),
            shared,
            trust: Trust::new(channels.len()),
            channels,
            flights: Arc::default(),
            doubts: Doubts::default(),
            instance: Uuid::new_v4(),
        }
    }

    /// The value under a key: a copy that can be read, or what `load` answers.
    pub(crate) async fn read<T, F>(
        &self,
        key: &str,
        lives: Lives,
        decode: impl Fn(&Arc<[u8]>) -> Option<T>,
        load: impl Fn() -> F,
    ) -> Result<T, RepositoryError>
    where
        F: Future<Output = Result<Loaded<T>, RepositoryError>>,
    {
        if let Some(copy) = self.near(key).await.and_then(Result::ok)
            && let Some(value) = decode(&copy)
        {
            return Ok(value);
        }
        loop {
            match self.flights.join(key) {
                Joined::Pilot(flight) => {
                    let outcome = self.fetch(key, lives, &decode, load()).await;
                    flight.land(&outcome);
                    return outcome.map(|loaded| match loaded {
                        Loaded::Copied(value, _) | Loaded::Only(value) => value,
                    });
                }
                Joined::Passenger(mut seat) => match seat.landed().await {
                    Some(Ok(copy)) => {
                        if let Some(value) = copy.as_ref().and_then(&decode) {
                            return Ok(value);
                        }
                        // There is nothing to share. Waiting for another one would put all in one line.
                        return load().await.map(|loaded| match loaded {
                            Loaded::Copied(value, _) | Loaded::Only(value) => value,
                        });
                    }
                    Some(Err(error)) => return Err(error),
                    // Who flew has gone away, or the value was outdated on the way.
                    None => {}
                },
            }
        }
    }

    /// Asks the shared copy and then the database, and keeps what comes.
    async fn fetch<T>(
        &self,
        key: &str,
        lives: Lives,
        decode: impl Fn(&Arc<[u8]>) -> Option<T>,
        load: impl Future<Output = Result<Loaded<T>, RepositoryError>>,
    ) -> Result<Loaded<T>, RepositoryError> {
        let near_ticket = match self.near(key).await {
            // Somebody else has just landed.
            Some(Ok(copy)) => match decode(&copy) {
                Some(value) => return Ok(Loaded::Copied(value, copy)),
                None => None,
            },
            Some(Err(ticket)) => Some(ticket),
            None => None,
        };
        let started = Instant::now();
        let shared_ticket = match self.shared(key).await {
            Some(Ok(copy)) => match decode(&copy) {
                Some(value) => {
                    self.fill_near(key, near_ticket, &copy, lives.shared.saturating_sub(started.elapsed())).await;
                    return Ok(Loaded::Copied(value, copy));
                }
                None => None,
            },
            Some(Err(ticket)) => Some(ticket),
            None => None,
        };
        // What is read grows old from the moment of the question, not of the answer.
        let started = Instant::now();
        let loaded = load.await?;
        if let Loaded::Copied(_, copy) = &loaded {
            let age = started.elapsed();
            self.fill_shared(key, shared_ticket, copy, lives.shared.saturating_sub(age)).await;
            self.fill_near(key, near_ticket, copy, lives.near.saturating_sub(age)).await;
        }
        Ok(loaded)
    }

    /// The copy in this process, or the ticket to make one; nothing while none may be used.
    async fn near(&self, key: &str) -> Option<Result<Arc<[u8]>, FillTicket>> {
        let found = if self.trust.is_given() { self.near.get(&self.near_key(key)).await.ok() } else { None };
        CACHE_LOOKUPS.count(&["near", result(found.as_ref())]);
        match found? {
            Lookup::Hit(copy) => Some(Ok(copy)),
            Lookup::Miss(ticket) => Some(Err(ticket)),
        }
    }

    /// The shared copy, or the ticket to make one; nothing if it is away or may be outdated.
    async fn shared(&self, key: &str) -> Option<Result<Arc<[u8]>, FillTicket>> {
        let shared = self.shared.as_ref().filter(|_| !self.doubts.has(key))?;
        let found = shared.get(key).await;
        CACHE_LOOKUPS.count(&["shared", result(found.as_ref().ok())]);
        match found {
            // A removal may have failed while we waited.
            Ok(Lookup::Hit(copy)) => (!self.doubts.has(key)).then_some(Ok(copy)),
            Ok(Lookup::Miss(ticket)) => Some(Err(ticket)),
            Err(error) => {
                tracing::debug!(%error, "read around the shared cache");
                None
            }
        }
    }

    async fn fill_near(&self, key: &str, ticket: Option<FillTicket>, copy: &Arc<[u8]>, life: Duration) {
        if let Some(ticket) = ticket.filter(|_| !life.is_zero()) {
            // The generation may be another one by now; then the ticket is good for nothing.
            let _stored = self.near.fill(&self.near_key(key), ticket, copy.clone(), life).await;
        }
    }

    async fn fill_shared(&self, key: &str, ticket: Option<FillTicket>, copy: &Arc<[u8]>, life: Duration) {
        if let (Some(ticket), Some(shared)) = (ticket.filter(|_| !life.is_zero()), &self.shared)
            && copy.len() <= LARGEST_SHARED
            && let Err(error) = shared.fill(key, ticket, copy.clone(), life).await
        {
            tracing::debug!(%error, "the shared cache was not filled");
        }
    }

    /// Removes copies of what has been changed: called after the commit, also an unconfirmed one, and before the answer.
    /// Other instances have been told by the commit.
    pub(crate) async fn forget(&self, outdated: &Outdated) {
        if outdated.is_empty() {
            return;
        }
        // First the shared copies: a reader here could otherwise copy one of them again.
        self.forget_shared(outdated.keys()).await;
        self.forget_near(outdated.keys()).await;
        let messages = outdated.messages(self.instance);
        // The first channel has had them with the commit.
        for channel in self.channels.iter().skip(1) {
            for message in &messages {
                if let Err(error) = channel.publish(message).await {
                    tracing::debug!(%error, channel = channel.name(), "an invalidation was not published");
                }
            }
        }
    }

    /// The messages that units of work announce.
    pub(crate) fn messages(&self, outdated: &Outdated) -> Vec<String> {
        outdated.messages(self.instance)
    }

    async fn forget_near(&self, keys: &[String]) {
        let near: Vec<String> = keys.iter().map(|key| self.near_key(key)).collect();
        let _never_fails = self.near.remove(&near).await;
        // Who comes from now on must not be handed what was read before.
        self.flights.cancel(keys);
    }

    /// Removes shared copies. While that does not succeed, they are not used here.
    async fn forget_shared(&self, keys: &[String]) {
        let Some(shared) = &self.shared else { return };
        let doubt = self.doubts.raise(keys);
        match shared.remove(keys).await {
            Ok(()) => self.doubts.settle(keys, doubt),
            Err(error) => {
                tracing::warn!(%error, keys = keys.len(), "copies were not removed from the shared cache yet");
            }
        }
    }

    /// Forgets all copies in this process.
    fn forget_all_near(&self) {
        self.near_generation.fetch_add(1, Ordering::SeqCst);
        self.flights.cancel_all();
    }

    fn near_key(&self, key: &str) -> String {
        format!("{}:{key}", self.near_generation.load(Ordering::SeqCst))
    }
}

/// What a lookup is counted as.
const fn result(found: Option<&Lookup>) -> &'static str {
    match found {
        Some(Lookup::Hit(_)) => "hit",
        Some(Lookup::Miss(_)) => "miss",
        None => "unavailable",
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
