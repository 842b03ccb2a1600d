//! Who may read a plan may read its units, and no more than that.

use irontrack_tests::harness::bodies;
use serde_json::json;

use super::{planned, units};
use crate::gym::{Gym, refused, unit, user};

const NOT_FOUND: &str = "Training unit not found";
const FORBIDDEN: &str = "You do not have permission to change this training unit";

#[test]
fn a_plan_shows_its_units_as_long_as_it_is_shown() {
    let mut gym = Gym::open();
    let [owner, reader, stranger] = gym.people();
    let [legs] = units(&mut gym, &owner, ["Legs"]);
    let (id, path) = planned(&mut gym, &owner, "private", &[(legs, 1)]);
    gym.mint.plan_access(id, user(&reader), "read");
    for (status, for_reader, for_stranger) in [("private", 404, 404), ("shared", 200, 404), ("public", 200, 200)] {
        gym.change(&owner, "PATCH", &path, &json!({"sharingStatus": status}));
        for (who, expected) in [(&reader, for_reader), (&stranger, for_stranger)] {
            let answer = gym.ask(who, "GET", &unit(legs));
            assert_eq!(answer.status, expected, "{status}: {}", answer.text());
            assert_eq!(gym.ask(who, "GET", &path).status, expected, "{status}");
            if expected == 200 {
                assert_eq!(irontrack_tests::harness::body(&answer)["myAccess"], "read");
            }
            for scope in ["own", "shared", "public", "all"] {
                assert!(gym.items(who, &format!("/training-units?scope={scope}")).is_empty(), "{status} {scope}");
            }
        }
    }
    let scheduled = gym.read(&owner, &path)["units"][0]["id"].clone();
    gym.delete(&owner, &format!("{path}/units/{scheduled}"));
    for who in [&reader, &stranger] {
        refused(&gym.ask(who, "GET", &unit(legs)), 404, NOT_FOUND);
    }
    gym.close();
}

#[test]
fn a_plan_never_lets_its_units_be_changed() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    let [legs] = units(&mut gym, &owner, ["Legs"]);
    let exercise = gym.mint.exercise(None);
    let entry = gym.mint.unit_entry(legs, exercise);
    let (id, path) = planned(&mut gym, &owner, "shared", &[(legs, 1)]);
    gym.mint.plan_access(id, user(&writer), "write");
    // A grant of the unit itself sleeps, because the unit is private.
    for with_grant in [false, true] {
        if with_grant {
            gym.mint.unit_access(legs, user(&writer), "write");
        }
        let before = gym.mint.fingerprint();
        let path = unit(legs);
        for (method, path, sent) in [
            ("PATCH", path.clone(), json!({"description": "x"})),
            ("PATCH", path.clone(), json!({"sharingStatus": "public"})),
            ("PUT", format!("{path}/exercises"), json!({"exercises": []})),
            ("POST", format!("{path}/exercises"), bodies::unit_entry(exercise)),
            ("PATCH", format!("{path}/exercises/{entry}"), json!({"sets": 2})),
            ("PUT", format!("{path}/exercises/order"), json!({"ids": [entry]})),
            ("PUT", format!("{path}/access"), json!({"email": writer.email})),
        ] {
            refused(&gym.send(&writer, method, &path, &sent), 403, FORBIDDEN);
        }
        for (method, path) in [
            ("DELETE", path.clone()),
            ("DELETE", format!("{path}/exercises/{entry}")),
            ("GET", format!("{path}/access")),
        ] {
            refused(&gym.ask(&writer, method, &path), 403, FORBIDDEN);
        }
        assert_eq!(gym.mint.fingerprint(), before);
        assert_eq!(gym.read(&writer, &path)["myAccess"], "read", "with a grant: {with_grant}");
    }
    // The plan itself they may change; and the unit too, once its own grant is awake.
    gym.change(&writer, "PATCH", &path, &json!({"description": "x"}));
    gym.change(&owner, "PATCH", &unit(legs), &json!({"sharingStatus": "shared"}));
    assert_eq!(gym.change(&writer, "PATCH", &unit(legs), &json!({"description": "x"}))["myAccess"], "write");
    gym.close();
}

#[test]
fn a_grant_of_a_unit_shows_no_plan() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    let [legs] = units(&mut gym, &owner, ["Legs"]);
    let (_, path) = planned(&mut gym, &owner, "private", &[(legs, 1)]);
    gym.change(&owner, "PATCH", &unit(legs), &json!({"sharingStatus": "shared"}));
    gym.mint.unit_access(legs, user(&reader), "write");
    gym.read(&reader, &unit(legs));
    refused(&gym.ask(&reader, "GET", &path), 404, "Training plan not found");
    assert!(gym.items(&reader, "/training-plans?scope=all").is_empty());
    gym.close();
}
