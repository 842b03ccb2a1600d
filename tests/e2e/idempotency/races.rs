//! The same request many times at once.

use std::time::Duration;

use irontrack_tests::{
    harness::{Session, bodies, until},
    http::{Request, Response},
};
use postgres::Client;
use serde_json::json;

use super::{assert_key_refused, is_replayed, keyed, operations};
use crate::{
    gym::{Gym, array, expect, is_waiting, unit},
    races::at_once,
};

#[test]
fn of_twenty_at_once_one_creates() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for (n, (path, sent)) in operations(&mut gym, &owner).into_iter().enumerate() {
        let request = keyed(&path, &format!("key-{n}"), &sent);
        let answers = at_once(&gym.app, &vec![(owner.clone(), request); 20]);
        let (mut bodies, mut created): (Vec<_>, usize) = (Vec::new(), 0);
        for answer in &answers {
            match (answer.status, is_replayed(answer)) {
                (201, replayed) => {
                    created += usize::from(!replayed);
                    bodies.push(answer.body.clone());
                }
                (409, _) => assert_eq!(answer.header("retry-after"), Some("1"), "{path}: {}", answer.text()),
                _ => panic!("{path}: {} {}", answer.status, answer.text()),
            }
        }
        bodies.dedup();
        assert_eq!((created, bodies.len()), (1, 1), "{path}");
    }
    assert_eq!(gym.count("SELECT count(*) FROM training_units"), 2 + 1 + 1 + 1, "with the copies of unit and plan");
    assert_eq!(gym.count("SELECT count(*) FROM training_plans"), 1 + 1 + 1);
    gym.close();
}

/// Holds the row of a unit while a request waits for it, and tells what another request is answered meanwhile.
fn while_running(gym: &mut Gym, owner: &Session, waiting: &Request, locked: &str, other: &[Request]) -> Vec<Response> {
    let mut holder: Client = gym.app.database.connect();
    let mut hold = holder.transaction().expect("a transaction begins");
    hold.execute(&format!("SELECT FROM training_units WHERE id = '{locked}' FOR UPDATE"), &[])
        .expect("a row is locked");
    let (app, mint) = (&gym.app, &mut gym.mint);
    std::thread::scope(|scope| {
        let first = scope.spawn(|| app.send_as(owner, waiting.clone()));
        until(Duration::from_secs(5), "the first request waits for the row", || is_waiting(&mut mint.database));
        let mut answers: Vec<_> = other.iter().map(|request| app.send_as(owner, request.clone())).collect();
        hold.rollback().expect("the row is released");
        answers.insert(0, first.join().expect("the first request is answered"));
        answers
    })
}

#[test]
fn while_the_first_runs_the_others_are_told_to_come_back() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let id = gym.mint.training_unit(owner.user_id, "private");
    let exercise = gym.mint.exercise(None);
    let path = format!("{}/exercises", unit(id));
    let add = keyed(&path, "key", &bodies::unit_entry(exercise));
    let different = keyed(&path, "key", &json!({"exerciseId": exercise, "mode": "sets_only"}));
    let answers = while_running(&mut gym, &owner, &add, &id.to_string(), &[add.clone(), different.clone()]);
    expect(&answers[0], 201);
    assert_eq!((answers[1].status, answers[1].header("retry-after")), (409, Some("1")), "{}", answers[1].text());
    assert!([409, 422].contains(&answers[2].status), "{}", answers[2].text());
    let again = gym.app.send_as(&owner, add);
    assert_eq!((again.status, &again.body, is_replayed(&again)), (201, &answers[0].body, true));
    assert_key_refused(&gym.app.send_as(&owner, different));
    assert_eq!(array(&gym.read(&owner, &unit(id))["exercises"]).len(), 1);
    gym.close();
}
