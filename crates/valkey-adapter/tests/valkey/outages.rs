//! A server that goes away, and comes back.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use irontrack_ports::{Cache, CacheError, FillTicket};
use irontrack_valkey_adapter::ValkeyCache;
use tokio::time::sleep;

use crate::server::Server;
use crate::{LIFE, bytes, connect, fill, hit, miss, ready};

/// Every call must fail, and in time.
pub async fn all_calls_fail(cache: &ValkeyCache) {
    async fn fails<T: Debug>(name: &str, call: impl Future<Output = Result<T, CacheError>>) {
        let start = Instant::now();
        let answer = call.await;
        let elapsed = start.elapsed();
        assert!(answer.is_err(), "{name}: {answer:?}");
        assert!(elapsed < Duration::from_millis(200), "{name} took {elapsed:?}");
    }
    fails("get", cache.get("key")).await;
    fails("fill", cache.fill("key", FillTicket("ticket".into()), bytes(b"value"), LIFE)).await;
    fails("remove", cache.remove(&["key".into(), "other".into()])).await;
    fails("ping", cache.ping()).await;
}

/// Waits until the cache answers, without doing anything about it.
pub async fn recovers(cache: &ValkeyCache, limit: Duration) {
    let start = Instant::now();
    while let Err(error) = cache.get("recovery").await {
        assert!(start.elapsed() < limit, "still {error}");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_stopped_server_is_an_error_and_a_restarted_one_works() {
    let mut server = Server::start().await;
    let cache = ready(&server.url(), "").await.expect("the server answers");
    fill(&cache, "key", b"value").await;
    for _ in 0..2 {
        server.stop();
        for _ in 0..5 {
            all_calls_fail(&cache).await;
        }
        sleep(Duration::from_millis(1200)).await;
        all_calls_fail(&cache).await;
        server.restart().await;
        recovers(&cache, Duration::from_secs(2)).await;
        fill(&cache, "key", b"value").await;
        hit(&cache, "key", b"value").await;
    }
}

#[tokio::test]
async fn a_server_that_restarts_between_two_calls_is_hardly_noticed() {
    let mut server = Server::start().await;
    let cache = ready(&server.url(), "").await.expect("the server answers");
    fill(&cache, "key", b"value").await;
    server.restart().await;
    recovers(&cache, Duration::from_millis(500)).await;
    fill(&cache, "key", b"value").await;
}

#[tokio::test]
async fn a_frozen_server_is_an_error_in_time_and_soon_without_a_wait() {
    let server = Server::start().await;
    let cache = ready(&server.url(), "").await.expect("the server answers");
    fill(&cache, "key", b"value").await;
    server.freeze(true);
    for _ in 0..2 {
        all_calls_fail(&cache).await;
    }
    let start = Instant::now();
    for _ in 0..100 {
        assert!(cache.get("key").await.is_err());
    }
    assert!(start.elapsed() < Duration::from_secs(1), "100 lookups took {:?}", start.elapsed());
    // Removals are tried all the same, and reach the server when it goes on.
    assert!(cache.remove(&["key".into()]).await.is_err());
    server.freeze(false);
    recovers(&cache, Duration::from_secs(2)).await;
    miss(&cache, "key").await;
}

#[tokio::test]
async fn ping_closes_the_breaker() {
    let server = Server::start().await;
    let cache = ready(&server.url(), "").await.expect("the server answers");
    server.freeze(true);
    for _ in 0..10 {
        assert!(cache.get("key").await.is_err());
    }
    server.freeze(false);
    let start = Instant::now();
    while cache.ping().await.is_err() {
        assert!(start.elapsed() < Duration::from_secs(1), "the server does not come back");
    }
    if let Err(CacheError(problem)) = cache.get("key").await {
        assert!(!problem.starts_with("not asked"), "{problem}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_connection_does_not_belong_to_the_caller_who_found_it_lost() {
    let mut server = Server::start().await;
    let cache = connect(&server.url(), "").await;
    server.restart().await;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let worker = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            worker.block_on(recovers(&cache, Duration::from_secs(2)));
        });
    });
    for _ in 0..20 {
        cache.get("key").await.expect("the connection has outlived the worker");
    }
}
