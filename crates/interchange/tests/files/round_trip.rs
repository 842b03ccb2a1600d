//! Sessions that are written and read again.

use std::{collections::BTreeMap, fmt::Write as _};

use chrono::DateTime;
use irontrack_domain::{
    SessionExerciseId, SessionSetId, TimeZone, TrainingSessionId,
    training::{
        Distance, LongText, Mode, TemplateName, Weight,
        session::{
            Course, Metric, PerformedSet, RecordedExercise, RecordedSet, Revision, Rpe, SessionExercise, SessionHead,
            SessionTime, SetNotes, SetType, TrainingSession,
        },
    },
};
use irontrack_interchange::{CsvShape, ReadSettings, SessionWriter};
use proptest::prelude::*;

use crate::reading::{App, read, set_outline, settings};

fn app_of(shape: CsvShape) -> App {
    match shape {
        CsvShape::Hevy => App::Hevy,
        CsvShape::Strong => App::Strong,
    }
}

fn file(shape: CsvShape, sessions: &[TrainingSession]) -> String {
    let mut file = Vec::new();
    let mut writer = SessionWriter::begin(shape, &mut file).unwrap();
    for session in sessions {
        writer.write(session, &mut file).unwrap();
    }
    String::from_utf8(file).unwrap()
}

fn session(start: i64, title: &str, exercises: Vec<(&str, Mode, Vec<PerformedSet>)>) -> TrainingSession {
    let time = |seconds| SessionTime::from_clock(DateTime::from_timestamp(seconds, 0).unwrap());
    let exercises = exercises.into_iter().enumerate().map(|(place, (name, mode, sets))| RecordedExercise {
        id: SessionExerciseId::new(1),
        place,
        exercise: SessionExercise {
            exercise_id: None,
            exercise_name: name.to_owned(),
            mode,
            planned: None,
            notes: LongText::parse("=Slowly; \"really\",\nslowly").ok(),
        },
        sets: sets.into_iter().map(|set| RecordedSet { id: SessionSetId::new(1), set }).collect(),
    });
    TrainingSession {
        head: SessionHead {
            revision: Revision { session: TrainingSessionId::new(uuid::Uuid::nil()), writes: 0, references: 0 },
            plan_id: None,
            unit_id: None,
            plan_name: None,
            unit_name: TemplateName::parse(title).ok(),
            course: Course::completed(time(start), time(start + 3660)).unwrap(),
            time_zone: settings().time_zone,
            notes: LongText::parse("@home").ok(),
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        },
        exercises: exercises.collect(),
    }
}

/// What an app keeps of a set.
fn kept(shape: CsvShape, set: &PerformedSet) -> PerformedSet {
    let mut set = set.clone();
    match shape {
        CsvShape::Hevy => set.notes = None,
        CsvShape::Strong => {
            set.weight = set.weight.filter(|weight| weight.grams() > 0);
            set.metric = set.metric.filter(|metric| *metric != Metric::Reps(0));
        }
    }
    set
}

/// The sets of a session by exercise, in their order.
fn sets<'a>(sets: impl Iterator<Item = (&'a str, String)>) -> BTreeMap<String, String> {
    let mut by_exercise = BTreeMap::<String, String>::new();
    for (name, set) in sets {
        let _ = writeln!(by_exercise.entry(name.to_owned()).or_default(), "{set}");
    }
    by_exercise
}

fn a_set() -> impl Strategy<Value = (Mode, PerformedSet)> {
    let metric = prop_oneof![
        (0_i16..=10_000).prop_map(|reps| (Mode::Reps, Some(Metric::Reps(reps)))),
        (1_i32..=604_800).prop_map(|seconds| (Mode::Time, Some(Metric::TimeSeconds(seconds)))),
        (1_u32..=99_999_999).prop_map(|m| (Mode::Distance, Distance::from_metres(m).map(Metric::Distance))),
        Just((Mode::SetsOnly, None)),
    ];
    let notes = prop::option::of("[=+@' a-z\"\\n;,-]{1,20}[a-z]".prop_map(|notes| SetNotes::parse(&notes).unwrap()));
    (metric, prop::option::of(0_u32..=99_999_999), 0..4_usize, prop::option::of(2_u8..=20), notes).prop_map(
        |((mode, metric), grams, set_type, halves, notes)| {
            let set = PerformedSet {
                weight: grams.and_then(Weight::from_grams),
                metric,
                set_type: SetType::ALL[set_type],
                rpe: halves.and_then(Rpe::from_halves),
                notes,
            };
            (mode, set)
        },
    )
}

/// Names of exercises: some twice, some dangerous.
const NAMES: [&str; 5] = ["Bench Press (Barbell)", "=Squat", "Row; \"bent over\"", "'@Curl", "Plank"];

