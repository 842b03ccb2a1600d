//! What was exported comes back.

use std::collections::HashMap;

use irontrack_tests::harness::{Session, bodies};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{at, confirm, preview, sessions, written};
use crate::gym::{Gym, array, expect, fields, plan, text, unit};

/// Numbers that are always the same.
struct Dice(u64);

impl Dice {
    /// One from 0 to less than that.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    /// The same for amounts.
    fn amount(&mut self, limit: usize) -> f64 {
        f64::from(u32::try_from(self.below(limit)).unwrap_or_default())
    }
}

fn sets(mode: &str, dice: &mut Dice) -> Value {
    let count = dice.below(5);
    let set = |_| {
        let mut set = match mode {
            "reps" => json!({"repsCompleted": dice.below(30)}),
            "time" => json!({"timeSeconds": 1 + dice.below(600)}),
            "distance" => json!({"distanceKm": (1.0 + dice.amount(9_000)) / 1000.0}),
            _ => json!({}),
        };
        if dice.below(3) > 0 {
            set["weight"] = json!(dice.amount(800) / 8.0);
        }
        if dice.below(3) == 0 {
            set["rpe"] = json!(1.0 + dice.amount(19) / 2.0);
        }
        let kind = ["working", "warmup", "drop", "failure"][dice.below(4)];
        set["setType"] = json!(kind);
        if dice.below(4) == 0 {
            set["notes"] = json!(format!("=SUM({}) \u{1f3cb} \"quoted\"", dice.below(99)));
        }
        set
    };
    Value::Array((0..count).map(set).collect())
}

/// Custom exercises, one of which is deleted later, units, plans, and sessions of all kinds.
fn live(gym: &mut Gym, who: &Session, seed: u64) {
    let dice = &mut Dice(seed);
    let system = gym.mint.exercise(None);
    let mut exercises = vec![system];
    for number in 0..3 {
        let body = bodies::with(
            bodies::exercise(&format!("Own {number} of {seed}")),
            "instructions",
            json!("Slowly.\n\"Up\""),
        );
        let made = gym.create(who, "/exercises/user", &body);
        exercises.push(text(&made["id"]).parse::<Uuid>().expect("an id"));
    }
    let (mut units, mut plans) = (Vec::new(), Vec::new());
    for number in 0..3 {
        let status = ["private", "shared", "public"][number];
        let sent = json!({"name": format!("Unit {number}"), "description": "D", "sharingStatus": status});
        let made = gym.create(who, "/training-units", &sent);
        let id = text(&made["id"]);
        let entries: Vec<Value> = (0..dice.below(4)).map(|_| bodies::unit_entry(exercises[dice.below(4)])).collect();
        gym.change(who, "PUT", &format!("{}/exercises", unit(&id)), &json!({"exercises": entries}));
        units.push(id);
    }
    for number in 0..2 {
        let made = gym.create(
            who,
            "/training-plans",
            &bodies::with(bodies::training_plan(&format!("Plan {number}")), "description", json!("P")),
        );
        let id = text(&made["id"]);
        let days: Vec<Value> = units
            .iter()
            .map(|unit| bodies::plan_unit(unit.parse().expect("an id"), i16::try_from(1 + dice.below(3)).unwrap_or(1)))
            .collect();
        gym.change(who, "PUT", &format!("{}/units", plan(&id)), &json!({"units": days}));
        plans.push(id);
    }
    for day in 1..=12 {
        let start = format!("2026-05-{day:02}T16:00:00.{:06}Z", dice.below(1_000_000));
        let from_unit = dice.below(3) == 0;
        let mut sent = bodies::training_session(json!({"startTime": start, "notes": format!("Day {day}")}));
        if from_unit {
            sent["trainingUnitId"] = json!(&units[dice.below(3)]);
            if dice.below(2) == 0 {
                sent["trainingPlanId"] = json!(&plans[dice.below(2)]);
            }
        } else {
            let count = dice.below(5);
            let one = |_| {
                let mode = ["reps", "time", "distance", "sets_only"][dice.below(4)];
                let exercise = exercises[dice.below(4)];
                json!({"exerciseId": exercise, "mode": mode, "sets": sets(mode, dice)})
            };
            let all: Vec<Value> = (0..count).map(one).collect();
            sent["exercises"] = Value::Array(all);
        }
        let id = text(&gym.create(who, "/training-sessions", &sent)["id"]);
        let end = json!({"endTime": format!("2026-05-{day:02}T17:{:02}:00Z", dice.below(60))});
        match dice.below(4) {
            0 => {}
            1 => _ = gym.change(who, "POST", &format!("/training-sessions/{id}/abort"), &end),
            _ => _ = gym.change(who, "POST", &format!("/training-sessions/{id}/finish"), &end),
        }
    }
    gym.rename_exercise(exercises[1], &format!("Renamed of {seed}"));
    gym.delete(who, &format!("/exercises/{}", exercises[3]));
}

