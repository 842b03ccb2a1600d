//! What the reader of the program refuses, and how it says so.

use irontrack_application::setup::Programme;
use irontrack_cli::programme_file::ProgrammeFiles;
use irontrack_domain::training::{Mode, Prescription, Targets, Weight};

use crate::entries::system_catalogue;

const FILE: &str = r#"{
  "slug": "short", "tags": ["gym"],
  "trainingUnits": [
    {"slug": "short-a", "name": "Short A", "exercises": [
      {"exerciseSlug": "barbell-back-squat", "mode": "reps", "sets": 3, "repsMin": 5, "repsMax": 8,
       "targetWeight": 62.5, "restSeconds": 120, "notes": "Deep."},
      {"exerciseSlug": "running", "mode": "distance", "targetDistanceKm": 0.4},
      {"exerciseSlug": "plank", "mode": "time", "targetTimeSeconds": 30},
      {"exerciseSlug": "burpee", "mode": "sets_only"}
    ]},
    {"slug": "short-b", "name": "Short B", "description": null, "exercises": [
      {"exerciseSlug": "plank", "mode": "time", "targetTimeSeconds": 45}
    ]}
  ],
  "trainingPlan": {
    "name": "Short", "description": "Both.", "difficultyLevel": "beginner",
    "units": [
      {"trainingUnitSlug": "short-a", "dayNumber": 1},
      {"trainingUnitSlug": "short-b", "dayNumber": 1},
      {"trainingUnitSlug": "short-a", "dayNumber": 3}
    ]
  }
}"#;

fn read(files: &[(&str, &str)]) -> Result<Vec<Programme>, String> {
    ProgrammeFiles(files).read(&system_catalogue()).map_err(|error| error.to_string())
}

fn refusal(from: &str, to: &str) -> String {
    assert!(FILE.contains(from), "{from}");
    read(&[("short.json", &FILE.replacen(from, to, 1))]).expect_err(to)
}

#[test]
fn what_is_right_is_taken_as_it_stands() {
    let [programme] = read(&[("short.json", FILE)]).unwrap().try_into().unwrap();
    let [first, second] = &programme.units[..] else { panic!("expected two units, found {:?}", programme.units) };
    let [squat, run, _, burpee] = &first.entries[..] else { panic!("expected four entries in {first:?}") };
    let targets =
        Targets { reps_min: Some(5), reps_max: Some(8), weight: Weight::from_grams(62_500), ..Targets::default() };
    assert_eq!(squat.prescription, Prescription { sets: 3, targets, rest_seconds: Some(120) });
    assert_eq!((squat.exercise.as_str(), squat.notes.as_ref().unwrap().as_str()), ("barbell-back-squat", "Deep."));
    assert_eq!((run.prescription.sets, run.prescription.targets.distance.unwrap().metres()), (1, 400));
    assert_eq!((burpee.mode, burpee.prescription.targets), (Mode::SetsOnly, Targets::default()));
    assert_eq!((&second.description, second.name.as_str()), (&None, "Short B"));
    let schedule: Vec<_> = programme.plan.schedule.iter().map(|day| (day.day_number, day.unit)).collect();
    assert_eq!(schedule, [(1, 0), (1, 1), (3, 0)]);
}

#[test]
fn numbers_outside_their_bounds_are_refused() {
    let at = |field: &str, reason: &str| format!("short.json: /trainingUnits/0/exercises/0/{field} {reason}");
    for (from, to, field, reason) in [
        ("\"sets\": 3", "\"sets\": 0", "sets", "must be between 1 and 100"),
        ("\"sets\": 3", "\"sets\": 101", "sets", "must be between 1 and 100"),
        ("\"sets\": 3", "\"sets\": 70000", "sets", "must be between 1 and 100"),
        ("\"repsMin\": 5", "\"repsMin\": 0", "repsMin", "must be between 1 and 10000"),
        ("\"repsMax\": 8", "\"repsMax\": 10001", "repsMax", "must be between 1 and 10000"),
        ("\"repsMax\": 8", "\"repsMax\": 4", "repsMax", "must not be less than repsMin"),
        ("62.5", "-1", "targetWeight", "must not be less than 0"),
        ("62.5", "62.5005", "targetWeight", "must have at most 3 decimals"),
        ("62.5", "1e6", "targetWeight", "must not be greater than 99999.999"),
        ("120", "86401", "restSeconds", "must be between 0 and 86400"),
    ] {
        assert_eq!(refusal(from, to), at(field, reason), "{to}");
    }
    let at = |index: u8, rest: &str| format!("short.json: /trainingUnits/0/exercises/{index}/{rest}");
    assert_eq!(refusal("0.4", "0"), at(1, "targetDistanceKm must be greater than 0"));
    assert_eq!(refusal("Seconds\": 30", "Seconds\": 0"), at(2, "targetTimeSeconds must be between 1 and 86400"));
}

