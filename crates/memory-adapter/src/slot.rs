//! What the cache holds for a key.

use std::sync::Arc;
use std::time::{Duration, Instant};

use moka::Expiry;

/// How long a ticket is good: time enough to read the database.
const TICKET_LIFE: Duration = Duration::from_secs(10);

/// What an entry takes beyond its key and value, roughly, in bytes.
const OVERHEAD: usize = 200;

/// A value, or the number of the ticket that may fill it in. There is one slot for a key: storing a value uses the
/// ticket up, and removing the slot takes value and ticket away at once.
#[derive(Clone)]
pub(crate) enum Slot {
    Ticket(u64),
    Value { bytes: Arc<[u8]>, life: Duration },
}

impl Slot {
    pub(crate) fn weight(&self, key: &str) -> u32 {
        let bytes = match self {
            Self::Ticket(_) => 0,
            Self::Value { bytes, .. } => bytes.len(),
        };
        u32::try_from(key.len() + bytes + OVERHEAD).unwrap_or(u32::MAX)
    }

    fn life(&self) -> Duration {
        match self {
            Self::Ticket(_) => TICKET_LIFE,
            Self::Value { life, .. } => *life,
        }
    }
}

/// Each slot expires in its own time, counted from when it was put there, also when it replaces another one.
pub(crate) struct SlotExpiry;

impl Expiry<String, Slot> for SlotExpiry {
    fn expire_after_create(&self, _: &String, slot: &Slot, _: Instant) -> Option<Duration> {
        Some(slot.life())
    }

    fn expire_after_update(&self, _: &String, slot: &Slot, _: Instant, _: Option<Duration>) -> Option<Duration> {
        Some(slot.life())
    }
}
