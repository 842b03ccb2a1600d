//! Taking access away, and giving it up.

use serde_json::json;
use uuid::Uuid;

use super::{Kind, revoke};
use crate::gym::{Gym, mistakes, refused, tag, user};

#[test]
fn the_owner_takes_a_grant_away() {
    let mut gym = Gym::open();
    let [owner, reader, stranger] = gym.people();
    for kind in Kind::BOTH {
        let (id, path) = kind.make(&mut gym, owner.user_id, "shared");
        kind.give(&mut gym, id, &reader, "read");
        refused(&revoke(&gym, &owner, &path, &stranger), 404, "Access not found");
        refused(&revoke(&gym, &owner, &path, &owner), 404, "Access not found");
        let nobody = gym.ask(&owner, "DELETE", &format!("{path}/access/{}", Uuid::now_v7()));
        refused(&nobody, 404, "Access not found");
        assert_eq!(mistakes(&gym.ask(&owner, "DELETE", &format!("{path}/access/x"))), "{user_id}");
        gym.read(&reader, &path);
        let answer = revoke(&gym, &owner, &path, &reader);
        assert_eq!((answer.status, answer.body.len()), (204, 0), "{kind:?}");
        assert_eq!(tag(&answer), tag(&gym.ask(&owner, "GET", &path)), "{kind:?}");
        refused(&gym.ask(&reader, "GET", &path), 404, kind.not_found());
        refused(&revoke(&gym, &owner, &path, &reader), 404, "Access not found");
        assert_eq!(gym.read(&owner, &format!("{path}/access")), json!([]));
    }
    gym.close();
}

#[test]
fn grantees_give_up_their_own_grant_only() {
    let mut gym = Gym::open();
    let [owner, writer, reader, stranger] = gym.people();
    for kind in Kind::BOTH {
        let (id, path) = kind.make(&mut gym, owner.user_id, "shared");
        kind.give(&mut gym, id, &writer, "write");
        kind.give(&mut gym, id, &reader, "read");
        refused(&revoke(&gym, &writer, &path, &reader), 403, kind.forbidden());
        refused(&revoke(&gym, &reader, &path, &writer), 403, kind.forbidden());
        refused(&revoke(&gym, &writer, &path, &owner), 403, kind.forbidden());
        refused(&revoke(&gym, &stranger, &path, &reader), 404, kind.not_found());
        refused(&revoke(&gym, &stranger, &path, &stranger), 404, kind.not_found());
        for who in [&writer, &reader] {
            assert_eq!(revoke(&gym, who, &path, who).status, 204, "{kind:?}");
            refused(&gym.ask(who, "GET", &path), 404, kind.not_found());
            refused(&revoke(&gym, who, &path, who), 404, kind.not_found());
        }
        assert_eq!(gym.read(&owner, &format!("{path}/access")), json!([]), "{kind:?}");
    }
    gym.close();
}

#[test]
fn after_giving_up_a_public_one_it_is_read_like_by_everybody() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    for kind in Kind::BOTH {
        let (id, path) = kind.make(&mut gym, owner.user_id, "public");
        kind.give(&mut gym, id, &writer, "write");
        assert_eq!(gym.read(&writer, &path)["myAccess"], "write");
        assert_eq!(revoke(&gym, &writer, &path, &writer).status, 204);
        assert_eq!(gym.read(&writer, &path)["myAccess"], "read");
        refused(&gym.send(&writer, "PATCH", &path, &json!({"description": "x"})), 403, kind.forbidden());
    }
    gym.close();
}

#[test]
fn a_grant_of_an_ownerless_one_can_be_given_up() {
    let mut gym = Gym::open();
    let [writer, reader] = gym.people();
    for kind in Kind::BOTH {
        let (id, path) = kind.make(&mut gym, None, "shared");
        kind.give(&mut gym, id, &writer, "write");
        kind.give(&mut gym, id, &reader, "read");
        refused(&revoke(&gym, &writer, &path, &reader), 403, kind.forbidden());
        assert_eq!(gym.change(&writer, "PATCH", &path, &json!({"description": "x"}))["myAccess"], "write");
        assert_eq!(revoke(&gym, &reader, &path, &reader).status, 204);
        refused(&gym.ask(&reader, "GET", &path), 404, kind.not_found());
    }
    gym.close();
}

/// Rights are asked for with every request.
#[test]
fn a_level_that_is_lowered_counts_at_once() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    for kind in Kind::BOTH {
        let (id, path) = kind.make(&mut gym, owner.user_id, "shared");
        kind.give(&mut gym, id, &writer, "write");
        gym.change(&writer, "PATCH", &path, &json!({"description": "x"}));
        gym.change(&owner, "PUT", &format!("{path}/access"), &json!({"email": writer.email, "accessLevel": "read"}));
        refused(&gym.send(&writer, "PATCH", &path, &json!({"description": "y"})), 403, kind.forbidden());
        assert_eq!(gym.read(&owner, &path)["description"], "x");
        assert_eq!(gym.read(&owner, &format!("{path}/access"))[0]["userId"], json!(user(&writer)));
    }
    gym.close();
}
