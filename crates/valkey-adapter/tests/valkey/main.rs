//! The adapter against a real server: the one at `TEST_VALKEY_URL`, or one that the test starts itself. Tests that
//! stop the server always start their own.
#![expect(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod channel;
mod contention;
mod limiter;
mod outages;
mod server;
mod start;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use irontrack_ports::{Cache, FillTicket, Lookup};
use irontrack_valkey_adapter::{ConnectError, Seal, ValkeyCache};
use redis::aio::MultiplexedConnection;
use server::Server;
use tokio::time::sleep;
use uuid::Uuid;

const LIFE: Duration = Duration::from_secs(60);

/// A limit for calls that a machine at work on other things keeps as well. Only the outages are tested with the real
/// one.
const PATIENCE: Duration = Duration::from_secs(5);

/// Any server, and a prefix of its own.
struct Place {
    url: String,
    prefix: String,
    _server: Option<Server>,
}

impl Place {
    async fn any() -> Self {
        #[expect(clippy::disallowed_methods, reason = "a setting of the tests, not of the program")]
        let given = std::env::var("TEST_VALKEY_URL");
        let prefix = format!("test-{}:", Uuid::new_v4());
        if let Ok(url) = given {
            return Self { url, prefix, _server: None };
        }
        let server = Server::start().await;
        Self { url: server.url(), prefix, _server: Some(server) }
    }

    async fn cache(&self) -> ValkeyCache {
        connect(&self.url, &self.prefix).await
    }

    /// A connection past the adapter.
    async fn raw(&self) -> MultiplexedConnection {
        let client = redis::Client::open(self.url.as_str()).expect("a URL");
        client.get_multiplexed_async_connection().await.expect("a connection")
    }

    fn value_key(&self, key: &str) -> String {
        format!("{}v:{{{key}}}", self.prefix)
    }

    fn lease_key(&self, key: &str) -> String {
        format!("{}l:{{{key}}}", self.prefix)
    }
}

fn seal() -> Seal {
    Seal::new(&[7; 32])
}

fn bytes(value: &[u8]) -> Arc<[u8]> {
    value.into()
}

/// A cache whose server answers.
async fn ready(url: &str, prefix: &str) -> Result<ValkeyCache, ConnectError> {
    let cache = ValkeyCache::lazy(url, prefix, seal())?;
    cache.wait_until_ready().await?;
    Ok(cache)
}

/// A patient cache.
async fn connect(url: &str, prefix: &str) -> ValkeyCache {
    ready(url, prefix).await.expect("the server answers").with_call_limit(PATIENCE)
}

/// Looks up until there is an answer.
async fn lookup(cache: &ValkeyCache, key: &str) -> Lookup {
    let start = Instant::now();
    loop {
        match cache.get(key).await {
            Ok(answer) => return answer,
            Err(error) => assert!(start.elapsed() < PATIENCE, "still {error}"),
        }
        sleep(Duration::from_millis(10)).await;
    }
}

async fn miss(cache: &ValkeyCache, key: &str) -> FillTicket {
    match lookup(cache, key).await {
        Lookup::Miss(ticket) => ticket,
        Lookup::Hit(found) => panic!("{key} holds {found:?}"),
    }
}

async fn hit(cache: &ValkeyCache, key: &str, expected: &[u8]) {
    assert_eq!(lookup(cache, key).await, Lookup::Hit(expected.into()));
}

async fn fill(cache: &ValkeyCache, key: &str, value: &[u8]) {
    let ticket = miss(cache, key).await;
    // Without an answer it may have been stored or not.
    match cache.fill(key, ticket, value.into(), LIFE).await {
        Ok(stored) => assert!(stored, "{key} was not stored"),
        Err(_) => drop(lookup(cache, key).await),
    }
}

#[tokio::test]
async fn the_contract_holds() {
    let place = Place::any().await;
    irontrack_ports::testing::cache::contract(&place.cache().await).await;
}

#[tokio::test]
async fn the_contract_holds_over_a_unix_socket() {
    let server = Server::start().await;
    let cache = connect(&server.socket_url(), "").await;
    irontrack_ports::testing::cache::contract(&cache).await;
}

