//! One's own account: password, sessions, profile.

use std::time::Duration;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Session, body, password, sign_in, unique_email, until},
    http::{Request, Response},
};
use serde_json::{Value, json};

const OTHER: &str = "Another_pass1!";

fn refused(answer: &Response, status: u16, detail: &str) {
    let seen = (answer.status, body(answer)["detail"].as_str().unwrap_or_default().to_owned());
    assert_eq!(seen, (status, detail.to_owned()));
}

fn is_alive(app: &App, who: &Session) -> bool {
    let answer = app.get(who, "/api/v1/access/me");
    if answer.status != 200 {
        refused(&answer, 401, "Invalid credentials");
    }
    answer.status == 200
}

fn refresh(app: &App, who: &Session) -> Response {
    app.send_as(&Session { access: None, ..who.clone() }, Request::new("POST", "/api/v1/access/refresh-jwt"))
}

fn change_password(app: &App, who: &Session, current: &str, new: &str) -> Response {
    let sent = json!({"currentPassword": current, "newPassword": new});
    app.send_as(who, Request::new("PATCH", "/api/v1/access/password-update").json(&sent))
}

/// Both cookies are deleted, by cookies with the attributes of those that were set.
fn assert_cookies_deleted(answer: &Response) {
    let cookies = answer.set_cookies();
    let names: Vec<_> = cookies.iter().map(|cookie| cookie.name.as_str()).collect();
    assert_eq!(names, ["access_token", "refresh_token"]);
    for (cookie, same_site) in cookies.iter().zip(["lax", "strict"]) {
        assert!(cookie.value.trim_matches('"').is_empty(), "{cookie:?}");
        let attribute = |name| cookie.attribute(name).map(str::to_lowercase);
        assert_eq!(attribute("Max-Age").as_deref(), Some("0"), "{cookie:?}");
        assert_eq!(attribute("Path").as_deref(), Some("/"), "{cookie:?}");
        assert_eq!(attribute("SameSite").as_deref(), Some(same_site), "{cookie:?}");
        assert!(cookie.attribute("HttpOnly").is_some(), "{cookie:?}");
    }
}

fn sessions(app: &App, who: &Session) -> Vec<Value> {
    let answer = app.get(who, "/api/v1/access/sessions");
    assert_eq!(answer.status, 200, "{}", answer.text());
    body(&answer).as_array().cloned().expect("sessions are a list")
}

#[test]
fn a_new_password_ends_all_sessions_on_all_devices() {
    let app = App::start();
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let [here, there] = [(); 2].map(|()| app.sign_in(&email, password()));
    let stranger = app.sign_in_new(Role::ApplicationAccess);

    refused(&change_password(&app, &here, "Wrong_pass1!", OTHER), 401, "Current password is incorrect");
    assert!(is_alive(&app, &here) && is_alive(&app, &there), "a failed attempt ends nothing");

    let changed = change_password(&app, &here, password(), OTHER);
    assert_eq!(changed.status, 204, "{}", changed.text());
    assert_cookies_deleted(&changed);
    for session in [&here, &there] {
        assert!(!is_alive(&app, session));
        refused(&refresh(&app, session), 401, "Invalid credentials");
    }
    assert!(is_alive(&app, &stranger));
    refused(&app.send(&sign_in(&email, password())), 401, "Invalid credentials or account is unavailable");
    assert!(is_alive(&app, &app.sign_in(&email, OTHER)));
}

#[test]
fn of_two_changes_of_a_password_one_counts() {
    let app = App::start();
    let email = unique_email();
    app.insert_account(&email, Role::ApplicationAccess, true);
    let devices = [(); 4].map(|()| app.sign_in(&email, password()));
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let app = &app;
        let tries: Vec<_> = devices
            .iter()
            .enumerate()
            .map(|(n, device)| {
                scope.spawn(move || change_password(app, device, password(), &format!("{OTHER}{n}")).status)
            })
            .collect();
        tries.into_iter().map(|t| t.join().expect("the request was sent")).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 3, "{statuses:?}");
    let winner = statuses.iter().position(|status| *status == 204).unwrap_or_default();
    app.sign_in(&email, &format!("{OTHER}{winner}"));
    assert!(devices.iter().all(|device| !is_alive(&app, device)));
}

#[test]
fn sessions_are_listed_with_their_devices_the_last_used_first() {
    let app = App::start();
    let email = unique_email();
    let id = app.insert_account(&email, Role::ApplicationAccess, true);
    let sign_in = |agent: &str| Session::of(&app.send(&sign_in(&email, password()).header("User-Agent", agent)));
    let [phone, laptop, watch] = ["phone/1", "laptop/2", "watch/3"].map(sign_in);
    let _stranger = app.sign_in_new(Role::ApplicationAccess);
    let mut database = app.database.connect();
    let mut execute = |sql: &str| database.execute(sql, &[&id]).expect("time can be turned back");
    execute(
        "UPDATE user_session SET last_used_at = now() - interval '2 hours' WHERE user_id = $1 AND user_agent = 'laptop/2'",
    );
    execute(
        "UPDATE user_session SET last_used_at = now() - interval '1 hour' WHERE user_id = $1 AND user_agent = 'watch/3'",
    );

    let agents = |sessions: &[Value]| sessions.iter().map(|s| s["userAgent"].clone()).collect::<Vec<_>>();
    let listed = sessions(&app, &phone);
    assert_eq!(agents(&listed), ["phone/1", "watch/3", "laptop/2"]);
    for (session, current) in listed.iter().zip([true, false, false]) {
        assert_eq!(session["current"], current, "{session}");
        assert_eq!(session["address"], "127.0.0.1", "{session}");
        assert!(session["expiresAt"].as_str() > session["createdAt"].as_str(), "{session}");
    }
    assert_eq!(sessions(&app, &laptop).iter().filter(|session| session["current"] == true).count(), 1);

    // A refresh is a use.
    let watch = Session::of(&refresh(&app, &watch));
    let listed = sessions(&app, &watch);
    assert_eq!(listed.iter().map(|session| session["current"].clone()).collect::<Vec<_>>(), [true, false, false]);
    // What is over is not listed.
    execute(
        "UPDATE user_session SET created_at = now() - interval '9 days', expires_at = now() - interval '1 second' WHERE user_id = $1 AND user_agent = 'laptop/2'",
    );
    assert_eq!(sessions(&app, &phone).len(), 2);
}

