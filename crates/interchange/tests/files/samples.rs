//! Samples of every form: how much is read of each, and what is refused.

use irontrack_interchange::Tally;

use crate::reading::{
    App::{self, Hevy, Strong},
    outline, read, settings,
};

/// Every sample of another app.
pub(crate) const ALL: [(App, &[u8]); 9] = [
    (Strong, include_bytes!("../samples/strong_2017.csv")),
    (Strong, include_bytes!("../samples/strong_short.csv")),
    (Strong, include_bytes!("../samples/strong_semicolon.csv")),
    (Strong, include_bytes!("../samples/strong_numbered.csv")),
    (Strong, WINDOWS),
    (Strong, STRONG_ROUGH),
    (Hevy, include_bytes!("../samples/hevy_metric.csv")),
    (Hevy, include_bytes!("../samples/hevy_imperial.csv")),
    (Hevy, HEVY_ROUGH),
];

const WINDOWS: &[u8] = include_bytes!("../samples/strong_windows.csv");
const STRONG_ROUGH: &[u8] = include_bytes!("../samples/strong_rough.csv");
const HEVY_ROUGH: &[u8] = include_bytes!("../samples/hevy_rough.csv");

/// The outlines of the sessions, and what was refused, in pounds and miles where the file does not say it.
fn found(app: App, file: &[u8]) -> (Vec<String>, Vec<String>, Tally) {
    let content = read(app, file, &settings());
    assert!(content.error.is_none(), "{:?}", content.error);
    let refused = content.refused.iter().map(ToString::to_string).collect();
    (content.sessions.iter().map(outline).collect(), refused, content.tally)
}

#[test]
fn each_sample_has_sessions_and_accounts_for_its_rows() {
    for (app, file) in ALL {
        let (sessions, _, tally) = found(app, file);
        assert!(!sessions.is_empty() && tally.sets > 0, "{}", String::from_utf8_lossy(file));
    }
}

#[test]
fn marks_returns_and_decimal_commas_of_a_spreadsheet_are_read() {
    let (sessions, refused, _) = found(Strong, WINDOWS);
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!(
        sessions,
        ["Rücken, schwer 2026-03-02T23:00:05Z 2026-03-03T00:05:05Z
# Gut geschlafen;\r\nviel gegessen.
Kreuzheben (reps)
  27.442 kg x 10 warmup
  64.637 kg x 5 @8.5 # Sagte \"leicht\".
Laufen (distance)
  5.23 km # Time 0:20:00"]
    );
}

#[test]
fn a_rough_file_of_strong_loses_no_row_silently() {
    let (sessions, refused, tally) = found(Strong, STRONG_ROUGH);
    assert_eq!(
        sessions,
        [
            "Legs 2026-03-02T23:00:05Z 2026-03-03T00:02:05Z
Squat (Barbell) (reps)
# Depth was fine.
  60 kg x 8 warmup
  102.058 kg x 5 @8
Running (distance)
  3.219 km # Time 0:16:00
Rowing (distance)
  0.5 km # Time 0:01:45",
            "Arms 2026-03-04T23:00:05Z 2026-03-04T23:40:05Z
Curl (reps)
  20 kg x 12
  17.5 kg x 9 failure @10"
        ]
    );
    assert_eq!(
        refused,
        [
            "line 5, Weight Unit: is not a unit that is known",
            "line 9, Distance: is not a number",
            "line 11: has 6 cells instead of 14",
            "line 12, Reps: must be a whole number from 0 to 10000",
            "line 13: belongs to the workout that begins in line 2, but does not stand with it",
            "line 14, Date: is not a date with a time",
        ]
    );
    assert_eq!(tally, Tally { rows: 14, sets: 6, asides: 2, refused: 6 });
}

#[test]
fn a_rough_file_of_hevy_loses_no_row_silently() {
    let (sessions, refused, tally) = found(Hevy, HEVY_ROUGH);
    assert_eq!(
        sessions,
        [
            "Push 2026-01-05T12:00:00Z 2026-01-05T13:00:00Z
Bench Press (Barbell) (reps)
  42.5 kg x 10 warmup
Dip (reps)
  x 12
Bench Press (Barbell) (reps)
  60 kg x 8 drop",
            "Push 2026-01-05T12:00:00Z 2026-01-05T14:30:00Z
Cycling (distance)
  31.4 km # Time 1:30:00",
            "Push 2026-01-06T12:00:00Z 2026-01-06T13:00:00Z
Bench Press (Barbell) (reps)
  70 kg x 3 failure @9.5"
        ]
    );
    assert_eq!(
        refused,
        [
            "line 3, weight_kg: is not a number",
            "line 6, set_type: is not a kind of set that is known",
            "line 7, exercise_title: is missing",
            "line 9, end_time: the end must not be before the start",
            "line 10, rpe: must be between 1 and 10 in steps of 0.5",
        ]
    );
    assert_eq!(tally, Tally { rows: 10, sets: 5, asides: 0, refused: 5 });
}
