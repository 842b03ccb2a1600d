//! The rate limiter under contention, at its limits, and against the contract of the port.

use std::thread;
use std::time::Duration;

use super::*;

const LONG: RateLimit = RateLimit { limit: 3, window: Duration::from_secs(600) };

fn is_counted(limiter: &MemoryRateLimiter, key: &str, limit: RateLimit) -> bool {
    matches!(limiter.count(key, limit), Taken::Counted(_))
}

#[tokio::test]
async fn the_contract_holds() {
    irontrack_ports::testing::rate_limit::contract(&MemoryRateLimiter::new(16 << 20)).await;
}

#[test]
fn of_many_threads_no_more_than_the_limit_are_counted() {
    let limiter = MemoryRateLimiter::new(1 << 20);
    for round in 0..300 {
        let key = format!("key {round}");
        let counted: usize = thread::scope(|scope| {
            let threads: Vec<_> =
                (0..4).map(|_| scope.spawn(|| (0..5).filter(|_| is_counted(&limiter, &key, LONG)).count())).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum()
        });
        assert_eq!(counted, 3, "round {round}");
    }
}

#[test]
fn giving_back_meets_taking() {
    let limiter = MemoryRateLimiter::new(1 << 20);
    let full = RateLimit { limit: 4, ..LONG };
    // No more threads than the limit: each finds room, because each gives back what it took.
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..5000 {
                    match limiter.count("key", full) {
                        Taken::Counted(receipt) => limiter.uncount("key", &receipt),
                        Taken::Refused { retry_after } => panic!("refused for {retry_after:?}"),
                    }
                }
            });
        }
    });
    assert_eq!(limiter.bytes(), 0, "nothing is left");
}

#[test]
fn the_size_is_bounded_and_the_least_recently_used_are_forgotten() {
    const CAPACITY: usize = 100_000;
    let limiter = MemoryRateLimiter::new(CAPACITY);
    let one = RateLimit { limit: 1, ..LONG };
    assert!(is_counted(&limiter, "attacked", one));
    assert!(is_counted(&limiter, "quiet", one));
    for round in 0..2000 {
        assert!(is_counted(&limiter, &format!("key {round}"), one), "{round}");
        assert!(!is_counted(&limiter, "attacked", one), "forgotten in round {round}, although it was in use");
        assert!(limiter.bytes() <= CAPACITY, "{} bytes", limiter.bytes());
    }
    assert!(limiter.bytes() > CAPACITY * 9 / 10, "{} bytes", limiter.bytes());
    assert!(!is_counted(&limiter, "key 1999", one), "the newest key is remembered");
    assert!(is_counted(&limiter, "quiet", one), "the oldest key is forgotten");
}

#[test]
fn what_has_ended_takes_no_space() {
    let limiter = MemoryRateLimiter::new(1 << 20);
    let short = RateLimit { limit: 3, window: Duration::from_millis(20) };
    for round in 0..100 {
        assert!(is_counted(&limiter, &format!("key {round}"), short));
    }
    let full = limiter.bytes();
    // Time passes; every use of the limiter then drops more than it puts in.
    let deadline = Instant::now() + Duration::from_secs(10);
    while limiter.bytes() > full / 50 {
        assert!(Instant::now() < deadline, "{} of {full} bytes are left", limiter.bytes());
        let _taken = limiter.count("another", short);
    }
}

#[test]
fn debug_shows_no_key() {
    let limiter = MemoryRateLimiter::new(1 << 20);
    assert!(is_counted(&limiter, "jo@example.com", LONG));
    assert_eq!(format!("{limiter:?}"), "MemoryRateLimiter { .. }");
}
