//! The export of Hevy.
//!
//! Each row repeats what it says about its workout and its exercise. An exercise may come twice in a workout; numbers of sets
//! begin anew then. What was not given is empty here, so that 0 is a number.

use irontrack_domain::training::session::{Course, SetType};

use super::numbers::{Number, decimal, distance, local, moment, reps, rpe, seconds, weight};
use crate::{
    DistanceUnit, FileError, Problem, ReadSettings, WeightUnit,
    cell::CellError,
    sessions::{Entry, Layout, Measured, NumberedSet, Workout, WorkoutKey},
    table::{Column, Record, Table},
    text::collapse,
};

/// The columns of a file.
pub(crate) struct Hevy {
    settings: ReadSettings,
    start: Column,
    exercise: Column,
    set_type: Column,
    title: Option<Column>,
    end: Option<Column>,
    description: Option<Column>,
    exercise_notes: Option<Column>,
    set_index: Option<Column>,
    weight: Option<(Column, WeightUnit)>,
    reps: Option<Column>,
    distance: Option<(Column, DistanceUnit)>,
    seconds: Option<Column>,
    rpe: Option<Column>,
}

impl Hevy {
    /// Finds the columns.
    pub(crate) fn new<R: std::io::Read>(table: &Table<R>, settings: &ReadSettings) -> Result<Self, FileError> {
        let (start, exercise, set_type) =
            (table.column(&["start_time"]), table.column(&["exercise_title"]), table.column(&["set_type"]));
        let (Some(start), Some(exercise), Some(set_type)) = (&start, &exercise, &set_type) else {
            let named = [("start_time", start), ("exercise_title", exercise), ("set_type", set_type)];
            let missing = named.into_iter().filter(|(_, column)| column.is_none()).map(|(name, _)| name).collect();
            return Err(FileError::UnknownHeader { missing });
        };
        let weights = [("weight_kg", WeightUnit::Kilogram), ("weight_lbs", WeightUnit::Pound)];
        let distances = [
            ("distance_km", DistanceUnit::Kilometre),
            ("distance_miles", DistanceUnit::Mile),
            ("distance_meters", DistanceUnit::Metre),
        ];
        Ok(Self {
            settings: *settings,
            start: start.clone(),
            exercise: exercise.clone(),
            set_type: set_type.clone(),
            title: table.column(&["title"]),
            end: table.column(&["end_time"]),
            description: table.column(&["description"]),
            exercise_notes: table.column(&["exercise_notes"]),
            set_index: table.column(&["set_index"]),
            weight: first_of(table, &weights),
            reps: table.column(&["reps"]),
            distance: first_of(table, &distances),
            seconds: table.column(&["duration_seconds"]),
            rpe: table.column(&["rpe"]),
        })
    }

    fn set_type(&self, record: &Record<'_>) -> Result<SetType, CellError> {
        match record.text(&self.set_type)?.to_ascii_lowercase().as_str() {
            "normal" | "" => Ok(SetType::Working),
            "warmup" => Ok(SetType::Warmup),
            "failure" => Ok(SetType::Failure),
            "dropset" => Ok(SetType::Drop),
            _ => Err(self.set_type.error(Problem::UnknownSetType)),
        }
    }

    fn measured(&self, record: &Record<'_>) -> Result<Measured, CellError> {
        let weight = match &self.weight {
            Some((column, unit)) => number(record, Some(column))?.map(|number| weight(number, Some(*unit))),
            None => None,
        };
        let distance = match &self.distance {
            Some((column, unit)) => number(record, Some(column))?.map(|number| distance(number, Some(*unit))),
            None => None,
        };
        Ok(Measured {
            weight: weight.transpose()?,
            reps: number(record, self.reps.as_ref())?.map(reps).transpose()?,
            time_seconds: number(record, self.seconds.as_ref())?.map(seconds).transpose()?.flatten(),
            distance: distance.transpose()?.flatten(),
            set_type: self.set_type(record)?,
            rpe: rpe(record, self.rpe.as_ref())?,
            notes: None,
        })
    }
}

/// The first of these columns that is there, with its unit.
fn first_of<R: std::io::Read, U: Copy>(table: &Table<R>, columns: &[(&str, U)]) -> Option<(Column, U)> {
    columns.iter().find_map(|(name, unit)| table.column(&[name]).map(|column| (column, *unit)))
}

fn number<'a>(record: &Record<'_>, column: Option<&'a Column>) -> Result<Option<Number<'a>>, CellError> {
    Ok(decimal(record, column)?.zip(column))
}

impl Layout for Hevy {
    fn is_aside(&self, _record: &Record<'_>) -> Result<bool, CellError> {
        Ok(false)
    }

    fn workout(&self, record: &Record<'_>) -> Result<Workout, CellError> {
        let start = moment(local(record, &self.start)?, &self.start, &self.settings)?;
        let (end, end_column) = match &self.end {
            // A workout that nobody has ended.
            Some(column) if !record.text(column)?.is_empty() => {
                (moment(local(record, column)?, column, &self.settings)?, column)
            }
            _ => (start, &self.start),
        };
        let course = Course::completed(start, end).map_err(|problem| end_column.error(problem))?;
        let key = WorkoutKey {
            times: (start.time().timestamp(), end.time().timestamp()),
            title: record.optional(self.title.as_ref())?.to_owned(),
            number: String::new(),
        };
        Ok(Workout { key, course })
    }

    fn entry(&self, record: &Record<'_>) -> Result<Entry, CellError> {
        let exercise = collapse(record.text(&self.exercise)?);
        if exercise.is_empty() {
            return Err(self.exercise.error(Problem::Missing));
        }
        let number = number(record, self.set_index.as_ref())?.map(|(number, column)| {
            let index = number.whole().and_then(|index| u32::try_from(index).ok());
            index.ok_or_else(|| column.error(Problem::OutOfRange { min: 0, max: i32::MAX }))
        });
        Ok(Entry {
            exercise,
            exercise_notes: record.notes(self.exercise_notes.as_ref())?.map(str::to_owned),
            workout_notes: record.notes(self.description.as_ref())?.map(str::to_owned),
            set: Some(NumberedSet { number: number.transpose()?, measured: self.measured(record)? }),
        })
    }
}
