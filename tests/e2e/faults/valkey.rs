//! Faults of the shared cache: answers stay the same and nobody who was shut out gets in, and afterwards it is used again.

use std::time::{Duration, Instant};

use irontrack_tests::harness::{CacheEntries, CacheServer, FaultProxy, Samples, Upstream, alone, until};

use super::{
    assert_well,
    scene::{READ, READ_PLAIN, Scene},
    short_or_full,
};

/// How long nothing is wrong before a fault, and is watched after it.
const CALM: Duration = Duration::from_secs(1);

/// How long a fault lasts.
pub(super) fn fault_time() -> Duration {
    short_or_full(Duration::from_secs(2), Duration::from_secs(20))
}

/// After a fault the cache is used again within this time.
fn recovery_limit() -> Duration {
    short_or_full(Duration::from_secs(30), Duration::from_secs(2))
}

/// Works, goes through a fault and works again. The fault gets the scene, the server and the proxy before it, and is over
/// when it returns.
pub(super) fn ordeal(name: &str, fault: impl FnOnce(&mut Scene, &mut CacheServer, &FaultProxy)) {
    let (before, during) = go_through(name, fault);
    judge(&before, &during);
}

/// The same without a judgement on how long reads took: answers what was sent before the fault and while it lasted.
fn go_through(name: &str, fault: impl FnOnce(&mut Scene, &mut CacheServer, &FaultProxy)) -> (Samples, Samples) {
    let _turn = alone();
    let mut cache = CacheServer::start();
    let proxy = FaultProxy::to(Upstream::Unix(cache.socket()));
    let mut scene = Scene::start(&format!("redis://{}", proxy.address()));
    let calm = scene.now();
    scene.work_for(CALM);
    assert_used(&mut cache.entries(), recovery_limit());

    let begun = scene.now();
    fault(&mut scene, &mut cache, &proxy);
    let over = scene.now();
    scene.assert_done();
    let used = assert_used(&mut cache.entries(), recovery_limit());
    scene.assert_done();
    scene.work_for(CALM);
    scene.assert_done();
    assert_used(&mut cache.entries(), recovery_limit());

    let end = scene.now();
    let (samples, done) = scene.end();
    let [before, during, after] =
        [(calm, begun), (begun, over), (over, end)].map(|(from, to)| samples.between(from, to));
    println!("{name}: {done}; the cache was used again after {used:.0?}");
    for what in [READ, READ_PLAIN] {
        let [before, during, after] = [&before, &during, &after].map(|samples| samples.of(what));
        println!("  {what}\n    before: {before}\n    during: {during}\n    after:  {after}");
    }
    assert_well(&samples);
    (before, during)
}

/// Few wait for a cache that does not answer, and nobody for long.
fn judge(before: &Samples, during: &Samples) {
    let (reading, plain) = (during.of(READ), during.of(READ_PLAIN));
    let place = short_or_full(850, 990);
    let usual = before.of(READ).per_mille(place);
    // On a machine that has something else to do, everything is slower meanwhile, also where there is no fault.
    let (usual, slowest) = short_or_full(
        (
            usual.max(plain.per_mille(place)) + Duration::from_millis(12),
            plain.slowest() * 3 + Duration::from_millis(1500),
        ),
        (usual, Duration::from_millis(300)),
    );
    let then = reading.per_mille(place);
    assert!(then <= 3 * usual, "{then:.1?} instead of {usual:.1?}");
    assert!(reading.slowest() <= slowest, "{:.0?} instead of {slowest:.0?}", reading.slowest());
}

/// Waits until one server finds what the other one has stored: nobody finds anything in the shared cache otherwise,
/// because what a server has stored itself it also holds in its own memory, and for longer.
fn assert_used(entries: &mut CacheEntries, limit: Duration) -> Duration {
    let before = entries.hits();
    let used = until(limit, "lookups find something in the cache again", || entries.hits() >= before + 5);
    assert!(!entries.keys("principal").is_empty() || !entries.keys("list").is_empty(), "there are entries");
    used
}

#[test]
fn a_stopped_cache_changes_no_answer() {
    ordeal("cache stopped", |scene, cache, _| {
        cache.stop();
        scene.work_for(fault_time());
        cache.restart();
    });
}

#[test]
fn a_frozen_cache_changes_no_answer() {
    ordeal("cache frozen", |scene, cache, _| {
        cache.freeze();
        scene.work_for(fault_time());
        cache.thaw();
    });
}

#[test]
fn a_slow_cache_changes_no_answer() {
    ordeal("cache slow by 2 s", |scene, _, proxy| {
        proxy.delay_answers(Duration::from_secs(2));
        scene.work_for(fault_time() + Duration::from_secs(1));
        proxy.pass();
    });
}

#[test]
fn a_cache_without_connections_changes_no_answer() {
    ordeal("connections to the cache silent, then reset", |scene, _, proxy| {
        proxy.stall();
        scene.work_for(fault_time() / 2);
        proxy.reset();
        proxy.pass();
        let end = Instant::now() + fault_time() / 2;
        while Instant::now() < end {
            proxy.reset();
            scene.work_for(Duration::from_millis(100));
        }
    });
}

#[test]
fn a_flushed_cache_changes_no_answer() {
    ordeal("cache flushed", |scene, cache, _| {
        let (mut entries, end) = (cache.entries(), Instant::now() + fault_time());
        while Instant::now() < end {
            entries.flush();
            scene.work_for(Duration::from_millis(100));
        }
    });
}

#[test]
fn a_full_cache_changes_no_answer() {
    ordeal("cache full", |scene, cache, _| {
        let mut entries = cache.entries();
        entries.limit_memory(1);
        scene.work_for(fault_time());
        entries.limit_memory(0);
    });
}

#[test]
fn a_restarted_cache_changes_no_answer() {
    ordeal("cache restarted", |scene, cache, _| {
        cache.restart();
        scene.work_for(fault_time());
    });
}

/// Whoever is on the way to the cache at that moment waits as long as a call may take, which is bounded; so often, those are
/// too many for a percentile.
#[test]
fn a_cache_that_is_restarted_again_and_again_changes_no_answer() {
    let (_, during) = go_through("cache restarted again and again", |scene, cache, _| {
        let end = Instant::now() + fault_time();
        while Instant::now() < end {
            cache.restart();
            scene.work_for(Duration::from_millis(300));
        }
    });
    let slowest = during.of(READ).slowest();
    let limit =
        during.of(READ_PLAIN).slowest() * 3 + short_or_full(Duration::from_millis(1500), Duration::from_millis(300));
    assert!(slowest <= limit, "{slowest:.0?} instead of {limit:.0?}");
}
