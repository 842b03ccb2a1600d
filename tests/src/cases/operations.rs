//! Which operation of the API a request belongs to, and which cases can pass with the operations there are.

use std::fmt;
use std::str::FromStr;

use super::model::{Case, RequestTemplate};

macro_rules! operations {
    ($($id:ident: $method:literal $path:literal $(also $alias:literal)?,)+) => {
        /// An operation of the API, named by its `operationId`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Operation {
            $(#[doc = concat!("`", $method, " ", $path, "`")] $id,)+
        }

        impl Operation {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$id),+];

            /// Its `operationId`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$id => stringify!($id),)+ }
            }

            /// Its method.
            #[must_use]
            pub const fn method(self) -> &'static str {
                match self { $(Self::$id => $method,)+ }
            }

            /// Its path templates, the canonical one first.
            #[must_use]
            pub const fn templates(self) -> &'static [&'static str] {
                match self { $(Self::$id => &[$path $(, $alias)?],)+ }
            }
        }
    };
}

operations! {
    AccountRegister: "POST" "/api/v1/access/signup",
    AccountLogin: "POST" "/api/v1/access/signin",
    RefreshAccessToken: "POST" "/api/v1/access/refresh-jwt",
    AccountLogout: "POST" "/api/v1/access/logout",
    AccountUpdatePwd: "PATCH" "/api/v1/access/password-update",
    AccountProfile: "GET" "/api/v1/access/me",
    CreateUser: "POST" "/api/v1/users",
    ListUsers: "GET" "/api/v1/users",
    GetUser: "GET" "/api/v1/users/{user_id}",
    UpdateUser: "PATCH" "/api/v1/users/{user_id}",
    DeleteUser: "DELETE" "/api/v1/users/{user_id}",
    AssignRole: "PATCH" "/api/v1/roles/{email}/assign",
    RevokeRole: "PATCH" "/api/v1/roles/{email}/revoke",
    CreateMuscleGroup: "POST" "/api/v1/catalogs/muscle-groups",
    ListMuscleGroups: "GET" "/api/v1/catalogs/muscle-groups",
    GetMuscleGroup: "GET" "/api/v1/catalogs/muscle-groups/{muscle_id}",
    UpdateMuscleGroup: "PATCH" "/api/v1/catalogs/muscle-groups/{muscle_id}",
    DeleteMuscleGroup: "DELETE" "/api/v1/catalogs/muscle-groups/{muscle_id}",
    CreateEquipment: "POST" "/api/v1/catalogs/equipment",
    ListEquipment: "GET" "/api/v1/catalogs/equipment",
    GetEquipment: "GET" "/api/v1/catalogs/equipment/{equipment_id}",
    UpdateEquipment: "PATCH" "/api/v1/catalogs/equipment/{equipment_id}",
    DeleteEquipment: "DELETE" "/api/v1/catalogs/equipment/{equipment_id}",
    CreateExerciseTag: "POST" "/api/v1/catalogs/exercise-tags",
    ListExerciseTags: "GET" "/api/v1/catalogs/exercise-tags",
    GetExerciseTag: "GET" "/api/v1/catalogs/exercise-tags/{tag_id}",
    UpdateExerciseTag: "PATCH" "/api/v1/catalogs/exercise-tags/{tag_id}",
    DeleteExerciseTag: "DELETE" "/api/v1/catalogs/exercise-tags/{tag_id}",
    CreateUserExercise: "POST" "/api/v1/exercises/user",
    CreateSystemExercise: "POST" "/api/v1/exercises/system",
    GetExercise: "GET" "/api/v1/exercises/{exercise_id}",
    DeleteExercise: "DELETE" "/api/v1/exercises/{exercise_id}",
    FindExercise: "GET" "/api/v1/exercises/criteria/" also "/api/v1/exercises/criteria",
    ListExercises: "GET" "/api/v1/exercises",
    UpdateUserExercise: "PATCH" "/api/v1/exercises/user/{exercise_id}",
    UpdateSystemExercise: "PATCH" "/api/v1/exercises/system/{exercise_id}",
    SystemHealth: "GET" "/health",
    SystemPing: "GET" "/ping",
}

impl fmt::Display for Operation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id())
    }
}

impl FromStr for Operation {
    type Err = String;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Self::ALL.iter().copied().find(|operation| operation.id() == id).ok_or_else(|| format!("no operation {id:?}"))
    }
}

