//! All cases without a server: they parse, their variables are known, their requests are classified.

use std::collections::BTreeSet;

use regex::Regex;
use serde_json::{Value, json};
use uuid::Uuid;

use super::runner::build;
use super::{
    Case, Expected, Fixtures, Framework, Operation, Target, Variables, World, classify, due, load_all, not_due,
};

/// A world in which everything has a value.
fn dummy() -> World {
    let mut world = World::new("http://127.0.0.1:1", &Fixtures::load().unwrap());
    for (name, account) in &mut world.accounts {
        account.id = Some(Uuid::now_v7());
        if name != "inactive" {
            (account.access_token, account.refresh_token) = (Some("access".to_owned()), Some("refresh".to_owned()));
        }
    }
    world.exercises.values_mut().for_each(|exercise| exercise.id = Some(Uuid::now_v7()));
    world
}

/// Replaces every variable of the case, with something bound wherever a step binds.
fn substitute(case: &Case, world: &World) -> Result<(), String> {
    let mut variables = Variables::new(world);
    for step in &case.given {
        build(&step.request, &step.actor, &variables, world)?;
        for (name, place) in &step.bind {
            let known = place.is_empty() || ["/", "cookie:", "header:"].iter().any(|start| place.starts_with(start));
            assert!(known, "{}: binds {name} to {place}", case.id);
            variables.bind(name, json!(1)).map_err(|error| error.to_string())?;
        }
    }
    build(&case.request, &case.actor, &variables, world)?;
    let expectation = case.expect.resolve(&variables).map_err(|error| error.to_string())?;
    let errors =
        expectation.errors.iter().flatten().flat_map(|entry| [&entry.kind, &entry.field, &entry.message, &entry.path]);
    let named = [&expectation.detail, &expectation.text].into_iter().chain(errors).flatten();
    for expected in named.chain(expectation.json.values()).chain(expectation.headers.values()) {
        if let Expected::Matchers(matchers) = expected
            && let Some(pattern) = &matchers.matches
        {
            Regex::new(pattern).map_err(|error| error.to_string())?;
        }
    }
    for pointer in expectation.json.keys() {
        assert!(pointer.is_empty() || pointer.starts_with('/'), "{}: pointer {pointer}", case.id);
    }
    Ok(())
}

#[test]
fn every_case_parses_and_has_its_own_id() {
    let cases = load_all().unwrap();
    assert_eq!(cases.len(), 1031);
    let ids: BTreeSet<_> = cases.iter().map(|case| &case.id).collect();
    assert_eq!(ids.len(), cases.len());
}

#[test]
fn every_variable_is_known() {
    let world = dummy();
    let broken: Vec<_> = load_all()
        .unwrap()
        .iter()
        .filter_map(|case| substitute(case, &world).err().map(|error| format!("{}: {error}", case.id)))
        .collect();
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn every_request_is_classified_as_its_case_means_it() {
    let mut used = BTreeSet::new();
    for case in load_all().unwrap() {
        let accepts = |status| case.expect.status.accepts(status);
        let agrees = match classify(&case.request.method, &case.request.path) {
            Target::Operation(operation) => {
                used.insert(operation);
                !accepts(405)
            }
            Target::Framework(Framework::MethodNotAllowed(_)) => accepts(405),
            Target::Framework(Framework::Redirect(_)) => accepts(307),
            Target::Framework(Framework::UnknownPath) => accepts(404),
            Target::Framework(Framework::OpenApi | Framework::Documentation) => !accepts(404),
        };
        assert!(agrees, "{}: {} {}", case.id, case.request.method, case.request.path);
        for step in &case.given {
            let target = classify(&step.request.method, &step.request.path);
            assert!(matches!(target, Target::Operation(_)), "{}: {target:?} in given", case.id);
        }
    }
    assert_eq!(used.len(), Operation::ALL.len(), "operations without any case");
}

#[test]
fn all_cases_are_due_in_the_end_and_few_at_the_start() {
    let cases = load_all().unwrap();
    assert!(not_due(&cases, Operation::ALL).is_empty());
    let at_start: Vec<_> = cases.iter().filter(|case| due(case, &[])).collect();
    for case in &at_start {
        assert!(matches!(classify(&case.request.method, &case.request.path), Target::Framework(_)), "{}", case.id);
    }
    assert_eq!(not_due(&cases, &[]).len() + at_start.len(), cases.len());
}

#[test]
fn the_document_of_the_cases_knows_the_same_operations() {
    let cases = load_all().unwrap();
    let case = cases.iter().find(|case| case.id == "system-openapi-operation-ids").unwrap();
    for (pointer, expected) in &case.expect.json {
        let Expected::Scalar(Value::String(id)) = expected else { panic!("{pointer}") };
        let operation: Operation = id.parse().unwrap();
        let path = operation.templates()[0].replace('/', "~1");
        let method = operation.method().to_lowercase();
        assert_eq!(*pointer, format!("/paths/{path}/{method}/operationId"));
    }
}
