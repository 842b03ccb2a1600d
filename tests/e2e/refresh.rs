//! `POST /access/refresh-jwt`.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, body},
    http::{Request, Response},
};

fn refresh(app: &App, who: &Session) -> Response {
    let request = Request::new("POST", "/api/v1/access/refresh-jwt");
    app.send_as(&Session { access: None, ..who.clone() }, request)
}

#[test]
fn of_simultaneous_refreshes_one_wins_and_the_session_lives() {
    let app = App::start();
    let mut session = app.sign_in_new(Role::ApplicationAccess);
    for round in 0..5 {
        let answers: Vec<Response> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..16).map(|_| scope.spawn(|| refresh(&app, &session))).collect();
            tries.into_iter().map(|t| t.join().expect("the request was sent")).collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 204);
        assert_eq!(won.len(), 1, "round {round}");
        assert!(lost.iter().all(|answer| answer.status == 401), "round {round}");
        session = Session { user_id: session.user_id, ..Session::of(won[0]) };
        assert_eq!(app.get(&session, "/api/v1/access/me").status, 200, "round {round}");
    }
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
fn a_session_ends_when_its_life_is_over() {
    let app = App::start();
    let session = app.sign_in_new(Role::ApplicationAccess);
    let sql =
        "UPDATE user_session SET created_at = created_at - interval '8 days', expires_at = now() - interval '1 second'";
    app.database.connect().execute(sql, &[]).expect("time can be turned back");
    let answer = refresh(&app, &session);
    assert_eq!((answer.status, body(&answer)["detail"].as_str()), (401, Some("Invalid credentials")));
}

#[test]
fn no_refresh_lives_longer_than_the_session_may() {
    let app = App::start();
    let session = app.sign_in_new(Role::ApplicationAccess);
    let mut database = app.database.connect();
    database
        .execute("UPDATE user_session SET created_at = now() - interval '29 days'", &[])
        .expect("time can be turned back");
    assert_eq!(refresh(&app, &session).status, 204);
    let sql = "SELECT expires_at - created_at = interval '30 days' FROM user_session";
    assert!(database.query_one(sql, &[]).expect("there is one session").get::<_, bool>(0));
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
