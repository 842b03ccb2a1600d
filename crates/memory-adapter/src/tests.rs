//! The cache under contention, at its limits, and against the contract of the port.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use irontrack_ports::{Cache, FillTicket, Lookup};

use crate::MemoryCache;

const LIFE: Duration = Duration::from_secs(60);

fn value(number: u64) -> Arc<[u8]> {
    Arc::new(number.to_be_bytes())
}

fn number(value: &[u8]) -> u64 {
    u64::from_be_bytes(value.try_into().unwrap())
}

async fn miss(cache: &MemoryCache, key: &str) -> FillTicket {
    match cache.get(key).await.unwrap() {
        Lookup::Miss(ticket) => ticket,
        Lookup::Hit(found) => panic!("{key} holds {found:?}"),
    }
}

async fn fill(cache: &MemoryCache, key: &str, bytes: Arc<[u8]>, life: Duration) {
    let ticket = miss(cache, key).await;
    assert!(cache.fill(key, ticket, bytes, life).await.unwrap());
}

#[tokio::test]
async fn the_contract_holds() {
    irontrack_ports::testing::cache::contract(&MemoryCache::new(16 << 20)).await;
}

/// One key of the database: what is committed, and up to where a write has been answered.
#[derive(Default)]
struct Row {
    committed: AtomicU64,
    answered: AtomicU64,
}

const ROWS: [&str; 4] = ["a", "b", "c", "d"];

/// Reads through the cache, checks what it finds, and answers whether it was a hit.
async fn read(cache: &MemoryCache, key: &str, row: &Row) -> bool {
    let oldest = row.answered.load(Ordering::SeqCst);
    match cache.get(key).await.unwrap() {
        Lookup::Hit(found) => {
            let found = number(&found);
            assert!(found >= oldest, "{key}: found {found} after the write of {oldest} was answered");
            true
        }
        Lookup::Miss(ticket) => {
            let truth = row.committed.load(Ordering::SeqCst);
            // A slow reader: the longer it takes, the more writes come in between.
            thread::yield_now();
            cache.fill(key, ticket, value(truth), LIFE).await.unwrap();
            false
        }
    }
}

async fn write(cache: &MemoryCache, key: &str, row: &Row) {
    let written = row.committed.fetch_add(1, Ordering::SeqCst) + 1;
    cache.remove(&[key.to_owned()]).await.unwrap();
    row.answered.fetch_max(written, Ordering::SeqCst);
}

/// A reader at work. Counts itself out when dropped, also when it fails, so that the writers stop.
struct Reading<'a>(&'a AtomicU64);

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Runs readers and writers side by side and answers how many reads were hits.
fn contend(cache: &MemoryCache, reads: u32, readers: usize) -> usize {
    let rows = ROWS.map(|key| (key, Row::default()));
    let (rows, reading) = (&rows, &AtomicU64::new(readers as u64));
    let block_on = || tokio::runtime::Builder::new_current_thread().build().unwrap();
    thread::scope(|scope| {
        let readers: Vec<_> = (0..readers)
            .map(|offset| {
                scope.spawn(move || {
                    let _reading = Reading(reading);
                    let runtime = block_on();
                    (0..reads as usize)
                        .filter(|turn| {
                            let (key, row) = &rows[(turn + offset) % rows.len()];
                            runtime.block_on(read(cache, key, row))
                        })
                        .count()
                })
            })
            .collect();
        for offset in 0..2 {
            scope.spawn(move || {
                let runtime = block_on();
                for turn in offset.. {
                    if reading.load(Ordering::SeqCst) == 0 {
                        break;
                    }
                    let (key, row) = &rows[turn % rows.len()];
                    runtime.block_on(write(cache, key, row));
                    for _ in 0..turn % 7 {
                        thread::yield_now();
                    }
                }
            });
        }
        readers.into_iter().map(|reader| reader.join().unwrap()).sum()
    })
}

#[test]
fn no_value_survives_a_write_that_was_answered() {
    let hits = contend(&MemoryCache::new(1 << 20), 50_000, 6);
    assert!(hits > 1000, "only {hits} hits: the test showed nothing");
}

#[test]
fn nor_while_the_space_is_used_up() {
    // Room for two or three of the four entries.
    let hits = contend(&MemoryCache::new(600), 50_000, 6);
    assert!(hits > 100, "only {hits} hits: the test showed nothing");
}

#[test]
fn of_many_misses_at_once_one_fills() {
    let cache = MemoryCache::new(1 << 20);
    for round in 0..500 {
        let key = format!("key {round}");
        let stored: usize = thread::scope(|scope| {
            let threads: Vec<_> = (0..4_u64)
                .map(|id| {
                    let (cache, key) = (&cache, &key);
                    scope.spawn(move || {
                        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                        runtime.block_on(async {
                            match cache.get(key).await.unwrap() {
                                Lookup::Miss(ticket) => cache.fill(key, ticket, value(id), LIFE).await.unwrap(),
                                Lookup::Hit(_) => false,
                            }
                        })
                    })
                })
                .collect();
            threads.into_iter().map(|thread| usize::from(thread.join().unwrap())).sum()
        });
        assert_eq!(stored, 1, "round {round}");
    }
}

#[tokio::test]
async fn the_size_is_bounded() {
    const CAPACITY: u64 = 100_000;
    let cache = MemoryCache::new(CAPACITY);
    for round in 0..2000 {
        let key = format!("key {round}");
        if let Lookup::Miss(ticket) = cache.get(&key).await.unwrap() {
            cache.fill(&key, ticket, [0; 1000].into(), LIFE).await.unwrap();
        }
    }
    assert!(cache.weight() <= CAPACITY, "{} bytes", cache.weight());
    assert!(cache.weight() > CAPACITY / 2, "{} bytes", cache.weight());
}

#[tokio::test]
async fn each_value_has_a_life_of_its_own() {
    let cache = MemoryCache::new(1 << 20);
    fill(&cache, "short", value(1), Duration::from_millis(10)).await;
    fill(&cache, "long", value(2), LIFE).await;
    fill(&cache, "forever", value(3), Duration::MAX).await;
    let deadline = Instant::now() + Duration::from_secs(5);
    while matches!(cache.get("short").await.unwrap(), Lookup::Hit(_)) {
        assert!(Instant::now() < deadline, "an entry outlived its life");
        tokio::task::yield_now().await;
    }
    // What replaces an expired value lives as long as it says itself.
    fill(&cache, "short", value(4), LIFE).await;
    tokio::time::sleep(Duration::from_millis(30)).await;
    for (key, expected) in [("short", 4), ("long", 2), ("forever", 3)] {
        assert_eq!(cache.get(key).await.unwrap(), Lookup::Hit(value(expected)), "{key}");
    }
}

#[tokio::test]
async fn a_made_up_ticket_fills_nothing() {
    let cache = MemoryCache::new(1 << 20);
    let ticket = miss(&cache, "key").await;
    for made_up in ["", "x", "-1", &format!(" {}", ticket.0), &format!("{}0", ticket.0)] {
        assert!(!cache.fill("key", FillTicket(made_up.to_owned()), value(1), LIFE).await.unwrap(), "{made_up}");
    }
    assert!(cache.fill("key", ticket, value(1), LIFE).await.unwrap());
}

#[tokio::test]
async fn debug_shows_no_entry() {
    let cache = MemoryCache::new(1 << 20);
    fill(&cache, "key of somebody", b"secret".as_slice().into(), LIFE).await;
    assert_eq!(format!("{cache:?}"), "MemoryCache { .. }");
}
