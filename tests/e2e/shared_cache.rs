//! `CACHE_URL`: Valkey or Redis instead of the cache inside the process.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, CacheServer, Process, TestDatabase, body},
    http::Request,
};

use crate::server_dev::assert_one_line;

#[test]
fn answers_are_the_same_with_the_shared_cache_and_when_it_is_lost() {
    for name in ["CACHE_URL", "REDIS_URL"] {
        let mut cache = CacheServer::start();
        let app = App::start_with(&[(name, &cache.url())]);
        assert!(app.process.printed().contains("unix://"), "{}", app.process.printed());
        let health = |expected: &str| {
            let health = app.send(&Request::new("GET", "/health"));
            assert_eq!((health.status, body(&health)["cache_status"].as_str()), (200, Some(expected)));
        };
        health("online");
        let [user, other] = [(); 2].map(|()| app.sign_in_new(Role::ApplicationAccess));
        for _ in 0..3 {
            assert_eq!(body(&app.get(&user, "/api/v1/access/me"))["email"], *user.email);
        }
        assert_eq!(app.send_as(&other, Request::new("POST", "/api/v1/access/logout")).status, 204);
        assert_eq!(app.get(&other, "/api/v1/access/me").status, 401, "a logout counts at once");

        cache.stop();
        assert_eq!(app.get(&user, "/api/v1/access/me").status, 200, "the database answers");
        health("offline");
        assert_eq!(app.send_as(&user, Request::new("POST", "/api/v1/access/logout")).status, 204);
        assert_eq!(app.get(&user, "/api/v1/access/me").status, 401, "a logout counts at once");
    }
}

#[test]
fn a_server_starts_without_its_cache_and_says_so_without_the_password() {
    let app = App::start_with(&[("CACHE_URL", "redis://:geheim@127.0.0.1:1/0")]);
    assert!(app.process.printed().contains("(not usable now)"), "{}", app.process.printed());
    let user = app.sign_in_new(Role::ApplicationAccess);
    assert_eq!(app.get(&user, "/api/v1/access/me").status, 200, "the database answers");
    let health = app.send(&Request::new("GET", "/health"));
    assert_eq!((health.status, body(&health)["cache_status"].as_str()), (200, Some("offline")));
    let shown = format!("{}{}", app.process.printed(), app.process.log());
    assert!(!shown.contains("geheim"), "{shown}");
}

#[test]
fn an_address_that_is_none_is_a_wrong_setting() {
    let database = TestDatabase::ready();
    let mut environment = App::environment(&database);
    environment.insert("CACHE_URL".into(), "redis://:geheim@host:port/0".into());
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let exit = Process::start(&["server", "run", "--port", "0"], folder.path(), &environment).wait();
    assert_eq!(exit.status.code(), Some(2), "{}", exit.stderr);
    assert_one_line(&exit.stderr, "CACHE_URL");
    assert!(!exit.stderr.contains("geheim"), "{}", exit.stderr);
}
