//! Changing name, description and sharing status.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use crate::gym::{Gym, expect, mistakes, refused, tag, under, unit};

#[test]
fn a_change_touches_what_it_names() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let sent = json!({"name": "Unit", "exercises": [bodies::unit_entry(gym.mint.exercise(None))]});
    let mut expected = gym.create(&owner, "/training-units", &sent);
    let path = under("/training-units", &expected);
    let mut last = gym.ask(&owner, "GET", &path);
    for (change, stored) in [
        (json!({"name": "  Leg \n day "}), json!({"name": "Leg day"})),
        (json!({"name": "leg DAY"}), json!({"name": "leg DAY"})),
        (json!({"description": " Heavy. "}), json!({"description": " Heavy. "})),
        (json!({"description": ""}), json!({"description": ""})),
        (json!({"sharingStatus": "public"}), json!({"sharingStatus": "public"})),
        (
            json!({"description": null, "sharingStatus": "shared"}),
            json!({"description": null, "sharingStatus": "shared"}),
        ),
    ] {
        let answer = gym.send(&owner, "PATCH", &path, &change);
        let after = expect(&answer, 200);
        stored.as_object().into_iter().flatten().for_each(|(field, value)| expected[field] = value.clone());
        assert!(after["updatedAt"].as_str() > expected["updatedAt"].as_str(), "{change}");
        expected["updatedAt"] = after["updatedAt"].clone();
        assert_eq!(after, expected, "{change}");
        let read = gym.ask(&owner, "GET", &path);
        assert_eq!((expect(&read, 200), tag(&read)), (after, tag(&answer)), "{change}");
        assert_ne!(tag(&answer), tag(&last), "{change}");
        last = read;
    }
    for change in [
        json!({}),
        json!({"name": "leg DAY"}),
        json!({"name": " leg  DAY ", "sharingStatus": "shared"}),
        json!({"description": null}),
    ] {
        let answer = gym.send(&owner, "PATCH", &path, &change);
        assert_eq!((tag(&answer), expect(&answer, 200)), (tag(&last), expected.clone()), "{change} changes nothing");
    }
    gym.close();
}

#[test]
fn what_breaks_a_rule_is_named() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let path = unit(gym.mint.training_unit(owner.user_id, "private"));
    let before = gym.mint.fingerprint();
    for (change, wrong) in [
        (json!({"name": null}), "/name"),
        (json!({"sharingStatus": null}), "/sharingStatus"),
        (json!({"name": " "}), "/name"),
        (json!({"name": "x".repeat(101)}), "/name"),
        (json!({"name": "\u{0}"}), "/name"),
        (json!({"description": 7}), "/description"),
        (json!({"description": "x".repeat(10_001)}), "/description"),
        (json!({"sharingStatus": "Public"}), "/sharingStatus"),
        (json!({"exercises": [], "myAccess": "read"}), "/exercises /myAccess"),
        (json!({"createdBy": null, "id": null}), "/createdBy /id"),
        (json!([]), ""),
        (json!(null), ""),
    ] {
        assert_eq!(mistakes(&gym.send(&owner, "PATCH", &path, &change)), wrong, "{change}");
    }
    let null = expect(&gym.send(&owner, "PATCH", &path, &json!({"name": null})), 422);
    assert_eq!(null["details"][0]["type"], "null_not_allowed");
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}

#[test]
fn the_name_of_another_unit_is_taken() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    let id = gym.mint.training_unit(owner.user_id, "shared");
    gym.mint.unit_access(id, writer.user_id.unwrap_or_default(), "write");
    for (who, name) in [(&owner, "Legs"), (&writer, "Arms")] {
        gym.create(who, "/training-units", &bodies::training_unit(name));
    }
    let before = gym.mint.fingerprint();
    for who in [&owner, &writer] {
        let answer = gym.send(who, "PATCH", &unit(id), &json!({"name": " lEgS ", "description": "x"}));
        refused(&answer, 409, "A training unit with the name 'lEgS' already exists");
    }
    assert_eq!(gym.mint.fingerprint(), before);
    // It is the owner whose names count.
    let renamed = gym.change(&writer, "PATCH", &unit(id), &json!({"name": "Arms"}));
    assert_eq!((&renamed["name"], &renamed["myAccess"]), (&json!("Arms"), &json!("write")));
    gym.close();
}

#[test]
fn entries_move_the_time_of_the_change() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [exercise, other] = [(); 2].map(|()| gym.mint.exercise(None));
    let id = gym.mint.training_unit(owner.user_id, "private");
    let [a, b] = [(); 2].map(|()| gym.mint.unit_entry(id, exercise));
    let path = unit(id);
    let mut last = gym.read(&owner, &path);
    for (method, under, sent, moves) in [
        ("POST", "exercises".to_owned(), bodies::unit_entry(exercise), true),
        ("PATCH", format!("exercises/{a}"), json!({"sets": 5}), true),
        ("PATCH", format!("exercises/{a}"), json!({"sets": 5}), false),
        ("PATCH", format!("exercises/{a}"), json!({}), false),
        ("PATCH", format!("exercises/{a}"), json!({"exerciseId": other}), true),
        ("DELETE", format!("exercises/{b}"), Value::Null, true),
        ("PUT", "exercises".to_owned(), json!({"exercises": []}), true),
    ] {
        let path_under = format!("{path}/{under}");
        let answer = match method {
            "DELETE" => gym.ask(&owner, method, &path_under),
            _ => gym.send(&owner, method, &path_under, &sent),
        };
        assert!(answer.status < 300, "{method} {under}: {}", answer.text());
        let now = gym.read(&owner, &path);
        assert_eq!(now["updatedAt"].as_str() > last["updatedAt"].as_str(), moves, "{method} {under} {sent}");
        assert_eq!(now["createdAt"], last["createdAt"]);
        last = now;
    }
    gym.close();
}