#[test]
fn targets_must_suit_the_mode() {
    let at = |index: u8, rest: &str| format!("short.json: /trainingUnits/0/exercises/{index}/{rest}");
    for (from, to, expected) in [
        ("\"repsMin\": 5, \"repsMax\": 8,", "", at(0, "repsMin is needed in the mode reps")),
        (", \"targetDistanceKm\": 0.4", "", at(1, "targetDistanceKm is needed in the mode distance")),
        (", \"targetTimeSeconds\": 30", "", at(2, "targetTimeSeconds is needed in the mode time")),
        ("\"sets_only\"", "\"sets_only\", \"repsMax\": 5", at(3, "repsMax is not allowed in the mode sets_only")),
        ("\"sets_only\"", "\"hold\"", at(3, "mode must be one of reps, time, distance, sets_only, and is 'hold'")),
        ("\"burpee\"", "\"burpees\"", at(3, "exerciseSlug is no exercise of the catalogue: 'burpees'")),
    ] {
        assert_eq!(refusal(from, to), expected, "{to}");
    }
}

#[test]
fn schedules_name_units_of_the_programme_day_after_day() {
    for (from, to, expected) in [
        ("\"short-a\", \"day", "\"short-c\", \"day", "0/trainingUnitSlug is no unit of the programme: 'short-c'"),
        ("\"dayNumber\": 1", "\"dayNumber\": 0", "0/dayNumber must be between 1 and 3660"),
        ("\"dayNumber\": 3", "\"dayNumber\": 3661", "2/dayNumber must be between 1 and 3660"),
        ("\"dayNumber\": 1", "\"dayNumber\": 2", "1/dayNumber must not be less than the one before"),
    ] {
        assert_eq!(refusal(from, to), format!("short.json: /trainingPlan/units/{expected}"));
    }
    let idle = refusal("{\"trainingUnitSlug\": \"short-b\", \"dayNumber\": 1},", "");
    assert_eq!(idle, "short.json: /trainingUnits/1 must be in the schedule of the plan");
    let too_many = "{\"trainingUnitSlug\": \"short-a\", \"dayNumber\": 1},".repeat(401);
    let expected = "short.json: /trainingPlan/units must be between 1 and 400 units";
    assert_eq!(refusal("{\"trainingUnitSlug\": \"short-a\", \"dayNumber\": 1},", &too_many), expected);
}

#[test]
fn texts_keep_to_the_rules_of_names() {
    for (from, to, expected) in [
        ("\"Short A\"", "\" \"", "/trainingUnits/0/name must have at least 1 characters"),
        ("\"Short A\"", "\"Short  A\"", "/trainingUnits/0/name must be without extra blanks"),
        (
            "\"short-b\", \"name",
            "\"Short-B\", \"name",
            "/trainingUnits/1/slug must consist of words of a-z and 0-9 with single hyphens between them",
        ),
        ("\"Deep.\"", "\"\\u0000\"", "/trainingUnits/0/exercises/0/notes must not contain NUL characters"),
        ("\"Both.\"", "\"\\u0000\"", "/trainingPlan/description must not contain NUL characters"),
        (
            "\"beginner\"",
            "\"easy\"",
            "/trainingPlan/difficultyLevel must be one of beginner, intermediate, expert, and is 'easy'",
        ),
        ("\"slug\": \"short\"", "\"slug\": \"long\"", "/slug must be the name of the file, whose name is short.json"),
        ("[\"gym\"]", "[\"gym\", \"Gym\"]", "/tags/1 must be in lower case without extra blanks"),
        ("[\"gym\"]", "[\"gym\", \"gym\"]", "/tags/1 must not repeat another tag"),
    ] {
        assert_eq!(refusal(from, to), format!("short.json: {expected}"));
    }
}

#[test]
fn nothing_comes_twice() {
    let same = read(&[("short.json", &FILE.replace("short-b", "short-a"))]).unwrap_err();
    assert_eq!(same, "short.json: /trainingUnits/1/slug is that of another unit");
    assert_eq!(refusal("Short B", "SHORT a"), "short.json: /trainingUnits/1/name is that of another unit");
    let slug = FILE.replace("short-", "long-").replace("\"short\"", "\"long\"");
    let other = slug.replace("\"Short\"", "\"Long\"").replace("Short", "Long");
    assert_eq!(read(&[("short.json", FILE), ("long.json", &other)]).map(|all| all.len()), Ok(2));
    let both = |other: &str| read(&[("short.json", FILE), ("long.json", other)]).unwrap_err();
    let plan = other.replace("\"name\": \"Long\"", "\"name\": \"SHORT\"");
    assert_eq!(both(&plan), "long.json: /trainingPlan/name is that of another plan");
    let unit = other.replace("Long B", "short b");
    assert_eq!(both(&unit), "long.json: /trainingUnits/1/name is that of another unit");
    let unit = other.replace("long-b", "short-b");
    assert_eq!(both(&unit), "long.json: /trainingUnits/1/slug is that of another unit");
    let again = read(&[("short.json", FILE), ("short.json", FILE)]).unwrap_err();
    assert_eq!(again, "short.json: /slug is that of another plan");
}

#[test]
fn what_is_no_programme_is_refused_with_its_line() {
    for (from, to, said) in [
        ("\"notes\"", "\"note\"", "unknown field `note`"),
        ("\"mode\": \"reps\", ", "", "missing field `mode`"),
        ("\"sets\": 3", "\"sets\": \"3\"", "invalid type: string \"3\", expected i64"),
        ("62.5", "\"62.5\"", "invalid type: string \"62.5\", expected a JSON number"),
        ("\"tags\"", "tags", "key must be a string"),
    ] {
        let refusal = refusal(from, to);
        assert!(refusal.starts_with("short.json: ") && refusal.contains(said), "{refusal}");
        assert!(refusal.contains(" at line "), "{refusal}");
    }
}
