//! Two instances on one database: what one of them changes, the other one knows, with a shared cache and without.

mod oracle;
mod revocation;

use std::time::{Duration, Instant};

use irontrack_tests::harness::{App, CacheServer};

/// The time within which another instance must know.
const LIMIT: Duration = Duration::from_secs(1);

/// What the instances have between them besides the database.
enum Between {
    Nothing,
    Valkey(CacheServer),
}

impl Between {
    fn settings(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Valkey(cache) => vec![("CACHE_URL", cache.url())],
        }
    }

    /// Two instances.
    fn start(&self) -> [App; 2] {
        let settings = self.settings();
        let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let first = App::start_with(&settings);
        let second = first.beside(&settings);
        [first, second]
    }
}

/// Asks until the condition holds, and answers how long it took. Fails when it takes longer than the limit.
fn until(what: &str, condition: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    loop {
        // Before the question: what the answer shows was so at this time.
        let elapsed = start.elapsed();
        if condition() {
            return elapsed;
        }
        assert!(elapsed < LIMIT, "after {elapsed:?} still not: {what}");
    }
}

/// Prints a distribution, and fails if the other instance did not hear but only let its copies expire.
fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!("{what}: {} times, median {:?}, p99 {:?}, longest {:?}", times.len(), at(50), at(99), at(100));
    assert!(at(50) < Duration::from_millis(100), "{what}: half of all messages took longer than {:?}", at(50));
}

/// How often a long test does what it does: a few times, or as often as `IRONTRACK_TEST_ROUNDS` says.
#[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the program")]
fn rounds(usual: usize) -> usize {
    std::env::var("IRONTRACK_TEST_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}
