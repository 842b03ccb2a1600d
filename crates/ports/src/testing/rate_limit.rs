//! The contract of [`RateLimiter`].

use std::time::{Duration, Instant};

use uuid::Uuid;

use super::join::all;
use crate::{RateLimit, RateLimiter, Receipt, Taken};

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(600);

/// What clocks and rounding may differ by.
const TOLERANCE: Duration = Duration::from_millis(5);

fn key() -> String {
    format!("contract:{}", Uuid::new_v4())
}

const fn limit(limit: u32, window: Duration) -> RateLimit {
    RateLimit { limit, window }
}

async fn take(limiter: &dyn RateLimiter, key: &str, limit: RateLimit) -> Taken {
    limiter.take(key, limit).await.expect("the limiter answers")
}

async fn counted(limiter: &dyn RateLimiter, key: &str, limit: RateLimit) -> Receipt {
    match take(limiter, key, limit).await {
        Taken::Counted(receipt) => receipt,
        Taken::Refused { retry_after } => panic!("{key}: expected a count, was refused for {retry_after:?}"),
    }
}

async fn refused(limiter: &dyn RateLimiter, key: &str, limit: RateLimit) -> Duration {
    match take(limiter, key, limit).await {
        Taken::Refused { retry_after } => retry_after,
        Taken::Counted(_) => panic!("{key}: counted beyond {limit:?}"),
    }
}

async fn give_back(limiter: &dyn RateLimiter, key: &str, receipt: &Receipt) {
    limiter.give_back(key, receipt).await.expect("the limiter answers");
}

/// Tries until one is counted. Fails after ten seconds.
async fn wait(limiter: &dyn RateLimiter, key: &str, limit: RateLimit) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while let Taken::Refused { retry_after } = take(limiter, key, limit).await {
        assert!(Instant::now() < deadline, "{key}: refused beyond {limit:?}, and for {retry_after:?} more");
    }
}

/// Runs the whole suite.
pub async fn contract(limiter: &dyn RateLimiter) {
    the_limit_is_reached(limiter).await;
    the_waiting_time_is_that_of_the_oldest_count(limiter).await;
    a_count_given_back_is_free(limiter).await;
    a_count_is_given_back_once(limiter).await;
    a_receipt_is_good_for_its_key_only(limiter).await;
    keys_are_independent(limiter).await;
    at_the_same_time_no_more_are_counted(limiter).await;
    a_count_ends_with_its_window(limiter).await;
    the_window_slides(limiter).await;
    refusals_are_not_counted(limiter).await;
}

/// As many as the limit, and no more.
pub async fn the_limit_is_reached(limiter: &dyn RateLimiter) {
    for most in [1, 3, 100] {
        let (key, limit) = (key(), limit(most, LONG));
        for _ in 0..most {
            counted(limiter, &key, limit).await;
        }
        refused(limiter, &key, limit).await;
        refused(limiter, &key, limit).await;
    }
}

/// What is left of the window of the oldest count.
pub async fn the_waiting_time_is_that_of_the_oldest_count(limiter: &dyn RateLimiter) {
    let (key, limit) = (key(), limit(2, LONG));
    let before = Instant::now();
    counted(limiter, &key, limit).await;
    let after = Instant::now();
    let (timer, short) = (self::key(), self::limit(1, Duration::from_millis(50)));
    counted(limiter, &timer, short).await;
    wait(limiter, &timer, short).await;
    counted(limiter, &key, limit).await;
    let most = LONG.saturating_sub(after.elapsed());
    let waiting = refused(limiter, &key, limit).await;
    let least = LONG.saturating_sub(before.elapsed());
    assert!(waiting + TOLERANCE >= least && waiting <= most + TOLERANCE, "{waiting:?} is not {least:?} to {most:?}");
}

/// What is given back can be taken again.
pub async fn a_count_given_back_is_free(limiter: &dyn RateLimiter) {
    let (key, limit) = (key(), limit(2, LONG));
    for _ in 0..20 {
        let receipt = counted(limiter, &key, limit).await;
        give_back(limiter, &key, &receipt).await;
    }
    let first = counted(limiter, &key, limit).await;
    counted(limiter, &key, limit).await;
    refused(limiter, &key, limit).await;
    give_back(limiter, &key, &first).await;
    counted(limiter, &key, limit).await;
    refused(limiter, &key, limit).await;
}

