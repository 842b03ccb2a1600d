//! Events as they are stored.

use std::collections::BTreeSet;

use irontrack_ports::query::{AuditFilter, AuditQueries, RecordedEvent};

use super::unreadable;
use crate::Failure;

/// Numbers are given before transactions commit: an event can appear so many numbers late and is still found.
const LATE: i64 = 500;

/// Events that are asked for at a time.
const PAGE: i64 = 1000;

/// Follows the trail, and hands out each event once.
pub(super) struct Follower<'a> {
    trail: &'a dyn AuditQueries,
    /// Numbers that were seen, as far as they may come again.
    seen: BTreeSet<i64>,
}

impl<'a> Follower<'a> {
    /// Starts at the end of the trail.
    pub(super) async fn start(trail: &'a dyn AuditQueries) -> Result<Self, Failure> {
        let newest = trail.newest(&AuditFilter::default(), 1).await.map_err(|error| unreadable(&error))?;
        let mut follower = Self { trail, seen: newest.iter().map(|recorded| recorded.id).collect() };
        follower.fresh().await?;
        Ok(follower)
    }

    /// What was stored since the last question, by ascending number.
    pub(super) async fn fresh(&mut self) -> Result<Vec<RecordedEvent>, Failure> {
        let mut fresh = Vec::new();
        let mut after = self.seen.last().map_or(0, |last| last - LATE);
        self.seen = self.seen.split_off(&after);
        loop {
            let page = self.trail.after(after, PAGE).await.map_err(|error| unreadable(&error))?;
            let Some(last) = page.last() else { return Ok(fresh) };
            after = last.id;
            fresh.extend(page.into_iter().filter(|recorded| self.seen.insert(recorded.id)));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use async_trait::async_trait;
    use chrono::DateTime;
    use irontrack_domain::audit::{AuditAction, AuditEvent, Origin};
    use irontrack_ports::RepositoryError;

    use super::*;

    /// A trail whose numbers are put in by hand.
    #[derive(Default)]
    struct Trail(Mutex<BTreeSet<i64>>);

    impl Trail {
        fn store(&self, ids: impl IntoIterator<Item = i64>) {
            self.0.lock().unwrap().extend(ids);
        }
    }

    fn events(ids: impl Iterator<Item = i64>) -> Vec<RecordedEvent> {
        let event = AuditEvent::new(DateTime::UNIX_EPOCH, Origin::command_line(), None, AuditAction::SignedOut);
        ids.map(|id| RecordedEvent { id, event: event.clone() }).collect()
    }

    #[async_trait]
    impl AuditQueries for Trail {
        async fn newest(&self, _: &AuditFilter, limit: i64) -> Result<Vec<RecordedEvent>, RepositoryError> {
            let limit = usize::try_from(limit).unwrap();
            Ok(events(self.0.lock().unwrap().iter().rev().take(limit).copied()))
        }

        async fn after(&self, after: i64, limit: i64) -> Result<Vec<RecordedEvent>, RepositoryError> {
            let limit = usize::try_from(limit).unwrap();
            Ok(events(self.0.lock().unwrap().range(after + 1..).take(limit).copied()))
        }
    }

    async fn fresh(follower: &mut Follower<'_>) -> Vec<i64> {
        follower.fresh().await.unwrap().iter().map(|recorded| recorded.id).collect()
    }

    #[tokio::test]
    async fn each_event_comes_once_however_late_it_is() {
        let trail = Trail::default();
        trail.store((1..2000).filter(|id| id % 2 == 0));
        let mut follower = Follower::start(&trail).await.unwrap();
        assert_eq!(fresh(&mut follower).await, [0; 0], "what was there is not new");
        trail.store([1997, 2001]);
        assert_eq!(fresh(&mut follower).await, [1997, 2001]);
        trail.store([1999, 1601]);
        assert_eq!(fresh(&mut follower).await, [1601, 1999]);
        assert_eq!(fresh(&mut follower).await, [0; 0]);
        trail.store(3000..6000);
        assert_eq!(fresh(&mut follower).await, (3000..6000).collect::<Vec<_>>());
        assert!(follower.seen.len() < 6000, "what cannot come again is forgotten");
    }

    #[tokio::test]
    async fn an_empty_trail_is_followed_from_its_first_event() {
        let trail = Trail::default();
        let mut follower = Follower::start(&trail).await.unwrap();
        trail.store([7]);
        assert_eq!(fresh(&mut follower).await, [7]);
    }
}
