//! The cases of the HTTP contract against the real server.

use std::sync::atomic::{AtomicUsize, Ordering};

use expect_test::expect_file;
use irontrack_tests::{
    cases::{self, Case, Operation, World},
    harness::world,
    http::Client,
};

/// The operations that are finished. A case is due when all operations that it uses are among them.
const FINISHED: &[Operation] = Operation::ALL;

/// Cases that contradict a decision of ours, with the decision.
const CONTRADICTED: [(&str, &str); 1] = [(
    "access-signin-204-token-header",
    "demands a header without `kid`; our tokens name their key, so that keys can be rotated",
)];

/// The cases that count.
pub(super) fn due() -> Vec<Case> {
    let all = cases::load_all().expect("the cases can be read");
    let is_contradicted = |case: &Case| CONTRADICTED.iter().any(|(id, _)| *id == case.id);
    all.into_iter().filter(|case| cases::due(case, FINISHED) && !is_contradicted(case)).collect()
}

/// Runs cases, several at a time, and answers what is wrong.
pub(super) fn failures(cases: &[Case], world: &World) -> Vec<String> {
    let client = Client::new();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut failures = Vec::new();
                    while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if let Err(failure) = cases::run(case, world, &client) {
                            failures.push(failure.to_string());
                        }
                    }
                    failures
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("the runner does not panic")).collect()
    })
}

#[test]
fn all_due_cases_pass() {
    let cases = due();
    assert!(cases.len() > 1000, "only {} cases are due", cases.len());
    let (app, world) = world();
    let failures = failures(&cases, &world);
    let count = failures.len();
    assert!(
        failures.is_empty(),
        "{count} of {} cases failed:\n\n{}\n\nlog:\n{}",
        cases.len(),
        failures.join("\n\n"),
        app.process.log().lines().filter(|line| !line.contains("request_completed")).collect::<Vec<_>>().join("\n")
    );
    println!("{} cases passed", cases.len());
}

/// The list shrinks with every finished operation, and grows by accident never.
#[test]
fn the_list_of_cases_not_yet_due_is_explicit() {
    let all = cases::load_all().expect("the cases can be read");
    let lines: Vec<String> = cases::not_due(&all, FINISHED)
        .into_iter()
        .map(|waiting| {
            let missing: Vec<_> = waiting.missing.iter().map(ToString::to_string).collect();
            format!("{}: {}\n", waiting.case.id, missing.join(", "))
        })
        .collect();
    expect_file!["../cases/not-due.txt"].assert_eq(&lines.concat());
}

#[test]
fn contradicted_cases_exist() {
    let all = cases::load_all().expect("the cases can be read");
    for (id, reason) in CONTRADICTED {
        assert!(all.iter().any(|case| case.id == id), "{id} ({reason}) is no case any more");
    }
}
