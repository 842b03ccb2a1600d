//! Somebody writes into the shared cache what they like: no answer changes, and nobody is let in or gets rights by it.

use std::time::{Duration, Instant};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{CacheEntries, Session, last},
    http::Request,
};

use super::{
    scene::Scene,
    valkey::{fault_time, ordeal},
};

const ME: &str = "/api/v1/access/me";

#[test]
fn a_cache_full_of_garbage_changes_no_answer() {
    ordeal("cache filled with garbage", |scene, cache, _| {
        let mut entries = cache.entries();
        let (mut round, mut spoilt, mut lists, mut moved, mut forged) = (0, 0, 0, 0, 0);
        let end = Instant::now() + fault_time();
        while Instant::now() < end {
            spoilt += spoil(&mut entries, round);
            entries.say(&[0xff, 0x00, 0xfe]);
            entries.say(b"forget everything");
            scene.work_for(Duration::from_millis(20));
            lists += a_spoilt_list_is_found_out(scene, &mut entries, round);
            moved += a_session_does_not_live_on_as_another(scene, &mut entries);
            forged += a_made_up_role_is_found_out(scene, &mut entries);
            round += 1;
        }
        println!("cache filled with garbage: {spoilt} values spoilt in {round} rounds, {moved} moved, {forged} forged");
        assert!(spoilt > 50 && lists > 5 && moved > 5 && forged > 5, "there was too little to be spoilt");
        // What is spoilt now goes away only by being found out.
        spoil(&mut entries, 0);
        last(Duration::from_millis(50));
    });
}

/// Spoils everything that is stored, in one way or another, and answers how many values that were.
fn spoil(entries: &mut CacheEntries, round: usize) -> usize {
    let keys: Vec<_> = ["principal", "list", "generation"].iter().flat_map(|begin| entries.keys(begin)).collect();
    let values: Vec<_> = keys.iter().map(|key| entries.bytes(key).unwrap_or_default()).collect();
    for (number, (key, value)) in keys.iter().zip(&values).enumerate() {
        match (round + number) % 4 {
            0 => entries.put(key, &noise(round + number)),
            1 => entries.put_other_type(key, round + number),
            // The value of another key.
            2 => entries.put(key, &values[(number + 1) % values.len()]),
            // Nearly the same value.
            _ => entries.put(key, &with_last_byte_changed(value)),
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
        state.to_be_bytes()[0]
    }));
    bytes
}

fn with_last_byte_changed(value: &[u8]) -> Vec<u8> {
    let mut changed = value.to_vec();
    if let Some(last) = changed.last_mut() {
        *last ^= 1;
    }
    changed
}

/// One server stores a list that nobody has asked for, and the other one finds it spoilt. Answers how many values were
/// spoilt, as all of these do.
fn a_spoilt_list_is_found_out(scene: &mut Scene, entries: &mut CacheEntries, round: usize) -> usize {
    let reader = scene.mint.person(Role::ApplicationAccess);
    let path = format!("/api/v1/exercises?pageSize={}&currentPage={}", 1 + round % 50, 1 + round / 50);
    let stored = scene.here.get(&reader, &path);
    let keys = entries.keys("list");
    for key in &keys {
        let value = entries.bytes(key).unwrap_or_default();
        entries.put(key, &with_last_byte_changed(&value));
    }
    let found = scene.there.get(&reader, &path);
    assert_eq!((found.status, found.text()), (200, stored.text()), "{path}");
    keys.len()
}

/// A session is ended, and gets what is stored about another one of the same person.
fn a_session_does_not_live_on_as_another(scene: &mut Scene, entries: &mut CacheEntries) -> usize {
    let leaver = scene.revoke_one();
    let other = scene.mint.session(leaver.user_id.expect("an account"), &leaver.email);
    assert_eq!(scene.here.get(&other, ME).status, 200);
    let stored = stored_about(&other, entries);
    if let Some((key, value)) = &stored {
        entries.put(&key.replace(&id(&other), &id(&leaver)), value);
        for app in [&scene.there, &scene.here] {
            assert_eq!(app.get(&leaver, ME).status, 401, "an ended session lives on as another one");
        }
    }
    usize::from(stored.is_some())
}

/// What is stored about somebody says that they are a superuser.
fn a_made_up_role_is_found_out(scene: &mut Scene, entries: &mut CacheEntries) -> usize {
    let climber = scene.mint.person(Role::ApplicationAccess);
    assert_eq!(scene.here.get(&climber, ME).status, 200);
    let stored = stored_about(&climber, entries);
    if let Some((key, value)) = &stored {
        let role = Role::ApplicationAccess.slug().as_bytes();
        let at = value.windows(role.len()).position(|part| part == role).expect("a role is stored");
        let forged = [&value[..at], Role::Superuser.slug().as_bytes(), &value[at + role.len()..]].concat();
        entries.put(key, &forged);
    }
    let users = scene.there.send_as(&climber, Request::new("GET", "/api/v1/users"));
    assert_eq!(users.status, 403, "rights that were made up count");
    usize::from(stored.is_some())
}

/// What is stored about a session now, with its key.
fn stored_about(session: &Session, entries: &mut CacheEntries) -> Option<(String, Vec<u8>)> {
    let key = entries.keys("principal").into_iter().find(|key| key.contains(&id(session)))?;
    let value = entries.bytes(&key)?;
    Some((key, value))
}

fn id(session: &Session) -> String {
    session.session_id.expect("a session").to_string()
}
