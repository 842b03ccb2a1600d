//! Requests that may be sent again: `Idempotency-Key`, as the contract has it in its section 1.

mod interrupted;
mod keys;
mod races;
mod replay;
mod sessions;

use irontrack_tests::{
    harness::{Session, bodies, body},
    http::{Request, Response},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::gym::{Gym, plan, request, unit};

/// Whether an answer is one that was kept.
pub(crate) fn is_replayed(answer: &Response) -> bool {
    let header = answer.header("idempotency-replayed");
    assert!([None, Some("true")].contains(&header), "{header:?}");
    header.is_some()
}

/// Fails unless the key is refused, and named.
#[track_caller]
fn assert_key_refused(answer: &Response) {
    let problem = body(answer);
    let seen = (answer.status, &problem["details"][0]["field"]);
    assert_eq!(seen, (422, &json!("Idempotency-Key")), "{problem}");
}

/// A request with a key.
fn keyed(path: &str, key: &str, sent: &Value) -> Request {
    request("POST", path).header("Idempotency-Key", key).json(sent)
}

/// Every operation that honours keys, each with a body.
fn operations(gym: &mut Gym, owner: &Session) -> [(String, Value); 6] {
    let exercise = gym.mint.exercise(None);
    let [of_plan, own] = [(); 2].map(|()| gym.mint.training_unit(owner.user_id, "private"));
    let schedule = gym.mint.training_plan(owner.user_id, "private");
    gym.mint.plan_unit(schedule, of_plan, 1);
    let unique = || Uuid::new_v4().to_string();
    [
        ("/training-units".into(), bodies::training_unit(&unique())),
        (format!("{}/exercises", unit(own)), bodies::unit_entry(exercise)),
        (format!("{}/copy", unit(own)), json!({})),
        ("/training-plans".into(), bodies::training_plan(&unique())),
        (format!("{}/units", plan(schedule)), bodies::plan_unit(of_plan, 2)),
        (format!("{}/copy", plan(schedule)), json!({})),
    ]
}
