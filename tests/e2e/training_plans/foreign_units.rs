//! A plan holds only units of its owner: those of others are copied first.

use irontrack_tests::{
    harness::{Session, bodies},
    http::Response,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{planned, schedule, units};
use crate::gym::{Gym, expect, fields, refused, unit, user};

/// A unit of somebody else that everybody may read, with one entry.
fn public(gym: &mut Gym, owner: &Session, name: &str) -> Uuid {
    let [id] = units(gym, owner, [name]);
    gym.mint
        .execute("UPDATE training_units SET sharing_status = 'public', description = 'Theirs.' WHERE id = $1", &[&id]);
    let exercise = gym.mint.exercise(owner.user_id);
    gym.mint.unit_entry(id, exercise);
    id
}

#[test]
fn a_foreign_unit_is_copied_once_a_request() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let theirs = public(&mut gym, &other, "Legs");
    let [own] = units(&mut gym, &owner, ["legs"]);
    let list = json!([
        bodies::plan_unit(theirs, 1),
        bodies::plan_unit(own, 1),
        bodies::plan_unit(theirs, 2),
        bodies::plan_unit(theirs, 1)
    ]);
    let created =
        gym.create(&owner, "/training-plans", &bodies::with(bodies::training_plan("Plan"), "units", list.clone()));
    assert_eq!(schedule(&created), ["1.0 Legs (2)", "1.1 legs", "1.2 Legs (2)", "2.0 Legs (2)"]);
    let ids = fields(&created["units"], "trainingUnitId");
    assert!(ids[0] == ids[2] && ids[0] == ids[3] && ids[0] != json!(theirs) && ids[1] == json!(own), "{ids:?}");
    assert_eq!(fields(&created["units"], "exerciseCount"), [1, 0, 1, 1]);
    let copy = gym.read(&owner, &unit(crate::gym::text(&ids[0])));
    let original = gym.read(&other, &unit(theirs));
    for (field, value) in [
        ("createdBy", json!(user(&owner))),
        ("myAccess", json!("owner")),
        ("sharingStatus", json!("private")),
        ("description", json!("Theirs.")),
    ] {
        assert_eq!(copy[field], value, "{field}");
    }
    for field in ["exerciseId", "exerciseName", "sets", "repsMin"] {
        assert_eq!(copy["exercises"][0][field], original["exercises"][0][field], "{field} is taken over");
    }
    assert_eq!(gym.names(&owner, "/training-units"), ["legs", "Legs (2)"], "the copy is one of the owner's units");
    // Another request, another copy.
    let path = crate::gym::under("/training-plans", &created);
    let replaced = gym.change(&owner, "PUT", &format!("{path}/units"), &json!({"units": list}));
    assert_eq!(schedule(&replaced), ["1.0 Legs (3)", "1.1 legs", "1.2 Legs (3)", "2.0 Legs (3)"]);
    let added = gym.create(&owner, &format!("{path}/units"), &bodies::plan_unit(theirs, 9));
    assert_eq!((&added["unitName"], &added["exerciseCount"]), (&json!("Legs (4)"), &json!(1)));
    gym.close();
}

#[test]
fn a_writer_schedules_into_the_account_of_the_owner() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    let [of_owner, hidden] = units(&mut gym, &owner, ["Arms", "Hidden"]);
    let [of_writer] = units(&mut gym, &writer, ["Legs"]);
    let (id, path) = planned(&mut gym, &owner, "shared", &[(of_owner, 1)]);
    gym.mint.plan_access(id, user(&writer), "write");
    let add = |gym: &Gym, unit: Uuid| gym.send(&writer, "POST", &format!("{path}/units"), &bodies::plan_unit(unit, 2));
    let added: Value = expect(&add(&gym, of_writer), 201);
    assert_ne!(added["trainingUnitId"], json!(of_writer));
    assert_eq!(gym.names(&owner, "/training-units"), ["Arms", "Hidden", "Legs"]);
    assert_eq!(gym.names(&writer, "/training-units"), ["Legs"]);
    let through = gym.read(&writer, &unit(crate::gym::text(&added["trainingUnitId"])));
    assert_eq!((&through["myAccess"], &through["createdBy"]), (&json!("read"), &json!(user(&owner))));
    // What stands in the plan is the owner's already, and what the writer cannot read is not there.
    let again: Response = add(&gym, of_owner);
    assert_eq!(expect(&again, 201)["trainingUnitId"], json!(of_owner));
    refused(&add(&gym, hidden), 404, "Training unit not found");
    // Once it is the writer's own again, nobody else reads it.
    assert_eq!(gym.names(&owner, "/training-units"), ["Arms", "Hidden", "Legs"]);
    refused(&gym.ask(&owner, "GET", &unit(of_writer)), 404, "Training unit not found");
    gym.close();
}

#[test]
fn a_unit_that_cannot_be_read_cannot_be_scheduled() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let [private, shared] = units(&mut gym, &other, ["Private", "Shared"]);
    gym.mint.execute("UPDATE training_units SET sharing_status = 'shared' WHERE id = $1", &[&shared]);
    let (_, path) = planned(&mut gym, &owner, "private", &[]);
    let before = gym.mint.fingerprint();
    for id in [private, shared, Uuid::now_v7()] {
        let entry = bodies::plan_unit(id, 1);
        let whole = bodies::with(bodies::training_plan("New"), "units", json!([entry]));
        for (method, path, sent) in [
            ("POST", format!("{path}/units"), entry.clone()),
            ("PUT", format!("{path}/units"), json!({"units": [entry]})),
            ("POST", "/training-plans".to_owned(), whole),
        ] {
            refused(&gym.send(&owner, method, &path, &sent), 404, "Training unit not found");
        }
    }
    assert_eq!(gym.mint.fingerprint(), before);
    gym.mint.unit_access(shared, user(&owner), "read");
    let added = gym.create(&owner, &format!("{path}/units"), &bodies::plan_unit(shared, 1));
    assert_ne!(added["trainingUnitId"], json!(shared));
    gym.close();
}

/// A copy that is not scheduled in the end is not made.
#[test]
fn nothing_is_copied_when_the_request_fails() {
    let mut gym = Gym::open();
    let [owner, other] = gym.people();
    let theirs = public(&mut gym, &other, "Legs");
    gym.create(&owner, "/training-plans", &bodies::training_plan("Taken"));
    let (_, path) = planned(&mut gym, &owner, "private", &[]);
    let before = gym.mint.fingerprint();
    let mut sent = bodies::with(bodies::training_plan("Taken"), "units", json!([bodies::plan_unit(theirs, 1)]));
    assert_eq!(gym.send(&owner, "POST", "/training-plans", &sent).status, 409);
    sent = json!({"units": [bodies::plan_unit(theirs, 1), bodies::plan_unit(Uuid::now_v7(), 1)]});
    assert_eq!(gym.send(&owner, "PUT", &format!("{path}/units"), &sent).status, 404);
    let stale = ("If-Match", "\"stale\"");
    let entry = bodies::plan_unit(theirs, 1);
    assert_eq!(gym.send_with(&owner, "PUT", &format!("{path}/units"), stale, &json!({"units": [entry]})).status, 412);
    assert_eq!(gym.mint.fingerprint(), before);
    gym.close();
}
