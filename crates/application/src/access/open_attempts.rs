//! Attempts whose outcome is not known yet.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::{
    sync::watch,
    time::{Instant, timeout_at},
};

/// How many wait at one key for the outcome of others: about as many as can come in before they lose patience.
const MAX_WAITING: usize = 32;

/// The places of all keys under which somebody makes an attempt at the moment.
#[derive(Debug, Default)]
pub(super) struct OpenAttempts(Mutex<HashMap<String, Entry>>);

#[derive(Debug, Default)]
struct Entry {
    members: usize,
    place: Arc<Place>,
}

/// Where the attempts at one key meet.
#[derive(Debug, Default)]
struct Place {
    /// How many are open. Who watches it is told of every outcome.
    open: watch::Sender<usize>,
    waiting: AtomicUsize,
    /// Belongs to the first of those who wait, in the order of their arrival.
    turn: tokio::sync::Mutex<()>,
}

impl OpenAttempts {
    /// Begins an attempt, which is not open yet.
    pub(super) fn begin(self: &Arc<Self>, key: &str) -> Attempt {
        let mut entries = self.entries();
        let entry = entries.entry(key.to_owned()).or_default();
        entry.members += 1;
        let place = entry.place.clone();
        Attempt(Arc::new(Membership { all: self.clone(), key: key.to_owned(), place }))
    }

    /// Whether nobody makes any attempt.
    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.entries().is_empty()
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps the place while somebody is there.
#[derive(Debug)]
struct Membership {
    all: Arc<OpenAttempts>,
    key: String,
    place: Arc<Place>,
}

impl Drop for Membership {
    fn drop(&mut self) {
        let mut entries = self.all.entries();
        if let Some(entry) = entries.get_mut(&self.key) {
            entry.members -= 1;
            if entry.members == 0 {
                entries.remove(&self.key);
            }
        }
    }
}

/// One attempt.
#[derive(Debug)]
pub(super) struct Attempt(Arc<Membership>);

impl Attempt {
    /// Whether others wait already. Who comes later must not overtake them.
    pub(super) fn would_overtake(&self) -> bool {
        self.0.place.waiting.load(Ordering::Acquire) > 0
    }

    /// From now on others may wait for the outcome.
    pub(super) fn open(&self) -> Open {
        self.0.place.open.send_if_modified(|open| {
            *open += 1;
            // This is nothing that anybody waits for.
            false
        });
        Open(self.0.clone())
    }

    /// The outcomes of others from now on.
    pub(super) fn outcomes(&self) -> Outcomes {
        Outcomes(self.0.place.open.subscribe())
    }

    /// Waits behind those who wait already. `None` if they are too many, or if it takes too long.
    pub(super) async fn turn(&self, deadline: Instant) -> Option<Turn<'_>> {
        let waiting = Waiting::begin(&self.0.place.waiting)?;
        let turn = timeout_at(deadline, self.0.place.turn.lock()).await.ok()?;
        Some(Turn { _turn: turn, _waiting: waiting })
    }
}

/// An attempt that has been counted, or is being. Dropping it is its outcome, whichever it was: so give its count back
/// before, if it is free.
#[derive(Debug)]
pub(super) struct Open(Arc<Membership>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.place.open.send_modify(|open| *open -= 1);
    }
}

/// The outcomes of attempts at one key, after one moment.
pub(super) struct Outcomes(watch::Receiver<usize>);

impl Outcomes {
    /// Whether there was one, or will be. So many of the open attempts are the caller's own.
    pub(super) fn are_expected(&self, own: usize) -> bool {
        // In this order: an outcome in between is noticed as well.
        *self.0.borrow() > own || self.0.has_changed().unwrap_or(false)
    }

    /// Waits for the first one. Answers whether it came in time.
    pub(super) async fn next(mut self, deadline: Instant) -> bool {
        matches!(timeout_at(deadline, self.0.changed()).await, Ok(Ok(())))
    }
}

/// The right to be the next who is counted.
pub(super) struct Turn<'a> {
    _turn: tokio::sync::MutexGuard<'a, ()>,
    _waiting: Waiting<'a>,
}

/// One of those who wait, until it is dropped.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn begin(waiting: &'a AtomicUsize) -> Option<Self> {
        let one_more = |count| (count < MAX_WAITING).then_some(count + 1);
        waiting.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more).ok()?;
        Some(Self(waiting))
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
#[path = "open_attempts_tests.rs"]
mod tests;
