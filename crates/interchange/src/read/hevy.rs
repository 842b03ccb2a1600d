//! The export of Hevy.
//!
//! Each row repeats what it says about its workout and its exercise. An exercise may come twice in a workout; numbers of sets
//! begin anew then. What was not given is empty here, so that 0 is a number.

use irontrack_domain::training::session::{Course, SetType};

use super::{
    numbers::{Number, decimal, distance, exercise_name, local, moment, moment_from, reps, rpe, seconds, weight},
    units::{Measure, behind_underscore, measure},
};
use crate::{
    DistanceUnit, FileError, Precision, Problem, ReadSettings, WeightUnit,
    cell::CellError,
    sessions::{Entry, Layout, Measured, Workout, WorkoutKey},
    table::{Column, Record, Table},
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
    weight: Measure<WeightUnit>,
    reps: Column,
    distance: Measure<DistanceUnit>,
    seconds: Option<Column>,
    rpe: Option<Column>,
}

impl Hevy {
    /// Finds the columns.
    pub(crate) fn new<R: std::io::Read>(table: &Table<R>, settings: &ReadSettings) -> Result<Self, FileError> {
        let weight = measure(table, |name| unit_of(name, "weight"), WeightUnit::from_name)?;
        let distance = measure(table, |name| unit_of(name, "distance"), DistanceUnit::from_name)?;
        let in_seconds = |unit: &str| unit.eq_ignore_ascii_case("seconds").then_some(());
        let seconds = measure(table, |name| unit_of(name, "duration"), in_seconds)?;
        let [start, exercise, set_type, reps] =
            ["start_time", "exercise_title", "set_type", "reps"].map(|name| table.column(&[name]).ok_or(name));
        let weight_kg = if weight.is_some() { Ok(()) } else { Err("weight_kg") };
        let (Ok(start), Ok(exercise), Ok(set_type), Ok(reps), Ok(())) =
            (&start, &exercise, &set_type, &reps, weight_kg)
        else {
            let missing = [start.err(), exercise.err(), set_type.err(), weight_kg.err(), reps.err()];
            return Err(FileError::UnknownHeader { missing: missing.into_iter().flatten().collect() });
        };
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
            weight,
            reps: reps.clone(),
            distance,
            seconds: seconds.map(|(column, _)| column),
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
            Some((column, unit)) => number(record, Some(column))?.map(|number| weight(number, *unit)),
            None => None,
        };
        let distance = match &self.distance {
            Some((column, unit)) => number(record, Some(column))?.map(|number| distance(number, *unit)),
            None => None,
        };
        Ok(Measured {
            weight: weight.transpose()?,
            reps: number(record, Some(&self.reps))?.map(reps).transpose()?,
            time_seconds: number(record, self.seconds.as_ref())?.map(seconds).transpose()?.flatten(),
            distance: distance.transpose()?.flatten(),
            set_type: self.set_type(record)?,
            rpe: rpe(record, self.rpe.as_ref())?,
            notes: None,
        })
    }
}

/// The unit of a column of something, which is always told.
fn unit_of<'a>(name: &'a str, word: &str) -> Option<&'a str> {
    behind_underscore(name, word).filter(|unit| !unit.is_empty())
}

fn number<'a>(record: &Record<'_>, column: Option<&'a Column>) -> Result<Option<Number<'a>>, CellError> {
    Ok(decimal(record, column)?.zip(column))
}

impl Layout for Hevy {
    fn precision(&self) -> Precision {
        Precision::Minute
    }

    fn is_aside(&self, _record: &Record<'_>) -> Result<bool, CellError> {
        Ok(false)
    }

    fn workout(&self, record: &Record<'_>) -> Result<Workout, CellError> {
        let start = moment(local(record, &self.start)?, &self.start, &self.settings)?;
        let (end, end_column) = match &self.end {
            // A workout that nobody has ended.
            Some(column) if !record.text(column)?.is_empty() => {
                (moment_from(local(record, column)?, start, column, &self.settings)?, column)
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

    fn exercise(&self, record: &Record<'_>) -> Result<String, CellError> {
        exercise_name(record, &self.exercise)
    }

    fn number(&self, record: &Record<'_>) -> Result<Option<u32>, CellError> {
        let number = number(record, self.set_index.as_ref())?.map(|(number, column)| {
            let index = number.whole().and_then(|index| u32::try_from(index).ok());
            index.ok_or_else(|| column.error(Problem::OutOfRange { min: 0, max: i32::MAX }))
        });
        number.transpose()
    }

    fn entry(&self, record: &Record<'_>) -> Result<Entry, CellError> {
        Ok(Entry {
            exercise_notes: record.notes(self.exercise_notes.as_ref())?.map(str::to_owned),
            workout_notes: record.notes(self.description.as_ref())?.map(str::to_owned),
            set: Some(self.measured(record)?),
        })
    }
}
