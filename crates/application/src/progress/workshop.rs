//! Long sums and drawings, away from the threads that answer everybody.
//!
//! A chart of 10 000 points takes a tenth of a second. As many are made at once as there are cores; who has to wait too
//! long for a place is sent away and may come again.

use std::{sync::Arc, thread::available_parallelism, time::Duration};

use irontrack_ports::RepositoryError;
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

/// How long somebody waits for a place.
const PATIENCE: Duration = Duration::from_secs(2);

/// The places.
pub(super) struct Workshop(Arc<Semaphore>);

impl Default for Workshop {
    fn default() -> Self {
        Self::new(available_parallelism().map_or(1, std::num::NonZero::get))
    }
}

impl Workshop {
    fn new(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places)))
    }

    /// Makes something on another thread.
    ///
    /// # Errors
    /// [`RepositoryError::Overloaded`] if no place was free in time.
    pub(super) async fn make<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, RepositoryError> {
        let Ok(Ok(place)) = timeout(PATIENCE, self.0.clone().acquire_owned()).await else {
            return Err(RepositoryError::Overloaded("others wait for sums and drawings".to_owned()));
        };
        // The place moves along: whoever asked may be gone before the work is done.
        let made = spawn_blocking(move || {
            let made = work();
            drop(place);
            made
        });
        made.await.map_err(|error| RepositoryError::Unexpected(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn whoever_finds_no_place_is_sent_away_and_may_come_again() {
        let workshop = Workshop::new(1);
        let place = workshop.0.clone().acquire_owned().await.unwrap();
        let refused = workshop.make(|| 2).await;
        assert!(matches!(refused, Err(RepositoryError::Overloaded(_))), "{refused:?}");
        drop(place);
        for made in [3, 4] {
            assert_eq!(workshop.make(move || made).await.ok(), Some(made));
        }
    }
}
