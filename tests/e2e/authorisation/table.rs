//! What every operation answers to whom. One row for each operation.

use irontrack_tests::{
    harness::{Session, bodies, password, sign_in},
    http::Request,
};
use serde_json::json;

use super::{
    row::{Answer, Answers, Guard, Row},
    scene::{
        Scene,
        Target::{self, Nothing, Others, Own, System},
    },
    templates::{PLAN, UNIT, changing, managing, reading},
};

const fn row(
    operation: &'static str,
    guard: Guard,
    fill: fn(&Scene, Request) -> Request,
    answers: &'static [(Target, Answers)],
) -> Row {
    Row { operation, guard, fill, answers }
}

const fn ok(status: u16) -> Answer {
    Answer { status, detail: None }
}

const fn no(status: u16, detail: &'static str) -> Answer {
    Answer::refused(status, detail)
}

const fn all(status: u16) -> Answers {
    Answers::All(ok(status))
}

const fn nobody(status: u16, detail: &'static str) -> Answers {
    Answers::All(no(status, detail))
}

const ADMIN: Answer = no(403, "Forbidden: Cannot modify the primary system administrator account");
const SELF: Answer = no(403, "Self-action forbidden: Cannot perform destructive action on your own account");
const NOT_READ: Answer = no(403, "You do not have permission to access this exercise");
const NO_EXERCISE: Answer = no(404, "Exercise not found");
const NOT_DELETED: Answer = no(403, "You do not have permission to delete this exercise");

/// Nobody changes their own account this way, and nobody that of the administrator.
const ON_ACCOUNTS: [(Target, Answers); 2] = [(Own, Answers::Superusers([SELF, ADMIN])), (System, Answers::All(ADMIN))];

/// Everybody but the administrator may go.
const LEAVES: [Answer; 5] =
    [ok(204), ok(204), ok(204), ok(204), no(409, "The primary system administrator account cannot be deleted")];

