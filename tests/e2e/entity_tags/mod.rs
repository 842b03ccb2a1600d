//! Entity tags of training units, plans and sessions: they change exactly when what is read changes, and conditions hold.

mod changes;
mod if_match;
mod if_none_match;
mod sessions;

use irontrack_tests::harness::Session;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, plan, unit};

/// Writes of every kind, each of which changes a unit or who may use it: method, path below it, body.
fn writes_of_unit(exercise: Uuid, writer: Uuid, entries: [i32; 3]) -> Vec<(&'static str, String, Value)> {
    let [a, b, c] = entries;
    let entry = json!({"exerciseId": exercise, "mode": "sets_only"});
    vec![
        ("PATCH", String::new(), json!({"description": "x"})),
        ("PATCH", format!("/exercises/{a}"), json!({"sets": 9})),
        ("PUT", "/exercises/order".into(), json!({"ids": [c, b, a]})),
        ("DELETE", format!("/exercises/{c}"), Value::Null),
        ("POST", "/exercises".into(), entry.clone()),
        ("PUT", "/exercises".into(), json!({"exercises": [entry]})),
        ("PUT", "/access".into(), json!({"email": "writer@example.com", "accessLevel": "read"})),
        ("DELETE", format!("/access/{writer}"), Value::Null),
        ("DELETE", String::new(), Value::Null),
    ]
}

/// Likewise for a plan, with the ids of its schedule.
fn writes_of_plan(of_unit: Uuid, writer: Uuid, scheduled: [i32; 3]) -> Vec<(&'static str, String, Value)> {
    let [a, b, _] = scheduled;
    vec![
        ("PATCH", String::new(), json!({"difficultyLevel": "expert"})),
        ("PATCH", format!("/units/{a}"), json!({"dayNumber": 7})),
        ("DELETE", format!("/units/{b}"), Value::Null),
        ("POST", "/units".into(), json!({"trainingUnitId": of_unit, "dayNumber": 2})),
        ("PUT", "/units".into(), json!({"units": [{"trainingUnitId": of_unit, "dayNumber": 1}]})),
        ("PUT", "/access".into(), json!({"email": "writer@example.com", "accessLevel": "read"})),
        ("DELETE", format!("/access/{writer}"), Value::Null),
        ("DELETE", String::new(), Value::Null),
    ]
}

/// Something that can be read and changed.
struct Thing {
    path: String,
    writes: Vec<(&'static str, String, Value)>,
}

/// A unit with three entries and a plan with three units, both of one owner, and shared with `writer@example.com`.
fn things(gym: &mut Gym, owner: &Session) -> [Thing; 2] {
    let writer = gym.mint.person_called("writer@example.com", irontrack_domain::account::Role::ApplicationAccess);
    let exercise = gym.mint.exercise(None);
    let [own, scheduled] = [(); 2].map(|()| gym.mint.training_unit(owner.user_id, "shared"));
    let entries = [(); 3].map(|()| gym.mint.unit_entry(own, exercise));
    gym.mint.unit_access(own, crate::gym::user(&writer), "write");
    let schedule = gym.mint.training_plan(owner.user_id, "shared");
    let places = [(); 3].map(|()| gym.mint.plan_unit(schedule, scheduled, 1));
    gym.mint.plan_access(schedule, crate::gym::user(&writer), "write");
    [
        Thing { path: unit(own), writes: writes_of_unit(exercise, crate::gym::user(&writer), entries) },
        Thing { path: plan(schedule), writes: writes_of_plan(scheduled, crate::gym::user(&writer), places) },
    ]
}
