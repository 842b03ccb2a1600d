//! Who may compute now, who waits, and who is sent away.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use irontrack_ports::{
    HashError,
    tally::{HASHES_REFUSED, HashQueueState},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::HasherSettings;
use super::stored::unexpected;

/// A fixed number of permits with a queue of bounded length in front.
#[derive(Debug)]
pub(crate) struct Admission {
    permits: Arc<Semaphore>,
    /// How many permits there are in all.
    all: usize,
    waiting: AtomicUsize,
    queue_limit: usize,
}

impl Admission {
    pub(super) fn new(settings: HasherSettings) -> Self {
        let all = settings.permits.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            permits: Arc::new(Semaphore::new(all)),
            all,
            waiting: AtomicUsize::new(0),
            queue_limit: settings.queue_limit,
        }
    }

    /// How full it is now.
    pub(super) fn state(&self) -> HashQueueState {
        HashQueueState {
            permits: self.all,
            running: self.all.saturating_sub(self.permits.available_permits()),
            waiting: self.waiting.load(Ordering::Acquire),
            limit: self.queue_limit,
        }
    }

    /// Whether somebody who came now would get a permit or a place in the queue.
    pub(super) fn check_room(&self) -> Result<(), HashError> {
        let is_full = self.permits.available_permits() == 0 && self.waiting.load(Ordering::Acquire) >= self.queue_limit;
        if is_full { Err(refused()) } else { Ok(()) }
    }

    /// Answers a permit, after a wait in the queue if need be.
    pub(crate) async fn enter(&self) -> Result<OwnedSemaphorePermit, HashError> {
        // Nobody is overtaken: a permit that becomes free goes to the queue and is never seen here.
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        let _place = Place::take(self)?;
        Arc::clone(&self.permits).acquire_owned().await.map_err(unexpected)
    }
}

/// What somebody is told for whom there is no room.
fn refused() -> HashError {
    HASHES_REFUSED.number.increment();
    HashError::Busy
}

/// A place in the queue. Given back when dropped, also by somebody who stops waiting.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(admission: &'a Admission) -> Result<Self, HashError> {
        let one_more = |waiting| (waiting < admission.queue_limit).then_some(waiting + 1);
        match admission.waiting.fetch_update(Ordering::AcqRel, Ordering::Acquire, one_more) {
            Ok(_) => Ok(Self(&admission.waiting)),
            Err(_) => Err(refused()),
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    fn admission(permits: usize, queue_limit: usize) -> Admission {
        Admission::new(HasherSettings { permits, queue_limit })
    }

    /// Lets the future run up to its first wait.
    macro_rules! poll_once {
        ($future:expr) => {
            $future.as_mut().poll(&mut Context::from_waker(Waker::noop()))
        };
    }

    /// Whether somebody who comes now is sent away. Waits for nothing: in a queue without a bound nobody would be.
    fn sends_away(admission: &Admission) -> bool {
        matches!(poll_once!(pin!(admission.enter())), Poll::Ready(Err(HashError::Busy)))
    }

    #[tokio::test]
    async fn whoever_finds_the_queue_full_is_sent_away_at_once() {
        let admission = admission(1, 2);
        let inside = admission.enter().await.unwrap();
        let (mut first, mut second) = (pin!(admission.enter()), pin!(admission.enter()));
        assert!(poll_once!(first).is_pending());
        assert_eq!(admission.state(), HashQueueState { permits: 1, running: 1, waiting: 1, limit: 2 });
        assert!(admission.check_room().is_ok(), "one place is left");
        assert!(poll_once!(second).is_pending());
        assert!(matches!(admission.check_room(), Err(HashError::Busy)));
        assert!(sends_away(&admission));

        drop(inside);
        let inside = first.await.unwrap();
        let mut third = pin!(admission.enter());
        assert!(poll_once!(third).is_pending(), "a free permit goes to the queue");
        assert!(sends_away(&admission));
        drop(inside);
        drop(second.await.unwrap());
        drop(third.await.unwrap());
        assert_eq!(admission.waiting.load(Ordering::Acquire), 0);
    }

    #[tokio::test]
    async fn whoever_stops_waiting_gives_the_place_back() {
        let admission = admission(1, 1);
        let inside = admission.enter().await.unwrap();
        for _ in 0..10 {
            let mut waiting = Box::pin(admission.enter());
            assert!(poll_once!(waiting).is_pending());
            assert_eq!(admission.waiting.load(Ordering::Acquire), 1);
        }
        assert_eq!(admission.waiting.load(Ordering::Acquire), 0);
        drop(inside);
        drop(admission.enter().await.unwrap());
    }

    #[tokio::test]
    async fn a_queue_of_length_zero_refuses_while_all_permits_are_taken() {
        let admission = admission(2, 0);
        let (_one, two) = (admission.enter().await.unwrap(), admission.enter().await.unwrap());
        assert!(sends_away(&admission));
        drop(two);
        drop(admission.enter().await.unwrap());
    }

    #[tokio::test]
    async fn there_is_at_least_one_permit() {
        drop(admission(0, 0).enter().await.unwrap());
    }
}