pub(super) const TABLE: &[Row] = &[
    row("SystemHealth", Guard::Anyone, plain, &[(Nothing, all(200))]),
    row("SystemPing", Guard::Anyone, plain, &[(Nothing, all(200))]),
    row("AccountRegister", Guard::Anyone, sign_up, &[(Nothing, all(201))]),
    row("AccountLogin", Guard::Anyone, credentials, &[(Others, all(204))]),
    row("RefreshAccessToken", Guard::Refresh, plain, &[(Nothing, all(204))]),
    row("AccountLogout", Guard::ActiveAndRefresh, plain, &[(Nothing, all(204))]),
    row("AccountUpdatePwd", Guard::Active, new_password, &[(Nothing, all(204))]),
    row("AccountProfile", Guard::Active, plain, &[(Nothing, all(200))]),
    row("AccountDelete", Guard::Active, own_password, &[(Nothing, Answers::Each(LEAVES))]),
    row("AccountExport", Guard::Active, plain, &[(Nothing, all(200))]),
    row("AccountUpdateProfile", Guard::Active, person_name, &[(Nothing, all(200))]),
    row("ListAccountSessions", Guard::Active, plain, &[(Nothing, all(200))]),
    row("EndOtherAccountSessions", Guard::Active, plain, &[(Nothing, all(204))]),
    row("EndAccountSession", Guard::Active, plain, &[(Own, all(204)), (Others, nobody(404, "Session not found"))]),
    row("CreateUser", Guard::Superuser, user, &[(Nothing, all(201))]),
    row("ListUsers", Guard::Superuser, plain, &[(Nothing, all(200))]),
    row("GetUser", Guard::Superuser, plain, &[(Own, all(200)), (Others, all(200)), (System, all(200))]),
    row("UpdateUser", Guard::Superuser, person_name, &[ON_ACCOUNTS[0], ON_ACCOUNTS[1], (Others, all(200))]),
    row("DeleteUser", Guard::Superuser, plain, &[ON_ACCOUNTS[0], ON_ACCOUNTS[1], (Others, all(204))]),
    row("AssignRole", Guard::Superuser, superuser_role, &[ON_ACCOUNTS[0], ON_ACCOUNTS[1], (Others, all(200))]),
    row("RevokeRole", Guard::Superuser, trainer_role, &[ON_ACCOUNTS[0], ON_ACCOUNTS[1], (Others, all(200))]),
    row("CreateMuscleGroup", Guard::Superuser, item_name, &[(Nothing, all(201))]),
    row("ListMuscleGroups", Guard::Active, plain, &[(Nothing, all(200))]),
    row("GetMuscleGroup", Guard::Active, plain, &[(System, all(200))]),
    row("UpdateMuscleGroup", Guard::Superuser, item_name, &[(System, all(200))]),
    row("DeleteMuscleGroup", Guard::Superuser, plain, &[(System, all(204))]),
    row("CreateEquipment", Guard::Superuser, item_name, &[(Nothing, all(201))]),
    row("ListEquipment", Guard::Active, plain, &[(Nothing, all(200))]),
    row("GetEquipment", Guard::Active, plain, &[(System, all(200))]),
    row("UpdateEquipment", Guard::Superuser, item_name, &[(System, all(200))]),
    row("DeleteEquipment", Guard::Superuser, plain, &[(System, all(204))]),
    row("CreateExerciseTag", Guard::Superuser, item_name, &[(Nothing, all(201))]),
    row("ListExerciseTags", Guard::Active, plain, &[(Nothing, all(200))]),
    row("GetExerciseTag", Guard::Active, plain, &[(System, all(200))]),
    row("UpdateExerciseTag", Guard::Superuser, item_name, &[(System, all(200))]),
    row("DeleteExerciseTag", Guard::Superuser, plain, &[(System, all(204))]),
    row("ListExercises", Guard::Active, plain, &[(Nothing, all(200))]),
    row("CreateUserExercise", Guard::Active, exercise, &[(Nothing, all(201))]),
    row("CreateSystemExercise", Guard::Superuser, system_exercise, &[(Nothing, all(201))]),
    row(
        "GetExercise",
        Guard::Active,
        plain,
        &[
            (Own, all(200)),
            (Others, Answers::Each([NOT_READ, NOT_READ, ok(200), NOT_READ, NOT_READ])),
            (System, all(200)),
        ],
    ),
    row(
        "FindExercise",
        Guard::Active,
        by_name,
        // Their text names the exercise, so that only the status is compared.
        &[(Own, all(200)), (Others, all(404)), (System, all(404))],
    ),
    row(
        "UpdateUserExercise",
        Guard::Active,
        exercise,
        &[(Own, all(200)), (Others, nobody(404, "Exercise not found")), (System, nobody(404, "Exercise not found"))],
    ),
    row(
        "UpdateSystemExercise",
        Guard::Superuser,
        system_exercise,
        &[(Own, nobody(404, "Exercise not found")), (Others, nobody(404, "Exercise not found")), (System, all(200))],
    ),
    row(
        "DeleteExercise",
        Guard::Active,
        plain,
        &[
            (Own, all(204)),
            (Others, Answers::All(NOT_DELETED)),
            (System, Answers::Each([NOT_DELETED, NOT_DELETED, NOT_DELETED, ok(204), ok(204)])),
        ],
    ),
    row(
        "GetExerciseProgress",
        Guard::Active,
        plain,
        &[
            (Own, all(200)),
            (Others, Answers::Each([NO_EXERCISE, NO_EXERCISE, ok(200), NO_EXERCISE, NO_EXERCISE])),
            (System, all(200)),
        ],
    ),
    row(
        "GetExerciseChart",
        Guard::Active,
        plain,
        &[
            (Own, all(200)),
            (Others, Answers::Each([NO_EXERCISE, NO_EXERCISE, ok(200), NO_EXERCISE, NO_EXERCISE])),
            (System, all(200)),
        ],
    ),
    row(
        "GetPreviousSets",
        Guard::Active,
        by_exercise,
        &[
            (Own, all(200)),
            (Others, Answers::Each([NO_EXERCISE, NO_EXERCISE, ok(200), NO_EXERCISE, NO_EXERCISE])),
            (System, all(200)),
        ],
    ),
    row(
        "ListRecords",
        Guard::Active,
        by_exercise,
        &[
            (Own, all(200)),
            (Others, Answers::Each([NO_EXERCISE, NO_EXERCISE, ok(200), NO_EXERCISE, NO_EXERCISE])),
            (System, all(200)),
        ],
    ),
    row("CreateTrainingUnit", Guard::Active, unit, &[(Nothing, all(201))]),
    row("ListTrainingUnits", Guard::Active, plain, &[(Nothing, all(200))]),
    row("GetTrainingUnit", Guard::Active, plain, &reading(200, UNIT)),
    row("UpdateTrainingUnit", Guard::Active, unit, &changing(200, UNIT)),
    row("ReplaceTrainingUnitExercises", Guard::Active, entries, &changing(200, UNIT)),
    row("AddTrainingUnitExercise", Guard::Active, entry, &changing(201, UNIT)),
    row("UpdateTrainingUnitExercise", Guard::Active, sets, &changing(200, UNIT)),
    row("DeleteTrainingUnitExercise", Guard::Active, plain, &changing(204, UNIT)),
    row("OrderTrainingUnitExercises", Guard::Active, order, &changing(200, UNIT)),
    row("DeleteTrainingUnit", Guard::Active, plain, &managing(204, UNIT)),
    row("CopyTrainingUnit", Guard::Active, unit, &reading(201, UNIT)),
    row("ListTrainingUnitAccess", Guard::Active, plain, &managing(200, UNIT)),
    row("GrantTrainingUnitAccess", Guard::Active, grant, &managing(200, UNIT)),
    row("RevokeTrainingUnitAccess", Guard::Active, plain, &managing(204, UNIT)),
    row("CreateTrainingPlan", Guard::Active, plan, &[(Nothing, all(201))]),
    row("ListTrainingPlans", Guard::Active, plain, &[(Nothing, all(200))]),
    row("GetTrainingPlan", Guard::Active, plain, &reading(200, PLAN)),
    row("UpdateTrainingPlan", Guard::Active, plan, &changing(200, PLAN)),
    row("ReplaceTrainingPlanUnits", Guard::Active, schedule, &changing(200, PLAN)),
    row("AddTrainingPlanUnit", Guard::Active, scheduled, &changing(201, PLAN)),
    row("MoveTrainingPlanUnit", Guard::Active, other_day, &changing(200, PLAN)),
    row("DeleteTrainingPlanUnit", Guard::Active, plain, &changing(204, PLAN)),
    row("DeleteTrainingPlan", Guard::Active, plain, &managing(204, PLAN)),
    row("CopyTrainingPlan", Guard::Active, copy, &reading(201, PLAN)),
    row("ListTrainingPlanAccess", Guard::Active, plain, &managing(200, PLAN)),
    row("GrantTrainingPlanAccess", Guard::Active, grant, &managing(200, PLAN)),
    row("RevokeTrainingPlanAccess", Guard::Active, plain, &managing(204, PLAN)),
];