#[test]
fn a_session_can_be_ended_by_its_owner_only() {
    let app = App::start();
    let mut mint = app.mint();
    let here = mint.person(Role::ApplicationAccess);
    let there = mint.session(here.user_id.unwrap_or_default(), &here.email);
    let stranger = mint.person(Role::Superuser);
    let end =
        |who: &Session, id: &str| app.send_as(who, Request::new("DELETE", &format!("/api/v1/access/sessions/{id}")));
    let id = |session: &Session| session.session_id.unwrap_or_default().to_string();

    refused(&end(&stranger, &id(&there)), 404, "Session not found");
    refused(&end(&here, &uuid::Uuid::now_v7().to_string()), 404, "Session not found");
    assert_eq!(end(&here, "not-a-uuid").status, 422);
    assert!(is_alive(&app, &there), "nothing was ended");

    let ended = end(&here, &id(&there));
    assert_eq!((ended.status, ended.set_cookies().len()), (204, 0), "these are not the cookies of that session");
    assert!(!is_alive(&app, &there) && is_alive(&app, &here));
    refused(&end(&here, &id(&there)), 404, "Session not found");

    let ended = end(&here, &id(&here));
    assert_eq!(ended.status, 204);
    assert_cookies_deleted(&ended);
    assert!(!is_alive(&app, &here) && is_alive(&app, &stranger));
}

#[test]
fn all_other_sessions_can_be_ended_at_once() {
    let app = App::start();
    let mut mint = app.mint();
    let here = mint.person(Role::ApplicationAccess);
    let others: Vec<_> = (0..3).map(|_| mint.session(here.user_id.unwrap_or_default(), &here.email)).collect();
    let stranger = mint.person(Role::ApplicationAccess);
    for _ in 0..2 {
        let ended = app.send_as(&here, Request::new("DELETE", "/api/v1/access/sessions"));
        assert_eq!((ended.status, ended.set_cookies().len()), (204, 0));
        assert!(is_alive(&app, &here) && is_alive(&app, &stranger));
        assert!(others.iter().all(|other| !is_alive(&app, other)));
        assert_eq!(sessions(&app, &here).len(), 1);
    }
}

#[test]
fn the_own_name_can_be_changed_and_cleared() {
    let app = App::start();
    let mut mint = app.mint();
    let user = mint.person(Role::ApplicationAccess);
    let change = |sent: Value| app.send_as(&user, Request::new("PATCH", "/api/v1/access/me").json(&sent));
    let longest = "n".repeat(255);
    for (sent, name) in [
        (json!({"name": "  Jo Lifter\t"}), json!("Jo Lifter")),
        (json!({}), json!("Jo Lifter")),
        (json!({"name": "🏋"}), json!("🏋")),
        (json!({"name": "  "}), Value::Null),
        (json!({"name": format!(" {longest} ")}), json!(longest)),
        (json!({"name": null}), Value::Null),
    ] {
        let answer = change(sent.clone());
        assert_eq!((answer.status, body(&answer)["name"].clone()), (200, name.clone()), "{sent}");
        assert_eq!(body(&app.get(&user, "/api/v1/access/me")), body(&answer), "{sent}");
    }
    for (sent, kind) in [
        (json!({"name": "n".repeat(256)}), "string_too_long"),
        (json!({"name": "a\0b"}), "string_nul"),
        (json!({"name": 7}), "string_type"),
        (json!({"email": "other@example.com"}), "extra_forbidden"),
        (json!({"isSuperuser": true}), "extra_forbidden"),
    ] {
        let answer = change(sent.clone());
        assert_eq!(answer.status, 422, "{sent}");
        assert_eq!(body(&answer)["details"][0]["type"], kind, "{sent}");
    }
    assert_eq!(app.get(&user, "/api/v1/access/me").status, 200, "a change of the name ends no session");
}

#[test]
fn a_second_instance_notices_an_ended_session_and_a_new_password_within_a_second() {
    let app = App::start();
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", "1"];
    let environment = App::environment(&app.database);
    let mut second = irontrack_tests::harness::Process::start(&arguments, folder.path(), &environment);
    let address = second.wait_until_ready();
    let mut mint = app.mint();
    let client = irontrack_tests::http::Client::new();
    let user = mint.person(Role::ApplicationAccess);
    let other = mint.session(user.user_id.unwrap_or_default(), &user.email);
    let status = |who: &Session| {
        let token = who.access.as_deref().unwrap_or_default();
        let request = Request::new("GET", "/api/v1/access/me").cookie("access_token", token);
        client.send(&address, &request).expect("the second instance answers").status
    };
    let gone_within_a_second = |who: &Session| {
        until(Duration::from_secs(1), "the second instance refuses the token", || status(who) != 200);
    };
    assert_eq!([status(&user), status(&other)], [200, 200]);
    app.send_as(&user, Request::new("DELETE", "/api/v1/access/sessions"));
    gone_within_a_second(&other);
    assert_eq!(status(&user), 200);
    assert_eq!(change_password(&app, &user, password(), OTHER).status, 204);
    gone_within_a_second(&user);
}
