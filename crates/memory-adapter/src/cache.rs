//! The cache port over a map in memory.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use irontrack_ports::{Cache, CacheError, FillTicket, Lookup};
use moka::ops::compute::{CompResult, Op};

use crate::slot::{Slot, SlotExpiry};

/// A cache in the memory of this process, of bounded size. It never fails.
///
/// What is used least is forgotten first when the space is used up; that can concern tickets as well, and only means
/// that a value is not stored.
pub struct MemoryCache {
    slots: moka::sync::Cache<String, Slot>,
    next_ticket: AtomicU64,
}

impl MemoryCache {
    /// An empty cache that holds about so many bytes, keys and overhead included.
    #[must_use]
    pub fn new(capacity_bytes: u64) -> Self {
        let slots = moka::sync::Cache::builder()
            .weigher(|key: &String, slot: &Slot| slot.weight(key))
            .max_capacity(capacity_bytes)
            .expire_after(SlotExpiry)
            .build();
        Self { slots, next_ticket: AtomicU64::new(0) }
    }

    /// Every change of a slot goes through here: these calls exclude each other for the same key, and moka's plain
    /// `insert` and `invalidate` do not wait for them.
    fn change(&self, key: &str, change: impl FnOnce(Option<Slot>) -> Op<Slot>) -> CompResult<String, Slot> {
        self.slots.entry(key.into()).and_compute_with(|entry| change(entry.map(moka::Entry::into_value)))
    }

    fn lookup(&self, key: &str) -> Lookup {
        if let Some(Slot::Value { bytes, .. }) = self.slots.get(key) {
            return Lookup::Hit(bytes);
        }
        let new = self.next_ticket.fetch_add(1, Ordering::Relaxed);
        let mut found = Lookup::Miss(text(new));
        self.change(key, |slot| match slot {
            // Somebody filled it a moment ago.
            Some(Slot::Value { bytes, .. }) => {
                found = Lookup::Hit(bytes);
                Op::Nop
            }
            // Nothing was removed since it was given out, so it is as good as a new one.
            Some(Slot::Ticket(pending)) => {
                found = Lookup::Miss(text(pending));
                Op::Nop
            }
            None => Op::Put(Slot::Ticket(new)),
        });
        found
    }

    fn store(&self, key: &str, ticket: &FillTicket, value: Arc<[u8]>, life: Duration) -> bool {
        let result = self.change(key, |slot| match slot {
            Some(Slot::Ticket(current)) if text(current) == *ticket => Op::Put(Slot::Value { bytes: value, life }),
            _ => Op::Nop,
        });
        matches!(result, CompResult::ReplacedWith(_))
    }

    fn forget(&self, key: &str) {
        self.change(key, |_| Op::Remove);
    }

    /// The bytes in use, after all that moka has put off.
    #[cfg(test)]
    pub(crate) fn weight(&self) -> u64 {
        self.slots.run_pending_tasks();
        self.slots.weighted_size()
    }
}

fn text(ticket: u64) -> FillTicket {
    FillTicket(ticket.to_string())
}

#[async_trait]
impl Cache for MemoryCache {
    async fn get(&self, key: &str) -> Result<Lookup, CacheError> {
        Ok(self.lookup(key))
    }

    async fn fill(&self, key: &str, ticket: FillTicket, value: Arc<[u8]>, life: Duration) -> Result<bool, CacheError> {
        Ok(self.store(key, &ticket, value, life))
    }

    async fn remove(&self, keys: &[String]) -> Result<(), CacheError> {
        for key in keys {
            self.forget(key);
        }
        Ok(())
    }

    async fn ping(&self) -> Result<(), CacheError> {
        Ok(())
    }
}

impl fmt::Debug for MemoryCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not the entries: they hold what users may see only of themselves.
        f.debug_struct("MemoryCache").finish_non_exhaustive()
    }
}
