//! Many hands in one plan at the same moment.

use std::{collections::BTreeSet, time::Duration};

use irontrack_tests::{
    harness::{bodies, until},
    http::Request,
};
use serde_json::json;

use super::{planned, schedule, units};
use crate::{
    gym::{Gym, array, expect, fields, is_waiting, refused, request, unit, user},
    races::{at_once, statuses},
};

#[test]
fn a_hundred_changes_leave_gapless_days_and_lose_nothing() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    let [legs, arms] = units(&mut gym, &owner, ["Legs", "Arms"]);
    // Whoever may write can schedule what stands there already.
    let there: Vec<_> = (0..40).map(|n| (legs, n % 4 + 1)).chain([(arms, 6)]).collect();
    let (id, path) = planned(&mut gym, &owner, "shared", &there);
    gym.mint.plan_access(id, user(&writer), "write");
    let ids = fields(&gym.read(&owner, &path)["units"], "id");
    let under = |method: &str, id: &serde_json::Value| request(method, &format!("{path}/units/{id}"));
    let change = |n: usize| -> Request {
        match n {
            0..40 => {
                let sent = bodies::plan_unit(arms, i16::try_from(n % 6 + 1).unwrap_or(1));
                let sent = if n.is_multiple_of(2) { sent } else { bodies::with(sent, "orderIndex", json!(n % 5)) };
                request("POST", &format!("{path}/units")).json(&sent)
            }
            40..60 => under("DELETE", &ids[n - 40]),
            // Some of those that go, and some that stay.
            _ => under("PATCH", &ids[n - 60]).json(&json!({"dayNumber": n % 6 + 1, "orderIndex": n % 7})),
        }
    };
    let who = |n: usize| if n.is_multiple_of(2) { owner.clone() } else { writer.clone() };
    // Shuffled by a step that has no divisor in common with their number.
    let order: Vec<usize> = (0..100).map(|n| n * 37 % 100).collect();
    let requests: Vec<_> = order.iter().map(|n| (who(*n), change(*n))).collect();
    let answers = at_once(&gym.app, &requests);
    let mut expected: BTreeSet<_> = ids[20..].iter().map(serde_json::Value::as_i64).collect();
    for (n, answer) in order.iter().zip(&answers) {
        match n {
            0..40 => _ = expected.insert(expect(answer, 201)["id"].as_i64()),
            40..60 => assert_eq!(answer.status, 204, "{}", answer.text()),
            60..80 => assert!([200, 404].contains(&answer.status), "{}", answer.text()),
            _ => assert_eq!(answer.status, 200, "{}", answer.text()),
        }
    }
    let after = gym.read(&owner, &path);
    assert_eq!(schedule(&after).len(), 61);
    let seen: BTreeSet<_> = fields(&after["units"], "id").iter().map(serde_json::Value::as_i64).collect();
    assert_eq!(seen, expected);
    gym.close();
}

#[test]
fn scheduling_a_unit_meets_its_deletion() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for round in 0..8 {
        let [legs] = units(&mut gym, &owner, [&format!("Legs {round}")]);
        let (_, path) = planned(&mut gym, &owner, "private", &[]);
        let add = request("POST", &format!("{path}/units")).json(&bodies::plan_unit(legs, 1));
        let requests = [(owner.clone(), add), (owner.clone(), request("DELETE", &unit(legs)))];
        let answers = at_once(&gym.app, &requests);
        let seen = (answers[0].status, answers[1].status);
        assert!([(201, 409), (404, 204)].contains(&seen), "{seen:?}");
        assert_eq!(array(&gym.read(&owner, &path)["units"]).len(), usize::from(seen.0 == 201));
    }
    gym.close();
}