/// A receipt cannot be used twice.
pub async fn a_count_is_given_back_once(limiter: &dyn RateLimiter) {
    let (key, limit) = (key(), limit(2, LONG));
    let first = counted(limiter, &key, limit).await;
    counted(limiter, &key, limit).await;
    give_back(limiter, &key, &first).await;
    give_back(limiter, &key, &first).await;
    counted(limiter, &key, limit).await;
    refused(limiter, &key, limit).await;
}

/// Neither another key's receipt nor a made-up one frees anything.
pub async fn a_receipt_is_good_for_its_key_only(limiter: &dyn RateLimiter) {
    let (one, two, limit) = (key(), key(), limit(1, LONG));
    let receipt = counted(limiter, &one, limit).await;
    counted(limiter, &two, limit).await;
    for foreign in [receipt, Receipt(String::new()), Receipt("made up".to_owned())] {
        give_back(limiter, &two, &foreign).await;
        refused(limiter, &two, limit).await;
    }
}

/// A full key fills no other.
pub async fn keys_are_independent(limiter: &dyn RateLimiter) {
    let (one, two, limit) = (key(), key(), limit(1, LONG));
    counted(limiter, &one, limit).await;
    refused(limiter, &one, limit).await;
    counted(limiter, &two, limit).await;
    refused(limiter, &one, limit).await;
}

/// Calls at once share the limit.
pub async fn at_the_same_time_no_more_are_counted(limiter: &dyn RateLimiter) {
    let (key, limit) = (key(), limit(7, LONG));
    let taken = all((0..50).map(|_| take(limiter, &key, limit))).await;
    let receipts: Vec<_> = taken
        .into_iter()
        .filter_map(|taken| match taken {
            Taken::Counted(receipt) => Some(receipt),
            Taken::Refused { .. } => None,
        })
        .collect();
    assert_eq!(receipts.len(), 7);
    all(receipts.iter().map(|receipt| give_back(limiter, &key, receipt))).await;
    for _ in 0..7 {
        counted(limiter, &key, limit).await;
    }
    refused(limiter, &key, limit).await;
}

/// A count ends by itself, not early and not much later.
pub async fn a_count_ends_with_its_window(limiter: &dyn RateLimiter) {
    let window = Duration::from_millis(100);
    let (key, limit) = (key(), limit(1, window));
    let started = Instant::now();
    counted(limiter, &key, limit).await;
    wait(limiter, &key, limit).await;
    assert!(started.elapsed() + TOLERANCE >= window, "free after {:?} already", started.elapsed());
}

/// The window is that before each call: it does not begin anew for all counts at once.
pub async fn the_window_slides(limiter: &dyn RateLimiter) {
    let window = Duration::from_secs(1);
    let (key, limit) = (key(), limit(2, window));
    let (half, whole) = (self::limit(1, window / 2), self::limit(1, window));
    counted(limiter, &key, limit).await;
    let (half_time, end) = (self::key(), self::key());
    counted(limiter, &half_time, half).await;
    counted(limiter, &end, whole).await;
    wait(limiter, &half_time, half).await;
    let second = Instant::now();
    counted(limiter, &key, limit).await;
    wait(limiter, &end, whole).await;
    // The first count has ended by now, the second one still counts.
    counted(limiter, &key, limit).await;
    let taken = take(limiter, &key, limit).await;
    // Unless the machine was asleep for half a window.
    if second.elapsed() + TOLERANCE < window {
        assert!(matches!(taken, Taken::Refused { .. }), "a count ended before its window");
    }
}

/// Whoever keeps trying does not have to wait longer for it.
pub async fn refusals_are_not_counted(limiter: &dyn RateLimiter) {
    let (key, limit) = (key(), limit(1, LONG));
    let receipt = counted(limiter, &key, limit).await;
    let first = refused(limiter, &key, limit).await;
    for _ in 0..20 {
        assert!(refused(limiter, &key, limit).await <= first + TOLERANCE, "the waiting time grew");
    }
    give_back(limiter, &key, &receipt).await;
    counted(limiter, &key, limit).await;
}
