//! Where events go that belong to no transaction.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use irontrack_domain::audit::AuditEvent;
use irontrack_ports::{UnitOfWorkFactory, tally::AUDIT_EVENTS_DROPPED};
use tokio::sync::mpsc;

use super::{AuditWriter, line::log, repeats::Repeats};

/// Events that wait at most: some megabytes, with the longest user agents.
const QUEUE: usize = 4096;

/// What became of the events that were noted.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Not stored yet.
    pub(super) waiting: AtomicUsize,
    /// Never to be stored, because there was no room or no way to.
    pub(super) dropped: AtomicUsize,
}

/// Takes events that belong to no transaction. Whoever notes one never waits: neither for room in the queue, where an
/// event that finds none is dropped and counted, nor for the database.
pub struct AuditTrail {
    queue: mpsc::Sender<AuditEvent>,
    counts: Arc<Counts>,
    repeats: Repeats,
}

impl std::fmt::Debug for AuditTrail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AuditTrail").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl AuditTrail {
    /// Opens a trail, and starts its writer on the current runtime. The units of work should be bare ones: what is noted
    /// is in the log already.
    ///
    /// # Panics
    /// Outside a runtime.
    #[must_use]
    pub fn open(units: Arc<dyn UnitOfWorkFactory>) -> (Arc<Self>, AuditWriter) {
        let (queue, events) = mpsc::channel(QUEUE);
        let counts = Arc::new(Counts::default());
        let trail = Self { queue, counts: counts.clone(), repeats: Repeats::default() };
        (Arc::new(trail), AuditWriter::start(units, events, counts))
    }

    /// Notes an event: in the log now, in the trail soon.
    pub(crate) fn note(&self, event: AuditEvent) {
        if self.repeats.is_repeat(&event) {
            return;
        }
        log(&event);
        // Counted before, so that the writer never counts down from nothing.
        self.counts.waiting.fetch_add(1, Relaxed);
        if self.queue.try_send(event).is_err() {
            self.counts.waiting.fetch_sub(1, Relaxed);
            self.counts.dropped.fetch_add(1, Relaxed);
            AUDIT_EVENTS_DROPPED.number.increment();
        }
    }
}

#[cfg(test)]
#[path = "trail_tests.rs"]
mod tests;
