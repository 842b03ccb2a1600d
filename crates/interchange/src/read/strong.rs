//! The export of Strong.
//!
//! It has had at least four forms, which differ in names and order of the columns, in what stands between cells and in how
//! units are told. All of them are read by the names of their columns. 0 means that nothing was given.

use chrono::TimeDelta;
use irontrack_domain::training::session::{Course, SessionTime, SetType};

use super::numbers::{distance, given, local, moment, reps, rpe, seconds, weight};
use crate::{
    DistanceUnit, FileError, Problem, ReadSettings, WeightUnit,
    cell::CellError,
    local_time,
    sessions::{Entry, Layout, Measured, NumberedSet, Workout, WorkoutKey},
    table::{Column, Record, Table},
    text::collapse,
};

/// The columns of a file, and what it does not say.
pub(crate) struct Strong {
    settings: ReadSettings,
    date: Column,
    exercise: Column,
    order: Column,
    number: Option<Column>,
    name: Option<Column>,
    duration: Option<Column>,
    weight: Option<Column>,
    weight_unit: UnitOf<WeightUnit>,
    reps: Option<Column>,
    rpe: Option<Column>,
    distance: Option<Column>,
    distance_unit: UnitOf<DistanceUnit>,
    seconds: Option<Column>,
    notes: Option<Column>,
    workout_notes: Option<Column>,
}

/// Where the unit of a column is told.
enum UnitOf<U> {
    /// Everywhere the same: in the name of the column, or by whoever brings the file. `None` if nobody says it.
    File(Option<U>),
    /// In a column of its own; where a cell of that is empty, as in [`UnitOf::File`].
    Rows(Column, Option<U>),
}

impl<U: Copy> UnitOf<U> {
    fn in_row(&self, record: &Record<'_>, from_name: fn(&str) -> Option<U>) -> Result<Option<U>, CellError> {
        match self {
            Self::File(unit) => Ok(*unit),
            Self::Rows(column, unit) => match record.text(column)? {
                "" => Ok(*unit),
                name => from_name(name).map(Some).ok_or_else(|| column.error(Problem::UnknownUnit)),
            },
        }
    }
}

/// What a row is, by its set order.
enum Kind {
    Set(SetType, Option<u32>),
    Note,
    RestTimer,
}

impl Strong {
    /// Finds the columns.
    pub(crate) fn new<R: std::io::Read>(table: &Table<R>, settings: &ReadSettings) -> Result<Self, FileError> {
        let (date, exercise, order) =
            (table.column(&["Date"]), table.column(&["Exercise Name"]), table.column(&["Set Order"]));
        let (Some(date), Some(exercise), Some(order)) = (&date, &exercise, &order) else {
            let named = [("Date", date), ("Exercise Name", exercise), ("Set Order", order)];
            let missing = named.into_iter().filter(|(_, column)| column.is_none()).map(|(name, _)| name).collect();
            return Err(FileError::UnknownHeader { missing });
        };
        let (weight, weight_unit) =
            measured(table, "Weight", "Weight Unit", WeightUnit::from_name, settings.weight_unit);
        let (distance, distance_unit) =
            measured(table, "Distance", "Distance Unit", DistanceUnit::from_name, settings.distance_unit);
        Ok(Self {
            settings: *settings,
            date: date.clone(),
            exercise: exercise.clone(),
            order: order.clone(),
            number: table.column(&["Workout #"]),
            name: table.column(&["Workout Name"]),
            duration: table.column(&["Duration (sec)", "Duration", "Workout Duration"]),
            weight,
            weight_unit,
            reps: table.column(&["Reps"]),
            rpe: table.column(&["RPE"]),
            distance,
            distance_unit,
            seconds: table.column(&["Seconds"]),
            notes: table.column(&["Notes"]),
            workout_notes: table.column(&["Workout Notes"]),
        })
    }

    fn kind(&self, record: &Record<'_>) -> Result<Kind, CellError> {
        let order = record.text(&self.order)?;
        let set_type = match order.to_ascii_lowercase().as_str() {
            "" => return Err(self.order.error(Problem::Missing)),
            "note" => return Ok(Kind::Note),
            "rest timer" => return Ok(Kind::RestTimer),
            "w" => SetType::Warmup,
            "d" => SetType::Drop,
            "f" => SetType::Failure,
            order => {
                let number = order.bytes().all(|byte| byte.is_ascii_digit()).then(|| order.parse().ok()).flatten();
                let number = number.ok_or_else(|| self.order.error(Problem::UnknownSetType))?;
                return Ok(Kind::Set(SetType::Working, Some(number)));
            }
        };
        Ok(Kind::Set(set_type, None))
    }

