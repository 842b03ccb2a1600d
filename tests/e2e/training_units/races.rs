//! Many hands in one unit at the same moment.

use std::{collections::BTreeSet, sync::Barrier};

use irontrack_tests::{
    harness::{App, Session, bodies},
    http::{Request, Response},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    gym::{Gym, array, expect, fields, request, under, unit, user},
    races::{assert_one_wins, at_once, insist, statuses},
};

/// Each of them does one thing, all at the same moment.
const HANDS: usize = 100;

/// A hand that inserts, takes out and puts in order, and remembers what it was told.
struct Hand<'a> {
    app: &'a App,
    who: Session,
    path: &'a str,
    exercise: Uuid,
    inserted: BTreeSet<i64>,
    taken_out: BTreeSet<i64>,
}

impl Hand<'_> {
    fn send(&self, request: &Request) -> Response {
        insist(self.app, &self.who, request)
    }

    fn step(&mut self, n: usize, start: &[i32]) {
        let path = format!("{}/exercises", self.path);
        match n % 3 {
            0 => {
                let sent = bodies::with(bodies::unit_entry(self.exercise), "orderIndex", json!(n % 7));
                let answer = self.send(&request("POST", &path).json(&sent));
                self.inserted.extend(expect(&answer, 201)["id"].as_i64());
            }
            1 => {
                // It was there, and belongs to no other hand.
                let id = i64::from(start[0]);
                let answer = self.send(&request("DELETE", &format!("{path}/{id}")));
                assert_eq!(answer.status, 204, "{}", answer.text());
                self.taken_out.insert(id);
            }
            _ => {
                let unit = expect(&self.send(&request("GET", self.path)), 200);
                let mut ids = fields(&unit["exercises"], "id");
                ids.reverse();
                let answer = self.send(&request("PUT", &format!("{path}/order")).json(&json!({"ids": ids})));
                // It is no permutation any more when somebody else was faster.
                assert!([200, 422].contains(&answer.status), "{}", answer.text());
            }
        }
    }
}

#[test]
fn a_hundred_changes_leave_a_gapless_order_and_lose_nothing() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_unit(owner.user_id, "shared");
    gym.mint.unit_access(id, user(&writer), "write");
    let there: Vec<i32> = (0..HANDS).map(|_| gym.mint.unit_entry(id, exercise)).collect();
    let path = unit(id);
    let start = Barrier::new(HANDS);
    let told = std::thread::scope(|scope| {
        let hand = |n: usize| {
            let who = if n.is_multiple_of(2) { owner.clone() } else { writer.clone() };
            let (app, path, start, there) = (&gym.app, &path, &start, &there[n..=n]);
            let empty = BTreeSet::new;
            scope.spawn(move || {
                let mut hand = Hand { app, who, path, exercise, inserted: empty(), taken_out: empty() };
                start.wait();
                hand.step(n, there);
                (hand.inserted, hand.taken_out)
            })
        };
        let hands: Vec<_> = (0..HANDS).map(hand).collect();
        hands.into_iter().map(|hand| hand.join().expect("a hand does not fail")).collect::<Vec<_>>()
    });
    let mut expected: BTreeSet<i64> = there.into_iter().map(i64::from).collect();
    for (inserted, _) in &told {
        expected.extend(inserted);
    }
    for (_, taken_out) in &told {
        expected.retain(|id| !taken_out.contains(id));
    }
    let entries = gym.read(&owner, &path)["exercises"].clone();
    let ids: BTreeSet<i64> = fields(&entries, "id").iter().filter_map(Value::as_i64).collect();
    assert_eq!(ids, expected, "every insertion that was answered is there, and nothing else");
    let places: Vec<Value> = fields(&entries, "orderIndex");
    assert!(places.iter().enumerate().all(|(n, place)| *place == n), "{places:?}");
    gym.close();
}

#[test]
fn a_hundred_insertions_all_land() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let path = unit(gym.mint.training_unit(owner.user_id, "private"));
    let insert = |n: usize| {
        let place = if n.is_multiple_of(2) { Value::Null } else { json!(n % 5) };
        let sent = bodies::with(bodies::unit_entry(exercise), "orderIndex", place);
        (owner.clone(), request("POST", &format!("{path}/exercises")).json(&sent))
    };
    let answers = at_once(&gym.app, &(0..100).map(insert).collect::<Vec<_>>());
    assert!(answers.iter().all(|answer| answer.status == 201), "{:?}", statuses(&answers));
    assert_eq!(array(&gym.read(&owner, &path)["exercises"]).len(), 100);
    gym.close();
}

