//! Attempts at the same time: who waits for whom, and for how long. The clock stands still but for those who wait.

use std::{collections::HashSet, time::Duration};

use async_trait::async_trait;
use irontrack_domain::{UserId, account::Client};
use irontrack_ports::{RateLimit, RateLimitError, RateLimiter, Receipt, Taken};
use tokio::{
    sync::{Barrier, Mutex as Waiter},
    task::{JoinHandle, yield_now},
    time::sleep,
};
use uuid::Uuid;

use super::*;
use crate::access::{
    AccessLimits, AttemptError, TooManyRequests,
    limits::{Attempts, Counted},
};

const WINDOW: Duration = Duration::from_secs(15 * 60);
const SOON: Duration = Duration::from_secs(1);

/// One key, counted for ever, by a limiter that lets others go on while it counts.
#[derive(Default)]
struct Limiter {
    receipts: Waiter<HashSet<String>>,
    /// Whoever holds it keeps answers back.
    answers: Waiter<()>,
}

#[async_trait]
impl RateLimiter for Limiter {
    async fn take(&self, _: &str, limit: RateLimit) -> Result<Taken, RateLimitError> {
        yield_now().await;
        let mut receipts = self.receipts.lock().await;
        let is_full = receipts.len() >= limit.limit.try_into().unwrap();
        let receipt = Uuid::new_v4().to_string();
        if !is_full {
            receipts.insert(receipt.clone());
        }
        drop(receipts);
        drop(self.answers.lock().await);
        yield_now().await;
        if is_full { Ok(Taken::Refused { retry_after: limit.window }) } else { Ok(Taken::Counted(Receipt(receipt))) }
    }

    async fn give_back(&self, _: &str, receipt: &Receipt) -> Result<(), RateLimitError> {
        yield_now().await;
        self.receipts.lock().await.remove(&receipt.0);
        Ok(())
    }
}

fn attempts(limit: u32) -> Arc<Attempts> {
    attempts_with(Arc::default(), limit)
}

fn attempts_with(limiter: Arc<Limiter>, limit: u32) -> Arc<Attempts> {
    let limits = AccessLimits { password_change: limit, sign_up: limit, ..AccessLimits::OFF };
    Arc::new(Attempts::new(limiter, limits))
}

async fn count(attempts: &Attempts) -> Result<Counted, Duration> {
    match attempts.password_change(UserId::new(Uuid::nil())).await {
        Ok(counted) => Ok(counted),
        Err(AttemptError::TooMany(TooManyRequests { retry_after, .. })) => Err(retry_after),
        Err(AttemptError::NotCounted(error)) => panic!("{error}"),
    }
}

/// Begins an attempt and lets it run up to its first wait.
async fn begin(attempts: &Arc<Attempts>) -> JoinHandle<Result<Counted, Duration>> {
    let attempts = attempts.clone();
    let task = tokio::spawn(async move { count(&attempts).await });
    settle().await;
    task
}

