//! Whoever is shut out by one instance is shut out by the other one within a second, and a change of rights applies as fast.

use std::time::Duration;

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{Announcements, App, CacheServer, Mint, Session, alone, during, password, unique_email},
    http::Request,
};
use serde_json::json;

use super::{Between, report, rounds, until};

const ME: &str = "/api/v1/access/me";

/// What ends a session.
#[derive(Debug, Clone, Copy)]
enum End {
    Logout,
    OwnSession,
    OtherSessions,
    Deactivation,
    Deletion,
    PasswordChange,
    PasswordReset,
    Leave,
}

impl End {
    /// Those that hash come seldom.
    fn of(round: usize) -> Self {
        match (round % 25, round % 5) {
            (7, _) => Self::PasswordChange,
            (18, _) => Self::PasswordReset,
            (12, _) => Self::Leave,
            (_, 0) => Self::Logout,
            (_, 1) => Self::OwnSession,
            (_, 2) => Self::OtherSessions,
            (_, 3) => Self::Deactivation,
            _ => Self::Deletion,
        }
    }

    /// The request, and who sends it: `user` from another session of theirs, or the superuser.
    fn request(self, user: &Session, other: &Session, superuser: &Session) -> (Session, Request) {
        let account = format!("/api/v1/users/{}", user.user_id.expect("an account"));
        match self {
            Self::Logout => (user.clone(), Request::new("POST", "/api/v1/access/logout")),
            Self::OwnSession => {
                let path = format!("/api/v1/access/sessions/{}", user.session_id.expect("a session"));
                (other.clone(), Request::new("DELETE", &path))
            }
            Self::OtherSessions => (other.clone(), Request::new("DELETE", "/api/v1/access/sessions")),
            Self::Deactivation => {
                (superuser.clone(), Request::new("PATCH", &account).json(&json!({"isActive": false})))
            }
            Self::Deletion => (superuser.clone(), Request::new("DELETE", &account)),
            Self::PasswordChange => {
                let new = "An0ther@Passw0rd";
                let body = json!({"currentPassword": password(), "newPassword": new});
                (other.clone(), Request::new("PATCH", "/api/v1/access/password-update").json(&body))
            }
            Self::PasswordReset => {
                (superuser.clone(), Request::new("PATCH", &account).json(&json!({"password": "An0ther@Passw0rd"})))
            }
            Self::Leave => (other.clone(), Request::new("DELETE", ME).json(&json!({"password": password()}))),
        }
    }
}

/// Ends sessions on one instance and watches both. `disturb` may do something to the cache before a round.
fn end_sessions(what: &str, between: &mut Between, disturb: impl Fn(usize, &mut Between)) {
    let _turn = alone();
    let instances = between.start();
    let mut mint = instances[0].mint();
    let superuser = mint.person(Role::Superuser);
    let mut times = Vec::new();
    for round in 0..rounds(50) {
        let (user, other) = signed_in_twice(&mut mint);
        for instance in &instances {
            for _ in 0..2 {
                assert_eq!(instance.get(&user, ME).status, 200, "round {round}: expected to be signed in");
            }
        }
        disturb(round, between);
        let [one, two] = if round % 2 == 0 { [0, 1] } else { [1, 0] }.map(|i: usize| &instances[i]);
        let end = End::of(round);
        let (who, request) = end.request(&user, &other, &superuser);
        // Hashing a password takes longer than copies live.
        let answer = during(
            || one.send_as(&who, request),
            || {
                for instance in &instances {
                    instance.get(&user, ME);
                }
            },
        );
        assert!((200..300).contains(&answer.status), "round {round}, {end:?}: {}", answer.text());
        let here = one.get(&user, ME).status;
        assert_eq!(here, 401, "round {round}, {end:?}: expected an end at once on the same instance");
        times.push(until(&format!("round {round}, {end:?}: shut out there as well"), || {
            two.get(&user, ME).status == 401
        }));
        // It does not come back.
        assert_eq!([one, two].map(|instance| instance.get(&user, ME).status), [401, 401], "round {round}, {end:?}");
    }
    report(what, times);
}

