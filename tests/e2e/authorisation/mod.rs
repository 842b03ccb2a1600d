//! Who may call what: every operation of the document × every kind of caller × whose thing it is about.
//!
//! [`table()`] says what is expected. A new operation needs a row there; without one, or with a row that no operation has,
//! the test fails. Every cell has a target of its own, so that cells do not disturb each other. Several workers, each with
//! a server of its own, share the rows.

mod callers;
mod imports;
mod row;
mod scene;
mod sessions;
mod table;
mod templates;
mod whole_history;

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering},
};

use irontrack_tests::{
    harness::{App, DocumentedOperation, Mint, body, documented_operations},
    http::{Request, Response},
};

use callers::Caller;
use imports::IMPORTS;
use row::{Answer, Answers, Guard, Row};
use scene::{People, Scene, Target};
use sessions::SESSIONS;
use table::{TABLE, VARIANTS};
use whole_history::WHOLE_HISTORY;

const WORKERS: usize = 3;

#[test]
fn every_operation_answers_every_caller_as_the_table_says() {
    let operations = documented_operations();
    let operation_of = |row: &Row| operations.iter().find(|operation| operation.id == row.operation);
    // An operation that is not there is told by the other test.
    let rows: Vec<_> =
        table().chain(VARIANTS).filter_map(|row| operation_of(row).map(|operation| (row, operation))).collect();
    let next = AtomicUsize::new(0);
    let (failures, cells) = std::thread::scope(|scope| {
        let work = || {
            let mut worker = Worker::start();
            while let Some((row, operation)) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
                worker.check(row, operation);
            }
            worker.end()
        };
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().map(|worker| worker.join().expect("a worker reaches its end"));
        done.fold((Vec::new(), 0), |(all, count), (failures, cells)| ([all, failures].concat(), count + cells))
    });
    assert!(failures.is_empty(), "{} of {cells} cells are wrong:\n{}", failures.len(), failures.join("\n"));
    println!("{cells} cells of {} operations are right", table().count());
}

/// One row of every operation.
fn table() -> impl Iterator<Item = &'static Row> {
    TABLE.iter().chain(SESSIONS).chain(IMPORTS).chain(WHOLE_HISTORY)
}

/// Goes through rows, on a server of its own.
struct Worker {
    app: App,
    mint: Mint,
    people: People,
    failures: Vec<String>,
    cells: usize,
}

/// A call, and what is expected of it.
struct Cell {
    name: String,
    scene: Scene,
    request: Request,
    expected: Answer,
}

impl Worker {
    fn start() -> Self {
        let app = App::start();
        let mut mint = app.mint();
        let people = People::new(&mut mint);
        Self { app, mint, people, failures: Vec::new(), cells: 0 }
    }

    /// All cells of a row. Those that are refused come first, one after the other: nothing may change meanwhile.
    fn check(&mut self, row: &Row, operation: &DocumentedOperation) {
        let cells = row.answers.iter().enumerate().flat_map(|(place, (target, answers))| {
            Caller::ALL.map(|caller| (place, *target, expected(row, *answers, caller), caller))
        });
        // Whom the guard keeps out of training it keeps out before it looks at the thing: one of each is enough.
        let is_worth_it = |place: usize, target: Target, caller: Caller| {
            place == 0 || caller.refusal().is_none() || !matches!(target, Target::Template(..))
        };
        let cells: Vec<_> = cells
            .filter(|(place, target, _, caller)| is_worth_it(*place, *target, *caller))
            .map(|(_, target, expected, caller)| {
                let scene = Scene::set(&mut self.mint, &mut self.people, caller, target, operation);
                let name = format!("{} as {caller:?}, {target:?}", row.operation);
                Cell { name, request: scene.request(operation, row), scene, expected }
            })
            .collect();
        let (refused, accepted): (Vec<_>, Vec<_>) = cells.into_iter().partition(|cell| cell.expected.status >= 400);
        let before = self.mint.fingerprint();
        for cell in refused {
            self.call(cell);
        }
        if self.mint.fingerprint() != before {
            self.failures.push(format!("{}: something that was refused changed the database", row.operation));
        }
        for cell in accepted {
            self.call(cell);
        }
    }

    fn call(&mut self, Cell { name, scene, request, expected }: Cell) {
        let answer = self.app.send_as(&scene.caller, request);
        self.cells += 1;
        self.failures.extend(problem(&answer, expected).map(|problem| format!("{name}: {problem}")));
    }

    /// What was wrong, in how many cells.
    fn end(mut self) -> (Vec<String>, usize) {
        // The inactive callers kept their sessions, which the server would have ended.
        let sql = "DELETE FROM user_session s USING user_account u WHERE u.id = s.user_id AND NOT u.is_active";
        self.mint.execute(sql, &[]);
        self.app.database.assert_invariants(true);
        (self.failures, self.cells)
    }
}

#[test]
fn the_table_has_exactly_the_operations_of_the_document() {
    let documented: BTreeSet<String> = documented_operations().into_iter().map(|operation| operation.id).collect();
    let tabled: BTreeSet<String> = table().map(|row| row.operation.to_owned()).collect();
    assert_eq!(table().count(), tabled.len(), "expected one row for each operation");
    let missing: Vec<_> = documented.difference(&tabled).collect();
    assert!(missing.is_empty(), "expected a row in tests/e2e/authorisation/table.rs for {missing:?}");
    let superfluous: Vec<_> = tabled.difference(&documented).collect();
    assert!(superfluous.is_empty(), "expected no row for {superfluous:?}, which the document does not have");
}

#[test]
fn the_document_names_the_guards() {
    for operation in documented_operations() {
        let Some(row) = table().find(|row| row.operation == operation.id) else { continue };
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
fn expected(row: &Row, answers: Answers, caller: Caller) -> Answer {
    let refused = if row.guard == Guard::Anyone { None } else { caller.refusal() };
    if let Some(detail) = refused {
        return Answer::refused(401, detail);
    }
    if row.guard == Guard::Superuser && !caller.is_superuser() {
        return Answer::refused(403, "Access denied: Superuser privileges required");
    }
    answers.of(caller)
}

fn problem(answer: &Response, expected: Answer) -> Option<String> {
    let detail = || body(answer)["detail"].as_str().unwrap_or_default().to_owned();
    let is_right = answer.status == expected.status && expected.detail.is_none_or(|expected| detail() == expected);
    (!is_right).then(|| format!("expected {expected:?}, got {} {}", answer.status, answer.text()))
}
