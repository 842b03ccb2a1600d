//! Lists of units.

use irontrack_domain::account::Role;
use irontrack_tests::harness::{Session, bodies};
use serde_json::json;
use uuid::Uuid;

use crate::gym::{Gym, array, keys, mistakes, text, texts, under, unit, user};

/// A unit of that name.
fn named(gym: &mut Gym, owner: Option<Uuid>, status: &str, name: &str) -> Uuid {
    let id = gym.mint.training_unit(owner, status);
    gym.mint.execute("UPDATE training_units SET name = $1 WHERE id = $2", &[&name, &id]);
    id
}

/// Every kind of unit that there is for somebody; the names say which.
fn everything(gym: &mut Gym) -> (Session, Session) {
    let [me, other] = gym.people();
    for status in ["private", "shared", "public"] {
        named(gym, me.user_id, status, &format!("mine {status}"));
        named(gym, other.user_id, status, &format!("theirs {status}"));
        for level in ["read", "write"] {
            let id = named(gym, other.user_id, status, &format!("granted {status} {level}"));
            gym.mint.unit_access(id, user(&me), level);
        }
    }
    for status in ["shared", "public"] {
        let granted = named(gym, None, status, &format!("ownerless {status} granted"));
        gym.mint.unit_access(granted, user(&me), "write");
        named(gym, None, status, &format!("ownerless {status}"));
    }
    // Readable through a plan, and in no list all the same.
    let schedule = gym.mint.training_plan(other.user_id, "public");
    let id = named(gym, other.user_id, "private", "scheduled");
    gym.mint.plan_unit(schedule, id, 1);
    (me, other)
}

#[test]
fn a_scope_holds_what_it_says() {
    let mut gym = Gym::open();
    let (me, _) = everything(&mut gym);
    let own = ["mine private", "mine public", "mine shared"];
    let shared = [
        "granted public read",
        "granted public write",
        "granted shared read",
        "granted shared write",
        "ownerless public granted",
        "ownerless shared granted",
    ];
    let public = [
        "granted public read",
        "granted public write",
        "ownerless public",
        "ownerless public granted",
        "theirs public",
    ];
    let mut all: Vec<_> = own.into_iter().chain(shared).chain(public).collect();
    all.sort_unstable();
    all.dedup();
    for (scope, expected) in [
        ("", &own[..]),
        ("scope=own&", &own),
        ("scope=shared&", &shared),
        ("scope=public&", &public),
        ("scope=all&", &all),
    ] {
        let page = gym.read(&me, &format!("/training-units?{scope}pageSize=100"));
        let items = array(&page["items"]);
        assert_eq!(texts(&items, "name"), expected, "{scope}");
        assert_eq!(page["total"], json!(expected.len()), "{scope}");
        for item in items {
            let name = item["name"].as_str().unwrap_or_default();
            let access = match name {
                name if name.starts_with("mine") => "owner",
                name if name.ends_with("write") || name.ends_with("granted") => "write",
                _ => "read",
            };
            assert_eq!(item["myAccess"], access, "{name}");
            assert_eq!(item["createdBy"].is_null(), name.starts_with("ownerless"), "{name}");
            assert!(gym.read(&me, &unit(text(&item["id"])))["exercises"].is_array(), "{name}");
        }
    }
    // Nobody sees more because of their role.
    for role in [Role::FitnessTrainer, Role::Superuser] {
        let who = gym.mint.person(role);
        let names =
            |scope: &str| texts(&gym.items(&who, &format!("/training-units?scope={scope}&pageSize=100")), "name");
        let mut all = public.to_vec();
        all.push("mine public");
        all.sort_unstable();
        assert_eq!(names("all"), all, "{role:?}");
        assert_eq!((names("own"), names("shared")), (vec![], vec![]), "{role:?}");
    }
    gym.close();
}