/// Where athletes have been.
const ZONES: [&str; 3] = ["America/New_York", "Europe/Berlin", "Asia/Tokyo"];

/// When a session began and how long it took, in microseconds, and where it was.
fn times() -> impl Strategy<Value = (i64, i64, usize)> {
    // Some days, and more often the hours in which clocks are put back in New York.
    let begin = prop_oneof![0..432_000_000_000_i64, 180_000_000_000..205_000_000_000_i64];
    (begin, 0..20_000_000_000_i64, 0..ZONES.len())
}

/// A session that is told apart from others by its title.
fn at((begin, length, zone): (i64, i64, usize), number: usize, mut session: TrainingSession) -> TrainingSession {
    let time = |micros| SessionTime::from_clock(DateTime::from_timestamp_micros(micros).unwrap());
    let start = 1_761_868_800_000_000 + begin;
    session.head.course = Course::completed(time(start), time(start + length)).unwrap();
    session.head.time_zone = TimeZone::parse(ZONES[zone]).unwrap();
    session.head.unit_name = TemplateName::parse(&format!("- Push, \"hard\" {number}")).ok();
    session
}

fn no_units() -> ReadSettings {
    ReadSettings { weight_unit: None, distance_unit: None, ..settings() }
}

proptest! {
    #![proptest_config(crate::cases::config())]

    #[test]
    fn the_same_sets_come_back(
        is_hevy: bool,
        drafts in prop::collection::vec((times(), prop::collection::vec((0..NAMES.len(), a_set()), 1..12)), 1..5),
    ) {
        let shape = if is_hevy { CsvShape::Hevy } else { CsvShape::Strong };
        let sessions: Vec<_> = drafts.into_iter().enumerate().map(|(number, (times, sets))| {
            let exercises = sets.into_iter().map(|(name, (mode, set))| (NAMES[name], mode, vec![set])).collect();
            at(times, number, session(0, "", exercises))
        }).collect();
        let text = file(shape, &sessions);
        let content = read(app_of(shape), text.as_bytes(), &no_units());
        prop_assert!(content.error.is_none() && content.refused.is_empty(), "{:?}\n{}", content, text);
        prop_assert_eq!(content.sessions.len(), sessions.len());
        for (read, written) in content.sessions.iter().zip(&sessions) {
            let head = &written.head;
            prop_assert_eq!(read.key(), read.precision.key(head.course, head.time_zone, head.unit_name.clone()), "{}", text);
            prop_assert_eq!(&read.notes, &head.notes);
            let found = read.exercises.iter().flat_map(|it| it.sets.iter().map(|set| (it.name.as_str(), set_outline(set))));
            let expected: Vec<_> = written.exercises.iter().flat_map(|it| {
                it.sets.iter().map(|it_set| (it.exercise.exercise_name.as_str(), set_outline(&kept(shape, &it_set.set))))
            }).collect();
            if is_hevy {
                let blocks: Vec<_> = read.exercises.iter().map(|it| (it.name.as_str(), it.mode, it.sets.len())).collect();
                let written = written.exercises.iter();
                let expected_blocks: Vec<_> =
                    written.map(|it| (it.exercise.exercise_name.as_str(), it.exercise.mode, it.sets.len())).collect();
                prop_assert_eq!(blocks, expected_blocks, "{}", text);
                prop_assert_eq!(found.collect::<Vec<_>>(), expected, "{}", text);
            } else {
                prop_assert_eq!(sets(found), sets(expected.into_iter()), "{}", text);
            }
        }
        let delimiter = if is_hevy { b',' } else { b';' };
        for record in csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes()).records() {
            let record = record.unwrap();
            prop_assert!(!record.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])), "{:?}", record);
        }
    }

    /// Every text is what it was: also one that would be a formula, that was one with an apostrophe before, that has line
    /// feeds and carriage returns at its ends.
    #[test]
    fn the_same_texts_come_back(
        is_hevy: bool,
        [title, name, of_exercise, of_set, of_workout] in prop::array::uniform5("['=+@\t\r\n a\"\u{a0};,-]{0,6}[a ]?"),
    ) {
        let shape = if is_hevy { CsvShape::Hevy } else { CsvShape::Strong };
        let is_blank = |text: &str| text.trim().is_empty();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ") + "b";
        let notes = SetNotes::parse(&of_set).ok().filter(|notes| !is_hevy && !is_blank(notes.as_str()));
        let set = PerformedSet { notes, ..reps(80_000, 5) };
        let mut session = session(1_772_492_405, &title, vec![(&name, Mode::Reps, vec![set.clone()])]);
        let long = |text: &str| LongText::parse(text).ok().filter(|text| !is_blank(text.as_str()));
        session.exercises[0].exercise.notes = long(&of_exercise);
        session.head.notes = long(&of_workout);
        let text = file(shape, std::slice::from_ref(&session));
        let content = read(app_of(shape), text.as_bytes(), &no_units());
        prop_assert!(content.error.is_none() && content.refused.is_empty(), "{:?}\n{}", content, text);
        let read = &content.sessions[0];
        prop_assert_eq!(&read.unit_name, &session.head.unit_name);
        prop_assert_eq!(&read.notes, &session.head.notes, "{:?}", text);
        prop_assert_eq!(&read.exercises[0].name, &name);
        prop_assert_eq!(&read.exercises[0].notes, &session.exercises[0].exercise.notes, "{:?}", text);
        prop_assert_eq!(&read.exercises[0].sets[0], &set, "{:?}", text);
    }
}