#[test]
fn two_plans_that_take_each_others_units_do_not_wait_in_a_circle() {
    let mut gym = Gym::open();
    let [one, other] = gym.people();
    let mut requests = Vec::new();
    let [of_one, of_other] = [&one, &other].map(|who| units(&mut gym, who, ["Legs", "Arms", "Back"]));
    gym.mint.execute("UPDATE training_units SET sharing_status = 'public'", &[]);
    for (who, mut foreign) in [(&one, of_other), (&other, of_one)] {
        for round in 0..6 {
            let (_, path) = planned(&mut gym, who, "private", &[]);
            foreign.rotate_left(round % 3);
            let list: Vec<_> = foreign.iter().map(|unit| bodies::plan_unit(*unit, 1)).collect();
            requests.push((who.clone(), request("PUT", &format!("{path}/units")).json(&json!({"units": list}))));
        }
    }
    assert_eq!(statuses(&at_once(&gym.app, &requests)), [200; 12]);
    for who in [&one, &other] {
        assert_eq!(gym.read(who, "/training-units?pageSize=1")["total"], json!(3 + 6 * 3), "each made its copies");
    }
    gym.close();
}

/// Copies of units get names that nobody has, and no other unit or plan takes them before the copies are stored.
#[test]
fn copying_and_scheduling_meet_renaming() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    for round in 0..6 {
        let names = ["Legs", "Arms"].map(|name| format!("{name} {round}"));
        let on = units(&mut gym, &owner, [&names[0], &names[1]]);
        let (id, path) = planned(&mut gym, &owner, "shared", &[(on[0], 1), (on[1], 2)]);
        gym.mint.plan_access(id, user(&writer), "write");
        let name = format!("Summer {round}");
        gym.change(&owner, "PATCH", &path, &json!({"name": name}));
        let [foreign] = units(&mut gym, &writer, [&names[0]]);
        let mut requests = Vec::new();
        for n in 2..7 {
            let numbered = |name: &str| json!({"name": format!("{name} ({n})")});
            let other = gym.mint.training_unit(owner.user_id, "private");
            let (_, other_plan) = planned(&mut gym, &owner, "private", &[]);
            requests.extend([
                (owner.clone(), request("POST", &format!("{path}/copy"))),
                (owner.clone(), request("PATCH", &unit(other)).json(&numbered(&names[n % 2]))),
                (owner.clone(), request("PATCH", &other_plan).json(&numbered(&name))),
                (writer.clone(), request("POST", &format!("{path}/units")).json(&bodies::plan_unit(foreign, 3))),
            ]);
        }
        let answers = at_once(&gym.app, &requests);
        for (n, answer) in answers.iter().enumerate() {
            let expected: &[u16] = if n % 4 == 0 || n % 4 == 3 { &[201] } else { &[200, 409] };
            assert!(expected.contains(&answer.status), "{n}: {} {}", answer.status, answer.text());
        }
    }
    gym.close();
}

/// Strangers can hold nobody up: they are refused before anything of the owner's is locked.
#[test]
fn whoever_may_only_read_does_not_wait_for_the_owner() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    let [own] = units(&mut gym, &reader, ["Mine"]);
    let (_, path) = planned(&mut gym, &owner, "public", &[]);
    let mut other = gym.app.database.connect();
    let mut busy = other.transaction().expect("a transaction");
    let lock = "SELECT 1 FROM user_account WHERE id = $1 FOR UPDATE";
    assert_eq!(busy.execute(lock, &[&owner.user_id]).expect("the account can be locked"), 1);
    for (method, path, sent) in [
        ("POST", format!("{path}/units"), bodies::plan_unit(own, 1)),
        ("PUT", format!("{path}/units"), json!({"units": [bodies::plan_unit(own, 1)]})),
        ("PATCH", path.clone(), json!({"name": "Theirs"})),
    ] {
        let answer = gym.send(&reader, method, &path, &sent);
        refused(&answer, 403, "You do not have permission to change this training plan");
    }
    busy.rollback().expect("the account is released");
    gym.close();
}

