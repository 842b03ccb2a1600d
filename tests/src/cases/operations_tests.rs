//! Requests of every kind and the cases they make due.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Framework, Operation, Target, classify, due, not_due};
use crate::cases::Case;

fn case(method: &str, path: &str, expect: Value, given: Value) -> Case {
    let request = json!({"method": method, "path": path});
    let case = json!({"id": "x", "as": "user", "given": given, "request": request, "expect": expect, "source": "s", "reference": true});
    serde_json::from_value(case).unwrap()
}

fn simple(method: &str, path: &str) -> Case {
    case(method, path, json!({"status": 200}), json!([]))
}

#[test]
fn the_table_is_complete_and_unambiguous() {
    assert_eq!(Operation::ALL.len(), 38);
    let ids: BTreeSet<_> = Operation::ALL.iter().map(|operation| operation.id()).collect();
    assert_eq!(ids.len(), 38);
    for operation in Operation::ALL {
        assert_eq!(operation.id().parse::<Operation>().as_ref(), Ok(operation));
        for template in operation.templates() {
            assert_eq!(classify(operation.method(), template), Target::Operation(*operation));
        }
    }
    assert!("Nothing".parse::<Operation>().is_err());
}

#[test]
fn literals_win_unless_only_the_parameter_has_the_method() {
    for (method, path, operation) in [
        ("POST", "/api/v1/exercises/user", Operation::CreateUserExercise),
        ("GET", "/api/v1/exercises/user", Operation::GetExercise),
        ("DELETE", "/api/v1/exercises/system", Operation::DeleteExercise),
        ("GET", "/api/v1/exercises/criteria", Operation::FindExercise),
        ("DELETE", "/api/v1/exercises/criteria", Operation::DeleteExercise),
        ("HEAD", "/api/v1/exercises?searchString=a%00b", Operation::ListExercises),
        ("PATCH", "/api/v1/roles/${unique}@example.com/assign", Operation::AssignRole),
        ("GET", "/api/v1/users/${account.user.id}", Operation::GetUser),
    ] {
        assert_eq!(classify(method, path), Target::Operation(operation), "{method} {path}");
    }
}

#[test]
fn what_is_no_operation_is_told_apart() {
    use Operation::{
        AccountProfile, AccountRegister, CreateUser, CreateUserExercise, DeleteExercise, GetExercise, ListUsers,
    };
    for (method, path, framework) in [
        ("PUT", "/api/v1/users", Framework::MethodNotAllowed(vec![CreateUser, ListUsers])),
        ("HEAD", "/api/v1/access/signup", Framework::MethodNotAllowed(vec![AccountRegister])),
        (
            "PUT",
            "/api/v1/exercises/user",
            Framework::MethodNotAllowed(vec![CreateUserExercise, GetExercise, DeleteExercise]),
        ),
        ("GET", "/api/v1/access/me/", Framework::Redirect(vec![AccountProfile])),
        ("GET", "/docs", Framework::Documentation),
        ("GET", "/openapi.json", Framework::OpenApi),
        ("GET", "/", Framework::UnknownPath),
        ("GET", "/API/v1/access/me", Framework::UnknownPath),
        ("GET", "/api/v1/users/${uuid}/exercises", Framework::UnknownPath),
    ] {
        assert_eq!(classify(method, path), Target::Framework(framework), "{method} {path}");
    }
}

#[test]
fn a_case_waits_for_every_operation_it_uses() {
    let finished = [Operation::GetUser];
    assert!(due(&simple("GET", "/api/v1/users/1"), &finished));
    assert!(!due(&simple("DELETE", "/api/v1/users/1"), &finished));
    let given = json!([{"as": "admin", "request": {"method": "POST", "path": "/api/v1/users"}}]);
    let prepared = case("GET", "/api/v1/users/1", json!({"status": 200}), given);
    assert!(!due(&prepared, &finished));
    assert!(due(&prepared, &[Operation::GetUser, Operation::CreateUser]));
}

#[test]
fn framework_answers_are_due_as_their_path_allows() {
    let put = simple("PUT", "/api/v1/users");
    let allow =
        case("PUT", "/api/v1/users", json!({"status": 405, "headers": {"Allow": {"contains": ["GET"]}}}), json!([]));
    assert!(!due(&put, &[]) && !due(&allow, &[]));
    assert!(due(&put, &[Operation::ListUsers]) && !due(&allow, &[Operation::ListUsers]));
    assert!(due(&allow, &[Operation::ListUsers, Operation::CreateUser]));
    assert!(
        due(&simple("GET", "/nothing"), &[])
            && due(&simple("GET", "/docs"), &[])
            && due(&simple("GET", "/ping/"), &[Operation::SystemPing])
    );
    let document = simple("GET", "/openapi.json");
    assert!(!due(&document, &Operation::ALL[1..]) && due(&document, Operation::ALL));
}

#[test]
fn what_is_not_due_says_what_it_waits_for() {
    let cases = [simple("GET", "/ping"), simple("GET", "/health")];
    let waiting = not_due(&cases, &[Operation::SystemPing]);
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        (waiting[0].case.request.path.as_str(), &waiting[0].missing[..]),
        ("/health", &[Operation::SystemHealth][..])
    );
}
