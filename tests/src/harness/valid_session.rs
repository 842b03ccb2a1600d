//! A valid request of every operation on one training session.

use serde_json::json;

use super::{DocumentedOperation, Mint, Session, bodies};
use crate::http::Request;

impl Mint {
    /// About a session in progress, with one exercise that has one set.
    pub(super) fn valid_session_request(&mut self, operation: &DocumentedOperation, owner: &Session) -> Request {
        let exercise = self.exercise(None);
        let session = self.training_session(owner.user_id.unwrap_or_default());
        let entry = self.session_exercise(session, exercise);
        let set = self.session_set(entry);
        let fill = |segment: &str| match segment {
            "{session_id}" => session.to_string(),
            "{session_exercise_id}" => entry.to_string(),
            "{set_id}" => set.to_string(),
            other if other.starts_with('{') => panic!("{}: the parameter {other} is not known here", operation.id),
            literal => literal.to_owned(),
        };
        let path = operation.path.split('/').map(fill).collect::<Vec<_>>().join("/");
        let request = Request::new(&operation.method, &path);
        let body = match operation.id.as_str() {
            "UpdateTrainingSession" => json!({"notes": "Tired.", "userTimezone": "Asia/Tokyo"}),
            "FinishTrainingSession" | "AbortTrainingSession" => json!({}),
            "AddTrainingSessionExercise" => bodies::session_exercise(exercise, "reps", &json!([bodies::set(60.0, 8)])),
            "UpdateTrainingSessionExercise" => json!({"notes": "Deep."}),
            "OrderTrainingSessionExercises" => json!({"ids": [entry]}),
            "AddTrainingSessionSet" => bodies::set(82.5, 5),
            "ReplaceTrainingSessionSets" => json!({"sets": [bodies::set(82.5, 5)]}),
            "UpdateTrainingSessionSet" => json!({"repsCompleted": 9, "rpe": 8.5}),
            "OrderTrainingSessionSets" => json!({"ids": [set]}),
            id if operation.json_body().is_some() => panic!("{id}: its body is not known here"),
            _ => return request,
        };
        request.json(&body)
    }
}