fn reps(weight: u32, reps: i16) -> PerformedSet {
    PerformedSet { weight: Weight::from_grams(weight), metric: Some(Metric::Reps(reps)), ..PerformedSet::default() }
}

fn noted() -> Vec<TrainingSession> {
    let hard = PerformedSet {
        set_type: SetType::Drop,
        rpe: Rpe::from_halves(17),
        notes: SetNotes::parse("Hard.").ok(),
        ..reps(60_500, 8)
    };
    let run = PerformedSet { metric: Distance::from_metres(5250).map(Metric::Distance), ..PerformedSet::default() };
    vec![
        session(1_772_492_405, "Push", vec![("Bench Press", Mode::Reps, vec![reps(80_000, 5), hard])]),
        session(1_772_578_800, "", vec![("Nothing", Mode::Reps, vec![]), ("Running", Mode::Distance, vec![run])]),
    ]
}

#[test]
fn hevy_rows_look_like_those_of_hevy() {
    assert_eq!(
        file(CsvShape::Hevy, &noted()),
        "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,weight_kg,\
         reps,distance_km,duration_seconds,rpe
Push,\"2 Mar 2026, 18:00\",\"2 Mar 2026, 19:01\",'@home,Bench Press,,\"'=Slowly; \"\"really\"\",
slowly
Set 2: Hard.\",0,normal,80,5,,,
Push,\"2 Mar 2026, 18:00\",\"2 Mar 2026, 19:01\",,Bench Press,,,1,dropset,60.5,8,,,8.5
,\"3 Mar 2026, 18:00\",\"3 Mar 2026, 19:01\",'@home,Running,,\"'=Slowly; \"\"really\"\",
slowly\",0,normal,,,5.25,,
"
    );
}

#[test]
fn strong_rows_look_like_those_of_strong() {
    assert_eq!(
        file(CsvShape::Strong, &noted()),
        "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;Distance (meters);\
         Seconds;Notes;Workout Notes
1;2026-03-02 18:00:05;Push;3660;Bench Press;Note;;;;;;\"'=Slowly; \"\"really\"\",
slowly\";'@home
1;2026-03-02 18:00:05;Push;3660;Bench Press;1;80;5;;;;;
1;2026-03-02 18:00:05;Push;3660;Bench Press;D;60.5;8;8.5;;;Hard.;
2;2026-03-03 18:00:00;;3660;Running;Note;;;;;;\"'=Slowly; \"\"really\"\",
slowly\";'@home
2;2026-03-03 18:00:00;;3660;Running;1;;;;5250;;;
"
    );
}

#[test]
fn sessions_that_were_not_brought_to_their_end_are_left_out() {
    let of = |title: &str, course: fn(SessionTime) -> Course| {
        let mut session = session(1_772_492_405, title, vec![("Squat", Mode::Reps, vec![reps(80_000, 5)])]);
        session.head.notes = None;
        session.exercises[0].exercise.notes = None;
        session.head.course = course(session.head.course.start());
        session
    };
    let sessions = [
        of("aborted", |start| Course::started(start).abort(Some(start), start.time()).unwrap()),
        of("open", Course::started),
        of("done", |start| Course::started(start).finish(Some(start), start.time()).unwrap()),
    ];
    let rows = |shape| file(shape, &sessions).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows(CsvShape::Hevy), ["done,\"2 Mar 2026, 18:00\",\"2 Mar 2026, 18:00\",,Squat,,,0,normal,80,5,,,"]);
    assert_eq!(rows(CsvShape::Strong), ["1;2026-03-02 18:00:05;done;0;Squat;1;80;5;;;;;"]);
}

#[test]
fn times_are_those_of_the_clocks_of_the_athlete() {
    let mut session = session(1_772_492_405, "Push", vec![("Squat", Mode::Reps, vec![reps(80_000, 5)])]);
    session.head.time_zone = TimeZone::parse("Asia/Tokyo").unwrap();
    let text = file(CsvShape::Strong, &[session]);
    assert!(text.contains("2026-03-03 08:00:05"), "{text}");
}
