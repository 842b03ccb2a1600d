//! Copying units.

use irontrack_tests::{
    harness::{Session, bodies},
    http::Response,
};
use serde_json::{Value, json};

use crate::{
    gym::{Gym, array, expect, mistakes, refused, request, tag, text, under, unit, user},
    races::{at_once, statuses},
};

fn copy(gym: &Gym, who: &Session, source: &str, sent: &Value) -> Response {
    gym.send(who, "POST", &format!("{source}/copy"), sent)
}

#[test]
fn a_copy_is_the_callers_own() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    let [theirs, hidden, gone] = [(); 3].map(|()| gym.mint.exercise(owner.user_id));
    let sent = json!({
        "name": "Leg day", "description": "Heavy.", "sharingStatus": "shared",
        "exercises": [
            {
                "exerciseId": theirs, "mode": "reps", "sets": 5, "repsMin": 3, "targetWeight": 82.5, "restSeconds": 90,
                "notes": "Slow."
            },
            {"exerciseId": hidden, "mode": "time", "targetTimeSeconds": 30},
            {"exerciseId": gone, "mode": "distance", "targetDistanceKm": 1.25},
        ]
    });
    let source = under("/training-units", &gym.create(&owner, "/training-units", &sent));
    let grant = json!({"email": reader.email});
    expect(&gym.send(&owner, "PUT", &format!("{source}/access"), &grant), 201);
    gym.rename_exercise(theirs, "Called otherwise");
    gym.delete(&owner, &format!("/exercises/{hidden}"));
    gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&gone]);
    let original = gym.read(&owner, &source);
    for who in [&owner, &reader] {
        let answer = copy(&gym, who, &source, &json!({}));
        let mut made = expect(&answer, 201);
        let path = under("/training-units", &made);
        let location = answer.header("location").unwrap_or_default();
        assert!(location.ends_with(&format!("/api/v1{path}")), "the place of the copy: {location:?}");
        let read = gym.ask(who, "GET", &path);
        assert_eq!((expect(&read, 200), tag(&read)), (made.clone(), tag(&answer)));
        assert_ne!(made["id"], original["id"]);
        for (field, value) in [
            ("createdBy", json!(user(who))),
            ("myAccess", json!("owner")),
            ("sharingStatus", json!("private")),
            ("description", json!("Heavy.")),
            ("name", json!(if who.email == owner.email { "Leg day (2)" } else { "Leg day" })),
        ] {
            assert_eq!(made[field], value, "{field}");
        }
        // References and names are taken over, also of exercises that the caller cannot read.
        let mut entries = original["exercises"].clone();
        for (n, entry) in array(&original["exercises"]).iter().enumerate() {
            assert_ne!(made["exercises"][n]["id"], entry["id"]);
            entries[n]["id"] = made["exercises"][n]["id"].take();
            made["exercises"][n]["id"] = entries[n]["id"].clone();
        }
        assert_eq!(made["exercises"], entries);
        assert_eq!(gym.read(who, &format!("{path}/access")), json!([]), "no grants");
    }
    assert_eq!(gym.read(&owner, &source), original, "the source stays as it was");
    gym.close();
}

#[test]
fn a_name_that_is_taken_gets_a_number() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let (long, umlauts) = ("x".repeat(100), "ü".repeat(99));
    for name in ["Legs", &long, &umlauts] {
        let sent = json!({"name": name, "sharingStatus": "public"});
        let source = under("/training-units", &gym.create(&owner, "/training-units", &sent));
        let names: Vec<String> = (0..10)
            .map(|n| {
                let sent = if n % 2 == 0 { json!({}) } else { json!({"name": null}) };
                text(&expect(&copy(&gym, &owner, &source, &sent), 201)["name"])
            })
            .collect();
        for (n, made) in names.iter().enumerate() {
            let suffix = format!(" ({})", n + 2);
            let kept: String = name.chars().take(100 - suffix.len()).collect();
            assert_eq!(*made, format!("{kept}{suffix}"));
        }
        assert_eq!(expect(&copy(&gym, &other, &source, &json!({})), 201)["name"], *name, "free for the other one");
    }
    // In any case of letters; a number in between that is free is used.
    gym.create(&other, "/training-units", &bodies::training_unit("ARMS"));
    gym.create(&other, "/training-units", &bodies::training_unit("arms (3)"));
    let sent = json!({"name": "Arms", "sharingStatus": "public"});
    let source = under("/training-units", &gym.create(&owner, "/training-units", &sent));
    for name in ["Arms (2)", "Arms (4)"] {
        assert_eq!(expect(&copy(&gym, &other, &source, &json!({})), 201)["name"], name);
    }
    gym.close();
}

#[test]
fn a_name_that_is_given_must_be_free() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let source = under("/training-units", &gym.create(&owner, "/training-units", &bodies::training_unit("Legs")));
    let named = expect(&copy(&gym, &owner, &source, &json!({"name": "  My \t legs "})), 201);
    assert_eq!(named["name"], "My legs");
    let before = gym.mint.fingerprint();
    for (name, shown) in [("Legs", "Legs"), (" my LEGS ", "my LEGS")] {
        let detail = format!("A training unit with the name '{shown}' already exists");
        refused(&copy(&gym, &owner, &source, &json!({"name": name})), 409, &detail);
    }
    for (sent, wrong) in [
        (json!({"name": ""}), "/name"),
        (json!({"name": "x".repeat(101)}), "/name"),
        (json!({"name": 7}), "/name"),
        (json!({"description": "x", "zz": 1}), "/description /zz"),
        (json!([]), ""),
    ] {
        assert_eq!(mistakes(&copy(&gym, &owner, &source, &sent)), wrong, "{sent}");
    }
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}

#[test]
fn the_body_may_be_absent() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let source = under("/training-units", &gym.create(&owner, "/training-units", &bodies::training_unit("Legs")));
    let path = format!("{source}/copy");
    assert_eq!(expect(&gym.ask(&owner, "POST", &path), 201)["name"], "Legs (2)");
    let nothing = request("POST", &path).body(Some("application/json"), "");
    assert_eq!(expect(&gym.app.send_as(&owner, nothing), 201)["name"], "Legs (3)");
    gym.close();
}

#[test]
fn a_unit_is_copied_through_the_plan_that_shows_it() {
    let mut gym = Gym::open();
    let [owner, reader, stranger] = gym.people();
    let id = gym.mint.training_unit(owner.user_id, "private");
    let plan = gym.mint.training_plan(owner.user_id, "shared");
    gym.mint.plan_unit(plan, id, 1);
    gym.mint.plan_access(plan, user(&reader), "read");
    expect(&copy(&gym, &reader, &unit(id), &json!({})), 201);
    refused(&copy(&gym, &stranger, &unit(id), &json!({})), 404, "Training unit not found");
    gym.close();
}

#[test]
fn copies_at_the_same_time_do_not_meet() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let source = under("/training-units", &gym.create(&owner, "/training-units", &bodies::training_unit("Legs")));
    let requests: Vec<_> = (0..12).map(|_| (owner.clone(), request("POST", &format!("{source}/copy")))).collect();
    assert_eq!(statuses(&at_once(&gym.app, &requests)), [201; 12]);
    let mut names = gym.names(&owner, "/training-units");
    names.sort_unstable_by_key(String::len);
    let expected = (2..=13).map(|n| format!("Legs ({n})"));
    assert_eq!(names, std::iter::once("Legs".to_owned()).chain(expected).collect::<Vec<_>>());
    gym.close();
}
