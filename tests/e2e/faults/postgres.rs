//! Faults of the database: refusals in time and never anything else, and soon after it is back everything works.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{
        App, FaultProxy, Job, Load, PrivatePostgres, Sample, Samples, Session, Stop, TestDatabase, Upstream, bodies,
        last, until,
    },
    http::Request,
};
use uuid::Uuid;

use super::{answer_limit, assert_well, assert_well_or_refused, short_or_full};

/// How long nothing is wrong before a fault, and is watched after it.
const CALM: Duration = Duration::from_secs(1);

/// Once the database accepts connections, everything works within this time.
fn recovery_limit() -> Duration {
    short_or_full(Duration::from_secs(6), Duration::from_secs(3))
}

/// A server on a database of its own that is used all the time, in all ways.
struct Scene {
    app: App,
    load: Load,
    /// Names of exercises that were created, according to the answers.
    created: Arc<Mutex<Vec<String>>>,
    revoked: Vec<Session>,
    faults: usize,
}

impl Scene {
    fn start(database: Arc<TestDatabase>, settings: &[(&str, &str)]) -> Self {
        let app = App::start_on(database, settings);
        let mut mint = app.mint();
        let mut people = |count| (0..count).map(|_| mint.person(Role::ApplicationAccess)).collect::<Vec<_>>();
        let revoked = people(4);
        let created = Arc::new(Mutex::new(Vec::new()));
        let mut jobs = vec![
            always(&app, 20, "ping", || Request::new("GET", "/ping")),
            always(&app, 100, "health", || Request::new("GET", "/health")),
        ];
        for reader in people(8) {
            jobs.push(always(&app, 40, "me", reading(reader.clone(), || "/api/v1/access/me".to_owned())));
            jobs.push(always(&app, 40, "list", reading(reader.clone(), || "/api/v1/exercises?pageSize=5".to_owned())));
            // Never asked before: not answered from a copy.
            let find = || format!("/api/v1/exercises?searchString={}", Uuid::new_v4().simple());
            jobs.push(always(&app, 80, "find", reading(reader, find)));
        }
        jobs.extend(people(4).into_iter().map(|writer| writing(&app, writer, created.clone())));
        for leaver in &revoked {
            assert_eq!(app.get(leaver, "/api/v1/access/me").status, 200);
            assert_eq!(app.send_as(leaver, Request::new("POST", "/api/v1/access/logout")).status, 204);
        }
        Self { load: Load::start(jobs), app, created, revoked, faults: 0 }
    }

    /// Waits until all is well, and then for a moment; answers when that began.
    fn calm(&self) -> Duration {
        until(recovery_limit(), "the server is well", || self.health() == 200);
        let from = self.load.now();
        last(CALM);
        from
    }

    fn health(&self) -> u16 {
        self.app.send(&Request::new("GET", "/health")).status
    }

    /// Whoever was shut out before a fault is never let in again.
    fn assert_revoked(&self, statuses: &[u16]) {
        for leaver in &self.revoked {
            let answer = self.app.get(leaver, "/api/v1/access/me");
            assert!(statuses.contains(&answer.status), "an ended session: {} {}", answer.status, answer.text());
        }
    }

    /// Goes through a fault, which is over when it returns, and expects that all is well soon after.
    fn endure(&mut self, name: &str, fault: impl FnOnce(&Self)) -> [Duration; 3] {
        self.faults += 1;
        let begun = self.load.now();
        fault(self);
        let (over, ended) = (self.load.now(), Instant::now());
        until(recovery_limit(), "the server is well", || self.health() == 200);
        println!("{name}: healthy {:.0?} after the end of the fault", ended.elapsed());
        let heard = || self.app.process.log().matches("invalidations are heard again").count();
        until(recovery_limit(), "other instances are heard again", || heard() >= self.faults);
        println!("{name}: other instances are heard {:.0?} after the end of the fault", ended.elapsed());
        self.assert_revoked(&[401]);
        // Those who were sent away when the fault ended may still be on their way.
        last(recovery_limit().saturating_sub(ended.elapsed()).min(short_or_full(CALM * 2, recovery_limit())));
        let settled = self.load.now();
        last(CALM);
        [begun, over, settled]
    }

