//! Lists of sessions in numbered pages.

use irontrack_tests::harness::{Session, bodies};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Track, moment};
use crate::gym::{Gym, array, keys, mistakes, text, texts};

const LIST: &str = "/training-sessions";

const ITEM: [&str; 16] = [
    "createdAt",
    "durationSeconds",
    "endTime",
    "exerciseCount",
    "id",
    "notes",
    "planName",
    "setCount",
    "startTime",
    "status",
    "totalVolumeKg",
    "trainingPlanId",
    "trainingUnitId",
    "unitName",
    "updatedAt",
    "userTimezone",
];

/// The notes of what a list shows.
fn labels(gym: &Gym, who: &Session, query: &str) -> Vec<String> {
    let page = gym.read(who, &format!("{LIST}?{query}"));
    let items = array(&page["items"]);
    assert_eq!(page["total"], json!(items.len()), "{query}");
    texts(&items, "notes")
}

/// A session of that label and start with these exercises.
fn at(track: &Track, label: &str, start: &str, exercises: &[Uuid]) -> String {
    let done: Vec<_> = exercises.iter().map(|id| bodies::session_exercise(*id, "reps", &json!([{}]))).collect();
    track.store(json!({"notes": label, "startTime": start, "exercises": done})).0
}

#[test]
fn filters_combine() {
    let mut track = Track::open();
    let other = track.gym.person();
    let (squat, press) = (track.exercise, track.gym.mint.exercise(track.owner.user_id));
    let owner = track.owner.user_id;
    let [unit, alone] = [(); 2].map(|()| track.gym.mint.training_unit(owner, "private"));
    let plan = track.gym.mint.training_plan(owner, "private");
    track.gym.mint.plan_unit(plan, unit, 1);
    track.gym.mint.unit_entry(unit, squat);
    at(&track, "new", "2025-01-01T10:00:00Z", &[squat, squat]);
    let path = at(&track, "done", "2025-01-02T10:00:00Z", &[squat, press]);
    track.gym.change(&track.owner, "POST", &format!("{path}/finish"), &json!({"endTime": "2025-01-02T11:00:00Z"}));
    let path = at(&track, "left", "2025-01-03T10:00:00Z", &[]);
    track.gym.change(&track.owner, "POST", &format!("{path}/abort"), &json!({"endTime": "2025-01-03T11:00:00Z"}));
    for (label, day, unit, plan) in
        [("of plan", 4, unit, Some(plan)), ("of unit", 5, unit, None), ("of other", 6, alone, None)]
    {
        let start = format!("2025-01-0{day}T10:00:00Z");
        let from = json!({"notes": label, "startTime": start, "trainingUnitId": unit, "trainingPlanId": plan});
        track.store(from);
    }
    track.gym.create(&other, LIST, &bodies::training_session(json!({"startTime": "2025-01-02T10:00:00Z"})));
    let all = ["of other", "of unit", "of plan", "left", "done", "new"];
    for (query, expected) in [
        (String::new(), &all[..]),
        ("orderBy=startTime&sortOrder=desc".to_owned(), &all),
        ("order_by=startTime&sort_order=asc".to_owned(), &["new", "done", "left", "of plan", "of unit", "of other"]),
        ("status=in_progress".to_owned(), &["of other", "of unit", "of plan", "new"]),
        ("status=completed".to_owned(), &["done"]),
        ("status=aborted".to_owned(), &["left"]),
        (format!("trainingPlanId={plan}"), &["of plan"]),
        (format!("training_plan_id={plan}&status=completed"), &[]),
        (format!("trainingUnitId={unit}"), &["of unit", "of plan"]),
        (format!("training_unit_id={unit}&trainingPlanId={plan}"), &["of plan"]),
        (format!("exerciseId={squat}"), &["of unit", "of plan", "done", "new"]),
        (format!("exercise_id={press}"), &["done"]),
        (format!("exerciseId={press}&status=in_progress"), &[]),
        (format!("exerciseId={}", Uuid::now_v7()), &[]),
        (format!("trainingUnitId={}", Uuid::now_v7()), &[]),
        // From is in it, to is not.
        ("from=2025-01-04T10:00:00Z".to_owned(), &["of other", "of unit", "of plan"]),
        ("from=2025-01-04T10:00:00.000001Z".to_owned(), &["of other", "of unit"]),
        ("to=2025-01-02T10:00:00Z".to_owned(), &["new"]),
        ("to=2025-01-02T10:00:00.000001Z".to_owned(), &["done", "new"]),
        ("from=2025-01-02T11:00:00%2B01:00&to=2025-01-04T05:00:00-05:00".to_owned(), &["left", "done"]),
        ("from=2025-01-02T10:00:00Z&to=2025-01-02T10:00:00Z".to_owned(), &[]),
        ("from=2025-01-05T00:00:00Z&to=2025-01-02T00:00:00Z".to_owned(), &[]),
        (format!("from=2025-01-02T00:00:00Z&status=completed&exerciseId={squat}&sortOrder=asc"), &["done"]),
    ] {
        assert_eq!(labels(&track.gym, &track.owner, &query), expected, "{query}");
    }
    track.gym.close();
}

