//! The export of Strong.
//!
//! It has had at least four forms, which differ in names and order of the columns, in what stands between cells and in how
//! units are told. All of them are read by the names of their columns. 0 means that nothing was given.

use chrono::TimeDelta;
use irontrack_domain::training::session::{Course, SessionTime, SetType};

use super::{
    numbers::{distance, exercise_name, given, local, moment, reps, rpe, seconds, weight},
    units::{in_parentheses, measure},
};
use crate::{
    DistanceUnit, FileError, Precision, Problem, ReadSettings, WeightUnit,
    cell::CellError,
    local_time,
    sessions::{Entry, Layout, Measured, Workout, WorkoutKey},
    table::{Column, Record, Table},
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
    weight: Column,
    weight_unit: UnitOf<WeightUnit>,
    reps: Column,
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
    /// Whatever a row says counts more than what is said elsewhere.
    fn new<R: std::io::Read>(table: &Table<R>, column: &str, otherwise: Option<U>) -> Self {
        table.column(&[column]).map_or(Self::File(otherwise), |column| Self::Rows(column, otherwise))
    }

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
        let weight = measure(table, |name| in_parentheses(name, "Weight"), WeightUnit::from_name)?;
        let distance = measure(table, |name| in_parentheses(name, "Distance"), DistanceUnit::from_name)?;
        let [date, exercise, order, reps] =
            ["Date", "Exercise Name", "Set Order", "Reps"].map(|name| table.column(&[name]).ok_or(name));
        let weight_column = weight.as_ref().map(|(column, _)| column.clone()).ok_or("Weight");
        let (Ok(date), Ok(exercise), Ok(order), Ok(weight_column), Ok(reps)) =
            (&date, &exercise, &order, &weight_column, &reps)
        else {
            let missing = [date.err(), exercise.err(), order.err(), weight_column.err(), reps.err()];
            return Err(FileError::UnknownHeader { missing: missing.into_iter().flatten().collect() });
        };
        let in_seconds = |unit: &str| unit.eq_ignore_ascii_case("sec").then_some(());
        let duration = measure(
            table,
            |name| in_parentheses(name, "Duration").or_else(|| in_parentheses(name, "Workout Duration")),
            in_seconds,
        )?;
        Ok(Self {
            settings: *settings,
            date: date.clone(),
            exercise: exercise.clone(),
            order: order.clone(),
            number: table.column(&["Workout #"]),
            name: table.column(&["Workout Name"]),
            duration: duration.map(|(column, _)| column),
            weight: weight_column.clone(),
            weight_unit: UnitOf::new(table, "Weight Unit", told(weight.as_ref()).or(settings.weight_unit)),
            reps: reps.clone(),
            rpe: table.column(&["RPE"]),
            distance_unit: UnitOf::new(table, "Distance Unit", told(distance.as_ref()).or(settings.distance_unit)),
            distance: distance.map(|(column, _)| column),
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
        let number = |column| Ok::<_, CellError>(given(record, column)?.zip(column));
        let weight_unit = self.weight_unit.in_row(record, WeightUnit::from_name);
        let distance_unit = self.distance_unit.in_row(record, DistanceUnit::from_name);
        let weight = number(Some(&self.weight))?.map(|number| weight(number, weight_unit?)).transpose()?;
        let distance = number(self.distance.as_ref())?.map(|number| distance(number, distance_unit?)).transpose()?;
        let reps = number(Some(&self.reps))?.map(reps).transpose()?;
        let time = number(self.seconds.as_ref())?.map(seconds).transpose()?;
        Ok(Measured {
            weight,
            reps,
            time_seconds: time.flatten(),
            distance: distance.flatten(),
            set_type,
            rpe: rpe(record, self.rpe.as_ref())?,
            notes: record.notes(self.notes.as_ref())?.map(str::to_owned),
        })
    }
}

/// The unit that the name of a column tells.
fn told<U: Copy>(measure: Option<&(Column, Option<U>)>) -> Option<U> {
    measure.and_then(|(_, unit)| *unit)
}

impl Layout for Strong {
    fn precision(&self) -> Precision {
        Precision::Second
    }

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

    fn exercise(&self, record: &Record<'_>) -> Result<String, CellError> {
        exercise_name(record, &self.exercise)
    }

    fn number(&self, record: &Record<'_>) -> Result<Option<u32>, CellError> {
        Ok(match self.kind(record)? {
            Kind::Set(_, number) => number,
            Kind::Note | Kind::RestTimer => None,
        })
    }

    fn entry(&self, record: &Record<'_>) -> Result<Entry, CellError> {
        let workout_notes = record.notes(self.workout_notes.as_ref())?.map(str::to_owned);
        let (exercise_notes, set) = match self.kind(record)? {
            Kind::Set(set_type, _) => (None, Some(self.measured(record, set_type)?)),
            Kind::Note | Kind::RestTimer => (record.notes(self.notes.as_ref())?.map(str::to_owned), None),
        };
        Ok(Entry { exercise_notes, workout_notes, set })
    }
}
