//! Waiting: for something that nobody announces, while a fault lasts, and until work is done.

use std::time::{Duration, Instant};

/// Lets time pass: a fault has to last a while.
#[expect(clippy::disallowed_methods, reason = "nothing is waited for: this is how long a fault lasts")]
pub fn last(duration: Duration) {
    std::thread::sleep(duration);
}

/// Asks every few milliseconds until the answer is yes, and tells after how long that was asked. Panics when it is no
/// although the limit was over when it was asked: however long the answer takes, it says how things were after the
/// question.
pub fn until(limit: Duration, what: &str, mut probe: impl FnMut() -> bool) -> Duration {
    let start = Instant::now();
    loop {
        let asked = start.elapsed();
        if probe() {
            return asked;
        }
        assert!(asked < limit, "expected within {limit:?}: {what}");
        last(Duration::from_millis(5));
    }
}

/// Does something on another thread, and something else again and again until it is done: asking, so that copies of the
/// answers are there when slow work ends.
pub fn during<T: Send>(work: impl FnOnce() -> T + Send, mut meanwhile: impl FnMut()) -> T {
    std::thread::scope(|scope| {
        let working = scope.spawn(work);
        while !working.is_finished() {
            meanwhile();
        }
        working.join().expect("the work is done")
    })
}