fn signed_in_twice(mint: &mut Mint) -> (Session, Session) {
    let email = unique_email();
    let user = mint.person_called(&email, Role::ApplicationAccess);
    let other = mint.session(user.user_id.expect("an account"), &email);
    (user, other)
}

#[test]
fn with_nothing_but_the_database() {
    end_sessions("revocation over PostgreSQL", &mut Between::Nothing, |_, _| {});
}

#[test]
fn with_a_shared_cache() {
    end_sessions("revocation with Valkey", &mut Between::Valkey(CacheServer::start()), |_, _| {});
}

#[test]
fn with_a_shared_cache_that_is_wiped() {
    end_sessions("revocation with Valkey wiped", &mut Between::Valkey(CacheServer::start()), |_, between| {
        let Between::Valkey(cache) = between else { panic!("there is a cache") };
        cache.wipe();
    });
}

#[test]
fn with_a_shared_cache_that_goes_away() {
    end_sessions("revocation with Valkey gone", &mut Between::Valkey(CacheServer::start()), |round, between| {
        let Between::Valkey(cache) = between else { panic!("there is a cache") };
        if round == 2 {
            cache.stop();
        }
    });
}

/// What is said over another connection can come before the commit, or be lost after it.
#[test]
fn every_end_is_announced_by_its_transaction() {
    let app = App::start();
    let mut mint = app.mint();
    let superuser = mint.person(Role::Superuser);
    for end in [
        End::Logout,
        End::OwnSession,
        End::OtherSessions,
        End::Deactivation,
        End::Deletion,
        End::PasswordChange,
        End::PasswordReset,
        End::Leave,
    ] {
        let (user, other) = signed_in_twice(&mut mint);
        let mut announcements = Announcements::of(&app.database);
        let (who, request) = end.request(&user, &other, &superuser);
        let answer = app.send_as(&who, request);
        assert!((200..300).contains(&answer.status), "{end:?}: {}", answer.text());
        let id = user.session_id.expect("a session").to_string();
        let sender = announcements.sender_about(&id).unwrap_or_else(|| panic!("{end:?}: nobody was told"));
        // The channel itself has another name.
        let sql = "SELECT application_name FROM pg_stat_activity WHERE pid = $1";
        let sender: String = mint.database.query_one(sql, &[&sender]).expect("the connection is kept").get(0);
        assert_eq!(sender, "irontrack", "{end:?}: announced by somebody else than the transaction");
    }
}

#[test]
fn rights_change_on_tokens_that_exist() {
    let _turn = alone();
    for mut between in [Between::Nothing, Between::Valkey(CacheServer::start())] {
        let instances = between.start();
        let mut mint = instances[0].mint();
        let superuser = mint.person(Role::Superuser);
        let user = mint.person(Role::ApplicationAccess);
        let may = |instance: &App| match instance.get(&user, "/api/v1/users").status {
            200 => true,
            403 => false,
            status => panic!("expected 200 or 403, found {status}"),
        };
        let mut times: Vec<Duration> = Vec::new();
        for round in 0..rounds(20) {
            assert_eq!(instances.each_ref().map(may), [false, false], "round {round}");
            for (verb, allowed) in [("assign", true), ("revoke", false)] {
                let [one, two] = if round % 2 == 0 { [0, 1] } else { [1, 0] }.map(|i: usize| &instances[i]);
                let path = format!("/api/v1/roles/{}/{verb}", user.email);
                let request = Request::new("PATCH", &path).json(&json!({"roleSlug": "superuser"}));
                let answer = one.send_as(&superuser, request);
                assert_eq!(answer.status, 200, "{}", answer.text());
                assert_eq!(may(one), allowed, "round {round}, {verb}: expected at once on the same instance");
                times.push(until(&format!("round {round}, {verb} counts there as well"), || may(two) == allowed));
            }
        }
        report("change of rights", times);
        if let Between::Valkey(cache) = &mut between {
            cache.stop();
        }
    }
}
