//! Readers and a writer at the same entry.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use irontrack_ports::{Cache, Lookup};
use irontrack_valkey_adapter::ValkeyCache;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::{LIFE, Place, bytes};

/// What is committed, and up to where a write has been answered.
#[derive(Default)]
struct Row {
    committed: AtomicU64,
    answered: AtomicU64,
}

async fn read(cache: &ValkeyCache, row: &Row) -> bool {
    let oldest = row.answered.load(Ordering::SeqCst);
    match cache.get("row").await.expect("an answer") {
        Lookup::Hit(found) => {
            let found = u64::from_be_bytes(found.as_ref().try_into().expect("8 bytes"));
            assert!(found >= oldest, "found {found} after the write of {oldest} was answered");
            true
        }
        Lookup::Miss(ticket) => {
            let truth = row.committed.load(Ordering::SeqCst);
            // Some readers are slow, so that writes come in between.
            if truth.is_multiple_of(3) {
                sleep(Duration::from_millis(2)).await;
            }
            cache.fill("row", ticket, bytes(&truth.to_be_bytes()), LIFE).await.expect("an answer");
            false
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_value_survives_a_write_that_was_answered() {
    let place = Place::any().await;
    let (row, left) = (Arc::new(Row::default()), Arc::new(AtomicU64::new(4)));
    let mut tasks = Vec::new();
    for _ in 0..4 {
        let (cache, row, left) = (place.cache().await, row.clone(), left.clone());
        tasks.push(tokio::spawn(async move {
            let mut hits = 0;
            for _ in 0..2000 {
                hits += u32::from(read(&cache, &row).await);
            }
            left.fetch_sub(1, Ordering::SeqCst);
            hits
        }));
    }
    let cache = place.cache().await;
    while left.load(Ordering::SeqCst) > 0 && !tasks.iter().all(JoinHandle::is_finished) {
        let written = row.committed.fetch_add(1, Ordering::SeqCst) + 1;
        cache.remove(&["row".into()]).await.expect("an answer");
        row.answered.fetch_max(written, Ordering::SeqCst);
        sleep(Duration::from_millis(1)).await;
    }
    let mut hits = 0;
    for task in tasks {
        hits += task.await.expect("no reader found an old value");
    }
    assert!(hits > 100, "only {hits} hits: the test showed nothing");
}
