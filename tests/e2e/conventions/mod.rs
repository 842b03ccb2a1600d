//! The conventions of the interface, one table for each section of the contract (1.1 to 1.10).

mod base_paths;
mod error_bodies;
mod identifiers;
mod json_input;
mod json_output;
mod null_and_missing;
mod order_of_checks;
mod pages;
mod queries;
mod request_ids;

use irontrack_tests::{
    harness::{App, Session, body},
    http::{Request, Response},
};
use serde_json::Value;

/// Answers a JSON request of somebody.
fn call(app: &App, who: &Session, method: &str, path: &str, json: &Value) -> Response {
    app.send_as(who, Request::new(method, path).json(json))
}

/// What is wrong, as `type` and `path` of all entries.
fn mistakes(answer: &Response) -> Vec<(String, String)> {
    let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let body = body(answer);
    let entries = body["details"].as_array().map(Vec::as_slice).unwrap_or_default();
    entries.iter().map(|entry| (text(entry, "type"), text(entry, "path"))).collect()
}

/// The mistakes of a 422 as the tables write them: `type path, type path`; for any other status its number.
fn outcome(answer: &Response) -> String {
    if answer.status != 422 {
        return answer.status.to_string();
    }
    let all: Vec<_> = mistakes(answer).into_iter().map(|(kind, path)| format!("{kind} {path}")).collect();
    all.join(", ")
}

/// Collects what differs, so that one run shows every wrong line of a table.
#[derive(Default)]
struct Table {
    lines: usize,
    wrong: Vec<String>,
}

impl Table {
    fn line<T: PartialEq + std::fmt::Debug>(&mut self, what: impl std::fmt::Display, got: T, expected: T) {
        self.lines += 1;
        if got != expected {
            self.wrong.push(format!("{what}: expected {expected:?}, got {got:?}"));
        }
    }

    #[track_caller]
    fn check(self) {
        assert!(self.wrong.is_empty(), "{} of {} lines:\n{}", self.wrong.len(), self.lines, self.wrong.join("\n"));
    }
}
