//! Records: what had never been reached before.

use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Diary, of, told};
use crate::gym::{array, refused, session, text};

fn set(weight: f64, reps: i32) -> Value {
    bodies::set(weight, reps)
}

#[test]
fn the_first_session_is_what_others_are_measured_by() {
    let diary = Diary::open();
    diary.train("2026-01-01T10:00:00Z", json!([set(60.0, 5), set(100.0, 5), set(100.0, 5)]));
    assert_eq!(diary.records(), []);
    diary.train("2026-01-02T10:00:00Z", json!([set(100.0, 5), set(100.0, 5)]));
    assert_eq!(diary.records(), [], "a tie is no record");
    let third = diary.train("2026-01-03T23:00:00Z", json!([set(100.0, 6)]));
    let answer = diary.read("/progress/records");
    let record = &array(&answer["records"])[0];
    let name = text(&third["exercises"][0]["exerciseName"]);
    let expected = json!({
        "exerciseId": diary.exercise, "exerciseName": name, "kind": "max_reps_at_weight", "value": 6,
        "previousValue": 5, "unit": "reps", "sessionId": third["id"], "startTime": "2026-01-03T23:00:00Z",
        "date": "2026-01-04",
        "setId": third["exercises"][0]["sets"][0]["id"], "weight": 100.0, "reps": 6
    });
    assert_eq!((&answer["exerciseId"], record), (&Value::Null, &expected));
    let records = [("max_reps_at_weight", 6.0, 5.0), ("max_e1rm", 120.0, 116.67), ("max_set_volume", 600.0, 500.0)];
    let records = records.map(|(kind, value, previous)| (kind.to_owned(), value, previous));
    assert_eq!(of(&name, &diary.records()), records, "and less volume than the first session");
    diary.gym.close();
}

#[test]
fn each_kind_has_its_unit() {
    let diary = Diary::open();
    let day = |start: &str, reps: Value, time: Value, distance: Value| {
        let exercises = [("reps", reps), ("time", time), ("distance", distance)]
            .map(|(mode, sets)| bodies::session_exercise(diary.exercise, mode, &sets));
        diary.train_with(start, json!({"exercises": exercises}))
    };
    day("2026-01-01T10:00:00Z", json!([set(100.0, 5)]), json!([{"timeSeconds": 60}]), json!([{"distanceKm": 5}]));
    let sets = json!([set(102.5, 5), {"weight": 200, "repsCompleted": 0}]);
    let second = day("2026-01-02T10:00:00Z", sets, json!([{"timeSeconds": 61}]), json!([{"distanceKm": 5.001}]));
    let answer = diary.read("/progress/records");
    let shown = |record: &Value| {
        (text(&record["kind"]), text(&record["unit"]), record["value"].as_f64(), record["setId"].clone())
    };
    let id = |exercise: usize| second["exercises"][exercise]["sets"][0]["id"].clone();
    let expected = [
        ("max_weight", "kg", 102.5, id(0)),
        ("max_e1rm", "kg", 119.58, id(0)),
        ("max_set_volume", "kg", 512.5, id(0)),
        ("max_session_volume", "kg", 512.5, Value::Null),
        ("longest_time", "s", 61.0, id(1)),
        ("longest_distance", "km", 5.001, id(2)),
    ];
    let expected = expected.map(|(kind, unit, value, set)| (kind.to_owned(), unit.to_owned(), Some(value), set));
    let records: Vec<_> = array(&answer["records"]).iter().map(shown).collect();
    assert_eq!(records, expected);
    diary.gym.close();
}

#[test]
fn warm_ups_and_aborted_sessions_make_none() {
    let diary = Diary::open();
    diary.train("2026-01-01T10:00:00Z", json!([set(100.0, 5)]));
    let mut warm = set(120.0, 5);
    warm["setType"] = json!("warmup");
    diary.train("2026-01-02T10:00:00Z", json!([warm]));
    let exercises = json!([bodies::session_exercise(diary.exercise, "reps", &json!([set(130.0, 5)]))]);
    let fields = json!({"startTime": "2026-01-03T10:00:00Z", "exercises": exercises});
    let third = diary.gym.create(&diary.owner, "/training-sessions", &bodies::training_session(fields));
    let path = session(text(&third["id"]));
    assert_eq!(told(&diary.read(&format!("{path}/records"))).len(), 4, "it is going on");
    diary.gym.change(&diary.owner, "POST", &format!("{path}/abort"), &json!({"endTime": "2026-01-03T11:00:00Z"}));
    assert_eq!(diary.records(), []);
    assert_eq!(diary.read(&format!("{path}/records")), json!({"sessionId": third["id"], "records": []}));
    diary.gym.close();
}

