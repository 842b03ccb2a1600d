//! The course of one exercise.

use irontrack_domain::account::Role;
use irontrack_tests::harness::bodies;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Diary, NO_EXERCISE, course};
use crate::gym::{fields, mistakes, refused, session, text, texts, under};

fn starts(points: &[Value]) -> Vec<String> {
    texts(points, "start")
}

#[test]
fn a_point_says_what_was_done() {
    let diary = Diary::open();
    let sets = json!([
        {"weight": 40, "repsCompleted": 10, "setType": "warmup"},
        {"weight": 100, "repsCompleted": 5},
        {"weight": 90.5, "repsCompleted": 6, "setType": "drop"},
        {"weight": 120, "repsCompleted": 0, "setType": "failure"},
        {"repsCompleted": 20},
    ]);
    let created = diary.train("2026-01-05T10:00:00Z", sets);
    let best = &created["exercises"][0]["sets"][1]["id"];
    let expected = json!({
        "exerciseId": diary.exercise, "from": null, "to": null, "bucket": "session", "formula": "epley",
        "useRpe": false, "includeWarmups": false,
        "points": [{
            "start": "2026-01-05T10:00:00Z", "sets": 4, "reps": 31, "volumeKg": 1043, "topWeightKg": 100.0,
            "bestE1rmKg": 116.67,
            "bestSet": {"sessionId": created["id"], "setId": best, "weight": 100.0, "reps": 5},
            "longestSeconds": null, "longestKm": null, "totalSeconds": null, "totalKm": null
        }]
    });
    let path = course(diary.exercise);
    assert_eq!(diary.read(&path), expected);
    assert_eq!(diary.read(&path), expected, "a copy says the same");
    let [with_warmups] = diary.points("includeWarmups=true").try_into().expect("one point");
    assert_eq!((&with_warmups["sets"], &with_warmups["volumeKg"]), (&json!(5), &json!(1443)));
    diary.gym.close();
}

#[test]
fn times_and_distances_have_figures_of_their_own() {
    let diary = Diary::open();
    let timed = json!([{"timeSeconds": 45}, {"timeSeconds": 60, "weight": 24}, {}]);
    let run = json!([{"distanceKm": 0.4}, {"distanceKm": 1.005}]);
    let exercises = [("time", timed), ("distance", run)];
    let exercises = exercises.map(|(mode, sets)| bodies::session_exercise(diary.exercise, mode, &sets));
    diary.train_with("2026-01-05T10:00:00Z", json!({"exercises": exercises}));
    let [point] = diary.points("").try_into().expect("one point");
    let shown = |name: &str| point[name].as_f64();
    assert_eq!((shown("longestSeconds"), shown("totalSeconds")), (Some(60.0), Some(105.0)));
    assert_eq!((shown("longestKm"), shown("totalKm")), (Some(1.005), Some(1.405)));
    assert_eq!((shown("sets"), shown("reps"), shown("volumeKg")), (Some(5.0), Some(0.0), Some(0.0)));
    assert_eq!((shown("topWeightKg"), shown("bestE1rmKg")), (Some(24.0), None));
    assert_eq!(point["bestSet"]["weight"], json!(24.0));
    diary.gym.close();
}

#[test]
fn each_formula_estimates_in_its_own_way() {
    let diary = Diary::open();
    diary.train("2026-01-05T10:00:00Z", json!([{"weight": 100, "repsCompleted": 5, "rpe": 8}]));
    for (formula, expected) in [
        ("epley", 116.67),
        ("brzycki", 112.5),
        ("lombardi", 117.46),
        ("oconner", 112.5),
        ("mayhew", 119.01),
        ("wathan", 116.58),
        ("lander", 113.71),
    ] {
        let answer = diary.read(&format!("{}?formula={formula}", course(diary.exercise)));
        assert_eq!(answer["formula"], formula);
        assert_eq!(answer["points"][0]["bestE1rmKg"], json!(expected), "{formula}");
    }
    assert_eq!(diary.points("useRpe=true")[0]["bestE1rmKg"], json!(123.33), "seven repetitions");
    diary.gym.close();
}

