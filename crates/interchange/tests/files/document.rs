//! Exports of IronTrack.

use std::io::{Read, Write};

use flate2::{Compression, write::GzEncoder};
use irontrack_domain::training::{SharingStatus, session::SessionStatus};
use irontrack_interchange::{Document, FileError, Found};

use crate::reading::outline;

const SAMPLE: &str = include_str!("../samples/irontrack.json");

const MANY: u64 = 1 << 20;

fn read(file: impl Read) -> (Vec<Found>, Option<FileError>) {
    read_up_to(file, MANY)
}

fn read_up_to(file: impl Read, max_bytes: u64) -> (Vec<Found>, Option<FileError>) {
    let mut found = Vec::new();
    let document = match Document::open(file, max_bytes, "2026-11-29T12:00:00Z".parse().unwrap()) {
        Ok(document) => document,
        Err(error) => return (found, Some(error)),
    };
    for item in document {
        match item {
            Ok(item) => found.push(item),
            Err(error) => return (found, Some(error)),
        }
    }
    (found, None)
}

/// Bytes that come one at a time.
struct Drops<'a>(&'a [u8]);

impl Read for Drops<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(&mut buffer[..1])
    }
}

fn zipped(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn everything_that_belongs_to_the_account_is_read() {
    let (found, error) = read(SAMPLE.as_bytes());
    assert!(error.is_none(), "{error:?}");
    let [Found::Exercise(exercise), Found::Unit(unit), Found::Plan(plan), Found::Session(done), Found::Session(open)] =
        found.as_slice()
    else {
        panic!("{found:#?}")
    };
    assert_eq!((exercise.name.as_str(), exercise.primary_muscles[0].id), ("Garage Door Lift", 7));
    assert_eq!((unit.head.name.as_str(), unit.head.sharing_status), ("Full Body A", SharingStatus::Private));
    assert_eq!(unit.entries[0].exercise_id, Some(exercise.id));
    assert_eq!(unit.entries[0].prescription.targets.weight.unwrap().to_string(), "82.5");
    assert_eq!((plan.units[0].unit_id, plan.units[0].day), (unit.id, 1));
    assert_eq!(
        outline(done),
        "Full Body A 2026-11-28T17:30:00Z 2026-11-28T18:41:46Z
# Slept badly, trained well.
Garage Door Lift (reps)
  82.5 kg x 8 @8.5
  0.001 kg x 0 failure # Cramp."
    );
    assert_eq!((done.unit_id, done.plan_id), (Some(unit.id), Some(plan.id)));
    assert_eq!(done.time_zone.name(), "Europe/Berlin");
    assert_eq!(done.course.end().unwrap().time().timestamp_subsec_micros(), 82_726);
    let planned = done.exercises[0].planned.unwrap();
    assert_eq!((planned.entry, planned.prescription.sets), (Some(unit.entries[0].id), 3));
    assert_eq!((open.course.status(), open.exercises.len()), (SessionStatus::InProgress, 0));
}

#[test]
fn documents_may_be_compressed_and_come_in_drops() {
    let (plain, _) = read(SAMPLE.as_bytes());
    assert_eq!(read(zipped(SAMPLE).as_slice()).0, plain);
    let two_members = [zipped(&SAMPLE[..1000]), zipped(&SAMPLE[1000..])].concat();
    assert_eq!(read(two_members.as_slice()).0, plain);
    assert_eq!(read(Drops(SAMPLE.as_bytes())).0, plain);
    let pretty = serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(SAMPLE).unwrap()).unwrap();
    assert_eq!(read(pretty.as_bytes()).0, plain);
}

#[test]
fn what_is_too_large_ends_also_when_it_is_compressed() {
    let bomb = zipped(&format!("{{\"x\":\"{}\"}}", " ".repeat(8 << 20)));
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let (_, error) = read(bomb.as_slice());
    assert!(matches!(error, Some(FileError::TooLarge { max: MANY })), "{error:?}");
    let size = SAMPLE.len() as u64;
    assert!(read_up_to(SAMPLE.as_bytes(), size).1.is_none());
    let (_, error) = read_up_to(SAMPLE.as_bytes(), size - 1);
    assert!(matches!(error, Some(FileError::TooLarge { .. })), "{error:?}");
}

