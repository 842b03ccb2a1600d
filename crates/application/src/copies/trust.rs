//! Whether copies in this process may be used: only while messages are known to arrive.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

/// How often the own heartbeat is sent.
pub(super) const BEAT: Duration = Duration::from_millis(300);

/// Copies are used for this long after a heartbeat that was heard: two may be missed, and a moment for the way.
const PATIENCE: Duration = Duration::from_millis(650);

/// The latest of the own heartbeats that came back, for each channel.
///
/// A channel keeps the order, so whoever hears a heartbeat has heard everything that was sent before it. What counts is
/// therefore when it was sent.
pub(super) struct Trust {
    start: Instant,
    /// Milliseconds from the start to the latest heartbeat, plus one; 0 for none.
    beats: Vec<AtomicU64>,
}

impl Trust {
    pub(super) fn new(channels: usize) -> Self {
        Self { start: Instant::now(), beats: (0..channels).map(|_| AtomicU64::new(0)).collect() }
    }

    /// The time to send in a heartbeat.
    pub(super) fn now(&self) -> u64 {
        self.time(Instant::now())
    }

    fn time(&self, now: Instant) -> u64 {
        u64::try_from(now.duration_since(self.start).as_millis()).unwrap_or(u64::MAX - 1)
    }

    /// A heartbeat of that time has come back over a channel.
    pub(super) fn heard(&self, channel: usize, sent: u64) {
        if let Some(beat) = self.beats.get(channel) {
            beat.fetch_max(sent.min(self.now()) + 1, Ordering::SeqCst);
        }
    }

    /// A channel is not listened to any more.
    pub(super) fn withdraw(&self, channel: usize) {
        if let Some(beat) = self.beats.get(channel) {
            beat.store(0, Ordering::SeqCst);
        }
    }

    /// Whether messages arrive over some channel.
    pub(super) fn is_given(&self) -> bool {
        self.is_given_at(Instant::now())
    }

    fn is_given_at(&self, now: Instant) -> bool {
        let now = self.time(now);
        let patience = u64::try_from(PATIENCE.as_millis()).unwrap_or(u64::MAX);
        self.beats.iter().any(|beat| match beat.load(Ordering::SeqCst) {
            0 => false,
            beat => now.saturating_sub(beat - 1) < patience,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trust_ends_when_two_heartbeats_are_missed() {
        let trust = Trust::new(2);
        let at = |milliseconds| trust.start + Duration::from_millis(milliseconds);
        assert!(!trust.is_given_at(at(0)), "nothing was heard yet");
        trust.heard(1, 0);
        assert!(trust.is_given_at(at(0)));
        assert!(trust.is_given_at(at(649)));
        assert!(!trust.is_given_at(at(650)));
        trust.withdraw(1);
        assert!(!trust.is_given_at(at(0)));
    }

    #[test]
    fn a_heartbeat_counts_from_when_it_was_sent() {
        let trust = Trust::new(1);
        trust.heard(0, u64::MAX);
        assert!(!trust.is_given_at(trust.start + Duration::from_secs(3600)), "none is from the future");
    }

    #[test]
    fn without_a_channel_there_is_none() {
        assert!(!Trust::new(0).is_given());
    }
}
