//! The list of grants.

use irontrack_domain::account::Role;
use serde_json::json;
use uuid::Uuid;

use super::{Kind, grant};
use crate::gym::{Gym, array, expect, texts};

#[test]
fn grants_are_sorted_by_address() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let unique = Uuid::new_v4().simple().to_string();
    let emails = ["b", "A", "c", "B2", "a1"].map(|start| format!("{start}.{unique}@example.com"));
    for email in &emails {
        gym.mint.person_called(email, Role::ApplicationAccess);
    }
    for kind in Kind::BOTH {
        let path = kind.create(&gym, &owner, "shared");
        assert_eq!(gym.read(&owner, &format!("{path}/access")), json!([]));
        for email in &emails {
            expect(&grant(&gym, &owner, &path, &json!({"email": email})), 201);
        }
        let listed = texts(&array(&gym.read(&owner, &format!("{path}/access"))), "email");
        let starts: Vec<_> = listed.iter().filter_map(|email| email.split('.').next()).collect();
        assert_eq!(starts, ["A", "a1", "b", "B2", "c"], "{kind:?}");
    }
    gym.close();
}

#[test]
fn a_list_is_of_one_thing() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    for kind in Kind::BOTH {
        let (id, _) = kind.make(&mut gym, owner.user_id, "shared");
        kind.give(&mut gym, id, &reader, "write");
        let other = kind.create(&gym, &owner, "shared");
        assert_eq!(gym.read(&owner, &format!("{other}/access")), json!([]), "{kind:?}");
        let unknown = gym.ask(&owner, "GET", &format!("{other}/access?zz=1"));
        assert_eq!(crate::gym::mistakes(&unknown), "?zz", "{kind:?}");
    }
    gym.close();
}

/// A deactivated grantee is listed, and has access again when the account has.
#[test]
fn an_inactive_grantee_is_listed() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    for kind in Kind::BOTH {
        let (id, path) = kind.make(&mut gym, owner.user_id, "shared");
        kind.give(&mut gym, id, &reader, "read");
        gym.mint.execute("DELETE FROM user_session WHERE user_id = $1", &[&reader.user_id]);
        gym.mint.execute("UPDATE user_account SET is_active = false WHERE id = $1", &[&reader.user_id]);
        assert_eq!(array(&gym.read(&owner, &format!("{path}/access"))).len(), 1, "{kind:?}");
        gym.mint.execute("UPDATE user_account SET is_active = true WHERE id = $1", &[&reader.user_id]);
    }
    gym.close();
}
