//! `If-None-Match`: what the reader has already is not sent again.

use irontrack_tests::http::Response;
use serde_json::json;

use super::things;
use crate::gym::{Gym, expect, refused, request, tag};

fn assert_unchanged(answer: &Response, current: &str) {
    assert_eq!((answer.status, answer.body.len()), (304, 0), "{}", answer.text());
    assert_eq!(tag(answer), current);
}

#[test]
fn what_is_known_is_not_sent_again() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for thing in things(&mut gym, &owner) {
        for _ in 0..2 {
            let current = tag(&gym.ask(&owner, "GET", &thing.path));
            for known in
                [current.clone(), "*".into(), format!("\"other\", {current}"), format!("{current},W/\"other\"")]
            {
                for method in ["GET", "HEAD"] {
                    let answer = gym.ask_with(&owner, method, &thing.path, ("If-None-Match", &known));
                    assert_unchanged(&answer, &current);
                }
            }
            for unknown in
                ["\"other\"".to_owned(), "\"\"".to_owned(), format!("W/{current}"), "\"a\", \"b\"".to_owned()]
            {
                let answer = gym.ask_with(&owner, "GET", &thing.path, ("If-None-Match", &unknown));
                assert_eq!(tag(&answer), current, "{unknown}");
                expect(&answer, 200);
            }
            let two = request("GET", &thing.path).header("If-None-Match", "\"x\"").header("If-None-Match", &current);
            assert_unchanged(&gym.app.send_as(&owner, two), &current);
            gym.change(&owner, "PATCH", &thing.path, &json!({"description": format!("after {current}")}));
            let changed = gym.ask_with(&owner, "GET", &thing.path, ("If-None-Match", &current));
            assert_ne!(tag(&changed), current);
            expect(&changed, 200);
        }
    }
    gym.close();
}

#[test]
fn who_may_not_read_learns_nothing_from_a_condition() {
    let mut gym = Gym::open();
    let [owner, stranger] = gym.people();
    for (thing, detail) in things(&mut gym, &owner).iter().zip(["Training unit not found", "Training plan not found"]) {
        let current = tag(&gym.ask(&owner, "GET", &thing.path));
        for known in [&current, "*"] {
            refused(&gym.ask_with(&stranger, "GET", &thing.path, ("If-None-Match", known)), 404, detail);
        }
        let anonymous = request("GET", &thing.path).header("If-None-Match", "*");
        refused(&gym.app.send(&anonymous), 401, "Not authenticated");
    }
    gym.close();
}

#[test]
fn lists_have_no_tag_and_no_condition() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for list in ["/training-units", "/training-plans"] {
        let answer = gym.ask_with(&owner, "GET", list, ("If-None-Match", "*"));
        expect(&answer, 200);
        assert_eq!(answer.header("etag"), None, "{list}");
    }
    gym.close();
}
