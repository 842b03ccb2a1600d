//! Two servers on one database and one cache, people who read from both all the time, and somebody who changes things
//! and ends sessions and looks at once whether that counts.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Caller, Job, Load, Mint, Samples, Session, bodies, body, last, until},
    http::{Request, Response},
};
use serde_json::json;

use super::short_or_full;

/// What everybody reads.
const PATHS: [&str; 5] = [
    "/api/v1/access/me",
    "/api/v1/catalogs/muscle-groups",
    "/api/v1/exercises?pageSize=10",
    "/api/v1/exercises?searchString=press&pageSize=5",
    "/api/v1/exercises?scope=system&category=strength&pageSize=5",
];

/// After a session was ended on one server it may count for so long on the other one.
fn notice_limit() -> Duration {
    short_or_full(Duration::from_secs(2), Duration::from_secs(1))
}

/// The scene.
pub(super) struct Scene {
    /// The servers.
    pub(super) here: App,
    pub(super) there: App,
    pub(super) mint: Mint,
    owner: Session,
    exercise: String,
    revoked: Vec<Session>,
    changes: usize,
    slowest_notice: Duration,
    load: Load,
}

impl Scene {
    /// Starts both servers with that cache, and the reading.
    pub(super) fn start(cache_url: &str) -> Self {
        // With limits, because these are counted in the same server.
        let settings = [("CACHE_URL", cache_url), ("RATE_LIMIT_ENABLED", "true")];
        let here = App::start_with(&settings);
        let there = here.beside(&settings);
        let mut mint = here.mint();
        let readers: Vec<_> = (0..12).map(|_| mint.person(Role::ApplicationAccess)).collect();
        let expected: Vec<Vec<Response>> =
            readers.iter().map(|reader| PATHS.iter().map(|path| here.get(reader, path)).collect()).collect();
        assert!(expected.iter().flatten().all(|answer| answer.status == 200), "{expected:?}");
        let answers = Arc::new((readers, expected));
        let jobs = [&here, &there].map(|app| reading(app, answers.clone()));
        let owner = mint.person(Role::ApplicationAccess);
        let made =
            here.send_as(&owner, Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise("Change 0")));
        assert_eq!(made.status, 201, "{}", made.text());
        let exercise = body(&made)["id"].as_str().expect("it has an id").to_owned();
        Self {
            here,
            there,
            mint,
            owner,
            exercise,
            revoked: Vec::new(),
            changes: 0,
            slowest_notice: Duration::ZERO,
            load: Load::start(jobs.into()),
        }
    }

    /// How long the reading has been going on.
    pub(super) fn now(&self) -> Duration {
        self.load.now()
    }

    /// Ends sessions and changes things for that long.
    pub(super) fn work_for(&mut self, duration: Duration) {
        let end = Instant::now() + duration;
        while Instant::now() < end {
            self.revoke_one();
            self.change_and_look();
            last(Duration::from_millis(50));
        }
    }

    /// Ends a session that both servers have just seen: refused at once here, and in a moment there.
    pub(super) fn revoke_one(&mut self) -> Session {
        let leaver = self.mint.person(Role::ApplicationAccess);
        for app in [&self.here, &self.there] {
            assert_eq!(app.get(&leaver, PATHS[0]).status, 200, "before the session is ended");
        }
        // Refreshes are counted.
        let refreshed = self.there.send_as(&leaver, Request::new("POST", "/api/v1/access/refresh-jwt"));
        assert_eq!(refreshed.status, 204, "{}", refreshed.text());
        let Session { access, refresh, .. } = Session::of(&refreshed);
        let leaver = Session { access, refresh, ..leaver };
        let ended = self.here.send_as(&leaver, Request::new("POST", "/api/v1/access/logout"));
        assert_eq!(ended.status, 204, "{}", ended.text());
        assert_eq!(self.here.get(&leaver, PATHS[0]).status, 401, "a logout counts at once");
        let noticed = until(notice_limit(), "the other server refuses an ended session", || {
            self.there.get(&leaver, PATHS[0]).status == 401
        });
        self.slowest_notice = self.slowest_notice.max(noticed);
        self.revoked.push(leaver.clone());
        leaver
    }

    /// Whoever has got the answer of a change sees it.
    fn change_and_look(&mut self) {
        self.changes += 1;
        let path = format!("/api/v1/exercises/user/{}", self.exercise);
        let change = Request::new("PATCH", &path).json(&json!({"name": self.latest_name()}));
        let changed = self.here.send_as(&self.owner, change);
        assert_eq!(changed.status, 200, "{}", changed.text());
        assert_eq!(self.name_seen_by(&self.here), self.latest_name(), "a change counts at once");
    }

    fn latest_name(&self) -> String {
        format!("Change {}", self.changes)
    }

    /// What the owner reads in the own list.
    fn name_seen_by(&self, app: &App) -> String {
        let list = app.get(&self.owner, "/api/v1/exercises?scope=user");
        body(&list)["items"][0]["name"].as_str().unwrap_or_else(|| panic!("a list: {}", list.text())).to_owned()
    }

    /// Nothing of what was done is undone: whoever was shut out stays so, and the latest change is seen by everybody.
    pub(super) fn assert_done(&self) {
        for app in [&self.here, &self.there] {
            for leaver in &self.revoked {
                assert_eq!(app.get(leaver, PATHS[0]).status, 401, "an ended session is alive again");
            }
        }
        assert_eq!(self.name_seen_by(&self.here), self.latest_name(), "a change is undone where it was made");
        until(notice_limit(), "the other server shows the latest change", || {
            self.name_seen_by(&self.there) == self.latest_name()
        });
    }

    /// Stops the reading and answers what was read.
    pub(super) fn end(self) -> (Samples, String) {
        let Self { load, revoked, changes, slowest_notice, .. } = self;
        let done = format!("{changes} changes, {} revocations, noticed within {slowest_notice:.0?}", revoked.len());
        (load.stop(), done)
    }
}

/// Reads everything as everybody in turn, and compares with what was read before.
fn reading(app: &App, answers: Arc<(Vec<Session>, Vec<Vec<Response>>)>) -> Job {
    let mut turn = 0;
    Job::new(&app.address, Duration::from_millis(10), move |caller: &mut Caller| {
        let (readers, expected) = &*answers;
        let (reader, path) = (turn % readers.len(), turn / readers.len() % PATHS.len());
        turn += 1;
        let answer = caller.send("read", &readers[reader].asks(Request::new("GET", PATHS[path])));
        let expected = &expected[reader][path];
        if let Some(answer) = answer.filter(|answer| answer.status == 200 && answer.body != expected.body) {
            caller.complain(format!("{}: {} instead of {}", PATHS[path], answer.text(), expected.text()));
        }
    })
}
