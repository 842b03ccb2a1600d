//! Grants of what is private sleep.

use serde_json::json;

use super::{Kind, grant, revoke};
use crate::gym::{Gym, array, expect, refused};

#[test]
fn a_grant_sleeps_while_the_thing_is_private() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    for kind in Kind::BOTH {
        let path = kind.create(&gym, &owner, "private");
        let sent = json!({"email": writer.email, "accessLevel": "write"});
        let entry = expect(&grant(&gym, &owner, &path, &sent), 201);
        for (status, awake) in [("private", false), ("shared", true), ("private", false), ("public", true)] {
            gym.change(&owner, "PATCH", &path, &json!({"sharingStatus": status}));
            assert_eq!(gym.read(&owner, &format!("{path}/access")), json!([entry]), "{kind:?} {status}: it is listed");
            if awake {
                assert_eq!(gym.read(&writer, &path)["myAccess"], "write", "{kind:?} {status}");
                continue;
            }
            let before = gym.mint.fingerprint();
            refused(&gym.ask(&writer, "GET", &path), 404, kind.not_found());
            refused(&gym.send(&writer, "PATCH", &path, &json!({"description": "x"})), 404, kind.not_found());
            refused(&gym.ask(&writer, "DELETE", &path), 404, kind.not_found());
            refused(&revoke(&gym, &writer, &path, &writer), 404, kind.not_found());
            assert_eq!(gym.mint.fingerprint(), before);
        }
    }
    gym.close();
}

#[test]
fn it_can_be_changed_and_taken_away_asleep() {
    let mut gym = Gym::open();
    let [owner, one, other] = gym.people();
    for kind in Kind::BOTH {
        let path = kind.create(&gym, &owner, "private");
        for who in [&one, &other] {
            expect(&grant(&gym, &owner, &path, &json!({"email": who.email})), 201);
        }
        expect(&grant(&gym, &owner, &path, &json!({"email": one.email, "accessLevel": "write"})), 200);
        assert_eq!(revoke(&gym, &owner, &path, &other).status, 204);
        gym.change(&owner, "PATCH", &path, &json!({"sharingStatus": "shared"}));
        assert_eq!(gym.read(&one, &path)["myAccess"], "write");
        refused(&gym.ask(&other, "GET", &path), 404, kind.not_found());
    }
    gym.close();
}

/// What is shared without a grant, and what is public, in the eyes of those who have none.
#[test]
fn without_a_grant_only_what_is_public_is_there() {
    let mut gym = Gym::open();
    let [owner, stranger] = gym.people();
    for kind in Kind::BOTH {
        for (status, is_there) in [("private", false), ("shared", false), ("public", true)] {
            let path = kind.create(&gym, &owner, status);
            let answer = gym.ask(&stranger, "GET", &path);
            if is_there {
                assert_eq!(expect(&answer, 200)["myAccess"], "read", "{kind:?}");
                refused(&gym.send(&stranger, "PATCH", &path, &json!({"name": "x"})), 403, kind.forbidden());
            } else {
                refused(&answer, 404, kind.not_found());
                refused(&gym.send(&stranger, "PATCH", &path, &json!({"name": "x"})), 404, kind.not_found());
            }
        }
        assert_eq!(array(&gym.read(&stranger, &format!("{}?scope=shared", kind.list()))["items"]).len(), 0);
    }
    gym.close();
}

/// A body that names the sharing status asks for what only the owner may, whatever else it names.
#[test]
fn a_writer_who_names_the_sharing_status_changes_nothing() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    for kind in Kind::BOTH {
        let (id, path) = kind.make(&mut gym, owner.user_id, "shared");
        kind.give(&mut gym, id, &writer, "write");
        let before = gym.mint.fingerprint();
        for status in ["private", "shared", "public"] {
            let sent = json!({"name": "x", "sharingStatus": status});
            refused(&gym.send(&writer, "PATCH", &path, &sent), 403, kind.forbidden());
        }
        assert_eq!(gym.mint.fingerprint(), before);
        assert_eq!(gym.change(&writer, "PATCH", &path, &json!({"name": "x"}))["name"], "x");
    }
    gym.close();
}
