//! What has been counted, by key, in the order of use.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a key takes beyond its text and counts, roughly, in bytes.
const OVERHEAD: usize = 250;

/// One count.
pub(crate) struct Count {
    pub(crate) at: Instant,
    pub(crate) id: u64,
}

/// The counts of one key within its window, the oldest first.
pub(crate) struct Counts {
    counts: VecDeque<Count>,
    window: Duration,
}

impl Counts {
    pub(crate) fn new(window: Duration) -> Self {
        Self { counts: VecDeque::new(), window }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Drops what has ended.
    pub(crate) fn slide(&mut self, now: Instant) {
        while self.counts.front().is_some_and(|oldest| now.duration_since(oldest.at) >= self.window) {
            self.counts.pop_front();
        }
    }

    /// How long it takes until there is room for one more; `None` if there is.
    pub(crate) fn waiting(&self, limit: u32, now: Instant) -> Option<Duration> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let last_in_the_way = self.counts.len().checked_sub(limit)?;
        let age = self.counts.get(last_in_the_way).map_or(Duration::ZERO, |count| now.duration_since(count.at));
        Some(self.window.saturating_sub(age))
    }

    pub(crate) fn push(&mut self, count: Count) {
        self.counts.push_back(count);
    }

    pub(crate) fn remove(&mut self, id: u64) {
        self.counts.retain(|count| count.id != id);
    }

    fn have_ended(&self, now: Instant) -> bool {
        self.counts.back().is_none_or(|newest| now.duration_since(newest.at) >= self.window)
    }

    fn bytes(&self, key: &str) -> usize {
        key.len() + self.counts.capacity() * size_of::<Count>() + OVERHEAD
    }
}

/// The counts of all keys. Putting a key in is a use of it.
#[derive(Default)]
pub(crate) struct CountsByKey {
    /// With the place of the key in the order of use.
    counts: HashMap<Arc<str>, (u64, Counts)>,
    order: BTreeMap<u64, Arc<str>>,
    next_place: u64,
    bytes: usize,
}

impl CountsByKey {
    /// Puts in a key that is not there.
    pub(crate) fn insert(&mut self, key: &str, counts: Counts) {
        let key: Arc<str> = key.into();
        self.bytes += counts.bytes(&key);
        self.order.insert(self.next_place, key.clone());
        self.counts.insert(key, (self.next_place, counts));
        self.next_place += 1;
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<Counts> {
        let (place, counts) = self.counts.remove(key)?;
        self.order.remove(&place);
        self.bytes -= counts.bytes(key);
        Some(counts)
    }

    /// Drops keys, the least recently used first: as many as it takes to keep to the capacity, and two more if their
    /// counts have ended, so that what has ended goes faster than new things come.
    pub(crate) fn shrink(&mut self, capacity: usize, now: Instant) {
        let mut looked_at = 0;
        while let Some((_, key)) = self.order.first_key_value() {
            if self.bytes <= capacity {
                let has_ended = self.counts.get(key).is_none_or(|(_, counts)| counts.have_ended(now));
                if !has_ended || looked_at == 2 {
                    return;
                }
                looked_at += 1;
            }
            let key = key.clone();
            self.remove(&key);
        }
    }

    /// The bytes in use.
    #[cfg(test)]
    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }
}
