//! Files of Strong.

use irontrack_interchange::{FileError, Quantity, ReadSettings};

use crate::reading::{App::Strong, outlines, read, refused, sessions, settings};

const OLD: &str = include_str!("../samples/strong_2017.csv");
const SHORT: &str = include_str!("../samples/strong_short.csv");
const SEMICOLON: &str = include_str!("../samples/strong_semicolon.csv");
const NUMBERED: &str = include_str!("../samples/strong_numbered.csv");

/// The header of [`OLD`] with these rows.
fn with_rows(rows: &[&str]) -> String {
    let header = OLD.lines().next().unwrap();
    [&[header], rows].concat().join("\n")
}

#[test]
fn files_without_units_are_read() {
    assert_eq!(
        outlines(Strong, OLD),
        "Push Day 2026-03-02T23:00:05Z 2026-03-03T00:05:05Z
# Slept badly, trained well.
Bench Press (Barbell) (reps)
  43.091 kg x 10 warmup
  102.058 kg x 5 @8.5 # Paused at the chest.
  102.285 kg x 4 @9
Plank (time)
  60 s

Morning Run 2026-03-04T12:30:00Z 2026-03-04T13:15:00Z
Running (distance)
  4.989 km # Time 0:25:30"
    );
    assert_eq!(
        outlines(Strong, SHORT),
        "Push Day 2026-03-02T23:00:05Z 2026-03-02T23:45:05Z
Overhead Press (Barbell) (reps)
  18.144 kg x 8
  13.608 kg x 10 drop
  13.608 kg x 6 failure @10"
    );
}

#[test]
fn units_of_rows_and_decimal_commas_are_read() {
    assert_eq!(
        outlines(Strong, SEMICOLON),
        "Beine; schwer 2026-10-25T06:30:00Z 2026-10-25T07:40:00Z
Squat (Barbell) (reps)
  102.5 kg x 5 @8.5
  102.512 kg x 5
Running (distance)
  1.609 km # Time 0:10:00
Zum Auslaufen."
    );
}

#[test]
fn numbers_tell_workouts_apart_and_rows_without_sets_are_none() {
    assert_eq!(
        outlines(Strong, NUMBERED),
        "Pull 2026-03-02T23:00:05Z 2026-03-03T00:00:05Z
# Good bar speed.
Deadlift (Barbell) (reps)
# Hook grip.
Second set without belt.
  140 kg x 5
  140 kg x 5

Pull 2026-03-02T23:00:05Z 2026-03-03T00:00:05Z
Rowing (Machine) (distance)
  2 km # Time 0:08:00"
    );
    let tally = read(Strong, NUMBERED.as_bytes(), &settings()).tally;
    assert_eq!((tally.rows, tally.sets, tally.asides), (5, 3, 2));
}

#[test]
fn the_header_says_in_what_weights_are() {
    let file = NUMBERED.replace("Weight (kg)", "Weight (lbs)");
    assert!(outlines(Strong, &file).contains("63.503 kg x 5"), "{}", outlines(Strong, &file));
}

#[test]
fn units_that_are_not_known_are_no_others() {
    for (from, to, expected) in [
        ("Weight (kg)", "Weight (st)", "the column Weight (st) is in a unit that is not known"),
        ("Distance (meters)", "Distance (yd)", "the column Distance (yd) is in a unit that is not known"),
        ("Duration (sec)", "Duration (min)", "the column Duration (min) is in a unit that is not known"),
        ("Workout #", "Weight", "the columns Weight and Weight (kg) measure the same"),
        ("Weight (kg)", "Load", "the first line has no column Weight"),
    ] {
        let error = read(Strong, NUMBERED.replace(from, to).as_bytes(), &settings()).error.unwrap();
        assert_eq!(error.to_string(), expected);
    }
    let in_row = SEMICOLON.replace(";lbs;", ";st;");
    assert_eq!(refused(Strong, &in_row), ["line 3, Weight Unit: is not a unit that is known"]);
}

#[test]
fn what_a_row_says_about_its_unit_counts_more_than_the_header() {
    let file = SEMICOLON.replace(";Weight;", ";Weight (kg);").replace(";kg;", ";;");
    let outline = outlines(Strong, &file);
    assert!(outline.contains("102.5 kg x 5") && outline.contains("102.512 kg x 5"), "{outline}");
}

#[test]
fn refused_rows_count_for_the_workout_that_they_stand_in() {
    let good = |name: &str, number: u32| format!("2026-03-02 18:00:05,{name},45m,Bench,{number},100,5,0,0,,,");
    let rows = [
        "yesterday,Push,45m,Bench,1,100,5,0,0,,,".to_owned(),
        "2026-03-02 18:00:05".to_owned(),
        good("Push", 1),
        "2026-03-02 18:00:05,Push,45m,Bench,X,100,5,0,0,,,".to_owned(),
        "yesterday,Push,45m,Bench,1,100,5,0,0,,,".to_owned(),
        "2026-03-02 18:00:05,Pull,45m,Bench,X,100,5,0,0,,,".to_owned(),
        good("Pull", 2),
        good("Push", 2),
        good("Pull", 3),
    ];
    let file = with_rows(&rows.iter().map(String::as_str).collect::<Vec<_>>());
    let content = read(Strong, file.as_bytes(), &settings());
    let counts: Vec<_> = content.sessions.iter().map(|it| (it.exercises[0].sets.len(), it.rows_refused)).collect();
    assert_eq!(counts, [(1, 4), (2, 1)], "{:#?}", content.refused);
    assert_eq!(content.tally.refused, 6, "and one that stands apart");
}