#[test]
fn a_session_keeps_the_records_that_it_has_set() {
    let mut diary = Diary::open();
    let other = diary.gym.mint.exercise(None);
    diary.train("2026-01-01T10:00:00Z", json!([set(100.0, 5)]));
    let second = diary.train("2026-01-02T10:00:00Z", json!([set(102.5, 5), set(105.0, 4)]));
    let third = diary.train("2026-01-03T10:00:00Z", json!([set(110.0, 5)]));
    let exercises = json!([bodies::session_exercise(other, "reps", &json!([set(300.0, 5)]))]);
    diary.train_with("2026-01-01T12:00:00Z", json!({"exercises": exercises}));
    let set_by = |created: &Value| {
        let answer = diary.read(&format!("{}/records", session(text(&created["id"]))));
        assert_eq!(answer["sessionId"], created["id"]);
        told(&answer).into_iter().map(|(_, kind, value, previous)| (kind, value, previous)).collect::<Vec<_>>()
    };
    let expected = [
        ("max_weight", 102.5, 100.0),
        ("max_e1rm", 119.58, 116.67),
        ("max_set_volume", 512.5, 500.0),
        ("max_weight", 105.0, 102.5),
        ("max_session_volume", 932.5, 500.0),
    ];
    assert_eq!(set_by(&second), expected.map(|(kind, value, previous)| (kind.to_owned(), value, previous)));
    assert_eq!(set_by(&third)[0], ("max_weight".to_owned(), 110.0, 105.0));
    // Whoever has no such session does not learn that it is there.
    let stranger = diary.gym.person();
    let path = |id: &str| format!("{}/records", session(id));
    for (who, id) in [(&stranger, text(&second["id"])), (&diary.owner, Uuid::now_v7().to_string())] {
        refused(&diary.gym.ask(who, "GET", &path(&id)), 404, "Training session not found");
    }
    diary.gym.close();
}

#[test]
fn exercises_that_are_gone_are_one_by_their_name() {
    let mut diary = Diary::open();
    let [one, same, other] = [(); 3].map(|()| diary.gym.mint.exercise(None));
    let train = |start: &str, exercise: Uuid, weight: f64| {
        let exercises = json!([bodies::session_exercise(exercise, "reps", &json!([set(weight, 5)]))]);
        diary.train_with(start, json!({"exercises": exercises}))
    };
    train("2026-01-01T10:00:00Z", one, 100.0);
    let second = train("2026-01-02T10:00:00Z", same, 110.0);
    train("2026-01-03T10:00:00Z", other, 120.0);
    let records = diary.records();
    assert_eq!(records, [], "all of them are different");
    let name = "UPDATE training_session_exercises SET exercise_name_snapshot = 'Curl' WHERE exercise_id = ANY ($1)";
    assert_eq!(diary.gym.mint.execute(name, &[&vec![one, same]]), 2);
    for exercise in [one, same, other] {
        diary.gym.mint.execute("DELETE FROM exercises WHERE id = $1", &[&exercise]);
    }
    let answer = diary.read("/progress/records");
    let records = array(&answer["records"]);
    assert_eq!(of("Curl", &told(&answer))[0], ("max_weight".to_owned(), 110.0, 100.0));
    assert_eq!(records.len(), 4);
    assert!(records.iter().all(|record| record["exerciseId"].is_null() && record["sessionId"] == second["id"]));
    let of_session = diary.read(&format!("{}/records", session(text(&second["id"]))));
    assert_eq!(told(&of_session).len(), 4);
    diary.gym.close();
}

#[test]
fn records_of_one_exercise_are_those_of_all_that_are_its_own() {
    let mut diary = Diary::open();
    let other = diary.gym.mint.exercise(None);
    for (start, weight) in [("2026-01-01T10:00:00Z", 100.0), ("2026-01-02T10:00:00Z", 101.0)] {
        let exercises = [diary.exercise, other]
            .map(|exercise| bodies::session_exercise(exercise, "reps", &json!([set(weight, 5)])));
        diary.train_with(start, json!({"exercises": exercises}));
    }
    let all = diary.read("/progress/records");
    assert_eq!(array(&all["records"]).len(), 8);
    for exercise in [diary.exercise, other] {
        let one = diary.read(&format!("/progress/records?exerciseId={exercise}"));
        assert_eq!(one["exerciseId"], json!(exercise));
        let mut of_all = array(&all["records"]);
        of_all.retain(|record| record["exerciseId"] == json!(exercise));
        assert_eq!(array(&one["records"]), of_all);
    }
    diary.gym.close();
}