#[test]
fn limits_of_estimates_apply_after_the_reserve() {
    let diary = Diary::open();
    for (hour, weight, reps, rpe) in [
        (10, 100, 1, 10.0),
        (11, 100, 12, 9.0),
        (12, 100, 13, 10.0),
        (13, 0, 5, 10.0),
        (14, 100, 0, 9.5),
        (15, 100, 0, 9.0),
    ] {
        let set = json!([{"weight": weight, "repsCompleted": reps, "rpe": rpe}]);
        diary.train(&format!("2026-01-05T{hour}:00:00Z"), set);
    }
    let best = |parameters: &str| fields(&Value::from(diary.points(parameters)), "bestE1rmKg");
    let none = Value::Null;
    assert_eq!(best(""), [json!(100.0), json!(140.0), none.clone(), none.clone(), none.clone(), none.clone()]);
    // Half a repetition shows nothing; one that was left and not done shows what one that was done does.
    let with_reserve = [json!(100.0), none.clone(), none.clone(), none.clone(), none, json!(100.0)];
    assert_eq!(best("useRpe=true"), with_reserve);
    diary.gym.close();
}

#[test]
fn days_weeks_and_months_are_those_of_the_session() {
    let diary = Diary::open();
    let exercises = json!([bodies::session_exercise(diary.exercise, "reps", &json!([{"repsCompleted": 1}]))]);
    for (start, zone) in [
        // The day on which clocks go forward in Berlin has 23 hours.
        ("2026-03-28T22:00:00Z", "Europe/Berlin"),
        ("2026-03-28T23:00:00Z", "Europe/Berlin"),
        ("2026-03-29T21:00:00Z", "Europe/Berlin"),
        ("2026-03-29T22:00:00Z", "Europe/Berlin"),
        // Still Sunday there.
        ("2026-03-30T03:00:00Z", "US/Eastern"),
        ("2025-12-28T23:00:00Z", "Europe/Berlin"),
        ("2026-01-04T22:00:00Z", "Europe/Berlin"),
        ("2026-01-04T23:00:00Z", "Europe/Berlin"),
    ] {
        diary.train_with(start, json!({"exercises": exercises, "userTimezone": zone}));
    }
    let sums = |bucket: &str| {
        let points = diary.points(&format!("bucket={bucket}"));
        let sum = |point: &Value| (point["start"].as_str().unwrap_or_default().to_owned(), point["sets"].as_u64());
        points.iter().map(sum).collect::<Vec<_>>()
    };
    let expected = |sums: &[(&str, u64)]| sums.iter().map(|(s, n)| ((*s).to_owned(), Some(*n))).collect::<Vec<_>>();
    let days = [
        ("2025-12-29", 1),
        ("2026-01-04", 1),
        ("2026-01-05", 1),
        ("2026-03-28", 1),
        ("2026-03-29", 3),
        ("2026-03-30", 1),
    ];
    assert_eq!(sums("day"), expected(&days));
    assert_eq!(sums("week"), expected(&[("2025-12-29", 2), ("2026-01-05", 1), ("2026-03-23", 4), ("2026-03-30", 1)]));
    assert_eq!(sums("month"), expected(&[("2025-12-01", 1), ("2026-01-01", 2), ("2026-03-01", 5)]));
    assert_eq!(sums("session").len(), 8);
    diary.gym.close();
}

#[test]
fn a_period_is_half_open() {
    let diary = Diary::open();
    for day in 1..=4 {
        diary.train(&format!("2026-01-0{day}T10:00:00Z"), json!([{"repsCompleted": day}]));
    }
    let period = "from=2026-01-02T11:00:00%2B01:00&to=2026-01-04T10:00:00Z";
    assert_eq!(starts(&diary.points(period)), ["2026-01-02T10:00:00Z", "2026-01-03T10:00:00Z"]);
    let answer = diary.read(&format!("{}?{period}", course(diary.exercise)));
    assert_eq!((&answer["from"], &answer["to"]), (&json!("2026-01-02T10:00:00Z"), &json!("2026-01-04T10:00:00Z")));
    assert_eq!(starts(&diary.points("to=2026-01-02T10:00:00Z")), ["2026-01-01T10:00:00Z"]);
    assert!(diary.points("from=2026-01-04T10:00:00Z&to=2026-01-01T00:00:00Z").is_empty());
    diary.gym.close();
}

#[test]
fn sessions_count_from_their_start_unless_they_are_aborted() {
    let diary = Diary::open();
    let exercises = json!([bodies::session_exercise(diary.exercise, "reps", &json!([{"repsCompleted": 5}]))]);
    let stored = bodies::training_session(json!({"startTime": "2026-01-05T10:00:00Z", "exercises": exercises}));
    let [going_on, given_up] = [(); 2].map(|()| diary.gym.create(&diary.owner, "/training-sessions", &stored));
    assert_eq!(diary.points("").len(), 2);
    let path = format!("{}/abort", session(text(&given_up["id"])));
    diary.gym.change(&diary.owner, "POST", &path, &json!({"endTime": "2026-01-05T11:00:00Z"}));
    let points = diary.points("");
    assert_eq!(points.len(), 1, "{points:?}");
    assert_eq!(points[0]["bestSet"]["sessionId"], going_on["id"]);
    diary.gym.close();
}

