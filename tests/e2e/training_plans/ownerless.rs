//! Plans whose owner is gone.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};

use super::schedule;
use crate::gym::{Gym, plan, refused, unit, user};

const FORBIDDEN: &str = "You do not have permission to change this training plan";

#[test]
fn only_the_units_of_an_ownerless_plan_can_be_scheduled_in_it() {
    let mut gym = Gym::open();
    let [writer, other] = gym.people();
    let id = gym.mint.training_plan(None, "shared");
    gym.mint.plan_access(id, user(&writer), "write");
    let [inside, elsewhere] = ["private", "public"].map(|status| gym.mint.training_unit(None, status));
    let entry = gym.mint.plan_unit(id, inside, 1);
    let own = gym.mint.training_unit(writer.user_id, "private");
    let theirs = gym.mint.training_unit(other.user_id, "public");
    let hidden = gym.mint.training_unit(other.user_id, "private");
    let path = plan(id);
    let before = gym.mint.fingerprint();
    for foreign in [own, theirs, elsewhere] {
        for (method, sent) in [
            ("POST", bodies::plan_unit(foreign, 1)),
            ("PUT", json!({"units": [bodies::plan_unit(inside, 1), bodies::plan_unit(foreign, 1)]})),
        ] {
            let answer = gym.send(&writer, method, &format!("{path}/units"), &sent);
            assert_eq!(answer.status, 409, "{method}: {}", answer.text());
        }
    }
    let unreadable = gym.send(&writer, "POST", &format!("{path}/units"), &bodies::plan_unit(hidden, 1));
    refused(&unreadable, 404, "Training unit not found");
    assert_eq!(gym.mint.fingerprint(), before);
    let added = gym.create(&writer, &format!("{path}/units"), &bodies::plan_unit(inside, 3));
    assert_eq!(added["trainingUnitId"], json!(inside), "its own one is not copied");
    gym.change(&writer, "PATCH", &format!("{path}/units/{entry}"), &json!({"dayNumber": 3}));
    let list = json!({"units": [bodies::plan_unit(inside, 1), bodies::plan_unit(inside, 2)]});
    let whole = gym.change(&writer, "PUT", &format!("{path}/units"), &list);
    assert_eq!(schedule(&whole).len(), 2);
    gym.delete(&writer, &format!("{path}/units/{}", whole["units"][0]["id"]));
    gym.close();
}

#[test]
fn nobody_manages_it_and_writers_change_it() {
    let mut gym = Gym::open();
    let [writer, reader, stranger] = gym.people();
    let id = gym.mint.training_plan(None, "public");
    gym.mint.plan_access(id, user(&writer), "write");
    gym.mint.plan_access(id, user(&reader), "read");
    let path = plan(id);
    let changed = gym.change(&writer, "PATCH", &path, &json!({"name": "Ours", "difficultyLevel": "expert"}));
    assert_eq!((&changed["createdBy"], &changed["myAccess"]), (&Value::Null, &json!("write")));
    for who in [&writer, &reader, &stranger] {
        refused(&gym.send(who, "PATCH", &path, &json!({"sharingStatus": "shared"})), 403, FORBIDDEN);
        refused(&gym.ask(who, "DELETE", &path), 403, FORBIDDEN);
        refused(&gym.ask(who, "GET", &format!("{path}/access")), 403, FORBIDDEN);
        refused(&gym.send(who, "PUT", &format!("{path}/access"), &json!({"email": stranger.email})), 403, FORBIDDEN);
    }
    for who in [&reader, &stranger] {
        refused(&gym.send(who, "PATCH", &path, &json!({"name": "Mine"})), 403, FORBIDDEN);
        assert_eq!(gym.read(who, &path)["createdBy"], Value::Null);
    }
    // Names are unique for an owner only.
    let twin = gym.mint.training_plan(None, "shared");
    gym.mint.plan_access(twin, user(&writer), "write");
    gym.change(&writer, "PATCH", &plan(twin), &json!({"name": "Ours"}));
    gym.delete(&reader, &format!("{path}/access/{}", user(&reader)));
    gym.close();
}

#[test]
fn a_copy_has_an_owner_again() {
    let mut gym = Gym::open();
    let reader = gym.person();
    let id = gym.mint.training_plan(None, "public");
    let inside = gym.mint.training_unit(None, "private");
    gym.mint.plan_unit(id, inside, 1);
    let copy = gym.create(&reader, &format!("{}/copy", plan(id)), &json!({}));
    assert_eq!((&copy["createdBy"], &copy["myAccess"]), (&json!(user(&reader)), &json!("owner")));
    let made = gym.read(&reader, &unit(crate::gym::text(&copy["units"][0]["trainingUnitId"])));
    assert_eq!(made["createdBy"], json!(user(&reader)));
    gym.close();
}
