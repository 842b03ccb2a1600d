//! Numbers and times in cells, as all apps write them.

use std::ops::RangeInclusive;

use chrono::{DateTime, NaiveDateTime, Utc};
use irontrack_domain::training::{
    Distance, Weight,
    session::{Performance, Rpe, SessionTime},
};

use crate::{
    DistanceUnit, FileError, Problem, Quantity, ReadSettings, WeightUnit,
    amount::Decimal,
    cell::CellError,
    local_time,
    table::{Column, Record},
    text::{check_exercise_name, collapse},
};

/// A number, `None` where the cell is empty or not there.
pub(super) fn decimal(record: &Record<'_>, column: Option<&Column>) -> Result<Option<Decimal>, CellError> {
    let Some(column) = column else { return Ok(None) };
    let text = record.text(column)?;
    if text.is_empty() { Ok(None) } else { Decimal::parse(text).map(Some).map_err(|problem| column.error(problem)) }
}

/// A number that is greater than 0: an app that writes 0 where nothing was given.
pub(super) fn given(record: &Record<'_>, column: Option<&Column>) -> Result<Option<Decimal>, CellError> {
    Ok(decimal(record, column)?.filter(|number| !number.is_zero()))
}

/// A number of a column, and how the column is called.
pub(super) type Number<'a> = (Decimal, &'a Column);

pub(super) fn reps((number, column): Number<'_>) -> Result<i16, CellError> {
    let range = Performance::REPS;
    let reps = number.whole().and_then(|reps| i16::try_from(reps).ok()).filter(|reps| range.contains(reps));
    reps.ok_or_else(|| out_of_range(column, i32::from(*range.start())..=i32::from(*range.end())))
}

/// Seconds without their fractions; `None` for less than one.
pub(super) fn seconds((number, column): Number<'_>) -> Result<Option<i32>, CellError> {
    let range = Performance::TIME_SECONDS;
    match number.truncated() {
        Some(0) => Ok(None),
        Some(seconds) if range.contains(&seconds) => Ok(Some(seconds)),
        _ => Err(out_of_range(column, range)),
    }
}

fn out_of_range(column: &Column, range: RangeInclusive<i32>) -> CellError {
    column.error(Problem::OutOfRange { min: *range.start(), max: *range.end() })
}

pub(super) fn weight((number, column): Number<'_>, unit: Option<WeightUnit>) -> Result<Weight, CellError> {
    // Nothing is nothing in every unit.
    let unit = if number.is_zero() { Some(WeightUnit::Kilogram) } else { unit };
    let unit = unit.ok_or(FileError::UnitNeeded(Quantity::Weight))?;
    unit.read(number).map_err(|problem| column.error(problem))
}

pub(super) fn distance(
    (number, column): Number<'_>,
    unit: Option<DistanceUnit>,
) -> Result<Option<Distance>, CellError> {
    if number.is_zero() {
        return Ok(None);
    }
    let unit = unit.ok_or(FileError::UnitNeeded(Quantity::Distance))?;
    unit.read(number).map_err(|problem| column.error(problem))
}

/// A rating, `None` where the cell is empty, 0 or not there.
pub(super) fn rpe(record: &Record<'_>, column: Option<&Column>) -> Result<Option<Rpe>, CellError> {
    let (Some(column), Some(_)) = (column, given(record, column)?) else { return Ok(None) };
    let rating = record.text(column)?.replace(',', ".");
    // Files have a trailing mark at times, which is no decimal number to the domain.
    Rpe::parse(rating.trim_end_matches('.')).map(Some).map_err(|violation| column.error(violation))
}

/// A time on the clocks of the athlete.
pub(super) fn local(record: &Record<'_>, column: &Column) -> Result<NaiveDateTime, CellError> {
    match record.text(column)? {
        "" => Err(column.error(Problem::Missing)),
        text => local_time::parse(text).ok_or_else(|| column.error(Problem::NoTime)),
    }
}

/// The moment of a time on the clocks of the athlete.
pub(super) fn moment(local: NaiveDateTime, column: &Column, settings: &ReadSettings) -> Result<SessionTime, CellError> {
    session_time(settings.time_zone.moment(local), column, settings)
}

/// The same for something that was not before a moment, where clocks show a time twice.
pub(super) fn moment_from(
    local: NaiveDateTime,
    not_before: SessionTime,
    column: &Column,
    settings: &ReadSettings,
) -> Result<SessionTime, CellError> {
    session_time(settings.time_zone.moment_from(local, not_before.time()), column, settings)
}

fn session_time(
    moment: Option<DateTime<Utc>>,
    column: &Column,
    settings: &ReadSettings,
) -> Result<SessionTime, CellError> {
    let moment = moment.ok_or_else(|| column.error(Problem::NoTime))?;
    SessionTime::new(moment, settings.now).map_err(|violation| column.error(violation))
}

/// What an exercise is called: on one line, and not longer than names may be.
pub(super) fn exercise_name(record: &Record<'_>, column: &Column) -> Result<String, CellError> {
    let name = collapse(record.text(column)?);
    if name.is_empty() {
        return Err(column.error(Problem::Missing));
    }
    check_exercise_name(&name).map_err(|violation| column.error(violation))?;
    Ok(name)
}