#[test]
fn a_pause_of_another_exercise_ends_a_block() {
    let file = with_rows(&[
        "2026-03-02 18:00:05,Push,45m,Bench,1,100,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Row,Rest Timer,0,0,0,90,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,2,100,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,Rest Timer,0,0,0,90,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,3,100,5,0,0,,,",
    ]);
    let sets: Vec<_> = sessions(Strong, &file)[0].exercises.iter().map(|exercise| exercise.sets.len()).collect();
    assert_eq!(sets, [1, 2]);
}

#[test]
fn names_have_an_end() {
    let row = |length| format!("2026-03-02 18:00:05,Push,45m,{},1,100,5,0,0,,,", "ü".repeat(length));
    assert_eq!(sessions(Strong, &with_rows(&[&row(500)]))[0].exercises[0].name.chars().count(), 500);
    let too_long = refused(Strong, &with_rows(&[&row(501)]));
    assert_eq!(too_long, ["line 2, Exercise Name: must have at most 500 characters"]);
}

#[test]
fn units_are_asked_for_where_nobody_says_them() {
    let without = |change: fn(&mut ReadSettings)| {
        let mut settings = settings();
        change(&mut settings);
        read(Strong, OLD.as_bytes(), &settings).error
    };
    let no_weight = without(|settings| settings.weight_unit = None);
    assert!(matches!(no_weight, Some(FileError::UnitNeeded(Quantity::Weight))), "{no_weight:?}");
    let no_distance = without(|settings| settings.distance_unit = None);
    assert!(matches!(no_distance, Some(FileError::UnitNeeded(Quantity::Distance))), "{no_distance:?}");
    let nothing = ReadSettings { weight_unit: None, distance_unit: None, ..settings() };
    let bodyweight = with_rows(&["2026-03-02 18:00:05,Push,45m,Push Up,1,0,20,0,0,,,"]);
    assert!(read(Strong, bodyweight.as_bytes(), &nothing).error.is_none(), "nothing is nothing in every unit");
    assert!(read(Strong, NUMBERED.as_bytes(), &nothing).error.is_none(), "the file says it");
}

#[test]
fn rows_that_are_not_understood_say_why() {
    let file = with_rows(&[
        "2026-03-02 18:00:05,Push,45m,Bench,1,100,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,2,abc,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,3,100,5.5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,X,100,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,,4,100,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,5,100,5,0,0,,,11",
        "2026-03-02 18:00:05,Push,45m,Bench,6,-1,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,7,100,5,0",
        "02/03/2026 18:00,Push,45m,Bench,8,100,5,0,0,,,",
        "2026-03-02 18:00:05,Push,long,Bench,9,100,5,0,0,,,",
        "2026-12-02 18:00:05,Push,45m,Bench,10,100,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,11,300000,5,0,0,,,",
        "2026-03-02 18:00:05,Push,800h,Bench,12,100,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,13,100,5,0,0,,,",
    ]);
    assert_eq!(
        refused(Strong, &file),
        [
            "line 3, Weight: is not a number",
            "line 4, Reps: must be a whole number from 0 to 10000",
            "line 5, Set Order: is not a kind of set that is known",
            "line 6, Exercise Name: is missing",
            "line 7, RPE: must be between 1 and 10 in steps of 0.5",
            "line 8, Weight: must not be less than 0",
            "line 9: has 8 cells instead of 12",
            "line 10, Date: is not a date with a time",
            "line 11, Duration: is not a duration",
            "line 12, Date: must not be more than 5 minutes ahead",
            "line 13, Weight: must not be greater than 99999.999",
            "line 14, Duration: start and end must be at most 31 days apart",
        ]
    );
    let content = read(Strong, file.as_bytes(), &settings());
    assert_eq!(content.sessions.len(), 1);
    assert_eq!(content.sessions[0].exercises[0].sets.len(), 2);
    assert_eq!(content.sessions[0].rows_refused, 12, "also those of which nobody knows: {content:#?}");
}

#[test]
fn rows_that_stand_apart_from_their_workout_are_refused() {
    let file = with_rows(&[
        "2026-03-02 18:00:05,Push,45m,Bench,1,100,5,0,0,,,",
        "2026-03-03 18:00:05,Pull,45m,Row,1,100,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Bench,2,100,5,0,0,,,",
        "2026-03-03 18:00:05,Pull,45m,Row,2,100,5,0,0,,,",
        "2026-03-04 18:00:05,Legs,45m,Squat,1,100,5,0,0,,,",
    ]);
    let apart =
        |line, of| format!("line {line}: belongs to the workout that begins in line {of}, but does not stand with it");
    assert_eq!(refused(Strong, &file), [apart(4, 2)]);
    let sessions = read(Strong, file.as_bytes(), &settings()).sessions;
    let sets: Vec<_> = sessions.iter().map(|session| session.exercises[0].sets.len()).collect();
    assert_eq!(sets, [1, 2, 1], "the workout that was interrupted goes on");
}

