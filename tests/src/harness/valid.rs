//! A valid request of every operation, to be spoilt in one way each.

use irontrack_domain::account::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{DocumentedOperation, Mint, Session, bodies, password, sign_in};
use crate::http::Request;

impl Mint {
    /// A request that the operation accepts from this superuser, about a new thing where it needs one.
    ///
    /// # Panics
    /// On an operation that is not known here: add its parameters and its body.
    pub fn valid_request(&mut self, operation: &DocumentedOperation, superuser: &Session) -> Request {
        let fill = |segment: &str| match segment {
            "{user_id}" => self.person(Role::FitnessTrainer).user_id.unwrap_or_default().to_string(),
            "{email}" => self.person(Role::FitnessTrainer).email,
            "{sessionId}" => {
                let id = superuser.user_id.unwrap_or_default();
                self.session(id, &superuser.email).session_id.unwrap_or_default().to_string()
            }
            "{exercise_id}" if operation.id == "UpdateUserExercise" => self.exercise(superuser.user_id).to_string(),
            "{exercise_id}" => self.exercise(None).to_string(),
            "{muscle_id}" | "{equipment_id}" | "{tag_id}" => "12".to_owned(),
            other if other.starts_with('{') => panic!("{}: the parameter {other} is not known here", operation.id),
            literal => literal.to_owned(),
        };
        let path = operation.path.split('/').map(fill).collect::<Vec<_>>().join("/");
        let request = Request::new(&operation.method, &path);
        match operation.id.as_str() {
            "AccountLogin" => sign_in(&superuser.email, password()),
            "FindExercise" => request.query("slug", "plank"),
            id if operation.json_body().is_some() => request.json(&body(id)),
            _ => request,
        }
    }
}

fn body(operation: &str) -> Value {
    let unique = Uuid::new_v4().simple().to_string();
    match operation {
        "AccountRegister" => bodies::sign_up(&format!("{unique}@example.com")),
        "CreateUser" => bodies::user(&format!("{unique}@example.com")),
        "AccountUpdatePwd" => json!({"currentPassword": password(), "newPassword": password()}),
        "AssignRole" => json!({"roleSlug": "superuser"}),
        "RevokeRole" => json!({"roleSlug": "fitness-trainer"}),
        "CreateUserExercise" | "UpdateUserExercise" => bodies::exercise(&unique),
        "CreateSystemExercise" | "UpdateSystemExercise" => bodies::system_exercise(&unique),
        "AccountUpdateProfile"
        | "UpdateUser"
        | "CreateMuscleGroup"
        | "UpdateMuscleGroup"
        | "CreateEquipment"
        | "UpdateEquipment"
        | "CreateExerciseTag"
        | "UpdateExerciseTag" => json!({"name": unique}),
        other => panic!("{other}: its body is not known here"),
    }
}
