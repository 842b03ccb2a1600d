//! Files of Hevy.

use irontrack_domain::TimeZone;
use irontrack_interchange::{FileError, ReadSettings};

use crate::reading::{App::Hevy, outline, outlines, read, refused, sessions, set_outline, settings};

const METRIC: &str = include_str!("../samples/hevy_metric.csv");
const IMPERIAL: &str = include_str!("../samples/hevy_imperial.csv");

fn with_rows(rows: &[&str]) -> String {
    let header = METRIC.lines().next().unwrap();
    [&[header], rows].concat().join("\n")
}

#[test]
fn blocks_of_rows_are_exercises_and_ends_tell_workouts_apart() {
    assert_eq!(
        outlines(Hevy, METRIC),
        "Upper 2025-12-22T13:00:00Z 2025-12-22T14:15:00Z
# Before \"the\" feast,
in peace.
Bench Press (Barbell) (reps)
# Elbows in.
  40 kg x 10 warmup
  82.5 kg x 5 @8.5
Pull Up (reps)
  x 8
Bench Press (Barbell) (reps)
  60 kg x 12 drop
  50 kg x 0 failure @10

Upper 2025-12-22T13:00:00Z 2025-12-22T15:00:00Z
Running (distance)
  5.25 km # Time 0:25:30"
    );
}

#[test]
fn pounds_and_miles_and_the_other_dates_are_read() {
    assert_eq!(
        outlines(Hevy, IMPERIAL),
        "Legs 2026-05-15T23:26:00Z 2026-05-16T00:30:00Z
Squat (Barbell) (reps)
  102.058 kg x 5 @8
Farmer's Walk (distance)
  45.359 kg 0.161 km # Time 0:00:45
Wall Sit (time)
  90 s"
    );
}

#[test]
fn a_workout_that_nobody_has_ended_is_read() {
    let file = with_rows(&["Legs,\"22 Dec 2025, 08:00\",,,Squat,,,0,normal,100,5,,,"]);
    let session = &sessions(Hevy, &file)[0];
    assert_eq!(session.course.end(), Some(session.course.start()));
}

#[test]
fn the_same_exercise_twice_in_a_row_is_told_by_its_numbers() {
    let row = |index| format!("Legs,\"22 Dec 2025, 08:00\",\"22 Dec 2025, 09:00\",,Squat,,,{index},normal,100,5,,,");
    let file = with_rows(&[&row(0), &row(1), &row(0), &row(1), &row(2)]);
    let sets: Vec<_> = sessions(Hevy, &file)[0].exercises.iter().map(|exercise| exercise.sets.len()).collect();
    assert_eq!(sets, [2, 3]);
}

