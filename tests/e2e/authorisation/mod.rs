//! Who may call what: every operation of the document × every kind of caller × whose thing it is about.
//!
//! [`table`] says what is expected. A new operation needs a row there; without one, or with a row that no operation has,
//! the test fails. Every cell has a caller and a target of its own, so that cells do not disturb each other.

mod callers;
mod scene;
mod table;

use std::collections::BTreeSet;

use irontrack_tests::{
    harness::{App, DocumentedOperation, body, documented_operations},
    http::Response,
};

use callers::Caller;
use scene::{ADMINISTRATOR, Scene};
use table::{Answer, Guard, Row, TABLE};

#[test]
fn every_operation_answers_every_caller_as_the_table_says() {
    let app = App::start();
    let mut mint = app.mint();
    let administrator = mint.person_called(ADMINISTRATOR, irontrack_domain::account::Role::Superuser);
    let operations = documented_operations();
    let mut failures = Vec::new();
    let mut cells = 0;
    for row in TABLE {
        let operation = operations.iter().find(|operation| operation.id == row.operation);
        let Some(operation) = operation else { continue }; // the other test tells
        for (target, answers) in row.answers {
            for caller in Caller::ALL {
                let scene = Scene::set(&mut mint, &administrator, caller, *target);
                let expected = expected(row, *answers, caller);
                let before = mint.fingerprint();
                let answer = app.send_as(&scene.caller, scene.request(operation, row));
                let unchanged = answer.status < 400 || mint.fingerprint() == before;
                cells += 1;
                if let Some(problem) = problem(&answer, expected, unchanged) {
                    failures.push(format!("{} as {caller:?}, {target:?}: {problem}", row.operation));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {cells} cells are wrong:\n{}", failures.len(), failures.join("\n"));
    // The inactive callers kept their sessions, which the server would have ended.
    mint.execute("DELETE FROM user_session s USING user_account u WHERE u.id = s.user_id AND NOT u.is_active", &[]);
    app.database.assert_invariants(true);
    println!("{cells} cells of {} operations are right", TABLE.len());
}

#[test]
fn the_table_has_exactly_the_operations_of_the_document() {
    let documented: BTreeSet<String> = documented_operations().into_iter().map(|operation| operation.id).collect();
    let tabled: BTreeSet<String> = TABLE.iter().map(|row| row.operation.to_owned()).collect();
    assert_eq!(TABLE.len(), tabled.len(), "expected one row for each operation");
    let missing: Vec<_> = documented.difference(&tabled).collect();
    assert!(missing.is_empty(), "expected a row in tests/e2e/authorisation/table.rs for {missing:?}");
    let superfluous: Vec<_> = tabled.difference(&documented).collect();
    assert!(superfluous.is_empty(), "expected no row for {superfluous:?}, which the document does not have");
}

#[test]
fn the_document_names_the_guards() {
    for operation in documented_operations() {
        let Some(row) = TABLE.iter().find(|row| row.operation == operation.id) else { continue };
        let schemes = schemes(&operation);
        let expected: &[&str] = match row.guard {
            Guard::Anyone => &[],
            Guard::Refresh => &["refreshCookie"],
            Guard::Active | Guard::Superuser => &["accessCookie"],
            Guard::ActiveAndRefresh => &["accessCookie", "refreshCookie"],
        };
        assert_eq!(schemes, expected, "the security of {}", operation.id);
        let responses = &operation.definition["responses"];
        let refuses = |status: &str| responses[status].is_object();
        assert!(expected.is_empty() || refuses("401"), "{} must document 401", operation.id);
        assert!(row.guard != Guard::Superuser || refuses("403"), "{} must document 403", operation.id);
    }
}

fn schemes(operation: &DocumentedOperation) -> Vec<String> {
    let requirements = operation.definition["security"].as_array().cloned().unwrap_or_default();
    let names = requirements.iter().filter_map(|requirement| requirement.as_object());
    names.flat_map(|requirement| requirement.keys().cloned()).collect()
}

/// Whoever the guard keeps out gets its answer, everybody else that of the table.
fn expected(row: &Row, answers: table::Answers, caller: Caller) -> Answer {
    let refused = if row.guard == Guard::Anyone { None } else { caller.refusal() };
    if let Some(detail) = refused {
        return Answer::refused(401, detail);
    }
    if row.guard == Guard::Superuser && !caller.is_superuser() {
        return Answer::refused(403, "Access denied: Superuser privileges required");
    }
    answers.of(caller)
}

fn problem(answer: &Response, expected: Answer, unchanged: bool) -> Option<String> {
    let shown = || format!("expected {expected:?}, got {} {}", answer.status, answer.text());
    let detail = || body(answer)["detail"].as_str().unwrap_or_default().to_owned();
    if answer.status != expected.status || expected.detail.is_some_and(|expected| detail() != expected) {
        return Some(shown());
    }
    (!unchanged).then(|| format!("answered {} but changed the database", answer.status))
}
