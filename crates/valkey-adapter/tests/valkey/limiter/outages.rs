//! A server that goes away, and comes back.

use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use irontrack_memory_adapter::{LayeredRateLimiter, MemoryRateLimiter};
use irontrack_ports::{RateLimit, RateLimiter, Receipt, Taken};
use irontrack_valkey_adapter::{ConnectError, ValkeyRateLimiter};
use redis::aio::MultiplexedConnection;
use tokio::time::sleep;

use super::{counted, limit, limiter, refused};
use crate::Place;
use crate::server::Server;

/// What a call with a limit of 50 ms may take on a machine that is busy with other things.
const CALL: Duration = Duration::from_millis(200);

/// A limiter with its real limit, that has made its first connection.
async fn impatient(server: &Server) -> ValkeyRateLimiter {
    let limiter = ValkeyRateLimiter::lazy(&server.url(), "").expect("a URL");
    recovers(&limiter, Duration::from_secs(2)).await;
    limiter
}

/// Every call must fail, and in time.
async fn all_calls_fail(limiter: &ValkeyRateLimiter) {
    let start = Instant::now();
    let answer = limiter.take("key", limit(1)).await;
    assert!(answer.is_err() && start.elapsed() < CALL, "{answer:?} after {:?}", start.elapsed());
    let start = Instant::now();
    let answer = limiter.give_back("key", &Receipt("receipt".into())).await;
    assert!(answer.is_err() && start.elapsed() < CALL, "{answer:?} after {:?}", start.elapsed());
}