#[test]
fn an_element_that_is_not_understood_is_refused_alone() {
    let change = |from: &str, to: &str| {
        assert!(SAMPLE.contains(from), "{from}");
        let (found, error) = read(SAMPLE.replacen(from, to, 1).as_bytes());
        assert!(error.is_none(), "{error:?}");
        assert_eq!(found.len(), 5);
        let refused = found.iter().filter_map(|found| match found {
            Found::Refused(error) => Some(error.to_string()),
            _ => None,
        });
        refused.collect::<Vec<_>>()
    };
    for (from, to, expected) in [
        ("\"weight\":82.5", "\"weight\":-1", "/trainingSessions/0, exercises/0/sets/0/weight: must not be less than 0"),
        (
            "\"weight\":82.5",
            "\"weight\":82.50001",
            "/trainingSessions/0, exercises/0/sets/0/weight: must have at most 3 decimals",
        ),
        (
            "\"timeSeconds\":null",
            "\"timeSeconds\":5",
            "/trainingSessions/0, exercises/0/sets/0/mode: is not what is counted in this mode",
        ),
        (
            "\"rpe\":8.5",
            "\"rpe\":8.4",
            "/trainingSessions/0, exercises/0/sets/0/rpe: must be between 1 and 10 in steps of 0.5",
        ),
        (
            "Europe/Berlin",
            "Berlin",
            "/trainingSessions/0, userTimezone: must be the name of a time zone in the IANA database, such as Europe/Berlin",
        ),
        ("\"status\":\"completed\"", "\"status\":\"done\"", "/trainingSessions/0, status: unknown value `done`"),
        (
            "\"endTime\":null",
            "\"endTime\":\"2026-11-28T18:00:00Z\"",
            "/trainingSessions/1, endTime: the end must not be before the start",
        ),
        (
            "\"dayNumber\":1",
            "\"dayNumber\":0",
            "/trainingPlans/0, units/0/dayNumber: must be a whole number from 1 to 3660",
        ),
        (
            "\"sharingStatus\":\"private\"",
            "\"sharingStatus\":\"\"",
            "/trainingUnits/0, sharingStatus: unknown value ``",
        ),
        ("Garage Door Lift", "G", "/exercises/0, name: must have at least 3 characters"),
    ] {
        assert_eq!(change(from, to), [expected]);
    }
    let shape = change("\"repsCompleted\":8", "\"repsCompleted\":\"8\"");
    assert!(shape[0].starts_with("/trainingSessions/0: invalid type"), "{shape:?}");
    let number = change("\"dayNumber\":1", "\"dayNumber\":1e400");
    assert!(number[0].starts_with("/trainingPlans/0: "), "{number:?}");
}

#[test]
fn elements_of_any_kind_are_counted() {
    let file = r#"{"format":"irontrack-export","version":1,"exercises":[1, null ,"x",[],{}],"trainingSessions":[]}"#;
    let (found, error) = read(file.as_bytes());
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found.len(), 5, "{found:#?}");
    assert!(found.iter().all(|found| matches!(found, Found::Refused(_))));
}

/// Nothing of it is held, and what stands around it is read.
#[test]
fn an_element_that_is_too_large_is_refused_alone() {
    let large = format!("{{\"name\":\"{}\"}},", "]}\\\"".repeat(8 << 20));
    let file = SAMPLE.replacen("\"trainingUnits\":[", &format!("\"trainingUnits\":[{large}"), 1);
    let (found, error) = read_up_to(file.as_bytes(), 1 << 30);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found.len(), 6);
    let Found::Refused(error) = &found[1] else { panic!("{:?}", found[1]) };
    assert_eq!(error.to_string(), "/trainingUnits/0: is larger than 33554432 bytes");
    // What is not taken over may be as large as it likes.
    let file = SAMPLE.replacen("\"grants\":[", &format!("\"grants\":[{large}"), 1);
    let (found, error) = read_up_to(file.as_bytes(), 1 << 30);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(found.len(), 5);
}

#[test]
fn an_element_that_is_no_json_ends_the_document() {
    for (from, to) in [
        ("\"name\":\"Garage Door Lift\"", "\"name\":1,,"),
        ("\"name\":\"Garage Door Lift\"", "\"name\":\"Garage \u{1} Lift\""),
        ("\"weight\":82.5", "\"weight\":82.5.5"),
        ("[{\"id\":812", "{{\"id\":812"),
    ] {
        assert!(SAMPLE.contains(from), "{from}");
        let (_, error) = read(SAMPLE.replacen(from, to, 1).as_bytes());
        assert!(matches!(error, Some(FileError::Syntax(_))), "{to}: {error:?}");
    }
}

