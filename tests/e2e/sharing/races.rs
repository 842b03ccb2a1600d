//! Granting while others grant, revoke and delete.

use irontrack_domain::account::Role;
use serde_json::json;

use super::Kind;
use crate::{
    gym::{Gym, array, request, user},
    races::{at_once, statuses},
};

#[test]
fn of_many_equal_grants_one_is_new() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    for kind in Kind::BOTH {
        let path = format!("{}/access", kind.create(&gym, &owner, "shared"));
        let level = |n: usize| if n.is_multiple_of(2) { "read" } else { "write" };
        let sent = |n: usize| json!({"email": reader.email, "accessLevel": level(n)});
        let requests: Vec<_> = (0..20).map(|n| (owner.clone(), request("PUT", &path).json(&sent(n)))).collect();
        let seen = statuses(&at_once(&gym.app, &requests));
        assert_eq!(seen, [[200; 19].as_slice(), &[201]].concat(), "{kind:?}");
        assert_eq!(array(&gym.read(&owner, &path)).len(), 1);
    }
    gym.close();
}

#[test]
fn the_limit_holds_against_many() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let people = gym.people::<12>();
    gym.mint.execute(
        "INSERT INTO user_account (id, email, password, role_id) SELECT gen_random_uuid(), n || '@example.org', 'x', id \
         FROM role, generate_series(1, 496) n WHERE slug = 'application-access'",
        &[],
    );
    let (id, path) = Kind::Unit.make(&mut gym, owner.user_id, "shared");
    let sql = "INSERT INTO training_unit_access (training_unit_id, user_id, granted_by) \
               SELECT $1, id, $2 FROM user_account WHERE email LIKE '%@example.org'";
    gym.mint.execute(sql, &[&id, &owner.user_id]);
    let grant = |email: &str| request("PUT", &format!("{path}/access")).json(&json!({"email": email}));
    let requests: Vec<_> = people.iter().map(|person| (owner.clone(), grant(&person.email))).collect();
    let seen = statuses(&at_once(&gym.app, &requests));
    assert_eq!(seen, [[201; 4].as_slice(), &[422; 8]].concat());
    gym.close();
}

#[test]
fn granting_meets_the_end_of_the_account() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let superuser = gym.mint.person(Role::Superuser);
    for kind in Kind::BOTH {
        for _ in 0..4 {
            let reader = gym.person();
            let path = format!("{}/access", kind.create(&gym, &owner, "shared"));
            let grant = request("PUT", &path).json(&json!({"email": reader.email}));
            let end = request("DELETE", &format!("/users/{}", user(&reader)));
            let requests = [(owner.clone(), grant.clone()), (superuser.clone(), end), (owner.clone(), grant)];
            let answers = at_once(&gym.app, &requests);
            assert_eq!(answers[1].status, 204, "{}", answers[1].text());
            for answer in [&answers[0], &answers[2]] {
                assert!([200, 201, 404].contains(&answer.status), "{kind:?}: {}", answer.text());
            }
            assert_eq!(gym.read(&owner, &path), json!([]), "{kind:?}");
        }
    }
    gym.close();
}

/// Whoever writes while the grant goes has either written before, or is refused.
#[test]
fn writing_meets_being_revoked() {
    let mut gym = Gym::open();
    let [owner, writer] = gym.people();
    for kind in Kind::BOTH {
        for _ in 0..4 {
            let (id, path) = kind.make(&mut gym, owner.user_id, "shared");
            kind.give(&mut gym, id, &writer, "write");
            let write = (writer.clone(), request("PATCH", &path).json(&json!({"description": "written"})));
            let revoke = (owner.clone(), request("DELETE", &format!("{path}/access/{}", user(&writer))));
            let answers = at_once(&gym.app, &[write, revoke]);
            assert_eq!(answers[1].status, 204, "{}", answers[1].text());
            assert!([200, 404].contains(&answers[0].status), "{}", answers[0].text());
            let is_written = gym.read(&owner, &path)["description"] == "written";
            assert_eq!(is_written, answers[0].status == 200, "{kind:?}");
        }
    }
    gym.close();
}
