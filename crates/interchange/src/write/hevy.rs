//! Rows in the form of Hevy.

use std::io::{self, Write};

use irontrack_domain::training::{
    LongText, TemplateName,
    session::{Performance, RecordedExercise, SessionTime, SetNotes, SetType, TrainingSession},
};

use super::{Rows, or_empty};
use crate::local_time;

pub(super) const COLUMNS: [&str; 14] = [
    "title",
    "start_time",
    "end_time",
    "description",
    "exercise_title",
    "superset_id",
    "exercise_notes",
    "set_index",
    "set_type",
    "weight_kg",
    "reps",
    "distance_km",
    "duration_seconds",
    "rpe",
];

pub(super) fn write<W: Write>(session: &TrainingSession, rows: &mut Rows<W>) -> io::Result<()> {
    let head = &session.head;
    let time = |time: SessionTime| local_time::with_month_name(head.time_zone.local(time.time()));
    let (start, end) = (time(head.course.start()), or_empty(head.course.end().map(time)));
    let title = head.unit_name.as_ref().map_or("", TemplateName::as_str);
    // Texts stand in the first row that they belong to: repeated in each they would be most of the file.
    let mut description = head.notes.as_ref().map_or("", LongText::as_str);
    for exercise in &session.exercises {
        let mut notes = notes(exercise);
        for (index, recorded) in exercise.sets.iter().enumerate() {
            let set = &recorded.set;
            let performance = Performance::from(set.metric);
            rows.write([
                title,
                &start,
                &end,
                description,
                &exercise.exercise.exercise_name,
                "",
                &notes,
                &index.to_string(),
                name(set.set_type),
                &or_empty(set.weight),
                &or_empty(performance.reps),
                &or_empty(performance.distance),
                &or_empty(performance.time_seconds),
                &or_empty(set.rpe),
            ])?;
            notes.clear();
            description = "";
        }
    }
    Ok(())
}

/// The notes of an exercise, and those of its sets.
fn notes(exercise: &RecordedExercise) -> String {
    let own = exercise.exercise.notes.iter().map(|notes| notes.as_str().to_owned());
    let of_sets = (1..).zip(&exercise.sets).filter_map(|(number, recorded): (usize, _)| {
        recorded.set.notes.as_ref().map(|notes| format!("Set {number}: {}", SetNotes::as_str(notes)))
    });
    own.chain(of_sets).collect::<Vec<_>>().join("\n")
}

fn name(set_type: SetType) -> &'static str {
    match set_type {
        SetType::Working => "normal",
        SetType::Warmup => "warmup",
        SetType::Drop => "dropset",
        SetType::Failure => "failure",
    }
}
