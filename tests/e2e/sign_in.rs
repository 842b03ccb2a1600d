//! `POST /access/signin`.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, body, password, sign_in, unique_email},
    http::Request,
};

#[test]
fn a_sign_in_starts_a_session_and_sets_both_cookies() {
    let app = App::start();
    let email = unique_email();
    let id = app.insert_account(&email, Role::ApplicationAccess, true);
    let answer = app.send(&sign_in(&email.to_uppercase(), password()).header("User-Agent", "tests/1.0"));
    assert_eq!(answer.status, 204);
    let cookies = answer.set_cookies();
    assert_eq!(cookies.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["access_token", "refresh_token"]);
    for (cookie, max_age, same_site) in [(&cookies[0], "1800", "lax"), (&cookies[1], "604800", "strict")] {
        assert_eq!(cookie.attribute("Max-Age"), Some(max_age), "{cookie:?}");
        assert_eq!(cookie.attribute("SameSite"), Some(same_site), "{cookie:?}");
        assert!(cookie.attribute("HttpOnly").is_some() && cookie.attribute("Secure").is_none(), "{cookie:?}");
    }

    let sql =
        "SELECT user_agent, address, expires_at - created_at = interval '7 days' FROM user_session WHERE user_id = $1";
    let row = app.database.connect().query_one(sql, &[&id]).expect("there is one session");
    assert_eq!(row.get::<_, Option<&str>>(0), Some("tests/1.0"));
    assert_eq!(row.get::<_, Option<&str>>(1), Some("127.0.0.1"));
    assert!(row.get::<_, bool>(2), "a session lives seven days");
}

#[test]
fn whoever_cannot_sign_in_gets_the_same_answer() {
    let app = App::start();
    let (known, inactive) = (unique_email(), unique_email());
    app.insert_account(&known, Role::ApplicationAccess, true);
    app.insert_account(&inactive, Role::ApplicationAccess, false);
    let unknown = unique_email();
    for (email, password) in [
        (unknown.as_str(), password()),
        (&known, "Wrong_pass1!"),
        (&inactive, password()),
        ("not an address", password()),
    ] {
        let answer = app.send(&sign_in(email, password));
        assert_eq!(answer.status, 401, "{email}");
        assert_eq!(body(&answer)["detail"], "Invalid credentials or account is unavailable", "{email}");
        assert!(answer.set_cookies().is_empty(), "{email}");
    }
    let sessions = app.database.connect().query_one("SELECT count(*) FROM user_session", &[]);
    assert_eq!(sessions.expect("sessions can be counted").get::<_, i64>(0), 0);
}

#[test]
fn over_long_and_nul_input_is_named() {
    let app = App::start();
    let answer = app.send(&sign_in(&"x".repeat(256), &"y".repeat(129)));
    assert_eq!(answer.status, 422);
    let fields: Vec<_> = body(&answer)["details"]
        .as_array()
        .expect("details are a list")
        .iter()
        .map(|entry| (entry["field"].clone(), entry["type"].clone()))
        .collect();
    assert_eq!(fields, [("username".into(), "string_too_long".into()), ("password".into(), "string_too_long".into())]);
    let answer = app.send(&sign_in("jo\0@example.com", "a\0"));
    assert_eq!(answer.status, 422, "{}", answer.text());
}

#[test]
fn cookies_are_secure_where_configured() {
    let app = App::start_with(&[("COOKIE_SECURE", "true"), ("COOKIE_HOST_PREFIX", "true")]);
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let answer = app.send(&sign_in(&email, password()));
    let cookies = answer.set_cookies();
    assert_eq!(cookies[0].name, "__Host-access_token");
    assert!(cookies.iter().all(|cookie| cookie.attribute("Secure").is_some()), "{cookies:?}");
    let me = Request::new("GET", "/api/v1/access/me").cookie("__Host-access_token", &cookies[0].value);
    assert_eq!(app.send(&me).status, 200);
}

#[test]
fn a_sign_in_does_not_outlive_a_password_change() {
    let app = App::start();
    let email = unique_email();
    let id = app.insert_account(&email, Role::ApplicationAccess, true);
    let mut changing = app.database.connect();
    let mut change = changing.transaction().expect("a transaction");
    change.execute("UPDATE user_account SET password = 'changed' WHERE id = $1", &[&id]).expect("a change");
    let answer = std::thread::scope(|scope| {
        // The old password still is the committed one, so it is found right; then the sign-in waits for the change.
        let signing_in = scope.spawn(|| app.send(&sign_in(&email, password())));
        let waiting =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let mut database = app.database.connect();
        while database.query_one(waiting, &[]).expect("a count").get::<_, i64>(0) == 0 {
            assert!(!signing_in.is_finished(), "the sign-in did not look at the account again");
        }
        change.commit().expect("the change is committed");
        signing_in.join().expect("an answer")
    });
    assert_eq!(answer.status, 401, "{}", answer.text());
    let sessions = app.database.connect().query_one("SELECT count(*) FROM user_session", &[]);
    assert_eq!(sessions.expect("sessions can be counted").get::<_, i64>(0), 0);
}
