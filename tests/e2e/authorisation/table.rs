//! What every operation answers to whom. One row for each operation.

use irontrack_tests::{
    harness::{Session, bodies, password, sign_in},
    http::Request,
};
use serde_json::json;

use super::{
    callers::Caller,
    scene::{
        Scene,
        Target::{self, Nothing, Others, Own, System},
    },
};

/// Who is let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// Everybody.
    Anyone,
    /// Whoever has a good refresh token.
    Refresh,
    /// Active accounts.
    Active,
    /// Active accounts with both tokens.
    ActiveAndRefresh,
    /// Active superusers.
    Superuser,
}

/// An expected answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// The text of a refusal.
    pub(super) detail: Option<&'static str>,
}

impl Answer {
    pub(super) const fn refused(status: u16, detail: &'static str) -> Self {
        Self { status, detail: Some(detail) }
    }
}

/// The answers to those whom the guard lets in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Answers {
    /// The same for all.
    All(Answer),
    /// For user, owner, trainer, superuser, administrator.
    Each([Answer; 5]),
    /// For superuser and administrator, where the guard admits nobody else.
    Superusers([Answer; 2]),
}

impl Answers {
    pub(super) fn of(self, caller: Caller) -> Answer {
        let place = Caller::ALL.iter().position(|known| *known == caller).unwrap_or_default();
        match self {
            Self::All(answer) => answer,
            // The first five are let in by nobody but `Anyone`, whose answers are the same for all.
            Self::Each(answers) => answers[place.saturating_sub(5)],
            Self::Superusers(answers) => answers[place.saturating_sub(8)],
        }
    }
}

/// What one operation answers.
pub(super) struct Row {
    pub(super) operation: &'static str,
    pub(super) guard: Guard,
    /// Adds query and body to the request: well-formed, so that only the rights decide.
    pub(super) fill: fn(&Scene, Request) -> Request,
    pub(super) answers: &'static [(Target, Answers)],
}

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
const NOT_DELETED: Answer = no(403, "You do not have permission to delete this exercise");

/// Nobody changes their own account this way, and nobody that of the administrator.
const ON_ACCOUNTS: [(Target, Answers); 2] = [(Own, Answers::Superusers([SELF, ADMIN])), (System, Answers::All(ADMIN))];

pub(super) const TABLE: &[Row] = &[
    row("SystemHealth", Guard::Anyone, plain, &[(Nothing, all(200))]),
    row("SystemPing", Guard::Anyone, plain, &[(Nothing, all(200))]),
    row("AccountRegister", Guard::Anyone, sign_up, &[(Nothing, all(201))]),
    row("AccountLogin", Guard::Anyone, credentials, &[(Others, all(204))]),
    row("RefreshAccessToken", Guard::Refresh, plain, &[(Nothing, all(204))]),
    row("AccountLogout", Guard::ActiveAndRefresh, plain, &[(Nothing, all(204))]),
    row("AccountUpdatePwd", Guard::Active, new_password, &[(Nothing, all(204))]),
    row("AccountProfile", Guard::Active, plain, &[(Nothing, all(200))]),
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

fn by_name(scene: &Scene, request: Request) -> Request {
    request.query("name", &format!("exercise {}", scene.exercise.simple()))
}

fn exercise(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::exercise(&format!("Curl {}", scene.unique)))
}

fn system_exercise(scene: &Scene, request: Request) -> Request {
    request.json(&bodies::system_exercise(&format!("Curl {}", scene.unique)))
}
