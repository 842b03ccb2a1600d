//! What is measured.

use serde_json::json;

use crate::{
    request::{Request, UNIQUE},
    stage::{PASSWORD, Person, Stage},
};

/// What a scenario cannot be faster than on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// A bare handler at that path.
    Bare(&'static str),
    /// The same bytes, served from memory.
    Bytes,
    /// The same statements, sent by `pgbench`.
    Sql,
    /// Hashing on every core.
    Hashing,
    /// Many things at once have no limit of their own.
    None,
}

/// What is wanted.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Target {
    /// At most so many microseconds of processor time in the server for each request.
    pub(crate) cpu_us: Option<f64>,
    /// At least this share of the limit.
    pub(crate) share: Option<f64>,
}

/// Something to measure.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scenario {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// What it does.
    pub(crate) what: &'static str,
    /// What bounds it.
    pub(crate) limit: Limit,
    /// What is wanted.
    pub(crate) target: Target,
    requests: fn(&Stage) -> Vec<Request>,
}

impl Scenario {
    /// The requests, which are sent again and again in this order.
    pub(crate) fn requests(&self, stage: &Stage) -> Vec<Request> {
        (self.requests)(stage)
    }
}

const fn cpu(us: f64) -> Target {
    Target { cpu_us: Some(us), share: None }
}

const fn share(share: f64) -> Target {
    Target { cpu_us: None, share: Some(share) }
}

const fn both(us: f64, share: f64) -> Target {
    Target { cpu_us: Some(us), share: Some(share) }
}

const fn scenario(
    name: &'static str,
    what: &'static str,
    (limit, target): (Limit, Target),
    requests: fn(&Stage) -> Vec<Request>,
) -> Scenario {
    Scenario { name, what, limit, target, requests }
}

/// All scenarios, in the order in which they are measured: those that write come last.
pub(crate) const ALL: [Scenario; 13] = [
    scenario("ping", "`GET /ping`", (Limit::Bare("/ping"), both(7.0, 0.9)), |_| vec![Request::get("/ping")]),
    scenario("me", "`GET /access/me`, warm", (Limit::Bare("/me"), both(16.0, 0.75)), |stage| {
        stage.people.iter().map(|person| Request::get("/api/v1/access/me").by(&person.cookie)).collect()
    }),
    scenario("exercise-page", "the same page of 20 exercises", (Limit::Bytes, cpu(25.0)), |stage| {
        by_all(stage, |_| Request::get("/api/v1/exercises?pageSize=20&currentPage=1&scope=system"))
    }),
    scenario("catalogue", "all muscle groups", (Limit::Bytes, Target { cpu_us: None, share: None }), |stage| {
        by_all(stage, |_| Request::get("/api/v1/catalogs/muscle-groups"))
    }),
    scenario("exercise-detail", "one exercise after the other", (Limit::Sql, cpu(80.0)), exercise_details),
    scenario("exercise-list", "ever new filters of exercises", (Limit::Sql, cpu(300.0)), new_lists),
    scenario("session-detail", "one training session after the other", (Limit::Sql, cpu(80.0)), session_details),
    scenario(
        "session-list",
        "the newest 20 training sessions",
        (Limit::Sql, Target { cpu_us: None, share: None }),
        |stage| by_all(stage, |_| Request::get("/api/v1/training-sessions?pageSize=20")),
    ),
    scenario("sign-in", "signing in", (Limit::Hashing, share(0.9)), |stage| stage.people.iter().map(sign_in).collect()),
    scenario("sign-up", "signing up", (Limit::Hashing, Target { cpu_us: None, share: None }), |_| vec![sign_up()]),
    scenario("set-append", "adding a set to a session", (Limit::Sql, share(0.6)), set_appends),
    scenario("exercise-create", "creating a custom exercise", (Limit::Sql, share(0.6)), |stage| {
        by_all(stage, |_| create_exercise())
    }),
    scenario(
        "gym-evening",
        "a mix: 40 % sets logged, the rest read",
        (Limit::None, Target { cpu_us: None, share: None }),
        gym_evening,
    ),
];

