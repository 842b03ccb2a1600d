//! Two limiters that agree, and one that goes away.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::*;

const THREE: RateLimit = RateLimit { limit: 3, window: Duration::from_secs(600) };

/// A shared limiter that can be away, and can lose what it has counted.
struct Shared {
    limiter: std::sync::Mutex<Arc<MemoryRateLimiter>>,
    is_away: AtomicBool,
}

impl Shared {
    fn new() -> Arc<Self> {
        Arc::new(Self { limiter: std::sync::Mutex::new(memory().into()), is_away: AtomicBool::new(false) })
    }

    fn set_away(&self, is_away: bool) {
        self.is_away.store(is_away, Ordering::Relaxed);
    }

    fn forget_all(&self) {
        *self.limiter.lock().unwrap() = memory().into();
    }

    fn limiter(&self) -> Result<Arc<MemoryRateLimiter>, RateLimitError> {
        if self.is_away.load(Ordering::Relaxed) {
            return Err(RateLimitError("away".to_owned()));
        }
        Ok(self.limiter.lock().unwrap().clone())
    }
}

#[async_trait]
impl RateLimiter for Shared {
    async fn take(&self, key: &str, limit: RateLimit) -> Result<Taken, RateLimitError> {
        self.limiter()?.take(key, limit).await
    }

    async fn give_back(&self, key: &str, receipt: &Receipt) -> Result<(), RateLimitError> {
        self.limiter()?.give_back(key, receipt).await
    }
}

fn memory() -> MemoryRateLimiter {
    MemoryRateLimiter::new(16 << 20)
}

fn process(shared: &Arc<Shared>) -> LayeredRateLimiter {
    LayeredRateLimiter::new(memory(), shared.clone())
}

/// How many of ten are counted.
async fn counted_of_ten(limiter: &dyn RateLimiter, key: &str) -> usize {
    let mut counted = 0;
    for _ in 0..10 {
        counted += usize::from(matches!(limiter.take(key, THREE).await.unwrap(), Taken::Counted(_)));
    }
    counted
}

async fn take(limiter: &dyn RateLimiter, key: &str) -> Receipt {
    match limiter.take(key, THREE).await.unwrap() {
        Taken::Counted(receipt) => receipt,
        Taken::Refused { retry_after } => panic!("refused for {retry_after:?}"),
    }
}

#[tokio::test]
async fn the_contract_holds_with_the_shared_limiter_and_without() {
    let shared = Shared::new();
    irontrack_ports::testing::rate_limit::contract(&process(&shared)).await;
    shared.set_away(true);
    irontrack_ports::testing::rate_limit::contract(&process(&shared)).await;
}

#[tokio::test]
async fn processes_share_the_limit() {
    let shared = Shared::new();
    let (one, other) = (process(&shared), process(&shared));
    let receipt = take(&one, "key").await;
    take(&other, "key").await;
    take(&one, "key").await;
    assert_eq!(counted_of_ten(&other, "key").await, 0);
    assert_eq!(counted_of_ten(&one, "key").await, 0);
    // What was refused there is not counted here, and what is given back is free for all.
    one.give_back("key", &receipt).await.unwrap();
    take(&other, "key").await;
    assert_eq!(counted_of_ten(&one, "key").await, 0);
    assert_eq!(counted_of_ten(&other, "key").await, 0);
}

#[tokio::test]
async fn without_the_shared_limiter_each_process_limits_itself() {
    let shared = Shared::new();
    let (one, other) = (process(&shared), process(&shared));
    take(&one, "key").await;
    take(&other, "key").await;
    shared.set_away(true);
    // Each goes on where it was.
    assert_eq!(counted_of_ten(&one, "key").await, 2);
    assert_eq!(counted_of_ten(&other, "key").await, 2);
}

#[tokio::test]
async fn an_outage_does_not_start_the_count_anew() {
    let shared = Shared::new();
    let limiter = process(&shared);
    for _ in 0..3 {
        shared.set_away(true);
        take(&limiter, "key").await;
        shared.set_away(false);
        shared.forget_all();
    }
    assert_eq!(counted_of_ten(&limiter, "key").await, 0);
}

#[tokio::test]
async fn receipts_go_back_to_who_issued_them() {
    let shared = Shared::new();
    let (one, other) = (process(&shared), process(&shared));
    shared.set_away(true);
    let during = take(&one, "key").await;
    shared.set_away(false);
    // One of the time before and after an outage, and one that is given back in it.
    let before = take(&one, "key").await;
    let lost = take(&one, "key").await;
    assert_eq!(counted_of_ten(&one, "key").await, 0);
    one.give_back("key", &during).await.unwrap();
    one.give_back("key", &before).await.unwrap();
    shared.set_away(true);
    one.give_back("key", &lost).await.unwrap_err();
    shared.set_away(false);
    // The lost one still counts for all, and no more for the process that gave it back.
    assert_eq!(counted_of_ten(&other, "key").await, 2);
    shared.set_away(true);
    assert_eq!(counted_of_ten(&one, "key").await, 3);
}

#[tokio::test]
async fn whoever_is_refused_here_is_not_asked_about_there() {
    let shared = Shared::new();
    let limiter = process(&shared);
    assert_eq!(counted_of_ten(&limiter, "key").await, 3);
    shared.forget_all();
    assert_eq!(counted_of_ten(&limiter, "key").await, 0);
    assert_eq!(counted_of_ten(&*shared, "key").await, 3, "nothing was counted there");
}
