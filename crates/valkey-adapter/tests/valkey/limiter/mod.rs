//! The rate limiter against a real server.

mod outages;

use std::time::{Duration, Instant};

use irontrack_ports::{RateLimit, RateLimiter, Receipt, Taken};
use irontrack_valkey_adapter::ValkeyRateLimiter;
use redis::aio::MultiplexedConnection;
use tokio::time::sleep;

use crate::server::Server;
use crate::{PATIENCE, Place};

const LONG: Duration = Duration::from_secs(600);

/// A patient limiter.
fn limiter(url: &str, prefix: &str) -> ValkeyRateLimiter {
    ValkeyRateLimiter::lazy(url, prefix).expect("a URL").with_call_limit(PATIENCE)
}

const fn limit(limit: u32) -> RateLimit {
    RateLimit { limit, window: LONG }
}

async fn take(limiter: &ValkeyRateLimiter, key: &str, limit: RateLimit) -> Taken {
    limiter.take(key, limit).await.expect("an answer")
}

async fn counted(limiter: &ValkeyRateLimiter, key: &str, limit: RateLimit) -> Receipt {
    match take(limiter, key, limit).await {
        Taken::Counted(receipt) => receipt,
        Taken::Refused { retry_after } => panic!("{key} was refused for {retry_after:?}"),
    }
}

async fn refused(limiter: &ValkeyRateLimiter, key: &str, limit: RateLimit) -> Duration {
    match take(limiter, key, limit).await {
        Taken::Refused { retry_after } => retry_after,
        Taken::Counted(_) => panic!("{key} was counted beyond {limit:?}"),
    }
}

/// The keys of a prefix.
async fn keys(raw: &mut MultiplexedConnection, prefix: &str) -> Vec<String> {
    redis::cmd("KEYS").arg(format!("{prefix}*")).query_async(raw).await.expect("KEYS")
}

#[tokio::test]
async fn the_contract_holds() {
    let place = Place::any().await;
    irontrack_ports::testing::rate_limit::contract(&limiter(&place.url, &place.prefix)).await;
}

#[tokio::test]
async fn the_contract_holds_over_a_unix_socket() {
    let server = Server::start().await;
    irontrack_ports::testing::rate_limit::contract(&limiter(&server.socket_url(), "")).await;
}