/// Whoever had to wait for the end of the grant does not read by it any more.
#[test]
fn scheduling_a_unit_waits_for_its_revocation() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    let [theirs] = units(&mut gym, &owner, ["Legs"]);
    gym.mint.execute("UPDATE training_units SET sharing_status = 'shared' WHERE id = $1", &[&theirs]);
    gym.mint.unit_access(theirs, user(&reader), "read");
    let (_, path) = planned(&mut gym, &reader, "private", &[]);
    let mut other = gym.app.database.connect();
    let mut revoking = other.transaction().expect("a transaction");
    // As the server does: the unit is locked, and the grant goes.
    revoking.execute("SELECT 1 FROM training_units WHERE id = $1 FOR UPDATE", &[&theirs]).expect("a lock");
    revoking.execute("DELETE FROM training_unit_access WHERE training_unit_id = $1", &[&theirs]).expect("a change");
    let list = json!({"units": [bodies::plan_unit(theirs, 1)]});
    let answer = std::thread::scope(|scope| {
        let scheduling = scope.spawn(|| gym.app.send_as(&reader, request("PUT", &format!("{path}/units")).json(&list)));
        until(Duration::from_secs(5), "the schedule waits for the unit", || is_waiting(&mut gym.mint.database));
        revoking.commit().expect("the grant is gone");
        scheduling.join().expect("an answer")
    });
    refused(&answer, 404, "Training unit not found");
    gym.close();
}

/// An entry goes from a unit, and then its exercise, while the plan is copied: the copy has both or neither.
#[test]
fn copying_meets_the_removal_of_an_entry_and_its_exercise() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    for round in 0..8 {
        let [legs] = units(&mut gym, &owner, [&format!("Legs {round}")]);
        let exercise = gym.mint.exercise(owner.user_id);
        let entry = gym.mint.unit_entry(legs, exercise);
        let (_, path) = planned(&mut gym, &owner, "public", &[(legs, 1)]);
        let copy = request("POST", &format!("{path}/copy"));
        let copies = vec![(reader.clone(), copy); 6];
        let answers = std::thread::scope(|scope| {
            let copying = scope.spawn(|| at_once(&gym.app, &copies));
            gym.delete(&owner, &format!("{}/exercises/{entry}", unit(legs)));
            gym.delete(&owner, &format!("/exercises/{exercise}"));
            copying.join().expect("the requests were sent")
        });
        assert_eq!(statuses(&answers), [201; 6]);
        for answer in &answers {
            let count = &expect(answer, 201)["units"][0]["exerciseCount"];
            assert!([json!(0), json!(1)].contains(count), "{count}");
        }
    }
    gym.close();
}

/// Nobody changes the units of a plan while it is copied.
#[test]
fn copying_waits_for_whoever_writes_a_unit_of_the_plan() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    let [legs] = units(&mut gym, &owner, ["Legs"]);
    let exercise = gym.mint.exercise(owner.user_id);
    let entry = gym.mint.unit_entry(legs, exercise);
    let (_, path) = planned(&mut gym, &owner, "public", &[(legs, 1)]);
    let mut other = gym.app.database.connect();
    let mut writing = other.transaction().expect("a transaction");
    // As the server does: the unit is locked, and its entry goes.
    writing.execute("SELECT 1 FROM training_units WHERE id = $1 FOR UPDATE", &[&legs]).expect("a lock");
    writing.execute("DELETE FROM training_unit_exercises WHERE id = $1", &[&entry]).expect("a change");
    let copy = std::thread::scope(|scope| {
        let copying = scope.spawn(|| gym.app.send_as(&reader, request("POST", &format!("{path}/copy"))));
        until(Duration::from_secs(5), "the copy waits for the unit", || is_waiting(&mut gym.mint.database));
        writing.commit().expect("the entry is gone");
        expect(&copying.join().expect("an answer"), 201)
    });
    assert_eq!(copy["units"][0]["exerciseCount"], 0);
    gym.close();
}
