//! How many statements a request about training costs: a read one, whatever it shows, and a write only a few.

use std::time::Duration;

use irontrack_tests::{
    harness::{App, Session, bodies, until},
    http::Request,
};
use serde_json::{Value, json};

use crate::gym::{Gym, array, plan, request, session, under, unit, user};

/// The fewest statements that a read took in several tries: who is asked for the first time is looked up as well.
fn statements(gym: &Gym, who: &Session, path: &str) -> usize {
    statements_of(gym, who, &request("GET", path), 200)
}

/// Likewise of any request that can be sent again.
fn statements_of(gym: &Gym, who: &Session, request: &Request, status: u16) -> usize {
    (0..6).map(|_| statements_of_one(gym, who, request, status)).min().unwrap_or_default()
}

/// The statements of one request.
fn statements_of_one(gym: &Gym, who: &Session, request: &Request, status: u16) -> usize {
    let answer = gym.app.send_as(who, request.clone());
    assert_eq!(answer.status, status, "{} {}: {}", request.method, request.path, answer.text());
    let id = answer.header("x-request-id").unwrap_or_default().to_owned();
    let is_of_request = |line: &&str| line.contains(&id);
    // The last line of a request, written a little after its answer.
    let is_complete =
        || gym.app.process.log().lines().filter(is_of_request).any(|line| line.contains("request_completed"));
    until(Duration::from_secs(20), "the request is in the log", is_complete);
    let log = gym.app.process.log();
    log.lines().filter(is_of_request).filter(|line| is_statement(line)).count()
}

/// Whether a line of the log is about a statement, and not only mentions one.
fn is_statement(line: &str) -> bool {
    match serde_json::from_str::<Value>(line) {
        Ok(entry) => entry["fields"]["message"] == "statement" || entry["message"] == "statement",
        Err(_) => line.trim_end().ends_with("statement"),
    }
}

/// A server that logs its statements.
fn talkative() -> Gym {
    let app = App::start_with(&[("LOG_LEVEL", "debug")]);
    let mint = app.mint();
    Gym { app, mint }
}

#[test]
fn a_read_is_one_statement() {
    let mut gym = talkative();
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
    paths.push("/training-units?scope=all&exerciseId=0192a000-0000-7000-8000-0000000000aa".to_owned());
    paths.push("/training-plans?scope=all&difficultyLevel=beginner".to_owned());
    for path in paths {
        assert_eq!(statements(&gym, &owner, &path), 1, "{path}");
    }
    gym.close();
}

#[test]
fn a_read_of_sessions_is_one_statement_however_much_was_done() {
    let mut gym = talkative();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let empty = session(gym.mint.training_session(user(&owner)));
    let sets = Value::from(vec![bodies::set(82.5, 5); 20]);
    let exercises = vec![bodies::session_exercise(exercise, "reps", &sets); 200];
    let sent = bodies::training_session(json!({"exercises": exercises}));
    let full = gym.create(&owner, "/training-sessions", &sent);
    let full = under("/training-sessions", &full);
    let shown = array(&gym.read(&owner, &full)["exercises"]);
    assert_eq!((shown.len(), array(&shown[199]["sets"]).len()), (200, 20));
    let mut paths = vec![empty, full];
    let list = "/training-sessions";
    for query in [
        String::new(),
        "currentPage=2&pageSize=1&sortOrder=asc".to_owned(),
        format!("status=in_progress&from=2025-01-01T00:00:00Z&exerciseId={exercise}"),
    ] {
        paths.push(format!("{list}?{query}"));
    }
    let first = gym.read(&owner, &format!("{list}?pageSize=1"));
    paths.push(format!("{list}?pageSize=1&cursor={}", first["nextCursor"].as_str().unwrap_or_default()));
    for path in paths {
        assert_eq!(statements(&gym, &owner, &path), 1, "{path}");
    }
    gym.close();
}

