//! How many statements a read of a training unit or plan costs: one, whatever it shows.

use std::time::Duration;

use irontrack_tests::harness::{App, until};
use serde_json::Value;

use crate::gym::{Gym, plan, unit, user};

/// The fewest statements that a read took in several tries: who is asked for the first time is looked up as well.
fn statements(gym: &Gym, who: &irontrack_tests::harness::Session, path: &str) -> usize {
    let tries = (0..6).map(|_| {
        let answer = gym.ask(who, "GET", path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let id = answer.header("x-request-id").unwrap_or_default().to_owned();
        let is_of_request = |line: &&str| line.contains(&id);
        // The last line of a request, written a little after its answer.
        let is_complete =
            || gym.app.process.log().lines().filter(is_of_request).any(|line| line.contains("request_completed"));
        until(Duration::from_secs(20), "the request is in the log", is_complete);
        let log = gym.app.process.log();
        log.lines().filter(is_of_request).filter(|line| is_statement(line)).count()
    });
    tries.min().unwrap_or_default()
}

/// Whether a line of the log is about a statement, and not only mentions one.
fn is_statement(line: &str) -> bool {
    match serde_json::from_str::<Value>(line) {
        Ok(entry) => entry["fields"]["message"] == "statement" || entry["message"] == "statement",
        Err(_) => line.trim_end().ends_with("statement"),
    }
}

#[test]
fn a_read_is_one_statement() {
    let app = App::start_with(&[("LOG_LEVEL", "debug")]);
    let mint = app.mint();
    let mut gym = Gym { app, mint };
    let [owner, reader] = gym.people();
    let (a_unit, a_plan) =
        (gym.mint.training_unit(owner.user_id, "public"), gym.mint.training_plan(owner.user_id, "public"));
    for day in 1..5 {
        let exercise = gym.mint.exercise(None);
        gym.mint.unit_entry(a_unit, exercise);
        gym.mint.plan_unit(a_plan, a_unit, day);
    }
    gym.mint.unit_access(a_unit, user(&reader), "read");
    let mut paths =
        vec![unit(a_unit), plan(a_plan), format!("{}/access", unit(a_unit)), format!("{}/access", plan(a_plan))];
    for list in ["/training-units", "/training-plans"] {
        for scope in ["own", "shared", "public", "all"] {
            paths.push(format!("{list}?scope={scope}"));
            paths.push(format!("{list}?scope={scope}&searchString=a&orderBy=createdAt&sortOrder=desc"));
        }
    }
    for path in paths {
        assert_eq!(statements(&gym, &owner, &path), 1, "{path}");
    }
    gym.close();
}