#[test]
fn blocks_are_told_apart_by_rows_that_were_refused_as_well() {
    let row = |exercise: &str, index: &str, reps: &str| {
        format!("Legs,\"22 Dec 2025, 08:00\",\"22 Dec 2025, 09:00\",,{exercise},,,{index},normal,100,{reps},,,")
    };
    let rows = [
        row("Squat", "0", "5"),
        row("Bench", "0", "many"),
        row("Squat", "1", "4"),
        row("Squat", "0", "few"),
        row("Squat", "2", "3"),
        row("Squat", "first", "2"),
        row("Squat", "3", "1"),
        row(" ", "0", "9"),
    ];
    let file = with_rows(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let content = read(Hevy, file.as_bytes(), &settings());
    let exercises = &content.sessions[0].exercises;
    let reps: Vec<Vec<_>> = exercises.iter().map(|it| it.sets.iter().map(set_outline).collect()).collect();
    assert_eq!(reps, [vec!["100 kg x 5"], vec!["100 kg x 4"], vec!["100 kg x 3", "100 kg x 1"]]);
    assert_eq!((content.refused.len(), content.sessions[0].rows_refused), (4, 4));
}

#[test]
fn workouts_that_end_while_clocks_are_put_back_are_read() {
    let row = |start: &str, end: &str| {
        format!("Late,\"25 Oct 2026, {start}\",\"25 Oct 2026, {end}\",,Squat,,,0,normal,100,5,,,")
    };
    let berlin = ReadSettings { time_zone: TimeZone::parse("Europe/Berlin").unwrap(), ..settings() };
    for (start, end, expected) in [
        ("01:50", "02:20", "2026-10-24T23:50:00Z 2026-10-25T00:20:00Z"),
        ("02:50", "02:20", "2026-10-25T00:50:00Z 2026-10-25T01:20:00Z"),
        ("02:50", "02:55", "2026-10-25T00:50:00Z 2026-10-25T00:55:00Z"),
        ("02:50", "03:10", "2026-10-25T00:50:00Z 2026-10-25T02:10:00Z"),
    ] {
        let content = read(Hevy, with_rows(&[&row(start, end)]).as_bytes(), &berlin);
        assert!(content.refused.is_empty(), "{start} {end}: {content:#?}");
        assert!(outline(&content.sessions[0]).contains(expected), "{}", outline(&content.sessions[0]));
    }
    let content = read(Hevy, with_rows(&[&row("01:50", "01:40")]).as_bytes(), &berlin);
    assert_eq!(content.refused[0].to_string(), "line 2, end_time: the end must not be before the start");
}

#[test]
fn units_that_are_not_known_are_no_others() {
    for (from, to, expected) in [
        ("weight_kg", "weight_st", "the column weight_st is in a unit that is not known"),
        ("distance_km", "distance_yd", "the column distance_yd is in a unit that is not known"),
        ("duration_seconds", "duration_minutes", "the column duration_minutes is in a unit that is not known"),
        ("superset_id", "weight_lbs", "the columns weight_lbs and weight_kg measure the same"),
        ("weight_kg", "weight", "the first line has no column weight_kg"),
    ] {
        let error = read(Hevy, METRIC.replace(from, to).as_bytes(), &settings()).error.unwrap();
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn rows_that_are_not_understood_say_why() {
    let file = with_rows(&[
        "Legs,\"22 Dec 2025, 08:00\",\"22 Dec 2025, 07:00\",,Squat,,,0,normal,100,5,,,",
        "Legs,yesterday,\"22 Dec 2025, 07:00\",,Squat,,,0,normal,100,5,,,",
        "Legs,\"22 Dec 2025, 08:00\",\"22 Dec 2025, 09:00\",,Squat,,,0,superset,100,5,,,",
        "Legs,\"22 Dec 2025, 08:00\",\"22 Dec 2025, 09:00\",,Squat,,,first,normal,100,5,,,",
        "Legs,\"22 Dec 2025, 08:00\",\"22 Dec 2025, 09:00\",,Squat,,,0,normal,100,5,,700000,",
        "Legs,\"22 Dec 2025, 08:00\",\"22 Dec 2025, 09:00\",,Squat,,,0,normal,100,5,,,8.25",
    ]);
    assert_eq!(
        refused(Hevy, &file),
        [
            "line 2, end_time: the end must not be before the start",
            "line 3, start_time: is not a date with a time",
            "line 4, set_type: is not a kind of set that is known",
            "line 5, set_index: is not a number",
            "line 6, duration_seconds: must be a whole number from 1 to 604800",
            "line 7, rpe: must be between 1 and 10 in steps of 0.5",
        ]
    );
    assert!(read(Hevy, file.as_bytes(), &settings()).sessions.is_empty(), "nothing is left of that workout");
}

#[test]
fn other_bytes_than_utf8_are_refused_where_they_stand() {
    let mut file = with_rows(&["Legs,\"22 Dec 2025, 08:00\",,,Squat,,X,0,normal,100,5,,,"]).into_bytes();
    let place = file.iter().rposition(|byte| *byte == b'X').unwrap();
    file[place] = 0xff;
    let content = read(Hevy, &file, &settings());
    assert_eq!(content.refused[0].to_string(), "line 2, exercise_notes: is not UTF-8");
    file[place] = 0;
    let content = read(Hevy, &file, &settings());
    assert_eq!(content.refused[0].to_string(), "line 2, exercise_notes: must not contain NUL characters");
}

#[test]
fn files_of_others_are_refused_as_a_whole() {
    let strong = include_str!("../samples/strong_short.csv");
    let error = read(Hevy, strong.as_bytes(), &settings()).error.unwrap();
    assert!(matches!(&error, FileError::UnknownHeader { missing } if missing.len() == 4), "{error}");
    let twice = "start_time,exercise_title,set_type,reps,Reps\n";
    let error = read(Hevy, twice.as_bytes(), &settings()).error.unwrap();
    assert!(matches!(error, FileError::DuplicateColumn(_)), "{error}");
}
