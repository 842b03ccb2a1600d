//! How many exports are sent at the same time.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    time::Duration,
};

use irontrack_tests::harness::{Session, until};

use super::export::sessions;
use crate::gym::{Gym, refused, user};

const EXPORTS: [&str; 2] = ["/access/export", "/training-sessions/export.csv"];

/// Asks for an export, reads the status, and takes nothing more.
fn stand_still(gym: &Gym, who: &Session, path: &str) -> (BufReader<TcpStream>, String) {
    let mut stream = TcpStream::connect(gym.app.address.trim_start_matches("http://")).expect("the server listens");
    let token = who.access.clone().unwrap_or_default();
    let head = format!("GET /api/v1{path} HTTP/1.1\r\nHost: x\r\nCookie: access_token={token}\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("the request can be sent");
    let mut stream = BufReader::with_capacity(64, stream);
    let mut status = String::new();
    stream.read_line(&mut status).expect("there is a status");
    (stream, status)
}

/// Clients that take nothing keep the room of their exports; others are told to come back, and are served when there is room.
#[test]
fn a_bounded_number_of_exports_is_sent_at_once() {
    let mut gym = Gym::open();
    let others: Vec<Session> = (0..4).map(|_| gym.person()).collect();
    let late = gym.person();
    let exercise = gym.mint.exercise(None);
    for who in &others {
        sessions(&mut gym, user(who), exercise, 2500);
    }
    let mut held = Vec::new();
    for who in &others {
        for path in EXPORTS {
            let (stream, status) = stand_still(&gym, who, path);
            assert!(status.starts_with("HTTP/1.1 200"), "{status}");
            held.push(stream);
        }
        let third = gym.ask(who, "GET", EXPORTS[0]);
        refused(&third, 503, "Service temporarily unavailable");
        assert_eq!(third.header("retry-after"), Some("1"));
    }
    for path in EXPORTS {
        let answer = gym.ask(&late, "GET", path);
        refused(&answer, 503, "Service temporarily unavailable");
        assert_eq!(answer.header("retry-after"), Some("1"));
    }
    assert_eq!(gym.ask(&late, "GET", "/training-sessions").status, 200, "everything else is answered");
    drop(held.pop());
    until(Duration::from_secs(20), "the server notices that a client is gone", || {
        gym.ask(&late, "GET", EXPORTS[0]).status == 200
    });
    drop(held);
    gym.close();
}
