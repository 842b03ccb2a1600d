//! Copies in one and in two instances, with a channel and a shared cache that can be taken away.

use std::sync::atomic::{AtomicBool, AtomicU32};

use async_trait::async_trait;
use irontrack_memory_adapter::MemoryCache;
use irontrack_ports::{CacheError, ChannelError, Ear};
use tokio::{
    sync::{Notify, broadcast},
    time::{sleep, timeout},
};

use super::*;

const PATIENCE: Duration = Duration::from_secs(10);
const LONG: Lives = Lives::new(Duration::from_secs(60), Duration::from_secs(60));

/// A channel inside the test.
struct Wire {
    sender: broadcast::Sender<String>,
    is_cut: AtomicBool,
}

impl Wire {
    fn new() -> Arc<Self> {
        Arc::new(Self { sender: broadcast::channel(1000).0, is_cut: AtomicBool::new(false) })
    }
}

struct WireEar(broadcast::Receiver<String>);

#[async_trait]
impl Ear for WireEar {
    async fn hear(&mut self) -> Result<String, ChannelError> {
        self.0.recv().await.map_err(|error| ChannelError(error.to_string()))
    }
}

#[async_trait]
impl InvalidationChannel for Wire {
    fn name(&self) -> &'static str {
        "test"
    }

    async fn publish(&self, message: &str) -> Result<(), ChannelError> {
        if self.is_cut.load(Ordering::SeqCst) {
            return Err(ChannelError("cut".into()));
        }
        let _heard_by = self.sender.send(message.to_owned());
        Ok(())
    }

    async fn listen(&self) -> Result<Box<dyn Ear>, ChannelError> {
        Ok(Box::new(WireEar(self.sender.subscribe())))
    }
}

/// A shared cache that can be taken away.
struct Shared {
    cache: MemoryCache,
    is_away: AtomicBool,
}

impl Shared {
    fn new() -> Arc<Self> {
        Arc::new(Self { cache: MemoryCache::new(1 << 20), is_away: AtomicBool::new(false) })
    }

    fn here(&self) -> Result<&MemoryCache, CacheError> {
        if self.is_away.load(Ordering::SeqCst) { Err(CacheError("away".into())) } else { Ok(&self.cache) }
    }
}

#[async_trait]
impl Cache for Shared {
    async fn get(&self, key: &str) -> Result<Lookup, CacheError> {
        self.here()?.get(key).await
    }

    async fn fill(&self, key: &str, ticket: FillTicket, value: Arc<[u8]>, life: Duration) -> Result<bool, CacheError> {
        self.here()?.fill(key, ticket, value, life).await
    }

    async fn remove(&self, keys: &[String]) -> Result<(), CacheError> {
        self.here()?.remove(keys).await
    }

    async fn ping(&self) -> Result<(), CacheError> {
        self.here()?.ping().await
    }
}

/// The database: one row, and how often it was read.
#[derive(Default)]
struct Row {
    value: AtomicU64,
    reads: AtomicU32,
}

impl Row {
    async fn load(&self) -> Result<Loaded<u64>, RepositoryError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        let value = self.value.load(Ordering::SeqCst);
        // The answer takes a while.
        tokio::task::yield_now().await;
        Ok(Loaded::Copied(value, value.to_be_bytes().as_slice().into()))
    }

    fn reads(&self) -> u32 {
        self.reads.load(Ordering::SeqCst)
    }
}

fn decode(copy: &Arc<[u8]>) -> Option<u64> {
    copy.as_ref().try_into().ok().map(u64::from_be_bytes)
}

async fn read(copies: &Copies, row: &Row) -> u64 {
    copies.read("row", LONG, decode, || row.load()).await.expect("the row can be read")
}

fn outdated() -> Outdated {
    Outdated::new(["row".to_owned()])
}