#[test]
fn the_limit_holds_against_many() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_unit(owner.user_id, "private");
    gym.mint.unit_entries(id, exercise, 195);
    let insert = request("POST", &format!("{}/exercises", unit(id))).json(&bodies::unit_entry(exercise));
    let answers = at_once(&gym.app, &vec![(owner.clone(), insert); 20]);
    assert_eq!(statuses(&answers), [[201; 5].as_slice(), [422; 15].as_slice()].concat());
    gym.close();
}

#[test]
fn of_many_units_of_one_name_one_wins() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let name =
        |n: usize| bodies::training_unit(if n.is_multiple_of(2) { "Übung der  Race" } else { " übung Der RACE" });
    let create = |n: usize| (owner.clone(), request("POST", "/training-units").json(&name(n)));
    assert_one_wins(&at_once(&gym.app, &(0..30).map(create).collect::<Vec<_>>()), 201);
    let mut rename = |_: usize| {
        let path = unit(gym.mint.training_unit(owner.user_id, "private"));
        (owner.clone(), request("PATCH", &path).json(&json!({"name": "The same"})))
    };
    let renames: Vec<_> = (0..10).map(&mut rename).collect();
    assert_one_wins(&at_once(&gym.app, &renames), 200);
    gym.close();
}

/// An exercise goes while it is being chosen: either the entry is there and the exercise is hidden, or it came too late.
#[test]
fn choosing_an_exercise_meets_its_deletion() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for _ in 0..6 {
        let exercise = gym.mint.exercise(owner.user_id);
        let path = format!("{}/exercises", unit(gym.mint.training_unit(owner.user_id, "private")));
        let insert = (owner.clone(), request("POST", &path).json(&bodies::unit_entry(exercise)));
        let delete = (owner.clone(), request("DELETE", &format!("/exercises/{exercise}")));
        let answers = at_once(&gym.app, &[insert.clone(), delete, insert]);
        assert_eq!(answers[1].status, 204, "{}", answers[1].text());
        let chosen = answers.iter().filter(|answer| answer.status == 201).count();
        assert!([&answers[0], &answers[2]].iter().all(|answer| [201, 404].contains(&answer.status)));
        let entries = array(&gym.read(&owner, path.trim_end_matches("/exercises"))["exercises"]);
        assert_eq!(entries.len(), chosen);
        assert!(entries.iter().all(|entry| entry["exerciseId"] == json!(exercise)), "{entries:?}");
    }
    gym.close();
}

/// A copy gets a name that nobody has, and no other unit takes it before the copy is stored.
#[test]
fn copying_meets_renaming() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    for round in 0..6 {
        let name = format!("Legs {round}");
        let source = under("/training-units", &gym.create(&owner, "/training-units", &bodies::training_unit(&name)));
        let mut requests = Vec::new();
        for n in 2..10 {
            requests.push((owner.clone(), request("POST", &format!("{source}/copy"))));
            let other = gym.mint.training_unit(owner.user_id, "shared");
            gym.mint.unit_access(other, user(&writer), "write");
            let who = if n % 2 == 0 { &owner } else { &writer };
            requests
                .push((who.clone(), request("PATCH", &unit(other)).json(&json!({"name": format!("{name} ({n})")}))));
        }
        let answers = at_once(&gym.app, &requests);
        for (n, answer) in answers.iter().enumerate() {
            let expected: &[u16] = if n.is_multiple_of(2) { &[201] } else { &[200, 409] };
            assert!(expected.contains(&answer.status), "{n}: {} {}", answer.status, answer.text());
        }
    }
    gym.close();
}

/// Neither gets the name of the other one, which still has it, and they do not wait for each other in a circle.
#[test]
fn two_units_that_exchange_their_names_keep_them() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for round in 0..8 {
        let names = ["One", "Other"].map(|name| format!("{name} {round}"));
        let paths = names
            .each_ref()
            .map(|name| under("/training-units", &gym.create(&owner, "/training-units", &bodies::training_unit(name))));
        let rename = |n: usize| (owner.clone(), request("PATCH", &paths[n]).json(&json!({"name": names[1 - n]})));
        assert_eq!(statuses(&at_once(&gym.app, &[rename(0), rename(1)])), [409, 409]);
    }
    gym.close();
}
