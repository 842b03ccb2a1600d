//! Lists of plans.

use irontrack_domain::account::Role;
use irontrack_tests::harness::Session;
use serde_json::json;
use uuid::Uuid;

use super::{planned, units};
use crate::gym::{Gym, array, keys, mistakes, texts, user};

fn named(gym: &mut Gym, owner: Option<Uuid>, status: &str, name: &str) -> Uuid {
    let id = gym.mint.training_plan(owner, status);
    gym.mint.execute("UPDATE training_plans SET name = $1 WHERE id = $2", &[&name, &id]);
    id
}

fn found(gym: &Gym, who: &Session, query: &str) -> Vec<String> {
    let page = gym.read(who, &format!("/training-plans?{query}"));
    let names = texts(&array(&page["items"]), "name");
    assert_eq!(page["total"], json!(names.len()), "{query}");
    names
}

#[test]
fn a_scope_holds_what_it_says() {
    let mut gym = Gym::open();
    let [me, other] = gym.people();
    for status in ["private", "shared", "public"] {
        named(&mut gym, me.user_id, status, &format!("mine {status}"));
        named(&mut gym, other.user_id, status, &format!("theirs {status}"));
        let granted = named(&mut gym, other.user_id, status, &format!("granted {status}"));
        gym.mint.plan_access(granted, user(&me), "write");
    }
    named(&mut gym, None, "public", "ownerless public");
    let granted = named(&mut gym, None, "shared", "ownerless shared granted");
    gym.mint.plan_access(granted, user(&me), "read");
    named(&mut gym, None, "shared", "ownerless shared");
    let own = ["mine private", "mine public", "mine shared"];
    let shared = ["granted public", "granted shared", "ownerless shared granted"];
    let public = ["granted public", "ownerless public", "theirs public"];
    let mut all: Vec<_> = own.into_iter().chain(shared).chain(public).collect();
    all.sort_unstable();
    all.dedup();
    for (scope, expected) in
        [("", &own[..]), ("scope=own", &own), ("scope=shared", &shared), ("scope=public", &public), ("scope=all", &all)]
    {
        assert_eq!(found(&gym, &me, scope), expected, "{scope}");
    }
    for item in gym.items(&me, "/training-plans?scope=all&pageSize=100") {
        let name = item["name"].as_str().unwrap_or_default();
        let access = match name {
            name if name.starts_with("mine") => "owner",
            name if name.starts_with("granted") => "write",
            _ => "read",
        };
        assert_eq!(
            (&item["myAccess"], item["createdBy"].is_null()),
            (&json!(access), name.starts_with("ownerless")),
            "{name}"
        );
    }
    // Nobody sees more because of their role.
    for role in [Role::FitnessTrainer, Role::Superuser] {
        let who = gym.mint.person(role);
        let all = ["granted public", "mine public", "ownerless public", "theirs public"];
        assert_eq!(found(&gym, &who, "scope=all"), all, "{role:?}");
        for scope in ["scope=own", "scope=shared"] {
            assert_eq!(found(&gym, &who, scope), [""; 0], "{role:?} {scope}");
        }
    }
    gym.close();
}