/// What was computed before is asked about and not computed again; the summary needs the records as well.
#[test]
fn figures_about_a_whole_history_are_one_statement_or_two() {
    let mut gym = talkative();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let sets = Value::from(vec![bodies::set(82.5, 5); 20]);
    let sent =
        bodies::training_session(json!({"exercises": vec![bodies::session_exercise(exercise, "reps", &sets); 50]}));
    let questions =
        ["volume", "volume?bucket=day&groupBy=exercise", "calendar?year=2026", "calendar.svg?year=2026", "summary"];
    let paths = questions.map(|question| format!("/progress/{question}"));
    let after_a_change = |path: &String| {
        gym.create(&owner, "/training-sessions", &sent);
        statements_of_one(&gym, &owner, &request("GET", path), 200)
    };
    // Of several tries, because who is asked for again after a while is looked up as well.
    let first = paths.each_ref().map(|path| (0..6).map(|_| after_a_change(path)).min().unwrap_or_default());
    assert_eq!(first, [1, 1, 1, 1, 2], "after a change");
    let again = paths.each_ref().map(|path| statements(&gym, &owner, path));
    assert_eq!(again, [1; 5], "again");
    gym.close();
}

/// The version of the history is read first, and what was computed from it after that, unless there is a copy.
#[test]
fn progress_is_two_statements_however_much_was_done() {
    let mut gym = talkative();
    let owner = gym.person();
    let [exercise, other] = [(); 2].map(|()| gym.mint.exercise(None));
    let mut last = None;
    for _ in 0..30 {
        let id = gym.mint.training_session(user(&owner));
        for exercise in [exercise, other, exercise] {
            let entry = gym.mint.session_exercise(id, exercise);
            for _ in 0..5 {
                gym.mint.session_set(entry);
            }
        }
        last = Some(id);
    }
    let course = format!("/progress/exercises/{exercise}");
    let chart = format!("{course}/chart.svg");
    let previous = format!("/progress/previous?exerciseId={exercise}");
    let of_session = format!("{}/records", session(last.unwrap_or_default()));
    let of_exercise = format!("/progress/records?exerciseId={exercise}");
    assert_eq!(statements(&gym, &owner, &previous), 1);
    // The fewest are those of a copy; what a copy needs is asked for when there is none.
    for path in [
        course.clone(),
        format!("{course}?bucket=week"),
        chart,
        "/progress/records".to_owned(),
        of_exercise,
        of_session,
    ] {
        assert_eq!(statements(&gym, &owner, &path), 1, "{path}, again");
    }
    gym.close();
    let app = App::start_with(&[("LOG_LEVEL", "debug"), ("CACHE_ENABLED", "false")]);
    let mut gym = Gym { mint: app.mint(), app };
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let id = gym.mint.training_session(user(&owner));
    let entry = gym.mint.session_exercise(id, exercise);
    gym.mint.session_set(entry);
    // Without copies, who asks is looked up every time as well.
    let signed_in = statements(&gym, &owner, &session(id)) - 1;
    let course = format!("/progress/exercises/{exercise}");
    let one = ["previous?exerciseId=", "volume?groupBy=exercise", "calendar?year=2026", "calendar.svg?year=2026"];
    let one = one.map(|path| format!("/progress/{path}").replace("exerciseId=", &format!("exerciseId={exercise}")));
    for path in one {
        assert_eq!(statements(&gym, &owner, &path), signed_in + 1, "{path}");
    }
    for path in [
        format!("{course}/chart.svg"),
        course,
        "/progress/records".to_owned(),
        format!("/progress/records?exerciseId={exercise}"),
        format!("{}/records", session(id)),
        "/progress/summary".to_owned(),
    ] {
        assert_eq!(statements(&gym, &owner, &path), signed_in + 2, "{path}");
    }
    gym.close();
}

/// Logging a set is what happens most. It costs the same in a long session as in a short one.
#[test]
fn a_set_takes_a_few_statements() {
    const MOST: usize = 12;
    let mut gym = talkative();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    let counts = [1, 150].map(|count| {
        let id = gym.mint.training_session(user(&owner));
        let entries: Vec<_> = (0..count).map(|_| gym.mint.session_exercise(id, exercise)).collect();
        for _ in 0..count {
            gym.mint.session_set(entries[0]);
        }
        let append = request("POST", &format!("{}/exercises/{}/sets", session(id), entries[0]));
        statements_of(&gym, &owner, &append.json(&bodies::set(60.0, 8)), 201)
    });
    println!("a set takes {} statements", counts[0]);
    assert!(counts[0] == counts[1] && (1..=MOST).contains(&counts[0]), "{counts:?}");
    gym.close();
}