#[tokio::test]
async fn instances_share_counts_and_receipts() {
    let place = Place::any().await;
    let (one, other) = (limiter(&place.url, &place.prefix), limiter(&place.url, &place.prefix));
    let receipt = counted(&one, "key", limit(3)).await;
    counted(&other, "key", limit(3)).await;
    counted(&one, "key", limit(3)).await;
    for instance in [&one, &other] {
        refused(instance, "key", limit(3)).await;
    }
    other.give_back("key", &receipt).await.expect("an answer");
    counted(&other, "key", limit(3)).await;
    for instance in [&one, &other] {
        refused(instance, "key", limit(3)).await;
    }
    // Another prefix is another world.
    counted(&limiter(&place.url, &format!("{}other:", place.prefix)), "key", limit(3)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_tasks_of_several_instances_no_more_than_the_limit_are_counted() {
    let place = Place::any().await;
    for round in 0..20 {
        let mut tasks = Vec::new();
        for _ in 0..4 {
            let instance = std::sync::Arc::new(limiter(&place.url, &place.prefix));
            for _ in 0..25 {
                let instance = instance.clone();
                let key = format!("key {round}");
                tasks.push(tokio::spawn(async move {
                    usize::from(matches!(take(&instance, &key, limit(10)).await, Taken::Counted(_)))
                }));
            }
        }
        let mut counted = 0;
        for task in tasks {
            counted += task.await.expect("an answer");
        }
        assert_eq!(counted, 10, "round {round}");
    }
}

#[tokio::test]
async fn every_key_expires() {
    let place = Place::any().await;
    let (limiter, mut raw) = (limiter(&place.url, &place.prefix), place.raw().await);
    let receipt = counted(&limiter, "one", limit(2)).await;
    counted(&limiter, "one", limit(2)).await;
    refused(&limiter, "one", limit(2)).await;
    limiter.give_back("one", &receipt).await.expect("an answer");
    counted(&limiter, "other", limit(1)).await;
    let short = RateLimit { limit: 5, window: Duration::from_millis(500) };
    for number in 0..50 {
        counted(&limiter, &format!("short {number}"), short).await;
    }
    let all = keys(&mut raw, &place.prefix).await;
    assert!(all.len() >= 2, "{all:?}");
    for key in all {
        let left: i64 = redis::cmd("PTTL").arg(&key).query_async(&mut raw).await.expect("PTTL");
        // -2: gone already, -1: never.
        assert!(left == -2 || (0..=600_000).contains(&left), "{key} is there for {left} ms more");
    }
    let start = Instant::now();
    while keys(&mut raw, &place.prefix).await.len() != 2 {
        assert!(start.elapsed() < Duration::from_secs(10), "what has ended is still there");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn what_was_given_back_takes_no_space() {
    let place = Place::any().await;
    let (limiter, mut raw) = (limiter(&place.url, &place.prefix), place.raw().await);
    for _ in 0..3 {
        let receipt = counted(&limiter, "key", limit(3)).await;
        limiter.give_back("key", &receipt).await.expect("an answer");
    }
    assert_eq!(keys(&mut raw, &place.prefix).await, [""; 0]);
}

#[tokio::test]
async fn nobody_is_named_on_the_server() {
    let place = Place::any().await;
    let (limiter, mut raw) = (limiter(&place.url, &place.prefix), place.raw().await);
    for key in ["sign-in-account:jo@example.com", "sign-in-address:192.0.2.7", "sign-in-address:2001:db8:1:2::/64"] {
        counted(&limiter, key, limit(1)).await;
    }
    let keys = keys(&mut raw, &place.prefix).await;
    assert_eq!(keys.len(), 3, "{keys:?}");
    let start = format!("{}r:{{", place.prefix);
    for key in &keys {
        let hash = key.strip_prefix(&start).and_then(|rest| rest.strip_suffix('}'));
        assert!(hash.is_some_and(|hash| hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit())), "{key}");
        let receipts: Vec<String> =
            redis::cmd("ZRANGE").arg(key).arg(0).arg(-1).query_async(&mut raw).await.expect("ZRANGE");
        assert_eq!(receipts.len(), 1, "{receipts:?}");
        assert!(!receipts[0].contains("example") && !receipts[0].contains("192.0.2"), "{receipts:?}");
    }
    assert!(!format!("{limiter:?}").contains("example"));
}

#[tokio::test]
async fn garbage_is_replaced() {
    let place = Place::any().await;
    let (limiter, mut raw) = (limiter(&place.url, &place.prefix), place.raw().await);
    counted(&limiter, "key", limit(1)).await;
    let key = keys(&mut raw, &place.prefix).await.remove(0);
    redis::cmd("SET").arg(&key).arg("garbage").exec_async(&mut raw).await.expect("SET");
    counted(&limiter, "key", limit(1)).await;
    refused(&limiter, "key", limit(1)).await;
}

#[tokio::test]
async fn a_clock_that_was_put_back_neither_frees_counts_nor_keeps_them_beyond_their_window() {
    let place = Place::any().await;
    let (limiter, mut raw) = (limiter(&place.url, &place.prefix), place.raw().await);
    let window = Duration::from_millis(300);
    let short = RateLimit { limit: 2, window };
    counted(&limiter, "key", short).await;
    counted(&limiter, "key", short).await;
    let key = keys(&mut raw, &place.prefix).await.remove(0);
    // An hour back for the server is an hour ahead for what it has counted.
    let receipts: Vec<String> =
        redis::cmd("ZRANGE").arg(&key).arg(0).arg(-1).query_async(&mut raw).await.expect("ZRANGE");
    for receipt in receipts {
        redis::cmd("ZINCRBY")
            .arg(&key)
            .arg(3_600_000_000_u64)
            .arg(receipt)
            .exec_async(&mut raw)
            .await
            .expect("ZINCRBY");
    }
    redis::cmd("PEXPIRE").arg(&key).arg(3_600_300).exec_async(&mut raw).await.expect("PEXPIRE");
    let moved = Instant::now();
    let retry_after = refused(&limiter, "key", short).await;
    assert!(retry_after <= window, "{retry_after:?}");
    while let Taken::Refused { retry_after } = take(&limiter, "key", short).await {
        assert!(moved.elapsed() < Duration::from_secs(10), "refused for {retry_after:?} more");
        sleep(Duration::from_millis(10)).await;
    }
    assert!(moved.elapsed() >= window, "free after {:?} already", moved.elapsed());
}

#[tokio::test]
async fn a_server_that_forgets_its_script_gets_it_again() {
    let server = Server::start().await;
    let place = Place { url: server.url(), prefix: String::new(), _server: Some(server) };
    let (limiter, mut raw) = (limiter(&place.url, ""), place.raw().await);
    counted(&limiter, "key", limit(2)).await;
    redis::cmd("SCRIPT").arg("FLUSH").exec_async(&mut raw).await.expect("SCRIPT FLUSH");
    counted(&limiter, "key", limit(2)).await;
    refused(&limiter, "key", limit(2)).await;
    redis::cmd("FLUSHALL").exec_async(&mut raw).await.expect("FLUSHALL");
    counted(&limiter, "key", limit(2)).await;
}
