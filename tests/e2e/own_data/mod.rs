//! One's own data: taking it along, and taking it away.

mod csv;
mod export;
mod leave;
mod turns;

pub(crate) use export::most_memory_while;
use irontrack_domain::account::Role;
use irontrack_tests::harness::{Session, bodies};
use serde_json::json;

use crate::gym::{Gym, session, user};

/// Somebody who signed in, with a password that is known.
fn member(gym: &Gym, role: Role) -> Session {
    gym.app.sign_in_new(role)
}

/// A custom exercise, a unit with an entry of it, a plan with that unit, and a session with two sets.
fn furnish(gym: &mut Gym, who: &Session, name: &str) -> String {
    let owner = user(who);
    let exercise = gym.mint.exercise(Some(owner));
    let unit = gym.mint.training_unit(Some(owner), "private");
    gym.mint.unit_entry(unit, exercise);
    let plan = gym.mint.training_plan(Some(owner), "private");
    gym.mint.plan_unit(plan, unit, 1);
    let sent = bodies::training_session(json!({"notes": name, "exercises": [
        {"exerciseId": exercise, "mode": "reps", "sets": [
            {"weight": 82.5, "repsCompleted": 5, "rpe": 8.5, "notes": "belt"},
            {"weight": 40.125, "repsCompleted": 8, "setType": "warmup"}
        ]}
    ]}));
    session(crate::gym::text(&gym.create(who, "/training-sessions", &sent)["id"]))
}