/// Lets all tasks run until they wait.
async fn settle() {
    for _ in 0..100 {
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn who_finds_no_room_waits_for_the_outcome_of_others() {
    let attempts = attempts(2);
    let (first, second) = (count(&attempts).await.unwrap(), count(&attempts).await.unwrap());
    let (third, fourth) = (begin(&attempts).await, begin(&attempts).await);
    assert!(!third.is_finished() && !fourth.is_finished());
    attempts.give_back(first).await;
    settle().await;
    assert!(third.is_finished() && !fourth.is_finished(), "one is let in, in the order of arrival");
    let third = third.await.unwrap().unwrap();
    // One failure makes no room, but one success does.
    drop(second);
    settle().await;
    assert!(!fourth.is_finished());
    attempts.give_back(third).await;
    let fourth = fourth.await.unwrap().unwrap();
    // After another failure there is nothing to wait for.
    drop(fourth);
    assert_eq!(count(&attempts).await.map(|_| ()), Err(WINDOW));
    assert!(attempts.nothing_is_open());
}

#[tokio::test(start_paused = true)]
async fn who_waits_is_refused_as_soon_as_the_others_have_failed() {
    let attempts = attempts(2);
    let failures = [count(&attempts).await.unwrap(), count(&attempts).await.unwrap()];
    let mut waiting = Vec::new();
    for _ in 0..10 {
        waiting.push(begin(&attempts).await);
    }
    for failure in failures {
        assert!(waiting.iter().all(|task| !task.is_finished()));
        drop(failure);
        settle().await;
    }
    for task in waiting {
        assert!(task.is_finished(), "nobody waits for nothing");
        assert_eq!(task.await.unwrap().map(|_| ()), Err(WINDOW));
    }
    assert!(attempts.nothing_is_open());
}

#[tokio::test(start_paused = true)]
async fn who_comes_later_does_not_overtake() {
    let attempts = attempts(1);
    let open = count(&attempts).await.unwrap();
    let first = begin(&attempts).await;
    attempts.give_back(open).await;
    // There is room now, but it belongs to the one who waited for it.
    assert_eq!(count(&attempts).await.map(|_| ()), Err(SOON));
    assert!(first.await.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn an_outcome_while_the_limiter_answers_is_not_missed() {
    let limiter = Arc::new(Limiter::default());
    let attempts = attempts_with(limiter.clone(), 1);
    let open = count(&attempts).await.unwrap();
    let answers = limiter.answers.lock().await;
    let other = begin(&attempts).await;
    // It has been refused, but does not know it yet.
    attempts.give_back(open).await;
    drop(answers);
    assert!(other.await.unwrap().is_ok());
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_long_nor_in_a_long_queue() {
    let attempts = attempts(1);
    let open = count(&attempts).await.unwrap();
    let start = Instant::now();
    let mut waiting = Vec::new();
    for _ in 0..MAX_WAITING {
        waiting.push(begin(&attempts).await);
    }
    assert!(waiting.iter().all(|task| !task.is_finished()));
    assert_eq!(count(&attempts).await.map(|_| ()), Err(SOON), "one too many");
    assert_eq!(start.elapsed(), Duration::ZERO);
    for task in waiting {
        assert_eq!(task.await.unwrap().map(|_| ()), Err(SOON));
    }
    assert_eq!(start.elapsed().as_millis(), 1500);
    // They left nothing behind.
    attempts.give_back(open).await;
    drop(count(&attempts).await.unwrap());
    assert!(attempts.nothing_is_open());
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_holds_up_nobody() {
    let attempts = attempts(1);
    let open = count(&attempts).await.unwrap();
    let (first, second, third) = (begin(&attempts).await, begin(&attempts).await, begin(&attempts).await);
    second.abort();
    first.abort();
    settle().await;
    attempts.give_back(open).await;
    let third = third.await.unwrap().unwrap();
    let fourth = begin(&attempts).await;
    // Nobody waits for the outcome of an attempt that was broken off. It stays counted.
    drop(third);
    assert_eq!(fourth.await.unwrap().map(|_| ()), Err(WINDOW));
    assert!(attempts.nothing_is_open());
}

#[tokio::test(start_paused = true)]
async fn what_stays_counted_anyhow_is_not_waited_for() {
    let attempts = attempts(1);
    let client = Client::new(None, None);
    let _open = attempts.sign_up(&client).await.unwrap();
    let start = Instant::now();
    assert!(attempts.sign_up(&client).await.is_err());
    assert_eq!(start.elapsed(), Duration::ZERO);
}

/// Makes so many attempts at once, of which some are right, and answers how they ended: right, wrong, refused.
async fn rush(attempts: &Arc<Attempts>, number: usize, is_right: fn(usize) -> bool) -> [usize; 3] {
    let barrier = Arc::new(Barrier::new(number));
    let tasks: Vec<_> = (0..number)
        .map(|n| {
            let (attempts, barrier) = (attempts.clone(), barrier.clone());
            tokio::spawn(async move {
                barrier.wait().await;
                let Ok(counted) = count(&attempts).await else { return 2 };
                // The password is being checked.
                sleep(Duration::from_millis(20)).await;
                if !is_right(n) {
                    return 1;
                }
                attempts.give_back(counted).await;
                0
            })
        })
        .collect();
    let mut ends = [0; 3];
    for task in tasks {
        ends[task.await.unwrap()] += 1;
    }
    assert!(attempts.nothing_is_open());
    ends
}

#[tokio::test(start_paused = true)]
async fn many_who_are_right_come_in_together() {
    // Ten at a time, as many as may wait besides.
    assert_eq!(rush(&attempts(10), 10 + MAX_WAITING, |_| true).await, [42, 0, 0]);
}

#[tokio::test(start_paused = true)]
async fn of_many_who_guess_no_more_than_the_limit_do() {
    assert_eq!(rush(&attempts(10), 200, |_| false).await, [0, 10, 190]);
}

#[tokio::test(start_paused = true)]
async fn guesses_among_right_ones_are_limited_as_well() {
    for _ in 0..20 {
        let attempts = attempts(5);
        let [right, wrong, refused] = rush(&attempts, 5 + MAX_WAITING, |n| n % 3 > 0).await;
        // 13 are wrong. The fifth of them that is admitted closes the door.
        assert_eq!(wrong, 5, "{right} right, {refused} refused");
        assert_eq!(rush(&attempts, 20, |_| true).await, [0, 0, 20]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn on_several_threads_no_more_than_the_limit_fail() {
    for _ in 0..20 {
        let attempts = attempts(5);
        let ends = rush(&attempts, 40, |n| n % 2 > 0).await;
        // Fewer, if the machine was asleep while they waited.
        assert!((1..=5).contains(&ends[1]), "right, wrong, refused: {ends:?}");
    }
}
