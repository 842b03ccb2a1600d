//! The same key and the same request: the same answer, and one effect.

use irontrack_domain::account::Role;
use irontrack_tests::harness::bodies;
use serde_json::json;

use super::{assert_key_refused, is_replayed, keyed, operations};
use crate::gym::{Gym, expect, refused, request, under, user};

#[test]
fn every_creation_is_answered_again_as_it_was() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for (n, (path, sent)) in operations(&mut gym, &owner).into_iter().enumerate() {
        let request = keyed(&path, &format!("key-{n}"), &sent);
        let first = gym.app.send_as(&owner, request.clone());
        expect(&first, 201);
        assert!(!is_replayed(&first), "{path}");
        let before = gym.mint.fingerprint();
        for _ in 0..2 {
            let again = gym.app.send_as(&owner, request.clone());
            assert!(is_replayed(&again), "{path}: {}", again.text());
            assert_eq!((again.status, &again.body), (201, &first.body), "{path}");
            for header in ["location", "etag", "content-type"] {
                assert_eq!(again.header(header), first.header(header), "{path} {header}");
            }
        }
        assert_eq!(gym.mint.fingerprint(), before, "{path}");
    }
    gym.close();
}

#[test]
fn without_a_key_every_request_creates() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for (path, sent) in operations(&mut gym, &owner) {
        let is_named = sent.get("name").is_some();
        let answers = [(); 2].map(|()| gym.send(&owner, "POST", &path, &sent));
        let statuses = answers.each_ref().map(|answer| answer.status);
        assert_eq!(statuses, if is_named { [201, 409] } else { [201, 201] }, "{path}");
        assert!(!answers.iter().any(is_replayed));
    }
    assert_eq!(gym.count("SELECT count(*) FROM idempotency_keys"), 0);
    gym.close();
}

#[test]
fn the_answer_outlives_what_was_created() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let create = keyed("/training-units", "once", &bodies::training_unit("Short lived"));
    let first = gym.app.send_as(&owner, create.clone());
    let path = under("/training-units", &expect(&first, 201));
    gym.change(&owner, "PATCH", &path, &json!({"name": "Renamed"}));
    assert_eq!(gym.app.send_as(&owner, create.clone()).body, first.body);
    gym.delete(&owner, &path);
    let again = gym.app.send_as(&owner, create);
    assert_eq!((again.status, &again.body, is_replayed(&again)), (201, &first.body, true));
    refused(&gym.ask(&owner, "GET", &path), 404, "Training unit not found");
    gym.close();
}

#[test]
fn a_key_is_for_one_caller_and_not_for_one_session() {
    let mut gym = Gym::open();
    let [one, other] = gym.people();
    let elsewhere = gym.mint.session(user(&one), &one.email);
    let create = keyed("/training-units", "mine", &bodies::training_unit("Unit"));
    let [first, second, third] = [&one, &other, &elsewhere].map(|who| gym.app.send_as(who, create.clone()));
    assert_ne!(expect(&first, 201)["id"], expect(&second, 201)["id"]);
    assert!(!is_replayed(&second));
    assert_eq!((&third.body, is_replayed(&third)), (&first.body, true));
    // Who is not signed in is told so, whatever was answered to others.
    refused(&gym.app.send(&create), 401, "Not authenticated");
    gym.mint.execute("DELETE FROM user_session WHERE id = $1", &[&elsewhere.session_id]);
    irontrack_tests::harness::until(std::time::Duration::from_secs(5), "the session is over", || {
        gym.app.send_as(&elsewhere, create.clone()).status == 401
    });
    gym.close();
}

#[test]
fn another_request_needs_another_key() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let own = crate::gym::unit(gym.mint.training_unit(owner.user_id, "private"));
    let sent = json!({"name": "Unit"});
    expect(&gym.app.send_as(&owner, keyed("/training-units", "key", &sent)), 201);
    let before = gym.mint.fingerprint();
    let text = |text: &str| {
        request("POST", "/training-units").header("Idempotency-Key", "key").body(Some("application/json"), text)
    };
    for other in [
        keyed("/training-units", "key", &json!({"name": "Other"})),
        keyed("/training-units", "key", &json!({"name": "Unit", "description": null})),
        text("{\"name\": \"Unit\"}"),
        keyed(&format!("{own}/copy"), "key", &sent),
        keyed("/training-plans", "key", &bodies::training_plan("Unit")),
    ] {
        assert_key_refused(&gym.app.send_as(&owner, other));
    }
    assert_eq!(gym.mint.fingerprint(), before);
    assert!(is_replayed(&gym.app.send_as(&owner, text("{\"name\":\"Unit\"}"))), "the same bytes");
    expect(&gym.app.send_as(&owner, keyed("/training-units", "KEY", &json!({"name": "Other"}))), 201);
    gym.close();
}

#[test]
fn an_answer_is_kept_for_a_day() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let copy = format!("{}/copy", crate::gym::unit(gym.mint.training_unit(owner.user_id, "private")));
    let send = |gym: &Gym| gym.app.send_as(&owner, keyed(&copy, "key", &json!({})));
    expect(&send(&gym), 201);
    for (age, is_kept) in [("23 hours 59 minutes", true), ("24 hours 1 minute", false)] {
        gym.mint.execute(&format!("UPDATE idempotency_keys SET created_at = now() - interval '{age}'"), &[]);
        let answer = send(&gym);
        assert_eq!((answer.status, is_replayed(&answer)), (201, is_kept), "{age}");
    }
    assert!(is_replayed(&send(&gym)), "it is kept anew");
    gym.mint.execute("UPDATE idempotency_keys SET created_at = now() - interval '25 hours'", &[]);
    expect(&gym.app.send_as(&owner, keyed("/training-units", "key", &bodies::training_unit("Other"))), 201);
    gym.close();
}

#[test]
fn kept_answers_go_with_the_account() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let superuser = gym.mint.person(Role::Superuser);
    expect(&gym.app.send_as(&owner, keyed("/training-units", "key", &bodies::training_unit("Unit"))), 201);
    gym.delete(&superuser, &format!("/users/{}", user(&owner)));
    assert_eq!(gym.count("SELECT count(*) FROM idempotency_keys"), 0);
    gym.close();
}
