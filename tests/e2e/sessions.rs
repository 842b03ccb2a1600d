//! How long sessions live, how many an account may have, and what is left of those that are over.

use std::{sync::Arc, sync::Barrier, time::Duration};

use irontrack::SystemClock;
use irontrack_application::access::ExpiredSessions;
use irontrack_domain::account::Role;
use irontrack_postgres_adapter::{Pool, PoolOptions, PostgresUnitOfWorkFactory};
use irontrack_tests::{
    harness::{App, Mint, Session, TestDatabase, body, during, password, sign_in},
    http::{Request, Response},
};
use uuid::Uuid;

fn refresh(app: &App, who: &Session) -> Response {
    app.send_as(&Session { access: None, ..who.clone() }, Request::new("POST", "/api/v1/access/refresh-jwt"))
}

/// Whether the session can be used; a session that cannot has ended, and nothing else.
fn is_alive(app: &App, who: &Session) -> bool {
    let answer = app.get(who, "/api/v1/access/me");
    if answer.status == 200 {
        return true;
    }
    assert_eq!((answer.status, body(&answer)["detail"].as_str()), (401, Some("Invalid credentials")));
    false
}

fn count(mint: &mut Mint, user: Uuid) -> i64 {
    let sql = "SELECT count(*) FROM user_session WHERE user_id = $1";
    mint.database.query_one(sql, &[&user]).expect("sessions can be counted").get(0)
}

/// Turns the time of all sessions back, as if everything had happened so much earlier.
fn age(mint: &mut Mint, days: f64) {
    let sql = "UPDATE user_session SET created_at = created_at - make_interval(secs => $1::float8 * 86400), \
               last_used_at = last_used_at - make_interval(secs => $1::float8 * 86400), \
               expires_at = expires_at - make_interval(secs => $1::float8 * 86400)";
    assert!(mint.execute(sql, &[&days]) > 0, "there are sessions");
}

/// For how many days the session lives on, counted from its sign-in.
fn life(mint: &mut Mint) -> f64 {
    let sql = "SELECT (extract(epoch FROM expires_at - created_at) / 86400)::float8 FROM user_session";
    mint.database.query_one(sql, &[]).expect("there is one session").get(0)
}

fn assert_near(seen: f64, days: f64) {
    assert!((seen - days).abs() < 0.01, "expected {days} days, got {seen}");
}

#[test]
fn a_session_ends_when_it_is_not_refreshed() {
    for (settings, days) in [(&[][..], 7.0), (&[("REFRESH_TOKEN_EXPIRE_DAYS", "2")], 2.0)] {
        let app = App::start_with(settings);
        let mut mint = app.mint();
        for (left, status) in [(0.01, 204), (-0.01, 401)] {
            mint.execute("DELETE FROM user_session", &[]);
            let session = app.sign_in_new(Role::ApplicationAccess);
            assert_near(life(&mut mint), days);
            age(&mut mint, days - left);
            let answer = refresh(&app, &session);
            assert_eq!(answer.status, status, "{left} days before its end: {}", answer.text());
            if status == 401 {
                assert_eq!(body(&answer)["detail"], "Invalid credentials");
                assert!(!is_alive(&app, &session));
            }
        }
    }
}

#[test]
fn a_session_ends_at_last_however_often_it_is_refreshed() {
    for (settings, step, ends) in [
        (&[][..], 6.9, vec![7.0, 13.9, 20.8, 27.7, 30.0]),
        (&[("REFRESH_TOKEN_EXPIRE_DAYS", "2"), ("SESSION_MAX_DAYS", "5")], 1.9, vec![2.0, 3.9, 5.0]),
        // Whichever comes first.
        (&[("REFRESH_TOKEN_EXPIRE_DAYS", "9"), ("SESSION_MAX_DAYS", "3")], 3.1, vec![3.0]),
    ] {
        let app = App::start_with(settings);
        let mut mint = app.mint();
        let mut session = app.sign_in_new(Role::ApplicationAccess);
        let (last, earlier) = ends.split_last().expect("it ends");
        for (refreshes, end) in earlier.iter().enumerate() {
            assert_near(life(&mut mint), *end);
            age(&mut mint, step);
            let answer = refresh(&app, &session);
            assert_eq!(answer.status, 204, "refresh {refreshes}: {}", answer.text());
            session = Session::of(&answer);
        }
        assert_near(life(&mut mint), *last);
        age(&mut mint, step);
        let answer = refresh(&app, &session);
        assert_eq!((answer.status, body(&answer)["detail"].as_str()), (401, Some("Invalid credentials")));
        assert!(!is_alive(&app, &session));
    }
}