/// An export with every identity as the place where it first stands, without the times of storing.
fn content(gym: &Gym, who: &Session) -> Value {
    let mut export = gym.read(who, "/access/export");
    forget_deleted(&mut export);
    for member in ["account", "exportedAt", "grants"] {
        export.as_object_mut().map(|all| all.remove(member));
    }
    // Lists are by identity, which is another one.
    for list in ["exercises", "trainingUnits", "trainingPlans"] {
        let mut items = array(&export[list]);
        items.sort_by_key(|item| text(&item["name"]));
        export[list] = Value::Array(items);
    }
    for unit in export["trainingUnits"].as_array_mut().into_iter().flatten() {
        for entry in unit["exercises"].as_array_mut().into_iter().flatten() {
            entry["plannedUnitExerciseId"] = entry["id"].take();
        }
    }
    plain(export, "", &mut HashMap::new())
}

/// An exercise that its owner has deleted is in no document; of it sessions and units keep the name.
fn forget_deleted(export: &mut Value) {
    let own: Vec<Value> = fields(&export["exercises"], "id");
    for list in ["trainingUnits", "trainingSessions"] {
        for thing in export[list].as_array_mut().into_iter().flatten() {
            for exercise in thing["exercises"].as_array_mut().into_iter().flatten() {
                let is_deleted = exercise["exerciseName"].as_str().is_some_and(|name| name.starts_with("Own 2 of"));
                if is_deleted && !own.contains(&exercise["exerciseId"]) {
                    exercise["exerciseId"] = Value::Null;
                }
            }
        }
    }
}

/// Numbers count within a kind only: those of entries are kept under the name by which sessions refer to them, and others, to
/// which nothing refers, are left out.
fn plain(value: Value, name: &str, seen: &mut HashMap<String, usize>) -> Value {
    const LEFT_OUT: [&str; 3] = ["createdAt", "updatedAt", "createdBy"];
    match value {
        Value::Object(members) => {
            let is_left_out = |name: &str, value: &Value| LEFT_OUT.contains(&name) || name == "id" && value.is_number();
            let kept = members.into_iter().filter(|(name, value)| !is_left_out(name, value));
            kept.map(|(name, value)| (name.clone(), plain(value, &name, seen))).collect()
        }
        Value::Array(all) => all.into_iter().map(|value| plain(value, name, seen)).collect(),
        Value::Null => Value::Null,
        id if name == "id" || name.ends_with("Id") => {
            let next = seen.len();
            json!(*seen.entry(id.to_string()).or_insert(next))
        }
        other => other,
    }
}

/// Under new identities, and nothing more: the same links, names, targets, sets and notes.
#[test]
fn a_document_in_an_empty_account_is_the_same_account() {
    let mut gym = Gym::open();
    for seed in 1..=4 {
        let [owner, empty] = gym.people();
        live(&mut gym, &owner, seed);
        let document = gym.ask(&owner, "GET", "/access/export").text();
        let import = preview(&gym, &empty, "irontrack_json", &document);
        assert_eq!((&import["counts"]["errors"], &import["counts"]["duplicates"]), (&json!(0), &json!(0)), "{import}");
        expect(&confirm(&gym, &empty, &import), 200);
        let (before, after) = (content(&gym, &owner), content(&gym, &empty));
        assert_eq!(after, before, "seed {seed}");

        // Nothing is added by the same document again, and neither where it came from.
        for who in [&empty, &owner] {
            let again = preview(&gym, who, "irontrack_json", &document);
            let result = written(&gym, who, &again);
            let nothing = json!({"sessions": 0, "duplicates": 12, "exercises": 0, "sets": 0, "customExercises": 0,
                "trainingUnits": 0, "trainingPlans": 0});
            assert_eq!(result, nothing, "seed {seed}");
        }
        assert_eq!(content(&gym, &empty), after);
    }
    gym.close();
}