#[test]
fn a_page_has_its_envelope_and_items_count_their_entries() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let exercise = gym.mint.exercise(None);
    for n in 0..25 {
        let sent = json!({"name": format!("unit {n:02}"), "exercises": vec![bodies::unit_entry(exercise); n % 3]});
        gym.create(&owner, "/training-units", &sent);
    }
    let first = gym.read(&owner, "/training-units");
    assert_eq!(keys(&first), ["items", "limit", "offset", "total"]);
    assert_eq!((&first["limit"], &first["offset"], &first["total"]), (&json!(20), &json!(0), &json!(25)));
    assert_eq!(first["items"].as_array().map(Vec::len), Some(20));
    let last = gym.read(&owner, "/training-units?currentPage=3&pageSize=10");
    assert_eq!((&last["limit"], &last["offset"], &last["total"]), (&json!(10), &json!(20), &json!(25)));
    let items = array(&last["items"]);
    assert_eq!(texts(&items, "name"), ["unit 20", "unit 21", "unit 22", "unit 23", "unit 24"]);
    let counts: Vec<_> = items.iter().map(|item| item["exerciseCount"].clone()).collect();
    assert_eq!(counts, [2, 0, 1, 2, 0]);
    let fields = [
        "createdAt",
        "createdBy",
        "description",
        "exerciseCount",
        "id",
        "myAccess",
        "name",
        "sharingStatus",
        "updatedAt",
    ];
    assert_eq!(keys(&items[0]), fields);
    let beyond = gym.read(&owner, "/training-units?currentPage=99&page_size=100");
    assert_eq!((&beyond["items"], &beyond["total"]), (&json!([]), &json!(25)));
    let answer = gym.ask(&owner, "GET", "/training-units");
    assert_eq!(answer.header("etag"), None, "lists have no tag");
    gym.close();
}

#[test]
fn orders_are_complete() {
    let mut gym = Gym::open();
    let owner = gym.person();
    let mut ids = Vec::new();
    for (name, created, updated) in
        [("beta", 3, 1), ("Alpha", 1, 2), ("alpha 2", 2, 2), ("Ärger", 1, 3), ("Gamma", 1, 4)]
    {
        let id = named(&mut gym, owner.user_id, "private", name);
        let sql = "UPDATE training_units SET created_at = '2026-11-20Z'::timestamptz + $1 * interval '1 day', \
                   updated_at = '2026-11-20Z'::timestamptz + $2 * interval '1 day' WHERE id = $3";
        gym.mint.execute(sql, &[&f64::from(created), &f64::from(updated), &id]);
        ids.push(id);
    }
    for (query, expected) in [
        ("", ["Alpha", "alpha 2", "beta", "Gamma", "Ärger"]),
        ("orderBy=name", ["Alpha", "alpha 2", "beta", "Gamma", "Ärger"]),
        ("sortOrder=desc", ["Ärger", "Gamma", "beta", "alpha 2", "Alpha"]),
        ("orderBy=createdAt", ["Alpha", "Ärger", "Gamma", "alpha 2", "beta"]),
        ("orderBy=updatedAt", ["beta", "Alpha", "alpha 2", "Ärger", "Gamma"]),
        ("order_by=updatedAt&sort_order=desc", ["Gamma", "Ärger", "Alpha", "alpha 2", "beta"]),
    ] {
        assert_eq!(gym.names(&owner, &format!("/training-units?{query}")), expected, "{query}");
        let one_by_one: Vec<_> = (1..=5)
            .flat_map(|page| gym.names(&owner, &format!("/training-units?{query}&pageSize=1&currentPage={page}")))
            .collect();
        assert_eq!(one_by_one, expected, "{query}, one by one");
    }
    gym.close();
}

