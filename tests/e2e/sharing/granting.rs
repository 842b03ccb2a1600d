//! Giving access, and changing its level.

use serde_json::{Value, json};

use super::{Kind, grant};
use crate::gym::{Gym, array, expect, keys, mistakes, refused, tag, text, user};

#[test]
fn a_grant_is_answered_as_it_is_listed() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    gym.mint.execute("UPDATE user_account SET name = 'Jo' WHERE id = $1", &[&reader.user_id]);
    for kind in Kind::BOTH {
        let path = kind.create(&gym, &owner, "shared");
        for (sent, status, level) in [
            (json!({"email": reader.email}), 201, "read"),
            (json!({"email": reader.email}), 200, "read"),
            (json!({"email": reader.email, "accessLevel": "write"}), 200, "write"),
            (json!({"email": reader.email}), 200, "write"),
            (json!({"email": reader.email, "accessLevel": null}), 200, "write"),
            (json!({"email": reader.email.to_uppercase(), "access_level": "read"}), 200, "read"),
        ] {
            let answer = grant(&gym, &owner, &path, &sent);
            let entry = expect(&answer, status);
            assert_eq!(keys(&entry), ["accessLevel", "createdAt", "email", "grantedBy", "name", "userId"]);
            for (field, value) in [
                ("userId", json!(user(&reader))),
                ("email", json!(reader.email)),
                ("name", json!("Jo")),
                ("accessLevel", json!(level)),
                ("grantedBy", json!(user(&owner))),
            ] {
                assert_eq!(entry[field], value, "{kind:?} {sent} {field}");
            }
            assert_eq!(gym.read(&owner, &format!("{path}/access")), json!([entry]), "{kind:?} {sent}");
            assert_eq!(gym.read(&reader, &path)["myAccess"], level, "{kind:?} {sent}");
            assert_eq!(
                tag(&answer),
                tag(&gym.ask(&owner, "GET", &path)),
                "the tag is that of the thing that is shared"
            );
        }
    }
    gym.close();
}

#[test]
fn a_first_grant_may_be_for_writing() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    for kind in Kind::BOTH {
        let path = kind.create(&gym, &owner, "shared");
        let entry = expect(&grant(&gym, &owner, &path, &json!({"email": writer.email, "accessLevel": "write"})), 201);
        assert_eq!((&entry["accessLevel"], &entry["name"]), (&json!("write"), &Value::Null));
        let changed = gym.change(&writer, "PATCH", &path, &json!({"description": "x"}));
        assert_eq!(changed["myAccess"], "write");
    }
    gym.close();
}

#[test]
fn who_cannot_be_given_access_is_told_apart() {
    let mut gym = Gym::open();
    let [owner, inactive] = gym.people();
    gym.mint.execute("DELETE FROM user_session WHERE user_id = $1", &[&inactive.user_id]);
    gym.mint.execute("UPDATE user_account SET is_active = false WHERE id = $1", &[&inactive.user_id]);
    for kind in Kind::BOTH {
        let path = kind.create(&gym, &owner, "shared");
        let before = gym.mint.fingerprint();
        for email in [&inactive.email, "nobody@example.com"] {
            refused(&grant(&gym, &owner, &path, &json!({"email": email})), 404, "User not found");
        }
        for email in [owner.email.clone(), owner.email.to_uppercase()] {
            let detail = "You cannot share a resource with yourself";
            refused(&grant(&gym, &owner, &path, &json!({"email": email})), 400, detail);
        }
        for (sent, wrong) in [
            (json!({}), "/email"),
            (json!({"email": null}), "/email"),
            (json!({"email": "jo"}), "/email"),
            (json!({"email": 7}), "/email"),
            (json!({"email": owner.email, "accessLevel": "owner"}), "/accessLevel"),
            (json!({"email": owner.email, "accessLevel": "Read"}), "/accessLevel"),
            (json!({"email": owner.email, "zz": 1}), "/zz"),
            (json!({"userId": user(&owner)}), "/email /userId"),
            (json!([]), ""),
        ] {
            assert_eq!(mistakes(&grant(&gym, &owner, &path, &sent)), wrong, "{kind:?} {sent}");
        }
        assert_eq!(gym.mint.fingerprint(), before, "{kind:?}");
    }
    gym.close();
}