#[test]
fn a_page_has_its_envelope() {
    let track = Track::open();
    for n in 0..25 {
        track.store(json!({"notes": format!("{n:02}"), "startTime": format!("2025-01-{:02}T10:00:00Z", n + 1)}));
    }
    let first = track.read(LIST);
    assert_eq!(keys(&first), ["items", "limit", "nextCursor", "offset", "total"]);
    assert_eq!((&first["limit"], &first["offset"], &first["total"]), (&json!(20), &json!(0), &json!(25)));
    assert_eq!((array(&first["items"]).len(), first["nextCursor"].is_string()), (20, true));
    assert!(array(&first["items"]).iter().all(|item| keys(item) == ITEM));
    let last = track.read(&format!("{LIST}?currentPage=3&pageSize=10"));
    assert_eq!((&last["limit"], &last["offset"], &last["total"]), (&json!(10), &json!(20), &json!(25)));
    assert_eq!(texts(&array(&last["items"]), "notes"), ["04", "03", "02", "01", "00"]);
    assert_eq!(last["nextCursor"], Value::Null);
    let full = track.read(&format!("{LIST}?currentPage=5&page_size=5"));
    assert_eq!((array(&full["items"]).len(), &full["nextCursor"]), (5, &Value::Null), "the last one is full");
    let beyond = track.read(&format!("{LIST}?currentPage=99"));
    assert_eq!((&beyond["items"], &beyond["total"], &beyond["nextCursor"]), (&json!([]), &json!(25), &Value::Null));
    assert_eq!(track.ask("GET", LIST).header("etag"), None, "lists have no tag");
    track.gym.close();
}

#[test]
fn items_count_exercises_sets_and_volume() {
    let track = Track::open();
    let volumes = [
        (json!([]), 0, 0, 0.0),
        (json!([track.done("reps", &json!([]))]), 1, 0, 0.0),
        (
            json!([
                track.done(
                    "reps",
                    &json!([
                        {"weight": 40, "repsCompleted": 10, "setType": "warmup"},
                        {"weight": 82.5, "repsCompleted": 5},
                        {"weight": 60.125, "repsCompleted": 8, "setType": "drop"},
                        {"weight": 0.001, "repsCompleted": 3, "setType": "failure"},
                        {"weight": 100},
                        {"repsCompleted": 12},
                        {"weight": 0, "repsCompleted": 12},
                        {"weight": 100, "repsCompleted": 0},
                        {},
                    ])
                ),
                track.done("time", &json!([{"weight": 24, "timeSeconds": 60}])),
                track.done("distance", &json!([{"weight": 24, "distanceKm": 0.4}])),
                track.done("sets_only", &json!([{"weight": 24}, {"setType": "warmup"}])),
                track.done("reps", &json!([{"weight": 20, "repsCompleted": 50}])),
            ]),
            5,
            14,
            1893.503,
        ),
        (json!([track.done("reps", &json!(vec![bodies::set(99_999.999, 10_000); 200]))]), 1, 200, 199_999_998_000.0),
    ];
    for (n, (exercises, exercise_count, set_count, volume)) in volumes.into_iter().enumerate() {
        let start = format!("2025-01-{:02}T10:00:00Z", n + 1);
        track.store(json!({"exercises": exercises, "startTime": start}));
        let item = track.gym.items(&track.owner, LIST)[0].clone();
        assert_eq!((&item["exerciseCount"], &item["setCount"]), (&json!(exercise_count), &json!(set_count)));
        assert_eq!((item["totalVolumeKg"].is_number(), item["totalVolumeKg"].as_f64()), (true, Some(volume)));
    }
    track.gym.close();
}

