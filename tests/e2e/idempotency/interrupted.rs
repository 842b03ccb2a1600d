//! Servers and clients that go in the middle of a request. Effect and key are written together, or not at all.

use std::{io::Write, net::TcpStream, time::Duration};

use irontrack_tests::{
    harness::{Session, bodies, until},
    http::{Client, Request},
};
use uuid::Uuid;

use super::{is_replayed, keyed};
use crate::gym::{Gym, array, is_waiting, unit};

/// A unit of somebody, and the request that adds an entry to it under a key.
fn addition(gym: &mut Gym) -> (Session, Uuid, Request) {
    let owner = gym.person();
    let id = gym.mint.training_unit(owner.user_id, "private");
    let exercise = gym.mint.exercise(None);
    let add = keyed(&format!("{}/exercises", unit(id)), "key", &bodies::unit_entry(exercise));
    (owner, id, add)
}

#[test]
fn a_killed_server_leaves_neither_effect_nor_key() {
    let mut gym = Gym::open();
    let (owner, id, add) = addition(&mut gym);
    let other = gym.app.beside(&[]);
    let mut holder = gym.app.database.connect();
    let mut hold = holder.transaction().expect("a transaction begins");
    hold.execute("SELECT FROM training_units FOR UPDATE", &[]).expect("a row is locked");
    std::thread::scope(|scope| {
        let lost = scope.spawn(|| Client::new().send(&other.address, &owner.asks(add.clone())));
        until(Duration::from_secs(5), "the request waits for the row", || is_waiting(&mut gym.mint.database));
        other.process.signal("KILL");
        assert!(lost.join().expect("the request ends").is_err(), "expected no answer of a dead server");
    });
    hold.rollback().expect("the row is released");
    // What the dead server had begun is undone when its connections are seen to be closed.
    let mut answer = None;
    until(Duration::from_secs(10), "the key is free again", || {
        let tried = gym.app.send_as(&owner, add.clone());
        let is_done = tried.status == 201;
        answer = Some(tried);
        is_done
    });
    assert!(answer.is_some_and(|answer| !is_replayed(&answer)), "nothing was kept of the lost request");
    assert_eq!(array(&gym.read(&owner, &unit(id))["exercises"]).len(), 1);
    gym.close();
}

#[test]
fn a_client_that_hangs_up_finds_all_or_nothing() {
    let mut gym = Gym::open();
    let (owner, id, add) = addition(&mut gym);
    let mut holder = gym.app.database.connect();
    let mut hold = holder.transaction().expect("a transaction begins");
    hold.execute("SELECT FROM training_units FOR UPDATE", &[]).expect("a row is locked");
    let body = add.body.clone().unwrap_or_default();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: x\r\nCookie: access_token={}\r\nIdempotency-Key: key\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        add.path,
        owner.access.clone().unwrap_or_default(),
        body.len()
    );
    let mut stream = TcpStream::connect(gym.app.address.trim_start_matches("http://")).expect("the server listens");
    stream.write_all(&[head.into_bytes(), body].concat()).expect("the request can be sent");
    until(Duration::from_secs(5), "the request waits for the row", || is_waiting(&mut gym.mint.database));
    drop(stream);
    hold.rollback().expect("the row is released");
    until(Duration::from_secs(5), "the request is over", || {
        let busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                    AND pid <> pg_backend_pid() AND state NOT IN ('idle', 'disabled')";
        gym.count(busy) == 0
    });
    let effects = gym.count("SELECT count(*) FROM training_unit_exercises");
    assert_eq!(gym.count("SELECT count(*) FROM idempotency_keys"), effects, "the key is there with its effect");
    let answer = gym.app.send_as(&owner, add);
    assert_eq!((answer.status, is_replayed(&answer)), (201, effects == 1), "{}", answer.text());
    assert_eq!(array(&gym.read(&owner, &unit(id))["exercises"]).len(), 1);
    gym.close();
}
