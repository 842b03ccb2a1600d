//! Two of many people, and what they ask for.

use std::time::{Duration, Instant};

use irontrack_tests::{
    harness::{App, Session, body},
    http::{Request, Response},
};
use serde_json::{Value, json};
use uuid::Uuid;

/// How many sessions the one has who has trained for decades: a thousand pages of five, and some.
pub(super) const DEEP: usize = 5_100;

const PAGE: usize = 5;

/// How often each thing is asked for.
const TIMES: usize = 60;

/// What is asked for.
pub(super) const QUESTIONS: [&str; 6] = [
    "session",
    "first page of 20",
    "first page of a long history",
    "page 10 of a long history",
    "cursor page, 1 000 deep",
    "another set",
];

/// Somebody with as many sessions as everybody, and the one with very many.
pub(super) struct Visitor<'a> {
    app: &'a App,
    usual: Session,
    deep: Session,
    sessions: Vec<Uuid>,
    /// Exercises in which repetitions are counted, with their sessions.
    exercises: Vec<(Uuid, i64)>,
    cursor: String,
}

impl<'a> Visitor<'a> {
    pub(super) fn of(app: &'a App) -> Self {
        let mut mint = app.mint();
        let account = "SELECT id FROM user_account WHERE email = $1";
        let [deep, usual] = [1, 17].map(|number| {
            let email = format!("demo-{number:06}@demo.example");
            let id: Uuid = mint.database.query_one(account, &[&email]).expect("a demo account").get(0);
            mint.session(id, &email)
        });
        let id = usual.user_id.unwrap_or_default();
        let sessions = "SELECT id FROM training_sessions WHERE user_id = $1 ORDER BY start_time";
        let sessions = mint.database.query(sessions, &[&id]).expect("sessions");
        let exercises = "SELECT training_session_id, e.id FROM training_session_exercises e \
                         JOIN training_sessions t ON t.id = e.training_session_id \
                         WHERE t.user_id = $1 AND e.mode_snapshot = 'reps' ORDER BY e.id";
        let exercises = mint.database.query(exercises, &[&id]).expect("exercises");
        let mut visitor = Self {
            app,
            usual,
            deep,
            sessions: sessions.iter().map(|row| row.get(0)).collect(),
            exercises: exercises.iter().map(|row| (row.get(0), row.get(1))).collect(),
            cursor: String::new(),
        };
        visitor.cursor = visitor.thousandth_page();
        visitor
    }

    /// Turns a thousand pages, as an app does that scrolls down.
    fn thousandth_page(&self) -> String {
        let mut page = self.list(&self.deep, &format!("pageSize={PAGE}"));
        for number in 1..=1_000 {
            let cursor = page["nextCursor"].as_str().unwrap_or_else(|| panic!("page {number} is the last one: {page}"));
            if number == 1_000 {
                return cursor.to_owned();
            }
            page = self.list(&self.deep, &format!("pageSize={PAGE}&cursor={cursor}"));
        }
        unreachable!("the last page was returned")
    }

    fn list(&self, who: &Session, query: &str) -> Value {
        body(&self.app.get(who, &format!("/api/v1/training-sessions?{query}")))
    }

    /// Asks one of the questions for the so-manieth time.
    pub(super) fn ask(&self, question: &str, time: usize) -> Response {
        let get = |who: &Session, path: &str| self.app.get(who, &format!("/api/v1/training-sessions{path}"));
        match question {
            "session" => get(&self.usual, &format!("/{}", self.sessions[time % self.sessions.len()])),
            "first page of 20" => get(&self.usual, "?pageSize=20"),
            "first page of a long history" => get(&self.deep, "?pageSize=20"),
            "page 10 of a long history" => get(&self.deep, "?pageSize=20&currentPage=10"),
            "cursor page, 1 000 deep" => get(&self.deep, &format!("?pageSize={PAGE}&cursor={}", self.cursor)),
            "another set" => {
                let (session, exercise) = self.exercises[time % self.exercises.len()];
                let path = format!("/api/v1/training-sessions/{session}/exercises/{exercise}/sets");
                let set = json!({"weight": 60, "repsCompleted": 8, "rpe": 8.5});
                self.app.send_as(&self.usual, Request::new("POST", &path).json(&set))
            }
            other => panic!("nobody asks for {other}"),
        }
    }

    /// Asks everything many times.
    pub(super) fn medians(&self) -> Vec<(&'static str, Duration)> {
        let median = |question: &'static str| {
            let mut times: Vec<_> = (0..TIMES)
                .map(|time| {
                    let start = Instant::now();
                    let answer = self.ask(question, time);
                    let took = start.elapsed();
                    assert!(matches!(answer.status, 200 | 201), "{question}: {}", answer.text());
                    took
                })
                .collect();
            times.sort();
            (question, times[TIMES / 2])
        };
        QUESTIONS.map(median).into()
    }
}
