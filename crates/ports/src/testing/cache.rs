//! The contract of [`Cache`].

use std::{sync::Arc, time::Duration};

use uuid::Uuid;

use crate::{Cache, FillTicket, Lookup};

const LIFE: Duration = Duration::from_secs(60);

fn key() -> String {
    format!("contract:{}", Uuid::new_v4())
}

fn bytes(value: &[u8]) -> Arc<[u8]> {
    value.into()
}

async fn miss(cache: &dyn Cache, key: &str) -> FillTicket {
    match cache.get(key).await.expect("the cache answers") {
        Lookup::Miss(ticket) => ticket,
        Lookup::Hit(bytes) => panic!("{key}: expected a miss, found {bytes:?}"),
    }
}

async fn expect_hit(cache: &dyn Cache, key: &str, value: &[u8]) {
    assert_eq!(cache.get(key).await.expect("the cache answers"), Lookup::Hit(value.into()), "{key}");
}

/// Runs the whole suite.
pub async fn contract(cache: &dyn Cache) {
    a_filled_entry_is_found(cache).await;
    a_removal_forgets_the_entry(cache).await;
    a_removal_takes_the_ticket_away(cache).await;
    a_ticket_fills_once(cache).await;
    a_ticket_is_good_for_its_key_only(cache).await;
    the_latest_miss_owns_the_fill(cache).await;
    entries_expire(cache).await;
    bytes_are_kept_as_they_are(cache).await;
    cache.ping().await.expect("ping");
}

/// A miss, a fill and a hit.
pub async fn a_filled_entry_is_found(cache: &dyn Cache) {
    let key = key();
    let ticket = miss(cache, &key).await;
    assert!(cache.fill(&key, ticket, bytes(b"one"), LIFE).await.expect("fill"), "the first fill is stored");
    expect_hit(cache, &key, b"one").await;
}

/// Removed entries are misses, and can be filled again.
pub async fn a_removal_forgets_the_entry(cache: &dyn Cache) {
    let (one, two) = (key(), key());
    for key in [&one, &two] {
        let ticket = miss(cache, key).await;
        cache.fill(key, ticket, bytes(b"old"), LIFE).await.expect("fill");
    }
    cache.remove(&[one.clone(), two.clone()]).await.expect("remove");
    let ticket = miss(cache, &one).await;
    miss(cache, &two).await;
    assert!(cache.fill(&one, ticket, bytes(b"new"), LIFE).await.expect("fill"), "a fill after the removal is stored");
    expect_hit(cache, &one, b"new").await;
}

/// The race that matters: read, then a change with its removal, then the fill with the old value.
pub async fn a_removal_takes_the_ticket_away(cache: &dyn Cache) {
    let key = key();
    let ticket = miss(cache, &key).await;
    cache.remove(std::slice::from_ref(&key)).await.expect("remove");
    assert!(!cache.fill(&key, ticket, bytes(b"old"), LIFE).await.expect("fill"), "an old value was put back");
    miss(cache, &key).await;
}

/// A ticket cannot be used twice.
pub async fn a_ticket_fills_once(cache: &dyn Cache) {
    let key = key();
    let ticket = miss(cache, &key).await;
    assert!(cache.fill(&key, ticket.clone(), bytes(b"one"), LIFE).await.expect("fill"));
    assert!(!cache.fill(&key, ticket, bytes(b"two"), LIFE).await.expect("fill"), "a ticket was used twice");
    expect_hit(cache, &key, b"one").await;
}

/// A ticket for one key fills no other.
pub async fn a_ticket_is_good_for_its_key_only(cache: &dyn Cache) {
    let (one, two) = (key(), key());
    let ticket = miss(cache, &one).await;
    assert!(!cache.fill(&two, ticket, bytes(b"one"), LIFE).await.expect("fill"), "a ticket filled another key");
    miss(cache, &two).await;
}

/// Of several readers that miss, the last one may fill. The others may do so only if they hold the same ticket.
pub async fn the_latest_miss_owns_the_fill(cache: &dyn Cache) {
    let key = key();
    let early = miss(cache, &key).await;
    let late = miss(cache, &key).await;
    assert!(
        early == late || !cache.fill(&key, early, bytes(b"early"), LIFE).await.expect("fill"),
        "an outdated ticket was accepted"
    );
    assert!(cache.fill(&key, late, bytes(b"late"), LIFE).await.expect("fill"));
    expect_hit(cache, &key, b"late").await;
}

/// An entry is gone when its life is over. Waits for the event with a deadline of five seconds.
pub async fn entries_expire(cache: &dyn Cache) {
    let key = key();
    let ticket = miss(cache, &key).await;
    cache.fill(&key, ticket, bytes(b"short"), Duration::from_millis(20)).await.expect("fill");
    let deadline = std::time::Instant::now() + Duration::from_secs(5);
    while matches!(cache.get(&key).await.expect("the cache answers"), Lookup::Hit(_)) {
        assert!(std::time::Instant::now() < deadline, "an entry outlived its life of 20 ms");
    }
}

/// Any bytes, also none.
pub async fn bytes_are_kept_as_they_are(cache: &dyn Cache) {
    for value in [Vec::new(), vec![0, 255, 10, 13, 0], vec![b'x'; 100_000]] {
        let key = key();
        let ticket = miss(cache, &key).await;
        assert!(cache.fill(&key, ticket, bytes(&value), LIFE).await.expect("fill"));
        expect_hit(cache, &key, &value).await;
    }
}
