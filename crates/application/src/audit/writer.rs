//! The one who stores what was noted.

use std::{
    sync::{Arc, atomic::Ordering::Relaxed},
    time::Duration,
};

use irontrack_domain::audit::AuditEvent;
use irontrack_ports::{RepositoryError, UnitOfWorkFactory};
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::{Instant, sleep, timeout, timeout_at},
};

use super::trail::Counts;
use crate::unit_of_work::finish;

/// The most events of one statement.
const BATCH: usize = 200;

/// An event waits this long for others to come along.
const GATHERING: Duration = Duration::from_secs(1);

/// Pauses between attempts to store: the first, and the longest to which they double.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// What the database refuses is tried so many times; while it is away there is no end of trying.
const ATTEMPTS: u32 = 8;

/// How long a stop may take.
const STOP: Duration = Duration::from_secs(2);

/// The handle of a running writer. Dropping it ends the writer as well, but nobody waits for it then.
#[derive(Debug)]
pub struct AuditWriter {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    counts: Arc<Counts>,
}

impl AuditWriter {
    pub(super) fn start(
        units: Arc<dyn UnitOfWorkFactory>,
        events: mpsc::Receiver<AuditEvent>,
        counts: Arc<Counts>,
    ) -> Self {
        let (stop, stopped) = oneshot::channel();
        let writing = Writing { units, events, stopped, is_stopping: false, counts: counts.clone(), told: 0 };
        Self { stop, task: tokio::spawn(writing.run()), counts }
    }

    /// Closes the trail and waits, two seconds at most, until all that was noted is stored. Call it when nothing is noted
    /// any more.
    pub async fn stop(self) {
        let Self { stop, mut task, counts } = self;
        // It may have ended already.
        let _told = stop.send(());
        if timeout(STOP, &mut task).await.is_err() {
            task.abort();
        }
        let (waiting, dropped) = (counts.waiting.load(Relaxed), counts.dropped.load(Relaxed));
        if waiting + dropped > 0 {
            tracing::warn!(waiting, dropped, "audit events are in the log only, not in the audit trail");
        }
    }
}

struct Writing {
    units: Arc<dyn UnitOfWorkFactory>,
    events: mpsc::Receiver<AuditEvent>,
    stopped: oneshot::Receiver<()>,
    is_stopping: bool,
    counts: Arc<Counts>,
    /// Drops that were told already.
    told: usize,
}

impl Writing {
    /// Stores events until the trail is closed and empty.
    async fn run(mut self) {
        let mut batch = Vec::new();
        while let Some(first) = self.next().await {
            batch.push(first);
            let end = Instant::now() + GATHERING;
            while batch.len() < BATCH
                && let Ok(Some(event)) = timeout_at(end, self.next()).await
            {
                batch.push(event);
            }
            self.store(&batch).await;
            batch.clear();
            self.tell_drops();
        }
    }

    /// The next event; `None` when the trail is closed and empty. Nothing is lost when it is given up.
    async fn next(&mut self) -> Option<AuditEvent> {
        if !self.is_stopping {
            tokio::select! {
                event = self.events.recv() => return event,
                _ = &mut self.stopped => self.close(),
            }
        }
        self.events.recv().await
    }

    fn close(&mut self) {
        self.is_stopping = true;
        self.events.close();
    }

    /// Stores events, however long it takes while the database is away. What it refuses for another reason would be refused
    /// for ever, and hold up all others: it is dropped after some attempts.
    async fn store(&mut self, batch: &[AuditEvent]) {
        let (mut pause, longest) = PAUSES;
        for attempt in 1_u32.. {
            let Err(error) = self.write(batch).await else { break };
            let is_away = matches!(error, RepositoryError::Unavailable(_) | RepositoryError::Retryable);
            if !is_away && attempt >= ATTEMPTS {
                tracing::error!(%error, events = batch.len(), "audit events cannot be stored: dropped");
                self.counts.dropped.fetch_add(batch.len(), Relaxed);
                self.told += batch.len();
                break;
            }
            tracing::warn!(%error, waiting = self.counts.waiting.load(Relaxed), "audit events are not stored yet");
            self.tell_drops();
            self.rest(pause).await;
            pause = (pause * 2).min(longest);
        }
        self.counts.waiting.fetch_sub(batch.len(), Relaxed);
    }

    async fn write(&self, batch: &[AuditEvent]) -> Result<(), RepositoryError> {
        let mut unit = self.units.begin().await?;
        let outcome = unit.audit().record(batch).await;
        finish(unit, outcome).await
    }

    /// Pauses; not for long when there is little time left.
    async fn rest(&mut self, pause: Duration) {
        if !self.is_stopping {
            tokio::select! {
                () = sleep(pause) => return,
                _ = &mut self.stopped => self.close(),
            }
        }
        sleep(PAUSES.0).await;
    }

    fn tell_drops(&mut self) {
        let dropped = self.counts.dropped.load(Relaxed);
        if dropped > self.told {
            tracing::warn!(
                events = dropped - self.told,
                total = dropped,
                "audit events were dropped: the queue was full"
            );
            self.told = dropped;
        }
    }
}