#[test]
fn an_item_shows_what_the_session_shows() {
    let mut track = Track::open();
    let unit = track.gym.mint.training_unit(track.owner.user_id, "private");
    let (path, _) = track.store(json!({"trainingUnitId": unit, "startTime": "2025-01-01T10:00:00Z", "notes": "x"}));
    track.gym.change(&track.owner, "POST", &format!("{path}/finish"), &json!({"endTime": "2025-01-01T10:30:00Z"}));
    let (session, item) = (track.read(&path), track.gym.items(&track.owner, LIST)[0].clone());
    for field in ITEM.iter().filter(|field| session.get(field).is_some()) {
        assert_eq!(item[field], session[field], "{field}");
    }
    assert_eq!(ITEM.iter().filter(|field| session.get(field).is_none()).count(), 3);
    track.gym.close();
}

/// Equal starts go by id in the same direction.
#[test]
fn orders_are_complete() {
    let track = Track::open();
    for n in 0..12 {
        track.store(json!({"startTime": format!("2025-01-0{}T10:00:00Z", n % 3 + 1)}));
    }
    for (query, is_ascending) in [("", false), ("sortOrder=desc", false), ("sortOrder=asc", true)] {
        let whole = track.gym.items(&track.owner, &format!("{LIST}?{query}"));
        let place = |item: &Value| (moment(&item["startTime"]), text(&item["id"]));
        assert!(whole.windows(2).all(|two| (place(&two[0]) < place(&two[1])) == is_ascending), "{query}");
        let pieces: Vec<_> = (1..=6)
            .flat_map(|page| track.gym.items(&track.owner, &format!("{LIST}?{query}&pageSize=2&currentPage={page}")))
            .collect();
        assert_eq!(pieces, whole, "{query}, two by two");
    }
    track.gym.close();
}

#[test]
fn other_parameters_are_refused() {
    let track = Track::open();
    for (query, wrong) in [
        ("status=done", "?status"),
        ("status=", "?status"),
        ("from=2025-01-01T10:00:00", "?from"),
        ("from=1735725600", "?from"),
        ("from=", "?from"),
        ("to=2025-01-01", "?to"),
        ("trainingPlanId=x", "?trainingPlanId"),
        ("trainingUnitId=7", "?trainingUnitId"),
        ("exerciseId=", "?exerciseId"),
        ("orderBy=createdAt", "?orderBy"),
        ("orderBy=name", "?orderBy"),
        ("sortOrder=up", "?sortOrder"),
        ("currentPage=0", "?currentPage"),
        ("pageSize=0", "?pageSize"),
        ("pageSize=101", "?pageSize"),
        ("cursor=", "?cursor"),
        ("cursor=x", "?cursor"),
        ("searchString=x", "?searchString"),
        ("userId=x&scope=all&zz=1", "?scope ?userId ?zz"),
    ] {
        assert_eq!(mistakes(&track.ask("GET", &format!("{LIST}?{query}"))), wrong, "{query}");
    }
    track.gym.close();
}
