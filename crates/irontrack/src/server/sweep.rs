//! Removal of what is over in the background, as long as the server runs.

use std::time::Duration;

use irontrack_application::{ForgottenRequests, access::ExpiredSessions, imports::ForgottenImports};
use irontrack_ports::RepositoryError;

/// From one sweep to the next, on average.
const INTERVAL: Duration = Duration::from_secs(10 * 60);

/// The use cases that remove what is over.
#[derive(Debug)]
pub(super) struct Sweepers {
    /// Sessions whose life is over.
    pub(super) sessions: ExpiredSessions,
    /// Answers that are not given again.
    pub(super) requests: ForgottenRequests,
    /// Imports that are over.
    pub(super) imports: ForgottenImports,
}

/// Removes what is over now and then, until the task is aborted. What it was doing then is rolled back.
pub(super) async fn sweep(Sweepers { sessions, requests, imports }: Sweepers) {
    tokio::join!(
        repeatedly("expired sessions", pause, || sessions.sweep()),
        repeatedly("kept answers", pause, || requests.sweep()),
        repeatedly("imports", pause, || imports.sweep()),
    );
}

async fn repeatedly<S>(what: &str, pause: impl Fn() -> Duration, sweep: impl Fn() -> S)
where
    S: Future<Output = Result<usize, RepositoryError>>,
{
    loop {
        let pause = pause();
        tracing::debug!(what, seconds = pause.as_secs(), "until they are removed");
        tokio::time::sleep(pause).await;
        match sweep().await {
            Ok(0) => {}
            Ok(number) => tracing::info!(what, number, "removed"),
            Err(error) => tracing::warn!(what, %error, "not removed; there will be another try"),
        }
    }
}

/// Never the same, so that servers that were started together do not go on together.
fn pause() -> Duration {
    INTERVAL.mul_f64(rand::random_range(0.5..1.5))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[tokio::test]
    async fn it_goes_on_after_a_failure_until_it_is_stopped() {
        let (sweeps, reached) = (Cell::new(0), tokio::sync::Notify::new());
        let sweep = async || {
            sweeps.set(sweeps.get() + 1);
            if sweeps.get() == 3 {
                reached.notify_one();
            }
            if sweeps.get() == 1 { Err(RepositoryError::Unavailable("away".into())) } else { Ok(7) }
        };
        tokio::select! {
            () = repeatedly("nothing", || Duration::ZERO, sweep) => panic!("it ended by itself"),
            () = reached.notified() => {}
        }
        assert_eq!(sweeps.get(), 3);
    }

    #[test]
    fn pauses_are_five_to_fifteen_minutes_and_differ() {
        let pauses: std::collections::HashSet<Duration> = (0..100).map(|_| pause()).collect();
        assert!(pauses.len() > 90, "{pauses:?}");
        assert!(pauses.iter().all(|pause| (300..=900).contains(&pause.as_secs())), "{pauses:?}");
    }
}