/// Waits until the limiter answers, without doing anything about it.
async fn recovers(limiter: &ValkeyRateLimiter, within: Duration) {
    let start = Instant::now();
    while let Err(error) = limiter.take("recovery", limit(1)).await {
        assert!(start.elapsed() < within, "still {error}");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_stopped_server_is_an_error_and_a_restarted_one_works() {
    let mut server = Server::start().await;
    let limiter = impatient(&server).await;
    for _ in 0..2 {
        server.stop();
        for _ in 0..5 {
            all_calls_fail(&limiter).await;
        }
        sleep(Duration::from_millis(1200)).await;
        all_calls_fail(&limiter).await;
        server.restart().await;
        recovers(&limiter, Duration::from_secs(2)).await;
        counted(&limiter, "key", limit(1)).await;
        refused(&limiter, "key", limit(1)).await;
    }
}

#[tokio::test]
async fn a_server_that_restarts_between_two_calls_is_not_noticed() {
    let mut server = Server::start().await;
    let limiter = limiter(&server.url(), "");
    counted(&limiter, "key", limit(1)).await;
    for _ in 0..3 {
        server.restart().await;
        counted(&limiter, "key", limit(1)).await;
        refused(&limiter, "key", limit(1)).await;
    }
}

#[tokio::test]
async fn a_frozen_server_is_an_error_in_time_and_soon_without_a_wait() {
    let server = Server::start().await;
    let limiter = impatient(&server).await;
    server.freeze(true);
    for _ in 0..3 {
        all_calls_fail(&limiter).await;
    }
    let start = Instant::now();
    for _ in 0..100 {
        assert!(limiter.take("key", limit(1)).await.is_err());
    }
    assert!(start.elapsed() < Duration::from_secs(1), "100 calls took {:?}", start.elapsed());
    server.freeze(false);
    recovers(&limiter, Duration::from_secs(2)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn more_calls_at_once_than_connections_end_in_time_as_well() {
    let server = Server::start().await;
    let limiter = Arc::new(impatient(&server).await);
    server.freeze(true);
    let tasks: Vec<_> = (0..50)
        .map(|_| {
            let limiter = limiter.clone();
            tokio::spawn(async move {
                let start = Instant::now();
                (limiter.take("key", limit(1)).await, start.elapsed())
            })
        })
        .collect();
    for task in tasks {
        let (answer, elapsed) = task.await.expect("no panic");
        assert!(answer.is_err() && elapsed < CALL, "{answer:?} after {elapsed:?}");
    }
}

#[tokio::test]
async fn why_there_is_no_connection_is_said_at_once() {
    let server = Server::absent();
    let limiter = limiter(&server.url(), "");
    let start = Instant::now();
    let error = limiter.take("key", limit(1)).await.expect_err("nothing is there");
    assert!(error.to_string().contains("refused"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test]
async fn passwords_work_and_are_never_shown() {
    const PASSWORD: &str = "s3cret-of-the-limiter";
    let server = Server::start_with_password(PASSWORD).await;
    let with = |password| format!("redis://:{password}@{}/0", server.address());
    let good = limiter(&with(PASSWORD), "");
    counted(&good, "key", limit(1)).await;
    let bad = limiter(&with("wr0ng-secret"), "");
    let error = bad.take("key", limit(1)).await.expect_err("the wrong password");
    assert!(error.to_string().ends_with("the user name or the password is wrong"), "{error}");
    let invalid = ValkeyRateLimiter::lazy(&format!("http://:{PASSWORD}@localhost"), "").expect_err("not a URL");
    assert!(matches!(invalid, ConnectError::Url(_)), "{invalid:?}");
    let shown = format!("{good:?} {bad:?} {error:?} {invalid} {invalid:?}");
    assert!(!shown.contains(PASSWORD) && !shown.contains("wr0ng"), "{shown}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_does_not_wait_for_the_worker_that_opened_it() {
    let mut server = Server::start().await;
    let limiter = limiter(&server.url(), "");
    counted(&limiter, "key", limit(1)).await;
    // The next caller has to open a connection.
    server.restart().await;
    let place = Place { url: server.url(), prefix: String::new(), _server: Some(server) };
    let mut raw = place.raw().await;
    let (limiter, raw) = (&limiter, &mut raw);
    std::thread::scope(|scope| {
        let (opened, is_open) = channel();
        let (finish, finished) = channel::<()>();
        scope.spawn(move || {
            let worker = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            worker.block_on(counted(limiter, "key", limit(1)));
            opened.send(()).expect("somebody waits");
            // Busy with something else: its runtime does not move.
            let _ = finished.recv();
        });
        tokio::task::block_in_place(|| {
            is_open.recv().expect("the worker has opened a connection");
            tokio::runtime::Handle::current().block_on(async {
                let before = connections_so_far(raw).await;
                for _ in 0..20 {
                    refused(limiter, "key", limit(1)).await;
                }
                assert_eq!(connections_so_far(raw).await, before, "the connection of the worker was of no use");
            });
        });
        drop(finish);
    });
}

/// How many connections the server has accepted.
async fn connections_so_far(raw: &mut MultiplexedConnection) -> String {
    let stats: String = redis::cmd("INFO").arg("stats").query_async(raw).await.expect("INFO");
    let line = stats.lines().find(|line| line.starts_with("total_connections_received:"));
    line.expect("the server counts connections").to_owned()
}

/// Takes until one is refused, and answers how many were counted. Every call has to end in time.
async fn counted_until_refused(limiter: &dyn RateLimiter, key: &str, limit: RateLimit) -> u32 {
    let mut counted = 0;
    loop {
        let start = Instant::now();
        let taken = limiter.take(key, limit).await.expect("a layered limiter always answers");
        assert!(start.elapsed() < CALL, "{:?}", start.elapsed());
        match taken {
            Taken::Counted(_) => counted += 1,
            Taken::Refused { .. } => return counted,
        }
        assert!(counted <= limit.limit, "{counted} of {limit:?}");
    }
}

#[tokio::test]
async fn with_its_own_counts_below_a_process_stays_limited() {
    let mut server = Server::start().await;
    let own = || MemoryRateLimiter::new(1 << 20);
    let one = LayeredRateLimiter::new(own(), Arc::new(impatient(&server).await));
    let other = LayeredRateLimiter::new(own(), Arc::new(impatient(&server).await));
    // Together, while the server answers.
    for limiter in [&one, &other, &one] {
        assert!(matches!(limiter.take("key", limit(10)).await, Ok(Taken::Counted(_))));
    }
    server.freeze(true);
    assert_eq!(counted_until_refused(&one, "key", limit(10)).await, 8, "it has counted 2 before");
    assert_eq!(counted_until_refused(&other, "key", limit(10)).await, 9, "it has counted 1 before");
    assert_eq!(counted_until_refused(&one, "new", limit(10)).await, 10);
    server.freeze(false);
    assert_eq!(counted_until_refused(&one, "key", limit(10)).await, 0);
    // A server that was restarted knows nothing; this process does.
    server.restart().await;
    assert_eq!(counted_until_refused(&one, "new", limit(10)).await, 0);
    server.stop();
    assert_eq!(counted_until_refused(&one, "key", limit(10)).await, 0);
    assert_eq!(counted_until_refused(&other, "third", limit(10)).await, 10);
    server.restart().await;
    // Whatever it has counted meanwhile, they share what comes next.
    recovers_together(&one, &other).await;
}

/// Waits until what one process counts is refused to the other.
async fn recovers_together(one: &LayeredRateLimiter, other: &LayeredRateLimiter) {
    let start = Instant::now();
    for round in 0.. {
        let key = format!("round {round}");
        let counted = [one, other, one].map(|limiter| limiter.take(&key, limit(2)));
        let [first, second, third] = counted;
        let taken = [first.await, second.await, third.await];
        if matches!(taken, [Ok(Taken::Counted(_)), Ok(Taken::Counted(_)), Ok(Taken::Refused { .. })]) {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(3), "they still count apart: {taken:?}");
        sleep(Duration::from_millis(50)).await;
    }
}