    /// Ends everything and judges what was written down. A fault is given by when it began, was over, and had to be
    /// forgotten.
    fn judge(self, faults: &[(&str, [Duration; 3])]) {
        let end = self.load.now();
        let samples = self.load.stop();
        // What was not answered yet when a fault began is part of it, though it was sent before.
        let answered_before = |time: Duration| move |sample: &Sample| sample.began + sample.took < time;
        let calm = samples.filter(answered_before(faults[0].1[0]));
        println!("before: {calm}");
        assert_well(&calm);
        for (number, (name, times @ [_, over, settled])) in faults.iter().enumerate() {
            let next = faults.get(number + 1).map_or(end, |(_, [begun, ..])| *begun);
            let was_calm = answered_before(times[0]);
            let during = samples.filter(|sample| !was_calm(sample) && sample.began < *settled);
            print_all(name, &during);
            let worked_from = during.filter(|sample| sample.began >= *over && sample.is_refused_for_now());
            let latest =
                worked_from.0.iter().map(|sample| sample.began.saturating_sub(*over)).max().unwrap_or_default();
            println!("{name}: the last refusal was sent {latest:.0?} after the end of the fault");
            let database = during.filter(|sample| sample.what != "ping");
            assert_well_or_refused(&database, answer_limit());
            // A restart may be over before anybody notices.
            let is_short = over.saturating_sub(times[0]) < Duration::from_secs(1);
            let refused = database.filter(Sample::is_refused_for_now);
            assert!(is_short || !refused.0.is_empty(), "{name} was not noticed: {database}");
            assert_well(&during.of("ping"));
            let ping = during.of("ping").per_mille(950);
            assert!(ping <= short_or_full(Duration::from_millis(500), Duration::from_millis(50)), "ping: {ping:?}");
            assert_well(&samples.between(*settled, next).filter(answered_before(next)));
        }
        // What was answered with success has happened.
        let created = self.created.lock().expect("the list is whole");
        let sql = "SELECT count(*) FROM exercises WHERE name = ANY ($1)";
        let stored: i64 = self.app.database.connect().query_one(sql, &[&*created]).expect("they can be counted").get(0);
        println!("{} exercises were created and are there", created.len());
        assert_eq!(usize::try_from(stored), Ok(created.len()), "answered with 201 and gone");
        self.app.database.assert_invariants(true);
    }
}

fn print_all(name: &str, samples: &Samples) {
    for what in ["ping", "health", "me", "list", "find", "write"] {
        println!("{name}: {what}: {}", samples.of(what));
    }
}

/// Sends the same kind of request all the time.
fn always(app: &App, pause: u64, what: &'static str, mut next: impl FnMut() -> Request + Send + 'static) -> Job {
    Job::new(&app.address, Duration::from_millis(pause), move |caller| drop(caller.send(what, &next())))
}

fn reading(who: Session, path: impl Fn() -> String) -> impl FnMut() -> Request {
    move || who.asks(Request::new("GET", &path()))
}

/// Creates exercises, and notes those of which the answer says that they are there.
fn writing(app: &App, writer: Session, created: Arc<Mutex<Vec<String>>>) -> Job {
    Job::new(&app.address, Duration::from_millis(80), move |caller| {
        let name = format!("Exercise {}", Uuid::new_v4().simple());
        let request = Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise(&name));
        if caller.send("write", &writer.asks(request)).is_some_and(|answer| answer.status == 201) {
            created.lock().expect("the list is whole").push(name);
        }
    })
}

#[test]
fn a_stopped_database_is_refused_in_time_and_used_again_soon() {
    let mut postgres = PrivatePostgres::start();
    let mut scene = Scene::start(Arc::new(postgres.database()), &[]);
    scene.calm();
    let away = short_or_full(Duration::from_secs(2), Duration::from_secs(20));
    let mut faults = Vec::new();
    for (name, how) in [("stopped fast", Stop::Fast), ("stopped immediately", Stop::Immediate)] {
        let times = scene.endure(name, |scene| {
            postgres.stop(how);
            last(Duration::from_millis(600));
            assert_eq!(scene.health(), 503);
            scene.assert_revoked(&[401, 503]);
            last(away);
            postgres.start_again();
        });
        faults.push((name, times));
    }
    // Under way again before anybody has noticed much.
    let times = scene.endure("restarted", |_| {
        postgres.stop(Stop::Fast);
        postgres.start_again();
    });
    faults.push(("restarted", times));
    scene.judge(&faults);
}

#[test]
fn a_frozen_database_is_refused_in_time_and_used_again_soon() {
    let postgres = PrivatePostgres::start();
    let mut scene = Scene::start(Arc::new(postgres.database()), &[]);
    scene.calm();
    let times = scene.endure("frozen", |scene| {
        postgres.freeze();
        let frozen = Instant::now();
        last(Duration::from_millis(600));
        assert_eq!(scene.health(), 503);
        scene.assert_revoked(&[401, 503]);
        last(short_or_full(Duration::from_secs(5), Duration::from_secs(20)).saturating_sub(frozen.elapsed()));
        postgres.thaw();
    });
    scene.judge(&[("frozen", times)]);
}

#[test]
fn a_database_behind_a_broken_network_is_refused_in_time_and_used_again_soon() {
    let postgres = PrivatePostgres::start();
    let proxy = FaultProxy::to(Upstream::Unix(postgres.socket()));
    let database = postgres.database();
    let name = database.url.split('?').next().and_then(|url| url.rsplit_once('/')).expect("a database").1;
    let url = format!("postgresql://irontrack@{}/{name}", proxy.address());
    let mut scene = Scene::start(Arc::new(database), &[("DATABASE_URL", &url)]);
    scene.calm();
    let silent = scene.endure("silent", |_| {
        proxy.stall();
        last(short_or_full(Duration::from_secs(5), Duration::from_secs(20)));
        proxy.pass();
    });
    let reset = scene.endure("reset", |_| {
        let end = Instant::now() + Duration::from_secs(2);
        while Instant::now() < end {
            proxy.reset();
            last(Duration::from_millis(100));
        }
    });
    // As when the server moves to another machine: nobody closes the connections to the old one.
    let stranded = scene.endure("stranded", |_| proxy.strand());
    scene.judge(&[("silent", silent), ("reset", reset), ("stranded", stranded)]);
}