#[tokio::test]
async fn instances_share_entries_and_tickets() {
    let place = Place::any().await;
    let (one, other) = (place.cache().await, place.cache().await);
    let early = miss(&one, "key").await;
    let late = miss(&other, "key").await;
    assert_ne!(early, late);
    assert!(!one.fill("key", early, bytes(b"early"), LIFE).await.expect("an answer"));
    assert!(other.fill("key", late, bytes(b"late"), LIFE).await.expect("an answer"));
    hit(&one, "key", b"late").await;
    other.remove(&["key".into()]).await.expect("an answer");
    let ticket = miss(&one, "key").await;
    other.remove(&["key".into()]).await.expect("an answer");
    assert!(!one.fill("key", ticket, bytes(b"old"), LIFE).await.expect("an answer"));
}

#[tokio::test]
async fn prefixes_are_apart() {
    let place = Place::any().await;
    let one = place.cache().await;
    let other = connect(&place.url, &format!("{}other:", place.prefix)).await;
    fill(&one, "key", b"one").await;
    fill(&other, "key", b"other").await;
    hit(&one, "key", b"one").await;
    other.remove(&["key".into()]).await.expect("an answer");
    hit(&one, "key", b"one").await;
}

#[tokio::test]
async fn garbage_is_a_miss() {
    let place = Place::any().await;
    let (cache, mut raw) = (place.cache().await, place.raw().await);
    let (value, lease) = (place.value_key("key"), place.lease_key("key"));
    for garbage in [&b""[..], b"\0", b"\x02value", b"1value", b"{\"id\":1}", &[0xff; 1000]] {
        redis::cmd("SET").arg(&value).arg(garbage).exec_async(&mut raw).await.expect("SET");
        fill(&cache, "key", b"good").await;
        hit(&cache, "key", b"good").await;
    }
    // Values of other types, and a lease that is none.
    for key in [&value, &lease] {
        cache.remove(&["key".into()]).await.expect("an answer");
        redis::cmd("RPUSH").arg(key).arg("a").arg("b").exec_async(&mut raw).await.expect("RPUSH");
        assert!(!cache.fill("key", FillTicket("a".into()), bytes(b"bad"), LIFE).await.expect("an answer"));
        fill(&cache, "key", b"good").await;
        hit(&cache, "key", b"good").await;
    }
}

#[tokio::test]
async fn everything_expires() {
    let place = Place::any().await;
    let (cache, mut raw) = (place.cache().await, place.raw().await);
    let ticket = miss(&cache, "key").await;
    let lease: i64 = redis::cmd("PTTL").arg(place.lease_key("key")).query_async(&mut raw).await.expect("PTTL");
    assert!((1..=10_000).contains(&lease), "{lease}");
    assert!(cache.fill("key", ticket, bytes(b"value"), LIFE).await.expect("an answer"));
    let left: i64 = redis::cmd("PTTL").arg(place.value_key("key")).query_async(&mut raw).await.expect("PTTL");
    assert!((50_000..=60_000).contains(&left), "{left}");
    let lease: i64 = redis::cmd("PTTL").arg(place.lease_key("key")).query_async(&mut raw).await.expect("PTTL");
    assert_eq!(lease, -2, "the lease is used up");
    for life in [Duration::ZERO, Duration::MAX] {
        let ticket = miss(&cache, "edge").await;
        assert!(cache.fill("edge", ticket, bytes(b"value"), life).await.expect("an answer"), "{life:?}");
        cache.remove(&["edge".into()]).await.expect("an answer");
    }
}

#[tokio::test]
async fn a_server_that_forgets_its_scripts_gets_them_again() {
    let server = Server::start().await;
    let place = Place { url: server.url(), prefix: String::new(), _server: Some(server) };
    let (cache, mut raw) = (place.cache().await, place.raw().await);
    fill(&cache, "key", b"value").await;
    redis::cmd("SCRIPT").arg("FLUSH").exec_async(&mut raw).await.expect("SCRIPT FLUSH");
    hit(&cache, "key", b"value").await;
    redis::cmd("FLUSHALL").exec_async(&mut raw).await.expect("FLUSHALL");
    fill(&cache, "key", b"value").await;
}