#[test]
fn another_mode_or_a_number_that_begins_anew_is_another_exercise() {
    let file = with_rows(&[
        "2026-03-02 18:00:05,Push,45m,Carry,1,100,0,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Carry,2,100,0,0,30,,,",
        "2026-03-02 18:00:05,Push,45m,Carry,3,100,0,0.1,0,,,",
        "2026-03-02 18:00:05,Push,45m,Carry,1,100,0,0.2,0,,,",
        "2026-03-02 18:00:05,Push,45m,Sled,1,100,0,0,0,,,",
    ]);
    let sessions = sessions(Strong, &file);
    let shape: Vec<_> =
        sessions[0].exercises.iter().map(|it| (it.name.as_str(), it.mode.as_str(), it.sets.len())).collect();
    assert_eq!(
        shape,
        [("Carry", "time", 2), ("Carry", "distance", 1), ("Carry", "distance", 1), ("Sled", "sets_only", 1)]
    );
}

/// Warm-up sets have no number. They begin the exercise whose mode they have.
#[test]
fn a_warm_up_of_another_mode_begins_an_exercise_and_does_not_end_it() {
    let file = with_rows(&[
        "2026-03-02 18:00:05,Push,45m,Plank,1,0,0,0,60,,,",
        "2026-03-02 18:00:05,Push,45m,Plank,2,0,0,0,60,,,",
        "2026-03-02 18:00:05,Push,45m,Plank,W,10,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Plank,1,20,5,0,0,,,",
        "2026-03-02 18:00:05,Push,45m,Plank,2,20,5,0,0,,,",
    ]);
    let sessions = sessions(Strong, &file);
    let shape: Vec<_> = sessions[0].exercises.iter().map(|it| (it.mode.as_str(), it.sets.len())).collect();
    assert_eq!(shape, [("time", 2), ("reps", 3)]);
}

#[test]
fn limits_are_those_of_sessions() {
    let sets: Vec<_> = (1..=201).map(|n| format!("2026-03-02 18:00:05,Push,45m,Bench,{n},100,5,0,0,,,")).collect();
    let file = with_rows(&sets.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(refused(Strong, &file), ["line 202: is one set more than an exercise may have"]);
    let exercises: Vec<_> =
        (1..=201).map(|n| format!("2026-03-02 18:00:05,Push,45m,Lift {n},1,100,5,0,0,,,")).collect();
    let file = with_rows(&exercises.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(refused(Strong, &file), ["line 202: is one exercise more than a session may have"]);
}

#[test]
fn titles_and_notes_are_cut() {
    let (title, notes) = ("ü".repeat(130), "ö".repeat(600));
    let file = with_rows(&[&format!("2026-03-02 18:00:05,{title},45m,Bench,1,100,5,0,0,{notes},,")]);
    let session = &sessions(Strong, &file)[0];
    assert_eq!(session.unit_name.as_ref().unwrap().as_str(), "ü".repeat(100));
    assert_eq!(session.exercises[0].sets[0].notes.as_ref().unwrap().as_str(), "ö".repeat(500));
}

#[test]
fn apostrophes_in_front_of_formulas_are_removed() {
    let file = with_rows(&["2026-03-02 18:00:05,'=Push,45m,'+Bench,1,100,5,0,0,'-easy,'@home,"]);
    let outline = outlines(Strong, &file);
    for text in ["=Push ", "\n+Bench ", "# -easy", "# @home"] {
        assert!(outline.contains(text), "{outline}");
    }
}

#[test]
fn files_of_others_are_refused_as_a_whole() {
    for file in ["", "a,b\n1,2\n", "{\"format\": 1}", "Date,Exercise Name\n"] {
        let content = read(Strong, file.as_bytes(), &settings());
        let error = content.error.unwrap();
        assert!(matches!(error, FileError::Empty | FileError::UnknownHeader { .. }), "{file:?} {error}");
    }
    let error = read(Strong, b"Date,Exercise Name\n", &settings()).error.unwrap();
    assert_eq!(error.to_string(), "the first line has no column Set Order, Weight, Reps");
}

#[test]
fn a_quotation_mark_that_is_not_closed_swallows_nothing() {
    let file = with_rows(&[
        "2026-03-02 18:00:05,Push,45m,Bench,1,100,5,0,0,,,",
        "2026-03-03 18:00:05,Pull,45m,Bench,2,100,5,0,0,,\"a,",
        "2026-03-04 18:00:05,Legs,45m,Bench,3,100,5,0,0,,,",
    ]);
    let content = read(Strong, file.as_bytes(), &settings());
    assert!(matches!(content.error, Some(FileError::UnclosedQuote { line: 3 })), "{content:#?}");
}