#[test]
fn items_count_units_and_days() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let [legs, arms] = units(&mut gym, &owner, ["Legs", "Arms"]);
    let (_, path) = planned(&mut gym, &owner, "private", &[(legs, 3), (legs, 3), (arms, 3), (arms, 10), (legs, 700)]);
    gym.change(&owner, "PATCH", &path, &json!({"name": "Long", "description": "x"}));
    named(&mut gym, owner.user_id, "private", "Empty");
    let items = gym.items(&owner, "/training-plans");
    let of_item = [
        "createdAt",
        "createdBy",
        "dayCount",
        "description",
        "difficultyLevel",
        "id",
        "lengthDays",
        "myAccess",
        "name",
        "sharingStatus",
        "unitCount",
        "updatedAt",
    ];
    assert_eq!(keys(&items[0]), of_item);
    let counts = |n: usize| ["unitCount", "dayCount", "lengthDays"].map(|field| items[n][field].clone());
    assert_eq!(
        (texts(&items, "name"), counts(0), counts(1)),
        (vec!["Empty".into(), "Long".into()], [0, 0, 0].map(|n| json!(n)), [5, 3, 700].map(|n| json!(n)))
    );
    let page = gym.read(&owner, "/training-plans?pageSize=1&currentPage=2");
    assert_eq!((&page["limit"], &page["offset"], &page["total"]), (&json!(1), &json!(1), &json!(2)));
    assert_eq!(gym.ask(&owner, "GET", "/training-plans").header("etag"), None, "lists have no tag");
    gym.close();
}

#[test]
fn filters_and_orders_combine() {
    let mut gym = Gym::open();
    let [me, other] = gym.people();
    let [squat, press] = [(); 2].map(|()| gym.mint.exercise(None));
    let [legs, both] = units(&mut gym, &me, ["Legs", "Both"]);
    gym.mint.unit_entry(legs, squat);
    gym.mint.unit_entry(both, squat);
    gym.mint.unit_entry(both, press);
    let [theirs] = units(&mut gym, &other, ["Theirs"]);
    gym.mint.unit_entry(theirs, squat);
    for (owner, status, name, level, of_plan) in [
        (&me, "private", "100% Summer", "beginner", &[legs, legs][..]),
        (&me, "private", "summer_2", "expert", &[both]),
        (&me, "public", "Winter", "expert", &[legs, both]),
        (&me, "private", "Empty", "beginner", &[]),
        (&other, "public", "Their summer", "expert", &[theirs]),
        (&other, "private", "Hidden summer", "expert", &[theirs]),
    ] {
        let id = named(&mut gym, owner.user_id, status, name);
        let sql = "UPDATE training_plans SET difficulty_level = $1::text::difficulty_level_enum WHERE id = $2";
        gym.mint.execute(sql, &[&level, &id]);
        for unit in of_plan {
            gym.mint.plan_unit(id, *unit, 1);
        }
    }
    for (query, expected) in [
        ("searchString=SUMMER".to_owned(), &["100% Summer", "summer_2"][..]),
        ("searchString=%25".to_owned(), &["100% Summer"]),
        ("searchString=summer&scope=all&difficultyLevel=expert".to_owned(), &["summer_2", "Their summer"]),
        ("difficulty_level=beginner".to_owned(), &["100% Summer", "Empty"]),
        ("difficultyLevel=intermediate".to_owned(), &[]),
        (format!("exerciseId={squat}"), &["100% Summer", "summer_2", "Winter"]),
        (format!("exerciseId={press}&scope=all"), &["summer_2", "Winter"]),
        (format!("exerciseId={squat}&scope=public&difficultyLevel=expert"), &["Their summer"]),
        (format!("exerciseId={}", Uuid::now_v7()), &[]),
        ("orderBy=createdAt&sortOrder=desc".to_owned(), &["Empty", "Winter", "summer_2", "100% Summer"]),
        ("orderBy=name&sortOrder=desc".to_owned(), &["Winter", "summer_2", "Empty", "100% Summer"]),
    ] {
        assert_eq!(found(&gym, &me, &query), expected, "{query}");
    }
    for (query, wrong) in [
        ("scope=x", "?scope"),
        ("difficultyLevel=hard", "?difficultyLevel"),
        ("exerciseId=7", "?exerciseId"),
        ("orderBy=difficultyLevel", "?orderBy"),
        ("pageSize=101", "?pageSize"),
        ("currentPage=0", "?currentPage"),
        ("zz=1", "?zz"),
    ] {
        assert_eq!(mistakes(&gym.ask(&me, "GET", &format!("/training-plans?{query}"))), wrong, "{query}");
    }
    gym.close();
}
