//! Faults of the channel over which instances hear what is outdated: one that hears nothing uses no copies of its own.

use std::time::Duration;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, CacheServer, FaultProxy, Mint, PrivatePostgres, Session, TestDatabase, Upstream, until},
    http::{Client, Request},
};
use serde_json::json;

use super::short_or_full;

const LIST: &str = "/api/v1/catalogs/muscle-groups";

/// What one instance has changed is seen by all others within this time, whether they hear of it or not.
fn notice_limit() -> Duration {
    short_or_full(Duration::from_secs(3), Duration::from_secs(1))
}

/// An instance that changes things, and one that listens through a proxy.
struct Scene {
    changing: App,
    listening: App,
    proxy: FaultProxy,
    superuser: Session,
    mint: Mint,
    changes: usize,
}

impl Scene {
    fn start(postgres: &PrivatePostgres, settings: &[(&str, &str)]) -> Self {
        let proxy = FaultProxy::to(Upstream::Unix(postgres.socket()));
        let database = postgres.database();
        let through = through(&proxy, &database);
        let changing = App::start_on(database.into(), settings);
        let listening = changing.beside(&[settings, &[("DATABASE_DIRECT_URL", &through)]].concat());
        let mut mint = changing.mint();
        let superuser = mint.person(Role::Superuser);
        let scene = Self { changing, listening, proxy, superuser, mint, changes: 0 };
        scene.wait_for_copies("in the beginning");
        scene
    }

    /// Changes a list, and waits until the listening instance shows it.
    fn change(&mut self, what: &str) {
        self.changes += 1;
        let request = Request::new("PATCH", &format!("{LIST}/5")).json(&json!({"name": self.latest_name()}));
        let answer = self.changing.send_as(&self.superuser, request);
        assert_eq!(answer.status, 200, "{}", answer.text());
        let noticed = until(notice_limit(), &format!("a change is seen while the channel is {what}"), || {
            self.shows_the_latest_change()
        });
        println!("channel {what}: a change was seen after {noticed:.0?}");
    }

    fn latest_name(&self) -> String {
        format!("muscle {}", self.changes)
    }

    fn shows_the_latest_change(&self) -> bool {
        let list = self.listening.get(&self.superuser, LIST);
        list.status == 200 && list.text().contains(&format!("\"{}\"", self.latest_name()))
    }

    /// Ends a session, and waits until the listening instance refuses it.
    fn revoke(&mut self, what: &str) {
        let leaver = self.mint.person(Role::ApplicationAccess);
        assert_eq!(self.listening.get(&leaver, "/api/v1/access/me").status, 200);
        let ended = self.changing.send_as(&leaver, Request::new("POST", "/api/v1/access/logout"));
        assert_eq!(ended.status, 204, "{}", ended.text());
        let noticed =
            until(notice_limit(), &format!("an ended session is refused while the channel is {what}"), || {
                self.listening.get(&leaver, "/api/v1/access/me").status == 401
            });
        println!("channel {what}: an ended session was refused after {noticed:.0?}");
    }

    /// Waits until the listening instance answers a list from a copy, also while nobody can read the table, and the right
    /// one.
    fn wait_for_copies(&self, when: &str) {
        let used = until(short_or_full(Duration::from_secs(10), Duration::from_secs(3)), "copies are used", || {
            assert!(self.changes == 0 || self.shows_the_latest_change(), "an old copy is used {when}");
            self.answers_from_a_copy()
        });
        println!("copies are used after {used:.0?} {when}");
    }

    fn answers_from_a_copy(&self) -> bool {
        let mut other = self.changing.database.connect();
        other.batch_execute("BEGIN; LOCK TABLE muscle_groups IN ACCESS EXCLUSIVE MODE").expect("it can be locked");
        let request = self.superuser.asks(Request::new("GET", LIST));
        // Whoever asks the database waits longer.
        let answer = Client::with_timeout(Duration::from_millis(500)).send(&self.listening.address, &request);
        answer.is_ok_and(|answer| answer.status == 200)
    }
}

fn through(proxy: &FaultProxy, database: &TestDatabase) -> String {
    let name = database.url.split('?').next().and_then(|url| url.rsplit_once('/')).expect("a database").1;
    format!("postgresql://irontrack@{}/{name}", proxy.address())
}

#[test]
fn an_instance_that_hears_nothing_uses_no_copies_until_it_hears_again() {
    let postgres = PrivatePostgres::start();
    let mut scene = Scene::start(&postgres, &[]);
    scene.change("as it should be");
    scene.wait_for_copies("after a change");

    scene.proxy.stall();
    scene.change("silent");
    scene.revoke("silent");
    assert!(!scene.answers_from_a_copy(), "copies are used although nothing is heard");
    scene.proxy.pass();
    scene.wait_for_copies("after the silence");
    scene.change("as it should be");

    // Dead without anybody knowing it.
    scene.wait_for_copies("before the connection dies");
    scene.proxy.strand();
    scene.change("stranded");
    scene.revoke("stranded");
    scene.wait_for_copies("after the connection has died");

    for _ in 0..5 {
        scene.proxy.reset();
        scene.change("reset");
        scene.revoke("reset");
    }
    scene.wait_for_copies("after the resets");
    scene.change("as it should be");
}

#[test]
fn one_of_two_channels_is_enough() {
    let (postgres, cache) = (PrivatePostgres::start(), CacheServer::start());
    let mut scene = Scene::start(&postgres, &[("CACHE_URL", &cache.url())]);
    scene.proxy.stall();
    for _ in 0..5 {
        scene.change("silent over PostgreSQL");
        scene.revoke("silent over PostgreSQL");
    }
    scene.wait_for_copies("without the channel over PostgreSQL");
    scene.change("silent over PostgreSQL");
    // Now both.
    cache.freeze();
    scene.change("silent over both");
    scene.revoke("silent over both");
    assert!(!scene.answers_from_a_copy(), "copies are used although nothing is heard");
    cache.thaw();
    scene.wait_for_copies("after the cache is back");
    scene.proxy.pass();
    scene.change("as it should be");
}
