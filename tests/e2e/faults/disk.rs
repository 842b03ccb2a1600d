//! The disk of the database is full.

use std::{sync::Arc, time::Duration};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, PrivatePostgres, Session, SmallDisk, alone, bodies, until},
    http::{Request, Response},
};
use uuid::Uuid;

/// More than the tables have room for without growing.
const MANY: usize = 2_000;

/// More than there is room for in the log.
const SEGMENTS: usize = 20;

/// Creates an exercise with a long text that does not compress well.
fn create(app: &App, who: &Session) -> (String, Response) {
    let name = format!("Exercise {}", Uuid::new_v4().simple());
    let mut body = bodies::exercise(&name);
    let text: String = (0..60).map(|_| Uuid::new_v4().to_string()).collect();
    body["instructions"] = text.into();
    (name, app.send_as(who, Request::new("POST", "/api/v1/exercises/user").json(&body)))
}

fn is_refused_for_now(answer: &Response) -> bool {
    answer.status == 503 && answer.header("Retry-After").is_some()
}

#[test]
fn a_full_disk_refuses_what_needs_room_and_serves_the_rest_until_there_is_room_again() {
    let _turn = alone();
    let Some(disk) = SmallDisk::mount(96) else { return };
    let postgres = PrivatePostgres::start();
    let database = postgres.database();
    postgres.move_to(&database, disk.path());
    let app = App::start_on(Arc::new(database), &[]);
    let owner = app.mint().person(Role::ApplicationAccess);
    let (first, answer) = create(&app, &owner);
    assert_eq!(answer.status, 201, "{}", answer.text());

    disk.fill();
    let mut kept = vec![first];
    let refused = (0..MANY).find_map(|_| match create(&app, &owner) {
        (name, answer) if answer.status == 201 => {
            kept.push(name);
            None
        }
        (_, answer) => Some(answer),
    });
    let refused = refused.expect("a table that has to grow cannot");
    assert!(is_refused_for_now(&refused), "{} {}", refused.status, refused.text());
    for _ in 0..20 {
        match create(&app, &owner) {
            (name, answer) if answer.status == 201 => kept.push(name),
            (_, answer) => assert!(is_refused_for_now(&answer), "{} {}", answer.status, answer.text()),
        }
        let read = format!("/api/v1/exercises?searchString={}", Uuid::new_v4().simple());
        for path in ["/api/v1/access/me", "/api/v1/exercises?scope=user&pageSize=1", &read, "/health"] {
            let answer = app.get(&owner, path);
            assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        }
    }

    disk.free();
    create_again(&app, &owner, &mut kept);
    assert_all_kept(&app, &owner, kept);
}

/// Creates until it works again.
fn create_again(app: &App, owner: &Session, kept: &mut Vec<String>) {
    until(Duration::from_secs(10), "exercises are created again", || {
        let (name, answer) = create(app, owner);
        let is_created = answer.status == 201;
        if is_created {
            kept.push(name);
        }
        is_created
    });
}

/// Expects what was answered with 201, and nothing else.
fn assert_all_kept(app: &App, owner: &Session, mut kept: Vec<String>) {
    let sql = "SELECT name FROM exercises WHERE created_by = $1 ORDER BY name";
    let rows = app.database.connect().query(sql, &[&owner.user_id]).expect("they can be read");
    let there: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    kept.sort();
    println!("disk full: {} exercises answered with 201, {} there", kept.len(), there.len());
    assert_eq!(there, kept, "expected what was answered with 201, and nothing else");
}

/// PostgreSQL ends when it cannot write its log, and cannot start again before there is room: whoever keeps it running tries
/// until it works. Nothing but that has to be done.
#[test]
fn a_full_disk_of_the_log_loses_nothing_and_is_over_when_the_database_is_back() {
    let _turn = alone();
    let Some(disk) = SmallDisk::mount(128) else { return };
    let mut postgres = PrivatePostgres::start();
    postgres.move_log_to(disk.path());
    let app = App::start_on(Arc::new(postgres.database()), &[]);
    let owner = app.mint().person(Role::ApplicationAccess);
    let (first, answer) = create(&app, &owner);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let mut kept = vec![first];

    disk.fill();
    let mut switching = app.database.connect();
    let refused = (0..SEGMENTS).find_map(|_| {
        // The rest of a segment is left empty, as if much had been written; there may be no next one already.
        let _switched = switching.batch_execute("SELECT pg_switch_wal()");
        match create(&app, &owner) {
            (name, answer) if answer.status == 201 => {
                kept.push(name);
                None
            }
            (_, answer) => Some(answer),
        }
    });
    let refused = refused.expect("a log that has to grow cannot");
    assert!(is_refused_for_now(&refused), "{} {}", refused.status, refused.text());
    postgres.wait_for_end();
    for _ in 0..3 {
        let (_, answer) = create(&app, &owner);
        assert!(is_refused_for_now(&answer), "{} {}", answer.status, answer.text());
        let statuses = ["/ping", "/health"].map(|path| app.get(&owner, path).status);
        assert_eq!(statuses, [200, 503], "the server lives, and is not ready");
        // Copies are not trusted for long while nobody can say whether they still hold.
        let me = app.get(&owner, "/api/v1/access/me");
        assert!(me.status == 200 || is_refused_for_now(&me), "{} {}", me.status, me.text());
    }

    disk.free();
    postgres.start_again();
    create_again(&app, &owner, &mut kept);
    assert_all_kept(&app, &owner, kept);
}