/// In either form: the same sets under the same names, and nothing a second time.
#[test]
fn a_file_of_sessions_adds_the_same_sets() {
    let mut gym = Gym::open();
    for (format, form) in [("hevy_csv", "hevy"), ("strong_csv", "strong")] {
        let [owner, other] = gym.people();
        let [first, second] = [gym.mint.exercise(None), gym.mint.exercise(None)];
        let dice = &mut Dice(7);
        for day in 1..=20 {
            let all: Vec<Value> = ["reps", "time", "distance"]
                .iter()
                .map(|mode| {
                    // Neighbours are different ones: in these forms nothing but the name and the numbers of sets divides them.
                    let exercise = if *mode == "time" { second } else { first };
                    json!({"exerciseId": exercise, "mode": mode, "sets": sets_without_notes(mode, dice)})
                })
                .collect();
            let sent = bodies::training_session(
                json!({"startTime": format!("2026-05-{day:02}T16:00:00Z"), "status": "completed",
                "endTime": format!("2026-05-{day:02}T17:05:00Z"), "exercises": all}),
            );
            gym.create(&owner, "/training-sessions", &sent);
        }
        let file = gym.ask(&owner, "GET", &format!("/training-sessions/export.csv?format={form}")).text();
        let import = preview(&gym, &other, format, &file);
        assert_eq!(import["errors"], json!([]), "{file}");
        assert_eq!(written(&gym, &other, &import)["sessions"], 20);
        assert_eq!(performed(&gym, &other), performed(&gym, &owner), "{form}");
        for who in [&other, &owner] {
            let again = preview(&gym, who, format, &file);
            assert_eq!(again["counts"]["duplicates"], 20, "{form}");
            assert_eq!(written(&gym, who, &again)["sessions"], 0, "{form}");
        }
        assert_eq!(gym.read(&other, &at(&import))["status"], "confirmed");
    }
    gym.close();
}

fn sets_without_notes(mode: &str, dice: &mut Dice) -> Value {
    let mut all = array(&sets(mode, dice));
    all.push(json!({"repsCompleted": 5, "timeSeconds": null}));
    let last = match mode {
        "reps" => json!({"repsCompleted": 5}),
        "time" => json!({"timeSeconds": 90}),
        _ => json!({"distanceKm": 5.25}),
    };
    all.pop();
    all.push(last);
    for set in &mut all {
        set.as_object_mut().map(|set| set.remove("notes"));
        // In the form of Strong 0 means that nothing was given.
        if set["weight"].as_f64() == Some(0.0) {
            set["weight"] = json!(2.5);
        }
        if set["repsCompleted"].as_i64() == Some(0) {
            set["repsCompleted"] = json!(1);
        }
    }
    Value::Array(all)
}

/// Start, end, and in their order name, mode, and sets of the exercises.
fn performed(gym: &Gym, who: &Session) -> Vec<Value> {
    let of = |session: &Value| {
        let exercises: Vec<Value> = array(&session["exercises"])
            .iter()
            .map(|exercise| {
                let sets: Vec<Value> = array(&exercise["sets"])
                    .iter()
                    .map(|set| {
                        ["weight", "repsCompleted", "timeSeconds", "distanceKm", "setType", "rpe"]
                            .iter()
                            .map(|name| set[*name].clone())
                            .collect()
                    })
                    .collect();
                json!([exercise["exerciseName"], exercise["exerciseId"], exercise["mode"], sets])
            })
            .collect();
        json!([session["startTime"], session["endTime"], exercises])
    };
    sessions(gym, who).iter().map(of).collect()
}