/// 422 for what the request alone shows, then 404, 403, and only then what is named in it.
#[test]
fn only_the_owner_is_told_about_others() {
    let mut gym = Gym::open();
    let [owner, writer, reader, stranger] = gym.people();
    for kind in Kind::BOTH {
        let (id, path) = kind.make(&mut gym, owner.user_id, "shared");
        kind.give(&mut gym, id, &writer, "write");
        kind.give(&mut gym, id, &reader, "read");
        for who in [&writer, &reader] {
            for email in [&stranger.email, &owner.email, &who.email, "nobody@example.com"] {
                refused(&grant(&gym, who, &path, &json!({"email": email})), 403, kind.forbidden());
            }
            refused(&gym.ask(who, "GET", &format!("{path}/access")), 403, kind.forbidden());
            assert_eq!(mistakes(&grant(&gym, who, &path, &json!({"email": "jo"}))), "/email");
        }
        refused(&grant(&gym, &stranger, &path, &json!({"email": "nobody@example.com"})), 404, kind.not_found());
        refused(&gym.ask(&stranger, "GET", &format!("{path}/access")), 404, kind.not_found());
        assert_eq!(mistakes(&grant(&gym, &stranger, &path, &json!({"email": "jo"}))), "/email");
    }
    gym.close();
}

#[test]
fn there_are_at_most_five_hundred_grants() {
    let mut gym = Gym::open();
    let [owner, one, other] = gym.people();
    gym.mint.execute(
        "INSERT INTO user_account (id, email, password, role_id) SELECT gen_random_uuid(), n || '@example.org', 'x', id \
         FROM role, generate_series(1, 499) n WHERE slug = 'application-access'",
        &[],
    );
    for kind in Kind::BOTH {
        let (id, path) = kind.make(&mut gym, owner.user_id, "shared");
        let table = if matches!(kind, Kind::Unit) { "unit" } else { "plan" };
        let sql = format!(
            "INSERT INTO training_{table}_access (training_{table}_id, user_id, granted_by) \
             SELECT $1, id, $2 FROM user_account WHERE email LIKE '%@example.org'"
        );
        assert_eq!(gym.mint.execute(&sql, &[&id, &owner.user_id]), 499);
        expect(&grant(&gym, &owner, &path, &json!({"email": one.email})), 201);
        let before = gym.mint.fingerprint();
        assert_eq!(grant(&gym, &owner, &path, &json!({"email": other.email})).status, 422, "{kind:?}");
        assert_eq!(gym.mint.fingerprint(), before);
        // One that is there can be changed, and makes room.
        expect(&grant(&gym, &owner, &path, &json!({"email": one.email, "accessLevel": "write"})), 200);
        assert_eq!(array(&gym.read(&owner, &format!("{path}/access"))).len(), 500);
        gym.delete(&owner, &format!("{path}/access/{}", user(&one)));
        expect(&grant(&gym, &owner, &path, &json!({"email": other.email})), 201);
    }
    gym.close();
}

/// The address is looked for as accounts have it, and shown as it is now.
#[test]
fn a_grant_follows_its_account() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    for kind in Kind::BOTH {
        let path = kind.create(&gym, &owner, "private");
        expect(&grant(&gym, &owner, &path, &json!({"email": reader.email})), 201);
        let email = format!("{}.{}", text(&json!(kind.list().trim_start_matches('/'))), reader.email);
        gym.mint.execute("UPDATE user_account SET email = $1 WHERE id = $2", &[&email, &reader.user_id]);
        assert_eq!(gym.read(&owner, &format!("{path}/access"))[0]["email"], json!(email));
        refused(&grant(&gym, &owner, &path, &json!({"email": reader.email})), 404, "User not found");
        expect(&grant(&gym, &owner, &path, &json!({"email": email})), 200);
        gym.mint.execute("UPDATE user_account SET email = $1 WHERE id = $2", &[&reader.email, &reader.user_id]);
    }
    gym.close();
}