/// A write: the commit carries the message, then the copies are forgotten.
async fn write(copies: &Copies, wire: &Wire, row: &Row) -> u64 {
    let written = row.value.fetch_add(1, Ordering::SeqCst) + 1;
    for message in copies.messages(&outdated()) {
        let _heard_by = wire.sender.send(message);
    }
    copies.forget(&outdated()).await;
    written
}

fn instance(wire: &Arc<Wire>, shared: Option<&Arc<Shared>>) -> Arc<Copies> {
    let shared = shared.map(|shared| shared.clone() as Arc<dyn Cache>);
    Arc::new(Copies::new(Arc::new(MemoryCache::new(1 << 20)), shared, vec![wire.clone()]))
}

async fn until(what: &str, condition: impl AsyncFn() -> bool) {
    let waiting = async {
        while !condition().await {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(PATIENCE, waiting).await.unwrap_or_else(|_| panic!("waited too long until {what}"));
}

async fn trusted(copies: &Copies) {
    until("heartbeats are heard", async || copies.trust.is_given()).await;
}

#[tokio::test]
async fn a_copy_is_used_until_it_is_forgotten() {
    let (wire, row) = (Wire::new(), Row::default());
    let copies = instance(&wire, None);
    let _following = copies.follow();
    trusted(&copies).await;
    for _ in 0..3 {
        assert_eq!(read(&copies, &row).await, 0);
    }
    assert_eq!(row.reads(), 1);
    let written = write(&copies, &wire, &row).await;
    assert_eq!(read(&copies, &row).await, written);
    assert_eq!(row.reads(), 2);
}

#[tokio::test]
async fn without_news_of_others_nothing_is_copied_here() {
    let (wire, row) = (Wire::new(), Row::default());
    let copies = instance(&wire, None);
    for _ in 0..3 {
        read(&copies, &row).await;
    }
    assert_eq!(row.reads(), 3, "nobody listens");
    let _following = copies.follow();
    trusted(&copies).await;
    read(&copies, &row).await;
    wire.is_cut.store(true, Ordering::SeqCst);
    until("the silence is noticed", async || !copies.trust.is_given()).await;
    row.value.store(7, Ordering::SeqCst);
    assert_eq!(read(&copies, &row).await, 7, "a copy was used although nobody knows whether it is outdated");
    wire.is_cut.store(false, Ordering::SeqCst);
    trusted(&copies).await;
    assert_eq!(read(&copies, &row).await, 7);
}

#[tokio::test]
async fn what_was_copied_before_a_gap_is_not_used_after_it() {
    let (wire, row) = (Wire::new(), Row::default());
    let copies = instance(&wire, None);
    let following = copies.follow();
    trusted(&copies).await;
    read(&copies, &row).await;
    drop(following);
    copies.trust.withdraw(0);
    // Nobody hears of this.
    row.value.store(7, Ordering::SeqCst);
    let _following = copies.follow();
    trusted(&copies).await;
    assert_eq!(read(&copies, &row).await, 7);
}

#[tokio::test]
async fn one_reader_asks_for_all() {
    let (wire, row) = (Wire::new(), Arc::new(Row::default()));
    let copies = instance(&wire, None);
    let gate = Arc::new(Notify::new());
    let readers: Vec<_> = (0..50)
        .map(|_| {
            let (copies, row, gate) = (copies.clone(), row.clone(), gate.clone());
            tokio::spawn(async move {
                let load = || async {
                    gate.notified().await;
                    row.load().await
                };
                copies.read("row", LONG, decode, load).await.expect("the row can be read")
            })
        })
        .collect();
    // All who have begun are waiting for the first one.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    gate.notify_one();
    for reader in readers {
        assert_eq!(timeout(PATIENCE, reader).await.expect("in time").expect("it ends"), 0);
    }
    assert_eq!(row.reads(), 1);
}

#[tokio::test]
async fn a_reader_who_goes_away_leaves_the_others_to_themselves() {
    let (wire, row) = (Wire::new(), Arc::new(Row::default()));
    let copies = instance(&wire, None);
    let first = tokio::spawn({
        let copies = copies.clone();
        async move { copies.read("row", LONG, decode, std::future::pending).await }
    });
    tokio::task::yield_now().await;
    let second = tokio::spawn({
        let (copies, row) = (copies.clone(), row.clone());
        async move { read(&copies, &row).await }
    });
    tokio::task::yield_now().await;
    first.abort();
    assert_eq!(timeout(PATIENCE, second).await.expect("in time").expect("it ends"), 0);
}

#[tokio::test]
async fn the_failure_of_the_database_reaches_all_who_wait_and_is_not_copied() {
    let (wire, row) = (Wire::new(), Row::default());
    let copies = instance(&wire, None);
    let _following = copies.follow();
    trusted(&copies).await;
    let fail = || async { Err::<Loaded<u64>, _>(RepositoryError::Unavailable("away".into())) };
    assert!(copies.read("row", LONG, decode, fail).await.is_err());
    assert_eq!(read(&copies, &row).await, 0);
}

#[tokio::test]
async fn what_was_read_before_a_write_is_not_handed_out_after_it() {
    let (wire, row, shared) = (Wire::new(), Arc::new(Row::default()), Shared::new());
    let copies = instance(&wire, Some(&shared));
    let _following = copies.follow();
    trusted(&copies).await;
    let (has_read, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let slow = tokio::spawn({
        let (copies, row, has_read, go_on) = (copies.clone(), row.clone(), has_read.clone(), go_on.clone());
        async move {
            let load = || async {
                let loaded = row.load().await;
                has_read.notify_one();
                go_on.notified().await;
                loaded
            };
            copies.read("row", LONG, decode, load).await.expect("the row can be read")
        }
    });
    has_read.notified().await;
    let written = write(&copies, &wire, &row).await;
    assert_eq!(read(&copies, &row).await, written, "the reader joined a read from before the write");
    go_on.notify_one();
    assert_eq!(slow.await.expect("it ends"), 0, "it had begun before");
    assert_eq!(read(&copies, &row).await, written, "an old value was put back");
    let other = instance(&wire, Some(&shared));
    assert_eq!(read(&other, &row).await, written, "an old value was put back for others");
}

#[tokio::test]
async fn another_instance_uses_the_shared_copy_and_hears_when_it_is_outdated() {
    let (wire, row, shared) = (Wire::new(), Row::default(), Shared::new());
    let (one, other) = (instance(&wire, Some(&shared)), instance(&wire, Some(&shared)));
    let _following = (one.follow(), other.follow());
    trusted(&one).await;
    trusted(&other).await;
    assert_eq!((read(&one, &row).await, read(&other, &row).await), (0, 0));
    assert_eq!(row.reads(), 1, "the second one came from the shared cache");
    let written = write(&one, &wire, &row).await;
    until("the message arrives", async || read(&other, &row).await == written).await;
}

#[tokio::test]
async fn a_shared_copy_that_could_not_be_removed_is_not_used_until_it_was() {
    let (wire, row, shared) = (Wire::new(), Row::default(), Shared::new());
    let (one, other) = (instance(&wire, Some(&shared)), instance(&wire, Some(&shared)));
    let _following = (one.follow(), other.follow());
    trusted(&one).await;
    trusted(&other).await;
    read(&one, &row).await;
    shared.is_away.store(true, Ordering::SeqCst);
    let written = write(&one, &wire, &row).await;
    until("the other has heard of it", async || other.doubts.has("row")).await;
    // It comes back as it was: with the old value.
    let Ok(Lookup::Hit(old)) = shared.cache.get("row").await else { panic!("the old value is there") };
    assert_eq!(decode(&old), Some(0));
    // Both ask past it as long as they are not sure.
    assert_eq!((read(&one, &row).await, read(&other, &row).await), (written, written));
    shared.is_away.store(false, Ordering::SeqCst);
    until("the doubts are settled", async || !one.doubts.has("row") && !other.doubts.has("row")).await;
    for copies in [&one, &other] {
        assert_eq!(read(copies, &row).await, written);
    }
    let third = instance(&wire, Some(&shared));
    assert_eq!(read(&third, &row).await, written, "the old value has survived");
}

#[tokio::test]
async fn lists_are_outdated_together_and_others_stay() {
    let (wire, reads) = (Wire::new(), AtomicU32::new(0));
    let copies = instance(&wire, None);
    let _following = copies.follow();
    trusted(&copies).await;
    let list = async |groups: &[Group], what: &str| {
        let load = || async {
            let number = reads.fetch_add(1, Ordering::SeqCst);
            Ok(number.to_be_bytes().as_slice().into())
        };
        copies.list(groups, what, load).await.expect("the list can be read")
    };
    let (all, own) = (Group::Exercises, Group::ExercisesOf(irontrack_domain::UserId::new(Uuid::from_u128(1))));
    let first = (list(&[all], "a").await, list(&[all], "b").await, list(&[all, own], "a").await);
    assert_eq!(reads.load(Ordering::SeqCst), 3, "three different lists");
    assert_eq!(first, (list(&[all], "a").await, list(&[all], "b").await, list(&[all, own], "a").await));
    copies.forget(&Outdated::new([own.key()])).await;
    assert_eq!(first.0, list(&[all], "a").await);
    assert_ne!(first.2, list(&[all, own], "a").await, "own exercises have changed");
    copies.forget(&Outdated::new([all.key()])).await;
    assert_ne!(first.0, list(&[all], "a").await);
    assert_ne!(first.1, list(&[all], "b").await);
    let before = reads.load(Ordering::SeqCst);
    let long = "x".repeat(10_000);
    list(&[all], &long).await;
    list(&[all], &long).await;
    assert_eq!(reads.load(Ordering::SeqCst), before + 2, "nobody asks the same again");
}

/// Readers and writers on two instances, with a shared cache that comes and goes: whoever has got an answer of a write
/// never reads an older value on the same instance.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_reader_sees_less_than_what_its_instance_has_answered() {
    let (wire, row, shared) = (Wire::new(), Arc::new(Row::default()), Shared::new());
    let instances = [instance(&wire, Some(&shared)), instance(&wire, Some(&shared))];
    let _following = instances.each_ref().map(Copies::follow);
    for copies in &instances {
        trusted(copies).await;
    }
    let one_writes = Arc::new(tokio::sync::Mutex::new(()));
    let mut tasks = Vec::new();
    for copies in &instances {
        let answered = Arc::new(AtomicU64::new(0));
        for number in 0..4_u64 {
            let (copies, row, answered, one_writes) =
                (copies.clone(), row.clone(), answered.clone(), one_writes.clone());
            let (wire, shared) = (wire.clone(), shared.clone());
            tasks.push(tokio::spawn(async move {
                for round in 0..1500_u64 {
                    if number == 0 && round % 7 == 0 {
                        shared.is_away.store(round % 3 == 0, Ordering::SeqCst);
                        let _writing = one_writes.lock().await;
                        let written = write(&copies, &wire, &row).await;
                        answered.fetch_max(written, Ordering::SeqCst);
                    } else {
                        let least = answered.load(Ordering::SeqCst);
                        let found = read(&copies, &row).await;
                        assert!(found >= least, "found {found} after {least} was answered");
                    }
                }
            }));
        }
    }
    for task in tasks {
        task.await.expect("no reader found an old value");
    }
    shared.is_away.store(false, Ordering::SeqCst);
    let last = row.value.load(Ordering::SeqCst);
    for copies in &instances {
        until("everybody has the last value", async || read(copies, &row).await == last).await;
    }
    let reads = row.reads();
    assert!(reads < 9000, "{reads} reads of the database: the copies were hardly used");
}