/// Requests of the same operations that ask for more.
pub(super) const VARIANTS: &[Row] = &[
    row("UpdateTrainingUnit", Guard::Active, publish, &managing(200, UNIT)),
    row("UpdateTrainingPlan", Guard::Active, publish, &managing(200, PLAN)),
];

fn plain(_: &Scene, request: Request) -> Request {
    request
}

fn sign_up(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::sign_up(&format!("{}@example.com", scene.unique)))
}

fn credentials(scene: &Scene, _: Request) -> Request {
    let Session { email, .. } = &scene.account;
    sign_in(email, password())
}

fn new_password(_: &Scene, request: Request) -> Request {
    request.json(&json!({"currentPassword": password(), "newPassword": password()}))
}

fn own_password(_: &Scene, request: Request) -> Request {
    request.json(&json!({"password": password()}))
}

fn person_name(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"name": scene.unique}))
}

fn user(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::user(&format!("{}@example.com", scene.unique)))
}

fn superuser_role(_: &Scene, request: Request) -> Request {
    request.json(&json!({"roleSlug": "superuser"}))
}

fn trainer_role(_: &Scene, request: Request) -> Request {
    request.json(&json!({"roleSlug": "fitness-trainer"}))
}

fn item_name(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"name": format!("New {}", scene.unique)}))
}

fn by_exercise(scene: &Scene, request: Request) -> Request {
    request.query("exerciseId", &scene.exercise.to_string())
}

fn by_name(scene: &Scene, request: Request) -> Request {
    request.query("name", &format!("exercise {}", scene.exercise.simple()))
}

fn exercise(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::exercise(&format!("Curl {}", scene.unique)))
}

fn system_exercise(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::system_exercise(&format!("Curl {}", scene.unique)))
}

fn unit(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::training_unit(&format!("Legs {}", scene.unique)))
}

fn entry(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::unit_entry(scene.template.exercise))
}

fn entries(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"exercises": [bodies::unit_entry(scene.template.exercise)]}))
}

fn sets(_: &Scene, request: Request) -> Request {
    request.json(&json!({"sets": 5}))
}

fn order(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"ids": [scene.template.entry]}))
}

fn grant(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"email": scene.template.reader.email, "accessLevel": "write"}))
}

fn publish(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"name": format!("Legs {}", scene.unique), "sharingStatus": "public"}))
}

fn plan(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::training_plan(&format!("Summer {}", scene.unique)))
}

fn copy(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"name": format!("Summer {}", scene.unique)}))
}

fn scheduled(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::plan_unit(scene.template.unit, 2))
}

fn schedule(scene: &Scene, request: Request) -> Request {
    request.json(&json!({"units": [bodies::plan_unit(scene.template.unit, 2)]}))
}

fn other_day(_: &Scene, request: Request) -> Request {
    request.json(&json!({"dayNumber": 2}))
}
