//! Shared copies that may be outdated, because their removal has not been confirmed.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use tokio::sync::Notify;

use super::LONGEST_SHARED_LIFE;

/// More keys than this, and all shared copies are in doubt.
const MOST: usize = 50_000;

/// The keys whose shared copies are not to be used here. A doubt ends when a removal that began after it has succeeded,
/// or when every copy of that time has expired.
#[derive(Default)]
pub(super) struct Doubts {
    /// Whether there is any doubt: the only thing that readers look at most of the time.
    any: AtomicBool,
    state: Mutex<State>,
    raised: Notify,
}

#[derive(Default)]
struct State {
    /// With the number of the latest doubt, and its end.
    keys: HashMap<String, (u64, Instant)>,
    next: u64,
    everything_until: Option<Instant>,
}

impl Doubts {
    /// Puts keys in doubt, and answers the number that settles it.
    pub(super) fn raise(&self, keys: &[String]) -> u64 {
        let mut state = self.state();
        let number = state.next;
        state.next += 1;
        let end = Instant::now() + LONGEST_SHARED_LIFE;
        if state.keys.len() + keys.len() > MOST {
            state.keys.clear();
            state.everything_until = Some(end);
        } else {
            state.keys.extend(keys.iter().map(|key| (key.clone(), (number, end))));
        }
        self.any.store(true, Ordering::SeqCst);
        drop(state);
        self.raised.notify_one();
        number
    }

    /// Ends the doubt about keys, unless it has been raised again since.
    pub(super) fn settle(&self, keys: &[String], number: u64) {
        let mut state = self.state();
        for key in keys {
            if state.keys.get(key).is_some_and(|(latest, _)| *latest <= number) {
                state.keys.remove(key);
            }
        }
        self.note(&mut state, Instant::now());
    }

    /// Whether the shared copy may be outdated.
    pub(super) fn has(&self, key: &str) -> bool {
        if !self.any.load(Ordering::SeqCst) {
            return false;
        }
        let (now, state) = (Instant::now(), self.state());
        state.everything_until.is_some_and(|end| now < end) || state.keys.get(key).is_some_and(|(_, end)| now < *end)
    }

    /// The keys in doubt and the number that settles them, for a removal that begins now.
    pub(super) fn open(&self) -> (Vec<String>, u64) {
        let mut state = self.state();
        let now = Instant::now();
        state.keys.retain(|_, (_, end)| now < *end);
        self.note(&mut state, now);
        (state.keys.keys().cloned().collect(), state.next.saturating_sub(1))
    }

    /// Waits until a doubt is raised.
    pub(super) async fn raised(&self) {
        self.raised.notified().await;
    }

    fn note(&self, state: &mut State, now: Instant) {
        state.everything_until = state.everything_until.filter(|end| now < *end);
        self.any.store(!state.keys.is_empty() || state.everything_until.is_some(), Ordering::SeqCst);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_doubt_ends_with_a_removal_that_began_after_it() {
        let doubts = Doubts::default();
        assert!(!doubts.has("a"));
        let first = doubts.raise(&keys(&["a", "b"]));
        let second = doubts.raise(&keys(&["a"]));
        doubts.settle(&keys(&["a", "b"]), first);
        assert!(doubts.has("a"), "the first removal may have come before the second change");
        assert!(!doubts.has("b"));
        assert_eq!(doubts.open(), (keys(&["a"]), second));
        doubts.settle(&keys(&["a"]), second);
        assert!(!doubts.has("a"));
        assert!(!doubts.any.load(Ordering::SeqCst));
    }

    #[test]
    fn too_many_doubts_are_a_doubt_about_everything() {
        let doubts = Doubts::default();
        let many: Vec<String> = (0..=MOST).map(|number| number.to_string()).collect();
        doubts.raise(&many);
        assert!(doubts.has("never mentioned"));
        assert_eq!(doubts.open().0, keys(&[]), "and takes no space");
    }
}
