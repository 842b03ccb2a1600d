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
        if ["{unit_id}", "{plan_id}"].iter().any(|parameter| operation.path.contains(parameter)) {
            return self.valid_template_request(operation, superuser);
        }
        if operation.path.starts_with("/api/v1/imports") {
            return self.valid_import_request(operation, superuser);
        }
        if operation.path.contains("{session_id}") {
            return self.valid_session_request(operation, superuser);
        }
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
            "GetPreviousSets" => request.query("exerciseId", &self.exercise(None).to_string()),
            "FindExercise" => request.query("slug", "plank"),
            "GetCalendar" | "GetCalendarChart" => request.query("year", "2026"),
            id if operation.json_body().is_some() => request.json(&body(id)),
            _ => request,
        }
    }

    /// About a unit with one entry, or a plan with one unit; somebody else may read it.
    fn valid_template_request(&mut self, operation: &DocumentedOperation, owner: &Session) -> Request {
        let reader = self.person(Role::ApplicationAccess);
        let reader_id = reader.user_id.unwrap_or_default();
        let exercise = self.exercise(None);
        let unit = self.training_unit(owner.user_id, "shared");
        let entry = self.unit_entry(unit, exercise);
        self.unit_access(unit, reader_id, "read");
        let (mut plan, mut plan_unit) = (None, None);
        // No unit that stands in a plan can be deleted.
        if operation.path.contains("{plan_id}") {
            let id = self.training_plan(owner.user_id, "shared");
            plan_unit = Some(self.plan_unit(id, unit, 1));
            self.plan_access(id, reader_id, "read");
            plan = Some(id);
        }
        let fill = |segment: &str| match segment {
            "{unit_id}" => unit.to_string(),
            "{entry_id}" => entry.to_string(),
            "{plan_id}" => plan.unwrap_or_default().to_string(),
            "{plan_unit_id}" => plan_unit.unwrap_or_default().to_string(),
            "{user_id}" => reader_id.to_string(),
            other if other.starts_with('{') => panic!("{}: the parameter {other} is not known here", operation.id),
            literal => literal.to_owned(),
        };
        let path = operation.path.split('/').map(fill).collect::<Vec<_>>().join("/");
        let request = Request::new(&operation.method, &path);
        let sent = match operation.id.as_str() {
            "ReplaceTrainingUnitExercises" => json!({"exercises": [bodies::unit_entry(exercise)]}),
            "AddTrainingUnitExercise" => bodies::unit_entry(exercise),
            "UpdateTrainingUnitExercise" => json!({"sets": 5, "targetWeight": 82.5}),
            "OrderTrainingUnitExercises" => json!({"ids": [entry]}),
            "ReplaceTrainingPlanUnits" => json!({"units": [bodies::plan_unit(unit, 2)]}),
            "AddTrainingPlanUnit" => bodies::plan_unit(unit, 2),
            "MoveTrainingPlanUnit" => json!({"dayNumber": 2, "orderIndex": 0}),
            "GrantTrainingUnitAccess" | "GrantTrainingPlanAccess" => {
                json!({"email": reader.email, "accessLevel": "write"})
            }
            id if operation.json_body().is_some() => body(id),
            _ => return request,
        };
        request.json(&sent)
    }
}

fn body(operation: &str) -> Value {
    let unique = Uuid::new_v4().simple().to_string();
    match operation {
        "AccountRegister" => bodies::sign_up(&format!("{unique}@example.com")),
        "CreateUser" => bodies::user(&format!("{unique}@example.com")),
        "AccountUpdatePwd" => json!({"currentPassword": password(), "newPassword": password()}),
        "AccountDelete" => json!({"password": password()}),
        "AssignRole" => json!({"roleSlug": "superuser"}),
        "RevokeRole" => json!({"roleSlug": "fitness-trainer"}),
        "CreateUserExercise" | "UpdateUserExercise" => bodies::exercise(&unique),
        "CreateSystemExercise" | "UpdateSystemExercise" => bodies::system_exercise(&unique),
        "CreateTrainingPlan" => bodies::training_plan(&unique),
        "CreateTrainingSession" => bodies::training_session(json!({"notes": unique})),
        "AccountUpdateProfile"
        | "UpdateUser"
        | "CreateMuscleGroup"
        | "UpdateMuscleGroup"
        | "CreateEquipment"
        | "UpdateEquipment"
        | "CreateExerciseTag"
        | "UpdateExerciseTag"
        | "CreateTrainingUnit"
        | "UpdateTrainingUnit"
        | "CopyTrainingUnit"
        | "UpdateTrainingPlan"
        | "CopyTrainingPlan" => json!({"name": unique}),
        other => panic!("{other}: its body is not known here"),
    }
}
