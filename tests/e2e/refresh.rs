//! `POST /access/refresh-jwt`. How long sessions live is in `sessions`.

use std::sync::Barrier;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, body},
    http::{Request, Response},
};

fn refresh(app: &App, who: &Session) -> Response {
    let request = Request::new("POST", "/api/v1/access/refresh-jwt");
    app.send_as(&Session { access: None, ..who.clone() }, request)
}

/// The goal is a hundred rounds; together they take some seconds.
#[test]
fn of_sixteen_simultaneous_refreshes_one_wins_a_hundred_times() {
    let app = App::start();
    let mut session = app.sign_in_new(Role::ApplicationAccess);
    let mut database = app.database.connect();
    let start = Barrier::new(16);
    for round in 0..100 {
        let answers: Vec<Response> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..16)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        refresh(&app, &session)
                    })
                })
                .collect();
            tries.into_iter().map(|t| t.join().expect("the request was sent")).collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 204);
        assert_eq!(won.len(), 1, "round {round}");
        for answer in lost {
            let seen = (answer.status, body(answer)["detail"].clone(), answer.set_cookies().len());
            assert_eq!(seen, (401, "Invalid credentials".into(), 0), "round {round}");
        }
        let next = Session { user_id: session.user_id, ..Session::of(won[0]) };
        assert_ne!((&next.access, &next.refresh), (&session.access, &session.refresh), "round {round}");
        session = next;
        let sessions = database.query("SELECT id FROM user_session", &[]).expect("sessions can be read");
        assert_eq!(sessions.len(), 1, "round {round}: the session lives, and there is no other");
        assert_eq!(app.get(&session, "/api/v1/access/me").status, 200, "round {round}");
    }
}

#[test]
fn the_same_client_may_come_again_within_the_grace_and_gets_nothing() {
    let app = App::start();
    let old = app.sign_in_new(Role::ApplicationAccess);
    let new = Session::of(&refresh(&app, &old));
    for _ in 0..3 {
        let answer = refresh(&app, &old);
        let seen = (answer.status, body(&answer)["detail"].clone(), answer.set_cookies().len());
        assert_eq!(seen, (401, "Invalid credentials".into(), 0));
    }
    app.database
        .connect()
        .execute("UPDATE user_session SET rotated_at = rotated_at - interval '5 seconds'", &[])
        .expect("time can be turned back");
    assert_eq!(refresh(&app, &old).status, 401);
    assert_eq!(app.get(&new, "/api/v1/access/me").status, 200, "the session lives on");
    assert_eq!(refresh(&app, &new).status, 204);
    assert!(!app.process.log().contains("used again"), "{}", app.process.log());
}

/// Within the grace, but for the client: the address or the program is another one.
#[test]
fn a_replay_by_another_client_ends_the_session_at_once() {
    let app = App::start_with(&[("TRUSTED_PROXIES", "127.0.0.0/8")]);
    let here = [("X-Real-IP", "192.0.2.1"), ("User-Agent", "browser/1")];
    for (there, ends) in [
        ([("X-Real-IP", "192.0.2.1"), ("User-Agent", "browser/1")], false),
        ([("X-Real-IP", "192.0.2.2"), ("User-Agent", "browser/1")], true),
        ([("X-Real-IP", "192.0.2.1"), ("User-Agent", "browser/2")], true),
        ([("X-Real-IP", "192.0.2.1"), ("Accept", "text/html")], true),
    ] {
        let from = |who: &Session, client: &[(&str, &str)]| {
            let mut request = Request::new("POST", "/api/v1/access/refresh-jwt");
            for (name, value) in client {
                request = request.header(name, value);
            }
            app.send_as(&Session { access: None, ..who.clone() }, request)
        };
        let old = app.sign_in_new(Role::ApplicationAccess);
        let new = Session::of(&from(&old, &here));
        assert_eq!(app.get(&new, "/api/v1/access/me").status, 200);
        assert_eq!(from(&old, &there).status, 401, "{there:?}");
        let status = if ends { 401 } else { 200 };
        assert_eq!(app.get(&new, "/api/v1/access/me").status, status, "{there:?}");
        assert_eq!(from(&new, &here).status, if ends { 401 } else { 204 }, "{there:?}");
    }
}

/// The grace is for the last exchange only.
#[test]
fn a_token_that_was_exchanged_long_ago_ends_the_session() {
    let app = App::start();
    let first = app.sign_in_new(Role::ApplicationAccess);
    let second = Session::of(&refresh(&app, &first));
    let third = Session::of(&refresh(&app, &second));
    assert_eq!(refresh(&app, &second).status, 401);
    assert_eq!(app.get(&third, "/api/v1/access/me").status, 200, "that was the grace");
    assert_eq!(refresh(&app, &first).status, 401);
    assert_eq!(app.get(&third, "/api/v1/access/me").status, 401, "that was a theft");
    app.process.wait_for_log("refresh token used again");
}

#[test]
fn a_stolen_token_ends_the_session() {
    let app = App::start();
    let old = app.sign_in_new(Role::ApplicationAccess);
    let new = Session::of(&refresh(&app, &old));
    let token = old.refresh.clone().expect("there is a refresh token");
    let thief = Request::new("POST", "/api/v1/access/refresh-jwt")
        .cookie("refresh_token", &token)
        .header("User-Agent", "thief/1.0");
    let answer = app.send(&thief);
    assert_eq!((answer.status, body(&answer)["detail"].as_str()), (401, Some("Invalid credentials")));
    for session in [&old, &new] {
        let me = app.get(session, "/api/v1/access/me");
        assert_eq!((me.status, body(&me)["detail"].as_str()), (401, Some("Invalid credentials")));
    }
    assert_eq!(refresh(&app, &new).status, 401);
    app.process.wait_for_log("refresh token used again");
}

#[test]
fn a_replay_after_the_grace_ends_the_session_also_for_the_same_client() {
    let app = App::start();
    let old = app.sign_in_new(Role::ApplicationAccess);
    let new = Session::of(&refresh(&app, &old));
    app.database
        .connect()
        .execute("UPDATE user_session SET rotated_at = rotated_at - interval '11 seconds'", &[])
        .expect("time can be turned back");
    assert_eq!(refresh(&app, &old).status, 401);
    assert_eq!(refresh(&app, &new).status, 401, "the session has ended");
}

#[test]
fn the_last_use_is_recorded_in_the_background_and_seldom() {
    let app = App::start();
    let session = app.sign_in_new(Role::ApplicationAccess);
    let mut database = app.database.connect();
    let age = |database: &mut postgres::Client| {
        let sql = "SELECT extract(epoch FROM now() - last_used_at)::float8 FROM user_session";
        database.query_one(sql, &[]).expect("there is one session").get::<_, f64>(0)
    };
    for (minutes, recorded) in [(4, false), (6, true)] {
        let sql = format!("UPDATE user_session SET last_used_at = now() - interval '{minutes} minutes'");
        database.execute(&sql, &[]).expect("time can be turned back");
        // What is remembered of the session for a moment must be gone first.
        let started = std::time::Instant::now();
        while started.elapsed().as_millis() < 2000 && age(&mut database) > 60.0 {
            assert_eq!(app.get(&session, "/api/v1/access/me").status, 200);
        }
        assert_eq!(age(&mut database) < 60.0, recorded, "after {minutes} minutes");
    }
}