#[test]
fn filters_combine() {
    let mut gym = Gym::open();
    let [me, other] = gym.people();
    let [squat, press] = [gym.mint.exercise(None), gym.mint.exercise(other.user_id)];
    for (owner, status, name, exercises) in [
        (&me, "private", "100% Legs", &[squat, squat][..]),
        (&me, "private", "legs_and_arms", &[squat, press]),
        (&me, "public", "Arms \\ back", &[press]),
        (&me, "private", "Rest", &[]),
        (&other, "public", "Their legs", &[press, squat]),
        (&other, "private", "Hidden legs", &[squat]),
    ] {
        let id = named(&mut gym, owner.user_id, status, name);
        for exercise in exercises {
            gym.mint.unit_entry(id, *exercise);
        }
    }
    let unknown = Uuid::now_v7();
    for (query, expected) in [
        ("searchString=LEGS".to_owned(), &["100% Legs", "legs_and_arms"][..]),
        ("searchString=legs&scope=all".to_owned(), &["100% Legs", "legs_and_arms", "Their legs"]),
        ("search_string=%25".to_owned(), &["100% Legs"]),
        ("searchString=_".to_owned(), &["legs_and_arms"]),
        ("searchString=%5C".to_owned(), &["Arms \\ back"]),
        ("searchString=nothing".to_owned(), &[]),
        (format!("exerciseId={squat}"), &["100% Legs", "legs_and_arms"]),
        (format!("exercise_id={press}&scope=all"), &["Arms \\ back", "legs_and_arms", "Their legs"]),
        (format!("exerciseId={press}&searchString=arms&scope=own"), &["Arms \\ back", "legs_and_arms"]),
        (format!("exerciseId={squat}&scope=public"), &["Their legs"]),
        (format!("exerciseId={squat}&scope=shared"), &[]),
        (format!("exerciseId={unknown}&scope=all"), &[]),
    ] {
        let page = gym.read(&me, &format!("/training-units?{query}"));
        assert_eq!(texts(&array(&page["items"]), "name"), expected, "{query}");
        assert_eq!(page["total"], json!(expected.len()), "{query}");
    }
    gym.close();
}

#[test]
fn other_parameters_are_refused() {
    let mut gym = Gym::open();
    let owner = gym.person();
    for (query, wrong) in [
        ("scope=mine", "?scope"),
        ("scope=", "?scope"),
        ("scope=Own", "?scope"),
        ("exerciseId=x", "?exerciseId"),
        ("orderBy=exerciseCount", "?orderBy"),
        ("orderBy=id", "?orderBy"),
        ("sortOrder=up", "?sortOrder"),
        ("currentPage=0", "?currentPage"),
        ("pageSize=0", "?pageSize"),
        ("pageSize=101", "?pageSize"),
        ("searchString=a%00", "?searchString"),
        ("difficultyLevel=beginner", "?difficultyLevel"),
        ("sharingStatus=public", "?sharingStatus"),
        ("zz=1", "?zz"),
        ("scope=x&zz=1&pageSize=x", "?pageSize ?scope ?zz"),
    ] {
        assert_eq!(mistakes(&gym.ask(&owner, "GET", &format!("/training-units?{query}"))), wrong, "{query}");
    }
    gym.close();
}

/// A list asks for the rights of the moment.
#[test]
fn what_is_withdrawn_leaves_the_lists_at_once() {
    let mut gym = Gym::open();
    let [owner, reader] = gym.people();
    let created = gym.create(&owner, "/training-units", &json!({"name": "Unit", "sharingStatus": "shared"}));
    let path = under("/training-units", &created);
    let grant = json!({"email": reader.email});
    let shared = |gym: &Gym| gym.read(&reader, "/training-units?scope=shared")["total"].clone();
    assert_eq!(shared(&gym), 0);
    assert_eq!(gym.send(&owner, "PUT", &format!("{path}/access"), &grant).status, 201);
    for (status, total) in [("private", 0), ("public", 1), ("private", 0), ("shared", 1)] {
        gym.change(&owner, "PATCH", &path, &json!({"sharingStatus": status}));
        assert_eq!(
            (shared(&gym), gym.ask(&reader, "GET", &path).status == 200),
            (json!(total), total == 1),
            "{status}"
        );
    }
    gym.delete(&owner, &format!("{path}/access/{}", user(&reader)));
    assert_eq!(shared(&gym), 0);
    assert!(gym.items(&reader, "/training-units?scope=all").is_empty());
    gym.close();
}