#[test]
fn whoever_may_read_an_exercise_or_has_done_it_sees_its_course() {
    let mut diary = Diary::open();
    let stranger = diary.gym.person();
    let trainer = diary.gym.mint.person(Role::FitnessTrainer);
    let superuser = diary.gym.mint.person(Role::Superuser);
    let [owner_id, stranger_id] = [&diary.owner, &stranger].map(|who| who.user_id.expect("a person has an id"));
    let own = diary.gym.mint.exercise(Some(owner_id));
    let others = diary.gym.mint.exercise(Some(stranger_id));
    let hidden = diary.gym.mint.exercise(None);
    diary.gym.mint.execute("UPDATE exercises SET is_active = false WHERE id = $1", &[&hidden]);
    for (who, exercise) in
        [(&diary.owner, diary.exercise), (&diary.owner, own), (&trainer, others), (&stranger, others)]
    {
        let answer = diary.gym.read(who, &course(exercise));
        assert_eq!(answer["points"], json!([]), "readable, and never done");
    }
    for (who, exercise) in [
        (&diary.owner, others),
        (&superuser, others),
        (&stranger, own),
        (&diary.owner, hidden),
        (&trainer, hidden),
        (&diary.owner, Uuid::now_v7()),
    ] {
        for path in [
            course(exercise),
            format!("{}/chart.svg", course(exercise)),
            format!("/progress/records?exerciseId={exercise}"),
            format!("/progress/previous?exerciseId={exercise}"),
        ] {
            refused(&diary.gym.ask(who, "GET", &path), 404, NO_EXERCISE);
        }
    }
    // They stay with whoever has done them, also if only to warm up and to give up.
    for exercise in [own, others] {
        let id = diary.gym.mint.training_session(owner_id);
        let entry = diary.gym.mint.session_exercise(id, exercise);
        let set = diary.gym.mint.session_set(entry);
        if exercise == others {
            diary.gym.mint.execute("UPDATE training_session_sets SET set_type = 'warmup' WHERE id = $1", &[&set]);
        }
    }
    diary.gym.delete(&diary.owner, &under("/exercises", &json!({"id": own})));
    assert_eq!(diary.gym.read(&diary.owner, &course(own))["points"][0]["sets"], 1, "hidden, and done");
    assert_eq!(diary.gym.read(&diary.owner, &course(others))["points"], json!([]), "done to warm up");
    for (exercise, expected) in [(own, "One point: 76 kg"), (others, "No points.")] {
        let chart = diary.gym.ask(&diary.owner, "GET", &format!("{}/chart.svg", course(exercise)));
        assert_eq!(chart.status, 200, "{}", chart.text());
        assert!(chart.text().contains(expected), "expected {expected}: {}", chart.text());
    }
    refused(&diary.gym.ask(&stranger, "GET", &course(own)), 404, NO_EXERCISE);
    diary.gym.close();
}

#[test]
fn wrong_parameters_are_named() {
    let diary = Diary::open();
    let wrong = |path: &str| mistakes(&diary.gym.ask(&diary.owner, "GET", path));
    let path = course(diary.exercise);
    assert_eq!(wrong(&course("x")), "{exercise_id}");
    let all = "from=2026-01-01&to=1&bucket=year&formula=EPLEY&useRpe=2&includeWarmups=x&metric=e1rm";
    assert_eq!(wrong(&format!("{path}?{all}")), "?bucket ?formula ?from ?includeWarmups ?metric ?to ?useRpe");
    assert_eq!(wrong(&format!("{path}?use_rpe=1&include_warmups=0&bucket=week")), "200");
    assert_eq!(wrong("/progress/records?exerciseId=5&from=2026-01-01T00:00:00Z"), "?exerciseId ?from");
    assert_eq!(wrong("/progress/previous"), "?exerciseId");
    assert_eq!(wrong("/progress/previous?exercise_id=x&y=1"), "?exercise_id ?y");
    assert_eq!(wrong("/training-sessions/x/records?y=1"), "?y {session_id}");
    diary.gym.close();
}