    fn measured(&self, record: &Record<'_>, set_type: SetType) -> Result<Measured, CellError> {
        let number = |column: &'_ Option<Column>| given(record, column.as_ref());
        let with_column = |column: &'_ Option<Column>| Ok::<_, CellError>(number(column)?.zip(column.clone()));
        let weight_unit = self.weight_unit.in_row(record, WeightUnit::from_name);
        let distance_unit = self.distance_unit.in_row(record, DistanceUnit::from_name);
        let weight = match with_column(&self.weight)? {
            Some((number, column)) => Some(weight((number, &column), weight_unit?)?),
            None => None,
        };
        let distance = match with_column(&self.distance)? {
            Some((number, column)) => distance((number, &column), distance_unit?)?,
            None => None,
        };
        let reps = with_column(&self.reps)?.map(|(number, column)| reps((number, &column))).transpose()?;
        let time = with_column(&self.seconds)?.map(|(number, column)| seconds((number, &column))).transpose()?;
        Ok(Measured {
            weight,
            reps,
            time_seconds: time.flatten(),
            distance,
            set_type,
            rpe: rpe(record, self.rpe.as_ref())?,
            notes: record.notes(self.notes.as_ref())?.map(str::to_owned),
        })
    }
}

/// A column of numbers, and where their unit is told.
fn measured<R: std::io::Read, U: Copy>(
    table: &Table<R>,
    name: &str,
    unit_name: &str,
    from_name: fn(&str) -> Option<U>,
    otherwise: Option<U>,
) -> (Option<Column>, UnitOf<U>) {
    if let Some((column, unit)) = table.column_with_unit(name) {
        return (Some(column), UnitOf::File(from_name(&unit).or(otherwise)));
    }
    let unit = table.column(&[unit_name]).map_or(UnitOf::File(otherwise), |column| UnitOf::Rows(column, otherwise));
    (table.column(&[name]), unit)
}

impl Layout for Strong {
    fn is_aside(&self, record: &Record<'_>) -> Result<bool, CellError> {
        Ok(match self.kind(record)? {
            Kind::RestTimer => true,
            // A remark that says nothing.
            Kind::Note => record.notes(self.notes.as_ref())?.is_none(),
            Kind::Set(..) => false,
        })
    }

    fn workout(&self, record: &Record<'_>) -> Result<Workout, CellError> {
        let local = local(record, &self.date)?;
        let start = moment(local, &self.date, &self.settings)?;
        let seconds = match &self.duration {
            None => 0,
            Some(column) => match record.text(column)? {
                "" => 0,
                text => local_time::duration(text).ok_or_else(|| column.error(Problem::NoDuration))?,
            },
        };
        let error = |problem: Problem| self.duration.as_ref().unwrap_or(&self.date).error(problem);
        let length = TimeDelta::try_seconds(seconds).ok_or_else(|| error(Problem::NoDuration))?;
        let end = start.time().checked_add_signed(length).ok_or_else(|| error(Problem::NoDuration))?;
        let end = SessionTime::new(end, self.settings.now).map_err(|violation| error(violation.into()))?;
        let course = Course::completed(start, end).map_err(|problem| error(problem.into()))?;
        let key = WorkoutKey {
            times: (start.time().timestamp(), end.time().timestamp()),
            title: record.optional(self.name.as_ref())?.to_owned(),
            number: record.optional(self.number.as_ref())?.to_owned(),
        };
        Ok(Workout { key, course })
    }

    fn entry(&self, record: &Record<'_>) -> Result<Entry, CellError> {
        let exercise = collapse(record.text(&self.exercise)?);
        if exercise.is_empty() {
            return Err(self.exercise.error(Problem::Missing));
        }
        let workout_notes = record.notes(self.workout_notes.as_ref())?.map(str::to_owned);
        let (exercise_notes, set) = match self.kind(record)? {
            Kind::Set(set_type, number) => {
                (None, Some(NumberedSet { number, measured: self.measured(record, set_type)? }))
            }
            Kind::Note | Kind::RestTimer => (record.notes(self.notes.as_ref())?.map(str::to_owned), None),
        };
        Ok(Entry { exercise, exercise_notes, workout_notes, set })
    }
}