/// The same request by everybody.
fn by_all(stage: &Stage, request: impl Fn(&Person) -> Request) -> Vec<Request> {
    stage.people.iter().map(|person| request(person).by(&person.cookie)).collect()
}

/// Exercises in an order in which neighbours have nothing in common, each asked for by another person.
fn exercise_details(stage: &Stage) -> Vec<Request> {
    let people = stage.people.iter().cycle();
    stage.exercises.iter().zip(people).map(|(path, person)| Request::get(path).by(&person.cookie)).collect()
}

/// Pairs of muscles and of equipment with every level, and each time another equipment that nothing needs: no answer is
/// given twice.
fn new_lists(stage: &Stage) -> Vec<Request> {
    let mut lists = Vec::new();
    let mut people = stage.people.iter().cycle();
    for (level, order) in [("beginner", "asc"), ("intermediate", "desc"), ("expert", "asc")] {
        for pair in 0..(16 * 16) {
            let (one, other) = (pair % 16 + 1, pair / 16 + 1);
            for tool in (1..=11).filter(|_| one < other) {
                for second in (1..=11).filter(|second| tool < *second) {
                    let path = format!(
                        "/api/v1/exercises?pageSize=20&orderBy=name&sortOrder={order}&difficultyLevel={level}\
                         &primaryMuscles={one}&primaryMuscles={other}&equipment={tool}&equipment={second}&equipment={UNIQUE}"
                    );
                    lists.extend(people.next().map(|person| Request::get(path).by(&person.cookie)));
                }
            }
        }
    }
    lists
}

fn session_details(stage: &Stage) -> Vec<Request> {
    let most = stage.people.iter().map(|person| person.sessions.len()).max().unwrap_or_default();
    let nth = |n: usize| stage.people.iter().filter_map(move |person| Some((person, person.sessions.get(n)?)));
    (0..most).flat_map(nth).map(|(person, path)| Request::get(path).by(&person.cookie)).collect()
}

fn sign_in(person: &Person) -> Request {
    let form = format!("username={}&password={}", person.email.replace('@', "%40"), PASSWORD.replace('!', "%21"));
    Request::form("/api/v1/access/signin", form)
}

fn sign_up() -> Request {
    let email = format!("b{UNIQUE}@bench.example");
    Request::post("/api/v1/access/signup", &json!({"email": email, "password": PASSWORD, "confirmPassword": PASSWORD}))
}

fn set_appends(stage: &Stage) -> Vec<Request> {
    let set = json!({"weight": 82.5, "repsCompleted": 8, "rpe": 8.5});
    let most = stage.people.iter().map(|person| person.set_lists.len()).max().unwrap_or_default();
    let nth = |n: usize| stage.people.iter().filter_map(move |person| Some((person, person.set_lists.get(n)?)));
    (0..most).flat_map(nth).map(|(person, path)| Request::post(path, &set).by(&person.cookie)).collect()
}

fn create_exercise() -> Request {
    let name = format!("Bench press {UNIQUE}");
    let body = json!({"name": name, "primaryMuscles": [5], "difficultyLevel": "beginner", "category": "strength"});
    Request::post("/api/v1/exercises/user", &body)
}

/// What people do between their sets: log one, look at the session, at an exercise, at the list.
fn gym_evening(stage: &Stage) -> Vec<Request> {
    let (appends, details, exercises) = (set_appends(stage), session_details(stage), exercise_details(stage));
    let page = by_all(stage, |_| Request::get("/api/v1/exercises?pageSize=20&currentPage=1&scope=system"));
    let list = by_all(stage, |_| Request::get("/api/v1/training-sessions?pageSize=20"));
    let me = by_all(stage, |_| Request::get("/api/v1/access/me"));
    let kinds = [(&appends, 8), (&details, 5), (&exercises, 2), (&page, 2), (&list, 2), (&me, 1)];
    let mut places = [0_usize; 6];
    let mut mixed = Vec::new();
    for _ in 0..appends.len().div_ceil(8) {
        for ((kind, times), place) in kinds.iter().zip(&mut places) {
            for _ in 0..*times {
                mixed.extend(kind.get(*place % kind.len().max(1)).cloned());
                *place += 1;
            }
        }
    }
    mixed
}
