//! When tags change, and when they do not.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{Session, bodies};
use serde_json::{Value, json};

use super::things;
use crate::gym::{Gym, expect, plan, tag, unit, user};

/// What somebody reads, and its tag.
fn seen(gym: &Gym, who: &Session, path: &str) -> (Value, String) {
    let answer = gym.ask(who, "GET", path);
    (expect(&answer, 200), tag(&answer))
}

/// Fails unless the tag differs if and only if what is read differs, as is expected.
#[track_caller]
fn assert_moved(before: &(Value, String), after: &(Value, String), moved: bool, what: &str) {
    assert_eq!(before.0 != after.0, moved, "{what}: {} {}", before.0, after.0);
    assert_eq!(before.1 != after.1, moved, "{what}: the tag");
}

#[test]
fn every_write_changes_the_tag_and_answers_the_new_one() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for thing in things(&mut gym, &owner) {
        for (method, below, sent) in &thing.writes {
            let (before, path) = (seen(&gym, &owner, &thing.path), format!("{}{below}", thing.path));
            let answer = match method {
                &"DELETE" => gym.ask(&owner, method, &path),
                _ => gym.send(&owner, method, &path, sent),
            };
            assert!(answer.status < 300, "{method} {path}: {}", answer.text());
            if (*method, below.as_str()) == ("DELETE", "") {
                continue;
            }
            let after = seen(&gym, &owner, &thing.path);
            assert_eq!(tag(&answer), after.1, "{method} {path}");
            // A grant is not in what is read.
            assert_moved(&before, &after, !below.starts_with("/access"), &format!("{method} {path}"));
        }
    }
    gym.close();
}

#[test]
fn what_changes_nothing_changes_no_tag() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_unit(owner.user_id, "private");
    let entry = gym.mint.unit_entry(id, exercise);
    let schedule = gym.mint.training_plan(owner.user_id, "private");
    let place = gym.mint.plan_unit(schedule, id, 1);
    for (path, below, sent) in [
        (unit(id), String::new(), json!({})),
        (unit(id), String::new(), json!({"description": null, "sharingStatus": "private"})),
        (unit(id), format!("/exercises/{entry}"), json!({})),
        (unit(id), format!("/exercises/{entry}"), json!({"sets": 3, "exerciseId": exercise})),
        (plan(schedule), String::new(), json!({"difficultyLevel": "beginner"})),
        (plan(schedule), format!("/units/{place}"), json!({"orderIndex": 0})),
        (plan(schedule), format!("/units/{place}"), json!({"dayNumber": 1})),
    ] {
        let before = seen(&gym, &owner, &path);
        let answer = gym.send(&owner, "PATCH", &format!("{path}{below}"), &sent);
        assert_eq!((answer.status, tag(&answer)), (200, before.1.clone()), "{below} {sent}");
        assert_moved(&before, &seen(&gym, &owner, &path), false, &sent.to_string());
    }
    // Nor does what is refused, nor a copy, nor reading.
    let before = [unit(id), plan(schedule)].map(|path| seen(&gym, &owner, &path));
    gym.send(&owner, "PATCH", &unit(id), &json!({"name": ""}));
    for path in [unit(id), plan(schedule)] {
        gym.create(&owner, &format!("{path}/copy"), &json!({}));
    }
    assert_eq!([unit(id), plan(schedule)].map(|path| seen(&gym, &owner, &path)), before);
    gym.close();
}

#[test]
fn a_unit_follows_its_exercises() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [hidden, gone] = [(); 2].map(|()| gym.mint.exercise(owner.user_id));
    let id = gym.mint.training_unit(owner.user_id, "private");
    gym.mint.unit_entry(id, hidden);
    gym.mint.unit_entry(id, gone);
    let first = seen(&gym, &owner, &unit(id));
    gym.change(&owner, "PATCH", &format!("/exercises/user/{gone}"), &json!({"name": "Otherwise"}));
    let second = seen(&gym, &owner, &unit(id));
    assert_moved(&first, &second, false, "an exercise is called otherwise");
    gym.delete(&owner, &format!("/exercises/{hidden}"));
    let third = seen(&gym, &owner, &unit(id));
    assert_moved(&second, &third, false, "an exercise is hidden");
    gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&gone]);
    assert_moved(&third, &seen(&gym, &owner, &unit(id)), true, "an exercise is gone");
    gym.close();
}

#[test]
fn a_plan_follows_its_units() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_unit(owner.user_id, "private");
    let schedule = gym.mint.training_plan(owner.user_id, "private");
    gym.mint.plan_unit(schedule, id, 1);
    for (method, below, sent, moved) in [
        ("PATCH", "", json!({"name": "Renamed"}), true),
        ("POST", "/exercises", bodies::unit_entry(exercise), true),
        ("PATCH", "", json!({"description": "x"}), false),
        ("PATCH", "", json!({"sharingStatus": "public"}), false),
        (
            "PUT",
            "/exercises",
            json!({"exercises": [bodies::with(bodies::unit_entry(exercise), "sets", json!(9))]}),
            false,
        ),
        ("PUT", "/exercises", json!({"exercises": []}), true),
    ] {
        let before = seen(&gym, &owner, &plan(schedule));
        let answer = gym.send(&owner, method, &format!("{}{below}", unit(id)), &sent);
        assert!(answer.status < 300, "{method} {below}: {}", answer.text());
        let after = seen(&gym, &owner, &plan(schedule));
        assert_moved(&before, &after, moved, &format!("{method} {below} {sent}"));
        // A condition knows about it too.
        let condition = ("If-Match", before.1.as_str());
        let conditional = gym.send_with(&owner, "PATCH", &plan(schedule), condition, &json!({}));
        assert_eq!(conditional.status, if moved { 412 } else { 200 }, "{method} {below} {sent}");
    }
    gym.close();
}

#[test]
fn a_tag_is_for_one_reader() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let superuser = gym.mint.person(Role::Superuser);
    let [one, other] = things(&mut gym, &owner);
    let sql = "SELECT id FROM user_account WHERE email = 'writer@example.com'";
    let writer = gym.mint.database.query_one(sql, &[]).expect("the writer is there").get(0);
    let writer = gym.mint.session(writer, "writer@example.com");
    for path in [one.path, other.path] {
        let (of_owner, first) = (seen(&gym, &owner, &path), seen(&gym, &writer, &path));
        assert_ne!(of_owner.1, first.1, "what they read differs in myAccess");
        let level = |level: &str| json!({"email": "writer@example.com", "accessLevel": level});
        gym.change(&owner, "PUT", &format!("{path}/access"), &level("read"));
        let second = seen(&gym, &writer, &path);
        assert_moved(&first, &second, true, "the level of the reader");
        assert_moved(&of_owner, &seen(&gym, &owner, &path), false, "the level of somebody else");
        gym.change(&owner, "PUT", &format!("{path}/access"), &level("write"));
        assert_moved(&first, &seen(&gym, &writer, &path), false, "the level of before");
    }
    // The owner goes: it is nobody's then.
    let id = gym.mint.training_unit(owner.user_id, "public");
    let before = seen(&gym, &writer, &unit(id));
    gym.delete(&superuser, &format!("/users/{}", user(&owner)));
    assert_moved(&before, &seen(&gym, &writer, &unit(id)), true, "the owner is gone");
    gym.close();
}
