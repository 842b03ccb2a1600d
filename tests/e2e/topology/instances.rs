//! One of two instances goes away, and comes back.

use std::{collections::BTreeMap, time::Duration};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{Caller, Front, Job, Load, Outcome, Samples, Topology, alone, bodies, last},
    http::Request,
};
use uuid::Uuid;

const READ: &str = "read";
const WRITE: &str = "write";

/// Reads and writes of several people, through the proxy.
fn load(topology: &Topology) -> Load {
    let mut mint = topology.app.mint();
    let reading = (0..4).map(|number| {
        let reader = mint.person(Role::ApplicationAccess);
        let path = ["/api/v1/access/me", "/api/v1/exercises?pageSize=5"][number % 2];
        Job::new(&topology.app.address, Duration::from_millis(1), move |caller: &mut Caller| {
            caller.send(READ, &reader.asks(Request::new("GET", path)));
        })
    });
    let mut jobs: Vec<_> = reading.collect();
    for _ in 0..2 {
        let writer = mint.person(Role::ApplicationAccess);
        jobs.push(Job::new(&topology.app.address, Duration::from_millis(2), move |caller: &mut Caller| {
            let name = format!("Written {}", Uuid::new_v4().simple());
            let post = Request::new("POST", "/api/v1/exercises/user").json(&bodies::exercise(&name));
            if let Some(answer) = caller.send(WRITE, &writer.asks(post))
                && answer.status == 409
            {
                // The name is new, so it was written before: by the same request.
                caller.complain("the request was done twice".into());
            }
        }));
    }
    Load::start(jobs)
}

/// How many exercises there are by name, and how many were answered to be there.
fn assert_written_once(topology: &Topology, writes: &Samples) {
    let sql = "SELECT name, count(*) FROM exercises WHERE name LIKE 'Written %' GROUP BY name";
    let rows = topology.app.database.connect().query(sql, &[]).expect("a count");
    let written: BTreeMap<String, i64> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert!(written.values().all(|count| *count == 1), "{written:?}");
    let answered = writes.filter(|sample| sample.status() == Some(201)).0.len();
    let unanswered = writes.0.len() - answered;
    // What was not answered may have been written all the same.
    assert!(
        (answered..=answered + unanswered).contains(&written.len()),
        "{answered} answered, {} written",
        written.len()
    );
}

#[test]
fn a_killed_instance_costs_almost_no_read_and_no_write_is_done_twice() {
    let _alone = alone();
    let mut topology = Topology::start(Front::Plain, &[]);
    let load = load(&topology);
    for number in [1, 2, 1] {
        last(Duration::from_secs(2));
        topology.kill(number);
        last(Duration::from_secs(1));
        topology.start_again(number);
    }
    last(Duration::from_secs(1));
    let samples = load.stop();
    let (reads, writes) = (samples.of(READ), samples.of(WRITE));
    println!("reads: {reads}\nwrites: {writes}");
    let failed = reads.filter(|sample| sample.status() != Some(200));
    assert!(failed.0.len() * 1000 <= reads.0.len(), "{} of {} reads failed: {failed}", failed.0.len(), reads.0.len());
    writes.assert_all("written, or lost with the instance that was writing it", |sample| {
        sample.status() == Some(201) || sample.status() == Some(502) || matches!(sample.outcome, Outcome::Lost(_))
    });
    let lost = writes.filter(|sample| sample.status() != Some(201)).0.len();
    assert!(lost <= 6, "{lost} writes were lost by three ends, each with at most two under way");
    assert_written_once(&topology, &writes);
}

#[test]
fn a_rolling_restart_fails_no_request() {
    let _alone = alone();
    let mut topology = Topology::start(Front::Plain, &[]);
    let load = load(&topology);
    last(Duration::from_secs(1));
    for number in [1, 2] {
        topology.restart(number);
        last(Duration::from_millis(500));
    }
    let samples = load.stop();
    println!("reads: {}\nwrites: {}", samples.of(READ), samples.of(WRITE));
    samples.assert_all("answered well", |sample| matches!(sample.status(), Some(200 | 201)));
    assert_written_once(&topology, &samples.of(WRITE));
}

#[test]
fn a_restart_of_the_pooler_is_survived() {
    let _alone = alone();
    let mut topology = Topology::start(Front::Plain, &[]);
    let load = load(&topology);
    last(Duration::from_secs(1));
    topology.pooler.stop();
    last(Duration::from_secs(1));
    topology.pooler.start_again();
    let back = load.now();
    last(Duration::from_secs(4));
    let samples = load.stop();
    println!("{samples}");
    samples.assert_all("answered well, or refused for the moment", |sample| {
        matches!(sample.status(), Some(200 | 201)) || sample.status() == Some(503) && sample.is_refused_for_now()
    });
    samples
        .between(back + Duration::from_secs(3), samples.end())
        .assert_all("answered well three seconds later", |sample| matches!(sample.status(), Some(200 | 201)));
}
