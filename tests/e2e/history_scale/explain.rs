//! What the database does for each question.

use std::sync::Arc;

use irontrack_tests::harness::{App, PlanLog, TestDatabase};

use super::visitor::{QUESTIONS, Visitor};

/// Asks each question on a server of its own, and prints the plans. The first time fills caches and prepares statements.
pub(super) fn on(database: &Arc<TestDatabase>, visit: impl for<'a> Fn(&'a App) -> Visitor<'a>) {
    let plans = PlanLog::begin(database);
    let app = App::start_on(database.clone(), &[]);
    let visitor = visit(&app);
    for question in QUESTIONS {
        let first = visitor.ask(question, 0);
        assert!(matches!(first.status, 200 | 201), "{question}: {}", first.text());
        let (second, logged) = plans.of(|| visitor.ask(question, 1));
        assert!(matches!(second.status, 200 | 201), "{question}: {}", second.text());
        println!("\n--- {question}\n{logged}");
    }
}
