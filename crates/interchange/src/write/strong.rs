//! Rows in the form of Strong.

use std::io::{self, Write};

use irontrack_domain::training::{
    Distance, LongText, TemplateName,
    session::{Performance, SessionTime, SetNotes, SetType, TrainingSession},
};

use super::{Rows, or_empty};
use crate::local_time;

pub(super) const COLUMNS: [&str; 13] = [
    "Workout #",
    "Date",
    "Workout Name",
    "Duration (sec)",
    "Exercise Name",
    "Set Order",
    "Weight (kg)",
    "Reps",
    "RPE",
    "Distance (meters)",
    "Seconds",
    "Notes",
    "Workout Notes",
];

pub(super) fn write<W: Write>(number: u64, session: &TrainingSession, rows: &mut Rows<W>) -> io::Result<()> {
    let head = &session.head;
    let number = number.to_string();
    let start = local_time::in_numbers(head.time_zone.local(head.course.start().time()));
    // Both ends without their fractions, so that the end is the same when the two are added up again.
    let seconds = |end: SessionTime| end.time().timestamp() - head.course.start().time().timestamp();
    let duration = or_empty(head.course.end().map(seconds));
    let title = head.unit_name.as_ref().map_or("", TemplateName::as_str);
    // Texts stand in the first row that they belong to: repeated in each they would be most of the file.
    let mut workout_notes = head.notes.as_ref().map_or("", LongText::as_str);
    for exercise in &session.exercises {
        let name = exercise.exercise.exercise_name.as_str();
        if let Some(notes) = exercise.exercise.notes.as_ref().filter(|_| !exercise.sets.is_empty()) {
            let order = "Note";
            let notes = notes.as_str();
            rows.write([&number, &start, title, &duration, name, order, "", "", "", "", "", notes, workout_notes])?;
            workout_notes = "";
        }
        for (index, recorded) in exercise.sets.iter().enumerate() {
            let set = &recorded.set;
            let performance = Performance::from(set.metric);
            rows.write([
                &number,
                &start,
                title,
                &duration,
                name,
                &order(set.set_type, index + 1),
                &or_empty(set.weight),
                &or_empty(performance.reps),
                &or_empty(set.rpe),
                &or_empty(performance.distance.map(Distance::metres)),
                &or_empty(performance.time_seconds),
                set.notes.as_ref().map_or("", SetNotes::as_str),
                workout_notes,
            ])?;
            workout_notes = "";
        }
    }
    Ok(())
}

fn order(set_type: SetType, number: usize) -> String {
    match set_type {
        SetType::Working => number.to_string(),
        SetType::Warmup => "W".to_owned(),
        SetType::Drop => "D".to_owned(),
        SetType::Failure => "F".to_owned(),
    }
}