/// What answers a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An operation.
    Operation(Operation),
    /// Something around the operations.
    Framework(Framework),
}

/// What answers a request that belongs to no operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Framework {
    /// 405 on a path that has these operations.
    MethodNotAllowed(Vec<Operation>),
    /// 307 to a path without the final slash, which has these operations.
    Redirect(Vec<Operation>),
    /// The `OpenAPI` document.
    OpenApi,
    /// The pages of the documentation.
    Documentation,
    /// 404: no such path.
    UnknownPath,
}

/// What answers a request of this method and path; variables may still be in the path. `HEAD` counts as `GET`.
#[must_use]
pub fn classify(method: &str, path: &str) -> Target {
    let path = path.split('?').next().unwrap_or_default();
    let method = if method == "HEAD" { "GET" } else { method };
    let known = on_path(path);
    let best = known.iter().filter(|(operation, _)| operation.method() == method).max_by_key(|(_, literals)| *literals);
    if let Some((operation, _)) = best {
        return Target::Operation(*operation);
    }
    let operations = |known: Vec<(Operation, usize)>| known.into_iter().map(|(operation, _)| operation).collect();
    Target::Framework(match path {
        _ if !known.is_empty() => Framework::MethodNotAllowed(operations(known)),
        "/openapi.json" => Framework::OpenApi,
        "/docs" | "/redoc" => Framework::Documentation,
        _ => match path.strip_suffix('/').map(on_path) {
            Some(known) if !known.is_empty() => Framework::Redirect(operations(known)),
            _ => Framework::UnknownPath,
        },
    })
}

/// The operations with a template this path fits, and how many of its segments are literal.
fn on_path(path: &str) -> Vec<(Operation, usize)> {
    let fitting = |operation: &Operation| {
        let literals = operation.templates().iter().filter_map(|template| literals(template, path)).max()?;
        Some((*operation, literals))
    };
    Operation::ALL.iter().filter_map(fitting).collect()
}

fn literals(template: &str, path: &str) -> Option<usize> {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let fits =
        |(expected, actual): (&&str, &&str)| expected == actual || expected.starts_with('{') && !actual.is_empty();
    let equal = template.len() == path.len() && template.iter().zip(&path).all(fits);
    equal.then(|| template.iter().filter(|segment| !segment.starts_with('{')).count())
}

/// Whether the case must pass once these operations are finished.
#[must_use]
pub fn due(case: &Case, finished: &[Operation]) -> bool {
    missing(case, finished).is_empty()
}

/// A case that cannot pass yet.
#[derive(Debug, Clone)]
pub struct NotDue<'a> {
    /// The case.
    pub case: &'a Case,
    /// The operations it waits for.
    pub missing: Vec<Operation>,
}

/// The cases that are not [`due`], with what they wait for.
#[must_use]
pub fn not_due<'a>(cases: &'a [Case], finished: &[Operation]) -> Vec<NotDue<'a>> {
    let waiting = |case| NotDue { case, missing: missing(case, finished) };
    cases.iter().map(waiting).filter(|waiting| !waiting.missing.is_empty()).collect()
}

fn missing(case: &Case, finished: &[Operation]) -> Vec<Operation> {
    let checks_allow = case.expect.headers.keys().any(|name| name.eq_ignore_ascii_case("allow"));
    let mut missing: Vec<_> =
        case.requests().flat_map(|request| missing_for(request, checks_allow, finished)).collect();
    missing.sort_unstable();
    missing.dedup();
    missing
}

fn missing_for(request: &RequestTemplate, checks_allow: bool, finished: &[Operation]) -> Vec<Operation> {
    let unfinished = |operations: &[Operation]| -> Vec<_> {
        operations.iter().copied().filter(|operation| !finished.contains(operation)).collect()
    };
    match classify(&request.method, &request.path) {
        Target::Operation(operation) => unfinished(&[operation]),
        // One finished operation makes the path known; the `Allow` header needs them all.
        Target::Framework(Framework::MethodNotAllowed(operations) | Framework::Redirect(operations)) => {
            let waiting = unfinished(&operations);
            if checks_allow || waiting.len() == operations.len() { waiting } else { Vec::new() }
        }
        Target::Framework(Framework::OpenApi) => unfinished(Operation::ALL),
        Target::Framework(Framework::Documentation | Framework::UnknownPath) => Vec::new(),
    }
}

#[cfg(test)]
#[path = "operations_tests.rs"]
mod tests;