/// Files of other apps do not say which muscles an exercise trains, and their owners need not either.
#[test]
fn an_exercise_that_was_made_from_a_name_has_no_muscles() {
    let file = SAMPLE.replacen("\"primaryMuscles\":[", "\"primaryMuscles\":[],\"were\":[", 1);
    let (found, error) = read(file.as_bytes());
    assert!(error.is_none(), "{error:?}");
    let Some(Found::Exercise(exercise)) = found.first() else { panic!("{found:#?}") };
    assert!(exercise.primary_muscles.is_empty(), "{exercise:#?}");
}

#[test]
fn lists_and_names_have_an_end() {
    let refused = |file: String| {
        let (found, error) = read_up_to(file.as_bytes(), 1 << 30);
        assert!(error.is_none(), "{error:?}");
        found.iter().find_map(|it| if let Found::Refused(it) = it { Some(it.to_string()) } else { None }).unwrap()
    };
    let many = |from: &str, count: usize| {
        assert!(SAMPLE.contains(from), "{from}");
        refused(SAMPLE.replacen(from, &format!("{from}{}", "{},".repeat(count).replace("{}", &item(from))), 1))
    };
    assert_eq!(
        many("\"sets\":[", 1000),
        "/trainingSessions/0, exercises/0/sets: is one set more than an exercise may have"
    );
    let expected = "/exercises/0, primaryMuscles: must be a whole number from 0 to 400";
    assert_eq!(many("\"primaryMuscles\":[", 1000), expected);
    let long = SAMPLE.replacen(
        "\"exerciseName\":\"Garage Door Lift\"",
        &format!("\"exerciseName\":\"{}\"", "x".repeat(501)),
        1,
    );
    assert_eq!(refused(long), "/trainingUnits/0, exercises/0/exerciseName: must have at most 500 characters");
}

/// The first item of a list of the sample.
fn item(list: &str) -> String {
    let rest = &SAMPLE[SAMPLE.find(list).unwrap() + list.len()..];
    rest[..=rest.find('}').unwrap()].to_owned()
}

#[test]
fn members_may_stand_in_any_order() {
    let file = r#"{"trainingSessions":[],"zzz":{"a":[1,2,{"b":"]}"}]},"n":-1.5e3,"t":true,"version":1,"format":"irontrack-export"}"#;
    assert!(read(file.as_bytes()).1.is_none());
}

#[test]
fn files_of_others_are_refused() {
    for (file, expected) in [
        ("", "the file is empty"),
        ("  \n", "the file is empty"),
        ("[]", "the file is no export of IronTrack"),
        ("Date,Workout Name\n", "the file is no export of IronTrack"),
        ("{}", "the file is no export of IronTrack"),
        (r#"{"format":"other"}"#, "the file is no export of IronTrack"),
        (r#"{"format":1}"#, "the file is no export of IronTrack"),
        (r#"{"format":"irontrack-export","version":2}"#, "the file is an export of version 2, which is not known here"),
        (r#"{"format":"irontrack-export","version":1} {}"#, "the file is no JSON document"),
        (r#"{"format":"irontrack-export","version":1,}"#, "the file is no JSON document"),
        (r#"{"format":"irontrack-export" "version":1}"#, "the file is no JSON document"),
        (r#"{"format":"irontrack-export","x":tru}"#, "the file is no JSON document"),
        (r#"{"format":"irontrack-export","exercises":[{}"#, "the file is no JSON document"),
        (r#"{"format":"irontrack-export","exercises":[{},]"#, "the file is no JSON document"),
        (r#"{"format":"irontrack-export","exercises":{}}"#, "the file is no JSON document"),
    ] {
        let (_, error) = read(file.as_bytes());
        let error = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(error.starts_with(expected), "{file}: {error:?}");
    }
}

#[test]
fn a_document_that_ends_early_is_an_error_wherever_it_ends() {
    for end in 0..SAMPLE.trim_end().len() {
        let (found, error) = read(&SAMPLE.as_bytes()[..end]);
        assert!(error.is_some(), "after {end} bytes: {found:#?}");
    }
}

#[test]
fn deep_documents_are_no_danger() {
    let deep = format!(r#"{{"format":"irontrack-export","version":1,"x":{}"#, "[".repeat(200_000));
    assert!(read(deep.as_bytes()).1.is_some());
    let deep = format!(
        r#"{{"format":"irontrack-export","version":1,"exercises":[{{"name":{}{}}}]}}"#,
        "[".repeat(1000),
        "]".repeat(1000)
    );
    let (found, error) = read(deep.as_bytes());
    assert!(error.is_some() || matches!(found.as_slice(), [Found::Refused(_)]), "{error:?}");
}
