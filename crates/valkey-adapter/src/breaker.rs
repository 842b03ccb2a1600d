//! Stops asking a server that does not answer.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many failures in a row open the breaker.
const FAILURES: u32 = 5;

/// How long an open breaker waits before it lets one call through.
const PAUSE: Duration = Duration::from_secs(1);

/// Closed while calls succeed. After a number of failures in a row it opens: calls are refused without a wait, but for
/// one in a while that probes the server. A success closes it.
#[derive(Debug, Default)]
pub(crate) struct Breaker {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failures: u32,
    next_probe: Option<Instant>,
}

/// What a result did to the breaker.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Change {
    None,
    Opened,
    Closed,
}

impl Breaker {
    /// Whether a call may be made now.
    pub(crate) fn admits(&self, now: Instant) -> bool {
        let mut state = self.state();
        match state.next_probe {
            None => true,
            Some(time) if time <= now => {
                state.next_probe = Some(now + PAUSE);
                true
            }
            Some(_) => false,
        }
    }

    /// Whether calls are refused, but for probes.
    pub(crate) fn is_open(&self) -> bool {
        self.state().next_probe.is_some()
    }

    /// Notes how a call ended.
    pub(crate) fn note(&self, succeeded: bool, now: Instant) -> Change {
        let mut state = self.state();
        let was_open = state.next_probe.is_some();
        if succeeded {
            *state = State::default();
            return if was_open { Change::Closed } else { Change::None };
        }
        state.failures = state.failures.saturating_add(1);
        if was_open || state.failures < FAILURES {
            return Change::None;
        }
        state.next_probe = Some(now + PAUSE);
        Change::Opened
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_after_five_failures_in_a_row() {
        let (breaker, now) = (Breaker::default(), Instant::now());
        for _ in 0..3 {
            for _ in 0..4 {
                assert_eq!(breaker.note(false, now), Change::None);
                assert!(breaker.admits(now));
            }
            assert_eq!(breaker.note(true, now), Change::None);
        }
        for _ in 0..4 {
            assert_eq!(breaker.note(false, now), Change::None);
        }
        assert!(!breaker.is_open());
        assert_eq!(breaker.note(false, now), Change::Opened);
        assert!(!breaker.admits(now));
        assert!(breaker.is_open());
    }

    #[test]
    fn it_lets_one_probe_through_each_second_until_one_succeeds() {
        let (breaker, start) = (Breaker::default(), Instant::now());
        for _ in 0..FAILURES {
            breaker.note(false, start);
        }
        for second in 1..4 {
            let now = start + PAUSE * second;
            assert!(!breaker.admits(start + Duration::from_millis(u64::from(second) * 1000 - 1)));
            assert!(breaker.admits(now));
            assert!(!breaker.admits(now));
            assert_eq!(breaker.note(false, now), Change::None);
        }
        assert_eq!(breaker.note(true, start + PAUSE * 4), Change::Closed);
        assert!(breaker.admits(start));
        assert_eq!(breaker.note(false, start), Change::None, "it counts anew");
    }
}
