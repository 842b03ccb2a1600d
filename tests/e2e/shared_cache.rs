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
fn an_unreachable_cache_at_the_start_is_one_line_without_its_password() {
    let database = TestDatabase::ready();
    let mut environment = App::environment(&database);
    environment.insert("CACHE_URL".into(), "redis://:geheim@127.0.0.1:1/0".into());
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let exit = Process::start(&["server", "run", "--port", "0"], folder.path(), &environment).wait();
    assert_eq!(exit.status.code(), Some(1), "{}", exit.stderr);
    assert_one_line(&exit.stderr, "cache");
    assert!(!exit.stderr.contains("geheim"), "{}", exit.stderr);
}
