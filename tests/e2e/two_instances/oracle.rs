//! Random operations on two instances, and a third one that keeps no copies as the oracle: whoever changed something
//! reads the truth at once, and the other instance within a second.

use std::{cell::Cell, fmt};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, CacheServer, Session, alone, bodies, body},
    http::{Request, Response},
};
use serde_json::json;
use uuid::Uuid;

use super::{Between, report, rounds, until};

/// Numbers that look random and are the same for the same seed.
struct Dice(Cell<u64>);

impl Dice {
    /// Marsaglia's xorshift.
    fn roll(&self, sides: usize) -> usize {
        let mut state = self.0.get();
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        self.0.set(state);
        usize::try_from(state % sides as u64).expect("it is less than the sides")
    }

    fn pick<'a, T>(&self, of: &'a [T]) -> &'a T {
        &of[self.roll(of.len())]
    }
}

/// Who takes part, and what they have made.
struct Scene {
    dice: Dice,
    superuser: Session,
    users: [Session; 2],
    custom: Vec<(usize, String)>,
    system: Vec<String>,
    items: Vec<(&'static str, i64)>,
}

const CATALOGUES: [&str; 3] = ["muscle-groups", "equipment", "exercise-tags"];

/// A change: who asks for what.
struct Change {
    who: Session,
    request: Request,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.request.method, self.request.path)
    }
}

impl Scene {
    fn change(&self) -> Change {
        let name = format!("thing {}", Uuid::new_v4().simple());
        let (user, superuser) = (self.dice.pick(&self.users).clone(), self.superuser.clone());
        let (who, request) = match self.dice.roll(11) {
            0 | 1 => (user, Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise(&name))),
            2 => (superuser, Request::new("POST", "/api/v1/exercises/system").json(&bodies::system_exercise(&name))),
            3 if !self.custom.is_empty() => {
                let (owner, id) = self.dice.pick(&self.custom);
                let request = Request::new("PATCH", &format!("/api/v1/exercises/user/{id}"));
                (
                    self.users[*owner].clone(),
                    request.json(&json!({"name": name, "primaryMuscles": [1 + self.dice.roll(17)]})),
                )
            }
            4 if !self.system.is_empty() => {
                let request =
                    Request::new("PATCH", &format!("/api/v1/exercises/system/{}", self.dice.pick(&self.system)));
                (superuser, request.json(&json!({"name": name, "difficultyLevel": "expert"})))
            }
            5 if !self.custom.is_empty() => {
                let (owner, id) = self.dice.pick(&self.custom);
                (self.users[*owner].clone(), Request::new("DELETE", &format!("/api/v1/exercises/{id}")))
            }
            6 if !self.system.is_empty() => {
                (superuser, Request::new("DELETE", &format!("/api/v1/exercises/{}", self.dice.pick(&self.system))))
            }
            7 if !self.items.is_empty() => {
                let (catalogue, id) = self.dice.pick(&self.items);
                let request = Request::new("PATCH", &format!("/api/v1/catalogs/{catalogue}/{id}"));
                (superuser, request.json(&json!({"name": name})))
            }
            8 if self.items.len() > 3 => {
                let (catalogue, id) = self.dice.pick(&self.items);
                (superuser, Request::new("DELETE", &format!("/api/v1/catalogs/{catalogue}/{id}")))
            }
            9 => (user, Request::new("PATCH", "/api/v1/access/me").json(&json!({"name": name}))),
            10 if !self.custom.is_empty() => {
                let (owner, id) = self.dice.pick(&self.custom);
                let exercise = id.parse().expect("an id is a UUID");
                let done = bodies::session_exercise(exercise, "reps", &json!([bodies::set(60.0, 5)]));
                let session = bodies::training_session(json!({"exercises": [done]}));
                (self.users[*owner].clone(), Request::new("POST", "/api/v1/training-sessions").json(&session))
            }
            _ => {
                let path = format!("/api/v1/catalogs/{}", self.dice.pick(&CATALOGUES));
                (superuser, Request::new("POST", &path).json(&json!({"name": name})))
            }
        };
        Change { who, request }
    }

    /// Remembers what there is after a change.
    fn note(&mut self, change: &Change, answer: &Response) {
        let path = change.request.path.strip_prefix("/api/v1/").expect("all paths start so");
        let last = path.rsplit('/').next().expect("a path has a last part");
        match (change.request.method.as_str(), path.split('/').next()) {
            ("POST", Some("exercises")) => {
                let id = body(answer)["id"].as_str().expect("an id").to_owned();
                match self.users.iter().position(|user| user.email == change.who.email) {
                    Some(owner) => self.custom.push((owner, id)),
                    None => self.system.push(id),
                }
            }
            ("POST", Some("catalogs")) => {
                let catalogue = CATALOGUES.into_iter().find(|name| *name == last).expect("it is one of them");
                self.items.push((catalogue, body(answer)["id"].as_i64().expect("a number")));
            }
            ("DELETE", Some("exercises")) => {
                self.custom.retain(|(_, id)| id != last);
                self.system.retain(|id| id != last);
            }
            ("DELETE", Some("catalogs")) => {
                self.items.retain(|(catalogue, id)| !path.ends_with(&format!("{catalogue}/{id}")));
            }
            _ => {}
        }
    }

    /// What somebody may want to read. Few different questions, so that copies are used.
    fn question(&self) -> (Session, String) {
        let [one, other] = &self.users;
        let everybody = [one, other, &self.superuser];
        let who = *self.dice.pick(&everybody);
        let path = match self.dice.roll(12) {
            0 => "access/me".to_owned(),
            1 => format!("catalogs/{}", self.dice.pick(&CATALOGUES)),
            2 => format!("catalogs/{}?searchString=thing", self.dice.pick(&CATALOGUES)),
            3 => "exercises?scope=system&orderBy=createdAt&sortOrder=desc".to_owned(),
            4 => "exercises?scope=user".to_owned(),
            5 => format!("exercises?primaryMuscles={}&pageSize=5", 1 + self.dice.roll(3)),
            6 => "exercises?searchString=thing&orderBy=updatedAt".to_owned(),
            7 => "exercises?searchString=thing".to_owned(),
            8 => "progress/volume".to_owned(),
            9 => "progress/volume?bucket=day&groupBy=exercise".to_owned(),
            10 => "progress/summary".to_owned(),
            _ => "exercises?orderBy=createdAt&sortOrder=desc&pageSize=50".to_owned(),
        };
        (who.clone(), format!("/api/v1/{path}"))
    }
}

