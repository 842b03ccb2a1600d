//! Every part is killed, one after the other, while people work: and a service manager starts each again.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{
        Caller, Front, Job, Load, PrivatePostgres, Samples, Session, Stop, Topology, alone, bodies, body, last, until,
    },
    http::Request,
};
use serde_json::json;
use uuid::Uuid;

const READ: &str = "read";

/// The life of one exercise, as its owner knows it.
#[derive(Debug, Clone)]
struct Line {
    /// Where it is; unknown when its creation was not answered.
    id: Option<String>,
    /// What it may be called: what was answered last, and whatever was asked for since then.
    names: BTreeSet<String>,
    /// Whether it is there for certain, gone for certain, or nobody knows.
    is_there: Option<bool>,
}

type Ledger = Arc<Mutex<Vec<Line>>>;

fn new_name() -> String {
    format!("Ledger {}", Uuid::new_v4().simple())
}

/// Creates an exercise, renames it, and deletes every second one; writes down what was answered.
fn write(caller: &mut Caller, who: &Session, ledger: &Ledger, turn: usize) {
    let name = new_name();
    let post = Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise(&name));
    let made = caller.send("create", &who.asks(post));
    let created = made.filter(|answer| answer.status == 201);
    let id = created.as_ref().map(|answer| body(answer)["id"].as_str().expect("it has an id").to_owned());
    let mut line = Line { is_there: id.as_ref().map(|_| true), id, names: BTreeSet::from([name]) };
    if let Some(id) = &line.id {
        let path = format!("/api/v1/exercises/user/{id}");
        let name = new_name();
        let renamed = caller.send("change", &who.asks(Request::new("PATCH", &path).json(&json!({"name": name}))));
        if renamed.is_some_and(|answer| answer.status == 200) {
            line.names = BTreeSet::from([name]);
        } else {
            line.names.insert(name);
        }
        if turn.is_multiple_of(2) {
            let deleted = caller.send("delete", &who.asks(Request::new("DELETE", &format!("/api/v1/exercises/{id}"))));
            line.is_there = deleted.filter(|answer| answer.status == 204).map(|_| false);
        }
    }
    ledger.lock().expect("the ledger is whole").push(line);
}

/// Compares what is there with what was answered.
fn audit(topology: &Topology, ledger: &[Line]) {
    let sql = "SELECT id::text, name FROM exercises WHERE name LIKE 'Ledger %'";
    let rows = topology.app.database.connect().query(sql, &[]).expect("the exercises can be read");
    let there: BTreeMap<String, String> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let known: BTreeMap<&str, &Line> =
        ledger.iter().filter_map(|line| line.id.as_deref().map(|id| (id, line))).collect();
    for (id, line) in &known {
        match there.get(*id) {
            Some(name) => {
                assert_ne!(line.is_there, Some(false), "deleted and there: {line:?}");
                assert!(line.names.contains(name), "called {name}: {line:?}");
            }
            None => assert_ne!(line.is_there, Some(true), "answered and not there: {line:?}"),
        }
    }
    let asked: BTreeSet<&String> = ledger.iter().flat_map(|line| &line.names).collect();
    let strange: Vec<_> = there.values().filter(|name| !asked.contains(name)).collect();
    assert!(strange.is_empty(), "nobody has asked for {strange:?}");
    assert_eq!(there.values().collect::<BTreeSet<_>>().len(), there.len(), "something was done twice");
    println!("everything killed: {} exercises in the ledger, {} of them there", ledger.len(), there.len());
}

/// The whole topology in use.
struct Scene {
    topology: Topology,
    load: Load,
}

impl Scene {
    /// Kills a part, lets it be away, has it started again, and waits until everything works.
    fn survive(&mut self, part: &str, kill: impl FnOnce(&mut Topology), start: impl FnOnce(&mut Topology)) {
        last(Duration::from_secs(1));
        kill(&mut self.topology);
        last(Duration::from_secs(1));
        start(&mut self.topology);
        let back = self.load.now();
        until(Duration::from_secs(30), "everything works for a second", || {
            let now = self.load.now();
            let latest = self.load.since(now.saturating_sub(Duration::from_secs(1)).max(back));
            let is_well = |status: Option<u16>| status.is_some_and(|status| status < 300);
            now >= back + Duration::from_secs(1)
                && !latest.0.is_empty()
                && latest.0.iter().all(|sample| is_well(sample.status()))
        });
        let well = self.load.now().saturating_sub(back + Duration::from_secs(1));
        println!("everything killed: {part}: works again {well:.1?} after its start");
    }
}

#[test]
fn every_part_is_killed_and_no_answered_write_is_lost() {
    let _alone = alone();
    let mut postgres = PrivatePostgres::start();
    let topology = Topology::before(Arc::new(postgres.database()), Front::Plain, &[], &[]);
    let mut mint = topology.app.mint();
    let ledger = Ledger::default();
    let mut jobs: Vec<Job> = Vec::new();
    for number in 0..4 {
        let reader = mint.person(Role::ApplicationAccess);
        let path = ["/api/v1/access/me", "/api/v1/exercises?pageSize=5"][number % 2];
        let request = reader.asks(Request::new("GET", path));
        jobs.push(Job::new(&topology.app.address, Duration::from_millis(5), move |caller| {
            caller.send(READ, &request);
        }));
    }
    for _ in 0..3 {
        let (writer, ledger) = (mint.person(Role::ApplicationAccess), ledger.clone());
        let mut turn = 0;
        jobs.push(Job::new(&topology.app.address, Duration::from_millis(5), move |caller| {
            turn += 1;
            write(caller, &writer, &ledger, turn);
        }));
    }
    // Its connection ends with the database.
    drop(mint);
    let mut scene = Scene { load: Load::start(jobs), topology };
    scene.survive("PgBouncer", |all| all.pooler.kill(), |all| all.pooler.start_again());
    scene.survive("first instance", |all| all.kill(1), |all| all.start_again(1));
    let postgres = RefCell::new(&mut postgres);
    scene.survive("PostgreSQL", |_| postgres.borrow_mut().stop(Stop::Killed), |_| postgres.borrow_mut().start_again());
    scene.survive("Valkey", |all| all.cache.stop(), |all| all.cache.restart());
    scene.survive("second instance", |all| all.kill(2), |all| all.start_again(2));
    scene.survive("proxy", |all| all.nginx.kill(), |all| all.nginx.start_again());
    let health = scene.topology.app.send(&Request::new("GET", "/health"));
    assert_eq!((health.status, body(&health)["cache_status"].as_str()), (200, Some("online")), "{}", health.text());
    let samples: Samples = scene.load.stop();
    println!("everything killed: {samples}");
    let ledger = ledger.lock().expect("the ledger is whole").clone();
    audit(&scene.topology, &ledger);
}
