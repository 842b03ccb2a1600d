//! Changing what a plan says about itself.

use irontrack_tests::harness::bodies;
use serde_json::json;

use super::{planned, units};
use crate::gym::{Gym, expect, mistakes, refused, tag, user};

#[test]
fn a_change_touches_what_it_names() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [unit] = units(&mut gym, &owner, ["Unit"]);
    let (_, path) = planned(&mut gym, &owner, "private", &[(unit, 1), (unit, 4)]);
    let mut expected = gym.read(&owner, &path);
    let mut last = tag(&gym.ask(&owner, "GET", &path));
    for (change, stored) in [
        (json!({"name": "  Summer \n plan "}), json!({"name": "Summer plan"})),
        (json!({"name": "summer PLAN"}), json!({"name": "summer PLAN"})),
        (json!({"description": " Hot. "}), json!({"description": " Hot. "})),
        (json!({"difficultyLevel": "intermediate"}), json!({"difficultyLevel": "intermediate"})),
        (
            json!({"sharingStatus": "shared", "description": null}),
            json!({"sharingStatus": "shared", "description": null}),
        ),
    ] {
        let answer = gym.send(&owner, "PATCH", &path, &change);
        let after = expect(&answer, 200);
        stored.as_object().into_iter().flatten().for_each(|(field, value)| expected[field] = value.clone());
        assert!(after["updatedAt"].as_str() > expected["updatedAt"].as_str(), "{change}");
        expected["updatedAt"] = after["updatedAt"].clone();
        assert_eq!(after, expected, "{change}");
        assert_ne!(tag(&answer), last, "{change}");
        last = tag(&answer);
        let read = gym.ask(&owner, "GET", &path);
        assert_eq!((expect(&read, 200), tag(&read)), (after, last.clone()), "{change}");
    }
    for change in
        [json!({}), json!({"name": " summer  PLAN"}), json!({"difficultyLevel": "intermediate", "description": null})]
    {
        let answer = gym.send(&owner, "PATCH", &path, &change);
        assert_eq!((tag(&answer), expect(&answer, 200)), (last.clone(), expected.clone()), "{change} changes nothing");
    }
    gym.close();
}

#[test]
fn what_breaks_a_rule_is_named() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let (_, path) = planned(&mut gym, &owner, "private", &[]);
    let before = gym.mint.fingerprint();
    for (change, wrong) in [
        (json!({"name": null}), "/name"),
        (json!({"difficultyLevel": null}), "/difficultyLevel"),
        (json!({"sharingStatus": null}), "/sharingStatus"),
        (json!({"name": "\t"}), "/name"),
        (json!({"name": "x".repeat(101)}), "/name"),
        (json!({"description": "\u{0}"}), "/description"),
        (json!({"difficultyLevel": "hard"}), "/difficultyLevel"),
        (json!({"units": [], "zz": 1}), "/units /zz"),
        (json!([]), ""),
    ] {
        assert_eq!(mistakes(&gym.send(&owner, "PATCH", &path, &change)), wrong, "{change}");
    }
    let null = expect(&gym.send(&owner, "PATCH", &path, &json!({"difficultyLevel": null})), 422);
    assert_eq!(null["details"][0]["type"], "null_not_allowed");
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}

#[test]
fn the_names_of_the_owner_count() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    let (id, path) = planned(&mut gym, &owner, "shared", &[]);
    gym.mint.plan_access(id, user(&writer), "write");
    for (who, name) in [(&owner, "Summer"), (&writer, "Winter")] {
        gym.create(who, "/training-plans", &bodies::training_plan(name));
    }
    for who in [&owner, &writer] {
        let answer = gym.send(who, "PATCH", &path, &json!({"name": "SUMMER "}));
        refused(&answer, 409, "A training plan with the name 'SUMMER' already exists");
    }
    let renamed = gym.change(&writer, "PATCH", &path, &json!({"name": "Winter", "difficultyLevel": "expert"}));
    assert_eq!((&renamed["name"], &renamed["myAccess"]), (&json!("Winter"), &json!("write")));
    gym.close();
}