#[test]
fn one_session_too_many_ends_the_least_used_one_at_once() {
    let app = App::start_with(&[("SESSION_MAX_PER_ACCOUNT", "3")]);
    let mut mint = app.mint();
    let phone = mint.person(Role::ApplicationAccess);
    let user = phone.user_id.unwrap_or_default();
    let [laptop, watch] = [(); 2].map(|()| mint.session(user, &phone.email));
    let stranger = mint.person(Role::ApplicationAccess);
    let mut used = |who: &Session, minutes: f64| {
        let sql = "UPDATE user_session SET last_used_at = now() - make_interval(secs => 60 * $2::float8) WHERE id = $1";
        assert_eq!(mint.execute(sql, &[&who.session_id, &minutes]), 1);
    };
    // Not so long ago that the next use would be recorded.
    used(&phone, 2.0);
    used(&laptop, 4.0);
    used(&watch, 3.0);
    used(&stranger, 4.5);
    // Now all of them are remembered.
    assert!([&phone, &laptop, &watch, &stranger].iter().all(|who| is_alive(&app, who)));
    // And still are when the password has been checked.
    let tablet = during(
        || app.sign_in(&phone.email, password()),
        || {
            is_alive(&app, &laptop);
        },
    );
    assert!(!is_alive(&app, &laptop), "the session that was not used for the longest time has ended");
    let recorded = app.database.audit_trail(&["surplus-sessions-ended"]);
    assert_eq!(recorded.iter().map(|row| row.subject).collect::<Vec<_>>(), [Some(user)], "{recorded:?}");
    assert!([&phone, &watch, &tablet, &stranger].iter().all(|who| is_alive(&app, who)));
    assert_eq!(count(&mut mint, user), 3);
    assert_eq!(refresh(&app, &laptop).status, 401);

    // What is over makes room.
    let sql = "UPDATE user_session SET created_at = created_at - interval '9 days', expires_at = now() WHERE id = $1";
    mint.execute(sql, &[&phone.session_id]);
    let car = app.sign_in(&phone.email, password());
    assert!([&watch, &tablet, &car].iter().all(|who| is_alive(&app, who)));
    assert_eq!(count(&mut mint, user), 3);
}

#[test]
fn simultaneous_sign_ins_start_no_more_sessions_than_there_may_be() {
    let app = App::start_with(&[("SESSION_MAX_PER_ACCOUNT", "3"), ("CRYPTO_MAX_WORKERS", "4")]);
    let user = app.mint().person(Role::ApplicationAccess);
    let start = Barrier::new(12);
    let sessions: Vec<Session> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..12)
            .map(|_| {
                scope.spawn(|| {
                    start.wait();
                    Session::of(&app.send(&sign_in(&user.email, password())))
                })
            })
            .collect();
        tries.into_iter().map(|t| t.join().expect("the request was sent")).collect()
    });
    assert_eq!(count(&mut app.mint(), user.user_id.unwrap_or_default()), 3);
    assert_eq!(sessions.iter().filter(|session| is_alive(&app, session)).count(), 3);
    app.database.assert_invariants(true);
}

#[test]
fn an_account_may_have_a_hundred_sessions() {
    let app = App::start();
    let mut mint = app.mint();
    let first = mint.person(Role::ApplicationAccess);
    let user = first.user_id.unwrap_or_default();
    for _ in 1..100 {
        let _session = mint.session(user, &first.email);
    }
    let sql = "UPDATE user_session SET last_used_at = now() - interval '4 minutes' WHERE id = $1";
    mint.execute(sql, &[&first.session_id]);
    assert_eq!((count(&mut mint, user), is_alive(&app, &first)), (100, true));
    let last = app.sign_in(&first.email, password());
    assert_eq!((count(&mut mint, user), is_alive(&app, &first), is_alive(&app, &last)), (100, false, true));
}

/// The use case on connections of its own, as another instance has it.
async fn sweeper(database: &TestDatabase) -> ExpiredSessions {
    let patience = Duration::from_secs(20);
    let options =
        PoolOptions { checkout_timeout: patience, statement_timeout: patience, ..PoolOptions::new(&database.url) };
    let pool = Pool::connect(options, tokio::runtime::Handle::current()).await.expect("there is a pool");
    ExpiredSessions::new(Arc::new(PostgresUnitOfWorkFactory::new(pool)), Arc::new(SystemClock))
}

#[test]
fn expired_sessions_are_swept_by_as_many_instances_as_there_are() {
    let app = App::start();
    let mut mint = app.mint();
    let alive = mint.person(Role::ApplicationAccess);
    let sql = "INSERT INTO user_session (id, user_id, created_at, expires_at, refresh_id) \
               SELECT gen_random_uuid(), $1, now() - interval '8 days', now() - n * interval '1 minute', \
               gen_random_uuid() FROM generate_series(0, $2 - 1) n";
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("there is a runtime");
    for (expired, instances) in [(0, 1), (1201, 1), (2500, 3)] {
        mint.execute(sql, &[&alive.user_id, &expired]);
        let swept: usize = runtime.block_on(async {
            let mut sweeps = tokio::task::JoinSet::new();
            for _ in 0..instances {
                let sweeper = sweeper(&app.database).await;
                sweeps.spawn(async move { sweeper.sweep().await.expect("sessions can be swept") });
            }
            sweeps.join_all().await.into_iter().sum()
        });
        assert_eq!(swept, usize::try_from(expired).expect("a number"), "by {instances} instances");
        assert_eq!(count(&mut mint, alive.user_id.unwrap_or_default()), 1, "what is alive stays");
    }
    assert!(is_alive(&app, &alive));
}

#[test]
fn the_server_sweeps_by_itself_and_stops_like_before() {
    let app = App::start_with(&[("LOG_LEVEL", "debug")]);
    for what in ["expired sessions", "kept answers"] {
        app.process.wait_for_log(what);
    }
    let App { process, database, .. } = app;
    process.signal("TERM");
    let exit = process.wait();
    assert!(exit.status.success(), "{}", exit.stderr);
    drop(database);
}
