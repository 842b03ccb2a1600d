//! Removal of expired sessions in the background, as long as the server runs.

use std::time::Duration;

use irontrack_application::access::ExpiredSessions;
use irontrack_ports::RepositoryError;

/// From one sweep to the next, on average.
const INTERVAL: Duration = Duration::from_secs(10 * 60);

/// Removes expired sessions now and then, until the task is aborted. What it was doing then is rolled back.
pub(super) async fn sweep(expired: ExpiredSessions) {
    repeatedly(pause, || expired.sweep()).await;
}

async fn repeatedly<S>(pause: impl Fn() -> Duration, sweep: impl Fn() -> S)
where
    S: Future<Output = Result<usize, RepositoryError>>,
{
    loop {
        let pause = pause();
        tracing::debug!(seconds = pause.as_secs(), "until expired sessions are removed");
        tokio::time::sleep(pause).await;
        match sweep().await {
            Ok(0) => {}
            Ok(sessions) => tracing::info!(sessions, "expired sessions removed"),
            Err(error) => tracing::warn!(%error, "expired sessions were not removed; there will be another try"),
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
            () = repeatedly(|| Duration::ZERO, sweep) => panic!("it ended by itself"),
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
