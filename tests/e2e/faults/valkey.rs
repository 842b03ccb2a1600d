//! Faults of the shared cache: answers stay the same and nobody who was shut out gets in, and afterwards it is used again.

use std::time::{Duration, Instant};

use irontrack_tests::harness::{CacheEntries, CacheServer, FaultProxy, Upstream, last, until};

use super::{assert_well, scene::Scene, short_or_full};

/// How long nothing is wrong before a fault, and is watched after it.
const CALM: Duration = Duration::from_secs(1);

/// How long a fault lasts.
fn fault_time() -> Duration {
    short_or_full(Duration::from_secs(2), Duration::from_secs(20))
}

/// After a fault the cache is used again within this time.
fn recovery_limit() -> Duration {
    short_or_full(Duration::from_secs(6), Duration::from_secs(2))
}

/// Works, goes through a fault and works again. The fault gets the scene, the server and the proxy before it, and is over
/// when it returns.
fn ordeal(name: &str, fault: impl FnOnce(&mut Scene, &mut CacheServer, &FaultProxy)) {
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
    println!("  before: {before}\n  during: {during}\n  after:  {after}");
    assert_well(&samples);
    // Few wait for a cache that does not answer, and nobody for long.
    let [usual, then] = [&before, &during].map(|samples| samples.per_mille(short_or_full(850, 990)));
    let bearable = 3 * usual + short_or_full(Duration::from_millis(35), Duration::ZERO);
    assert!(then <= bearable, "{then:.1?} instead of {usual:.1?}");
    let slowest = short_or_full(Duration::from_millis(1500), Duration::from_millis(300));
    assert!(during.slowest() <= slowest, "{:.0?}", during.slowest());
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
        let end = Instant::now() + fault_time();
        while Instant::now() < end {
            cache.restart();
            scene.work_for(Duration::from_millis(300));
        }
    });
}

#[test]
fn a_cache_full_of_garbage_changes_no_answer() {
    ordeal("cache filled with garbage", |scene, cache, _| {
        let mut entries = cache.entries();
        let (mut round, mut spoilt, end) = (0, 0, Instant::now() + fault_time());
        while Instant::now() < end {
            spoilt += spoil(&mut entries, round);
            entries.say(&[0xff, 0x00, 0xfe]);
            entries.say(b"forget everything");
            scene.work_for(Duration::from_millis(20));
            round += 1;
        }
        println!("cache filled with garbage: {spoilt} values spoilt in {round} rounds");
        assert!(spoilt > 50, "only {spoilt} values were there to be spoilt");
        // What is spoilt now goes away only by being found out.
        spoil(&mut entries, 0);
        last(Duration::from_millis(50));
    });
}

/// Spoils everything that is stored, in one way or another, and answers how many values that were.
fn spoil(entries: &mut CacheEntries, round: usize) -> usize {
    let keys: Vec<_> = ["principal", "list", "generation"].iter().flat_map(|begin| entries.keys(begin)).collect();
    let values: Vec<_> = keys.iter().map(|key| entries.bytes(key)).collect();
    for (number, (key, value)) in keys.iter().zip(&values).enumerate() {
        match (round + number) % 4 {
            0 => entries.put(key, &noise(round + number)),
            1 => entries.put_other_type(key, round + number),
            // The value of another key.
            2 => entries.put(key, values[(number + 1) % values.len()].as_deref().unwrap_or_default()),
            // Nearly the same value.
            _ => {
                let mut changed = value.clone().unwrap_or_default();
                if let Some(last) = changed.last_mut() {
                    *last ^= 1;
                }
                entries.put(key, &changed);
            }
        }
    }
    keys.len()
}

/// Bytes that look like nothing, but for the first one, which says that the rest is a value.
fn noise(seed: usize) -> Vec<u8> {
    let mut state = seed as u64 + 1;
    let mut bytes = vec![2];
    bytes.extend((0..200).map(|_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    }));
    bytes
}
