//! What commands change reaches running servers: within a second after the command has ended, with and without a shared
//! cache, and also where only the server has one.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{Announcements, App, CacheServer, Process, Session, TestDatabase, body},
    http::{Client, Request},
};

use super::admin::Admin;

/// When a command has ended, servers have this long.
const LIMIT: Duration = Duration::from_secs(1);

/// A running server, the cache that it shares, and whether commands share it, too.
fn configurations(test: impl Fn(&App, &Admin<'_>, &str)) {
    for (server_has_cache, command_has_cache) in [(false, false), (true, true), (true, false)] {
        let cache = CacheServer::start();
        let url = cache.url();
        let app = if server_has_cache { App::start_with(&[("CACHE_URL", &url)]) } else { App::start() };
        let mut environment = vec![("DATABASE_URL", &*app.database.url)];
        if command_has_cache {
            environment.push(("CACHE_URL", &url));
        }
        test(&app, &Admin::with(&environment), &format!("server {server_has_cache}, command {command_has_cache}"));
    }
}

fn me(app: &App, session: &Session) -> (u16, String) {
    let answer = app.get(session, "/api/v1/access/me");
    let role = if answer.status == 200 { body(&answer)["roleSlug"].to_string() } else { String::new() };
    (answer.status, role)
}

/// Reads until the server has copies of it.
fn warm_up(app: &App, session: &Session) -> (u16, String) {
    for _ in 0..20 {
        assert_eq!(me(app, session).0, 200);
    }
    me(app, session)
}

/// Asks until the answer is the right one, for no longer than servers have.
fn wait_for<T: PartialEq + std::fmt::Debug>(what: &str, expected: &T, ask: impl Fn() -> T) {
    let ended = Instant::now();
    loop {
        let answer = ask();
        if answer == *expected {
            return;
        }
        assert!(ended.elapsed() < LIMIT, "{what}: a second later still {answer:?}, expected {expected:?}");
    }
}

#[test]
fn whoever_is_shut_out_is_out_within_a_second() {
    configurations(|app, admin, configuration| {
        for command in [&["deactivate"][..], &["reset-password", "--password", "correct horse"], &["sessions", "--end"]]
        {
            let session = app.sign_in_new(Role::ApplicationAccess);
            warm_up(app, &session);
            admin.done(&[&["users"], command, &["--email", &session.email]].concat());
            wait_for(&format!("{command:?}, {configuration}"), &401, || me(app, &session).0);
        }
        app.database.assert_invariants(true);
    });
}

#[test]
fn a_new_superuser_has_the_rights_within_a_second() {
    configurations(|app, admin, configuration| {
        let session = app.sign_in_new(Role::ApplicationAccess);
        let (_, role) = warm_up(app, &session);
        assert_eq!(app.get(&session, "/api/v1/users").status, 403, "{configuration}: {role}");
        admin.done(&["users", "promote-to-superuser", "--email", &session.email]);
        wait_for(configuration, &200, || app.get(&session, "/api/v1/users").status);
        assert_eq!(me(app, &session).1, "\"superuser\"", "{configuration}");
    });
}

#[test]
fn servers_are_told_with_the_commit() {
    let app = App::start();
    let admin = Admin::of(&app.database);
    let mut announcements = Announcements::of(&app.database);
    for command in [
        &["promote-to-superuser"][..],
        &["reset-password", "--password", "correct horse"],
        &["sessions", "--end"],
        &["deactivate"],
    ] {
        // Somebody who may be taken away.
        let (session, _) = (app.sign_in_new(Role::ApplicationAccess), app.sign_in_new(Role::Superuser));
        let sql = "SELECT id::text FROM user_session WHERE user_id = $1";
        let id: String = app.database.connect().query_one(sql, &[&session.user_id]).expect("a session").get(0);
        admin.done(&[&["users"], command, &["--email", &session.email]].concat());
        assert!(announcements.sender_about(&id).is_some(), "{command:?}: nobody was told about the session {id}");
    }
}

#[test]
fn a_catalogue_that_changes_is_seen_within_a_second() {
    configurations(|app, admin, configuration| {
        let session = app.sign_in_new(Role::ApplicationAccess);
        let search = || {
            let list = app.get(&session, "/api/v1/exercises?scope=system&searchString=Qwxz+Vbnk");
            body(&list)["total"].as_i64().expect("a number")
        };
        for _ in 0..20 {
            assert_eq!(search(), 0);
        }
        let exit =
            admin.run_with_input(&["catalog", "import", "-", "--format", "free-exercise-db"], MADE_UP.as_bytes());
        assert_eq!(exit.status.code(), Some(0), "{exit:?}");
        wait_for(configuration, &1, search);
    });
}

/// Nothing in the catalogue is like this name, so that a search for it finds nothing before.
const MADE_UP: &str =
    r#"[{"name": "Qwxz Vbnk", "level": "beginner", "primaryMuscles": ["biceps"], "category": "strength"}]"#;

/// Starts another server on the same database, with the same cache.
fn another_server(database: &TestDatabase, cache: &str) -> (Process, String, tempfile::TempDir) {
    let mut environment: BTreeMap<String, String> = App::environment(database);
    environment.insert("CACHE_URL".to_owned(), cache.to_owned());
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", "1"];
    let mut process = Process::start(&arguments, folder.path(), &environment);
    let address = process.wait_until_ready();
    (process, address, folder)
}

#[test]
fn a_command_cleans_the_cache_that_it_shares_while_no_server_runs() {
    let cache = CacheServer::start();
    let app = App::start_with(&[("CACHE_URL", &cache.url())]);
    let session = app.sign_in_new(Role::ApplicationAccess);
    let access = session.access.clone().expect("a token");
    let list =
        Request::new("GET", "/api/v1/exercises?scope=system&searchString=Qwxz+Vbnk").cookie("access_token", &access);
    assert_eq!(body(&app.send(&list))["total"], 0);
    let (database, url) = (&app.database, cache.url());
    let ask = |list: &Request| {
        let (process, address, _folder) = another_server(database, &url);
        let answer = Client::new().send(&address, list).expect("the server answers");
        drop(process);
        body(&answer)["total"].clone()
    };
    app.process.signal("KILL");
    assert_eq!(ask(&list), 0, "its copy is in the cache");

    let admin = Admin::with(&[("DATABASE_URL", &database.url), ("CACHE_URL", &url)]);
    let exit = admin.run_with_input(&["catalog", "import", "-", "--format", "free-exercise-db"], MADE_UP.as_bytes());
    assert_eq!((exit.status.code(), &*exit.stderr), (Some(0), ""));
    assert_eq!(ask(&list), 1, "the command has removed the copy");
}

#[test]
fn a_shared_cache_that_is_away_stops_no_command() {
    let app = App::start();
    let session = app.sign_in_new(Role::ApplicationAccess);
    warm_up(&app, &session);
    let admin = Admin::with(&[("DATABASE_URL", &app.database.url), ("CACHE_URL", "redis://:geheim@127.0.0.1:1/0")]);
    let exit = admin.run(&["users", "deactivate", &session.email]);
    assert_eq!(exit.status.code(), Some(0), "{exit:?}");
    assert!(exit.stderr.contains("without the shared cache") && !exit.stderr.contains("geheim"), "{}", exit.stderr);
    wait_for("a cache that is away", &401, || me(&app, &session).0);
    let wrong = Admin::with(&[("DATABASE_URL", &app.database.url), ("CACHE_URL", "http://cache")]);
    super::assert_failed(&wrong.run(&["users", "list"]), 2, &["CACHE_URL"]);
}