/// What an instance answers, without what differs each time.
fn answer(instance: &App, who: &Session, path: &str) -> (u16, String) {
    let answer = instance.get(who, path);
    (answer.status, answer.text())
}

fn compare(between: &Between, seed: u64) {
    let _turn = alone();
    let instances = between.start();
    let oracle = instances[0].beside(&[("CACHE_ENABLED", "false")]);
    let mut mint = oracle.mint();
    let mut scene = Scene {
        dice: Dice(Cell::new(seed)),
        superuser: mint.person(Role::Superuser),
        users: [(); 2].map(|()| mint.person(Role::ApplicationAccess)),
        custom: Vec::new(),
        system: Vec::new(),
        items: Vec::new(),
    };
    let mut times = Vec::new();
    for step in 0..rounds(150) {
        let [one, other] = if scene.dice.roll(2) == 0 { [0, 1] } else { [1, 0] }.map(|i: usize| &instances[i]);
        let change = scene.change();
        let done = one.send_as(&change.who, change.request.clone());
        assert!(done.status < 300, "seed {seed}, step {step}, {change}: {}", done.text());
        scene.note(&change, &done);
        for _ in 0..6 {
            let (who, path) = scene.question();
            let truth = answer(&oracle, &who, &path);
            assert_eq!(truth.0, 200, "seed {seed}, step {step}, {path}: {}", truth.1);
            let said = answer(one, &who, &path);
            assert_eq!(said, truth, "seed {seed}, step {step}, {path} after {change} on the same instance");
            let what = format!("seed {seed}, step {step}, {path} after {change} on the other instance");
            times.push(until(&what, || answer(other, &who, &path) == truth));
        }
    }
    report("another instance knows", times);
}

/// A seed that is new each time and is printed when the test fails.
fn seed() -> u64 {
    u64::from_le_bytes(Uuid::new_v4().as_bytes()[..8].try_into().expect("eight bytes")) | 1
}

#[test]
fn copies_say_what_the_database_says() {
    compare(&Between::Nothing, seed());
}

#[test]
fn shared_copies_say_what_the_database_says() {
    compare(&Between::Valkey(CacheServer::start()), seed());
}
