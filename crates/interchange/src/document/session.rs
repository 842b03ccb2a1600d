//! Training sessions.

use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId, TimeZone, TrainingPlanId, TrainingUnitId, UnitEntryId,
    training::{
        Distance, LongText, Mode, TemplateName, Weight,
        limits::{EXERCISES_OF_SESSION, SETS_OF_EXERCISE},
        session::{Course, Performance, PerformedSet, Planned, Rpe, SessionStatus, SessionTime, SetNotes, SetType},
    },
};

use super::{
    convert::{Prescribed, exercise_name, written},
    element::{Wrong, by_rule, choice, optional, parse, within},
    wire,
};
use crate::{ImportedExercise, ImportedSession, Place, Precision, Problem};

pub(super) fn read(text: &str, place: Place, now: DateTime<Utc>) -> Result<ImportedSession, Wrong> {
    let wire: wire::Session = parse(text)?;
    if wire.exercises.len() > EXERCISES_OF_SESSION {
        return Err(Wrong::at("exercises", Problem::TooManyExercises));
    }
    let time = |path: &str, time| SessionTime::new(time, now).map_err(|violation| Wrong::at(path, violation));
    let start = time("startTime", wire.start_time)?;
    let end = wire.end_time.map(|end| time("endTime", end)).transpose()?;
    let status = choice("status", &wire.status, SessionStatus::from_name)?;
    let exercises = wire.exercises.into_iter().enumerate();
    let exercises =
        exercises.map(|(index, wire)| exercise(wire).map_err(|wrong| wrong.within(format!("exercises/{index}"))));
    Ok(ImportedSession {
        place,
        rows_refused: 0,
        precision: Precision::Microsecond,
        plan_id: wire.training_plan_id.map(TrainingPlanId::new),
        unit_id: wire.training_unit_id.map(TrainingUnitId::new),
        plan_name: optional("planName", wire.plan_name, TemplateName::parse)?,
        unit_name: optional("unitName", wire.unit_name, TemplateName::parse)?,
        course: course(status, start, end)?,
        time_zone: by_rule("userTimezone", &wire.user_timezone, TimeZone::parse)?,
        notes: optional("notes", wire.notes, LongText::parse)?,
        exercises: exercises.collect::<Result<_, _>>()?,
    })
}

fn course(status: SessionStatus, start: SessionTime, end: Option<SessionTime>) -> Result<Course, Wrong> {
    if let Some(end) = end {
        Course::completed(start, end).map_err(|problem| Wrong::at("endTime", problem))?;
    }
    let unfit = || Wrong::at("endTime", Problem::Shape("an end goes with every status but in_progress".to_owned()));
    Course::from_stored(status, start, end).ok_or_else(unfit)
}

fn exercise(wire: wire::SessionExercise) -> Result<ImportedExercise, Wrong> {
    let mode = choice("mode", &wire.mode, Mode::from_name)?;
    if wire.sets.len() > SETS_OF_EXERCISE {
        return Err(Wrong::at("sets", Problem::TooManySets));
    }
    let entry = wire.planned_unit_exercise_id.map(UnitEntryId::new);
    let planned = wire.planned.map(|wire| planned(wire, entry).map_err(|wrong| wrong.within("planned")));
    let sets = wire.sets.into_iter().enumerate();
    let sets = sets.map(|(index, wire)| set(wire, mode).map_err(|wrong| wrong.within(format!("sets/{index}"))));
    Ok(ImportedExercise {
        name: exercise_name(&wire.exercise_name)?,
        exercise_id: wire.exercise_id.map(ExerciseId::new),
        mode,
        planned: planned.transpose()?,
        notes: optional("notes", wire.notes, LongText::parse)?,
        sets: sets.collect::<Result<_, _>>()?,
    })
}

fn planned(wire: wire::Planned, entry: Option<UnitEntryId>) -> Result<Planned, Wrong> {
    let prescribed = Prescribed {
        sets: wire.sets,
        reps_min: wire.reps_min,
        reps_max: wire.reps_max,
        time_seconds: wire.target_time_seconds,
        distance: wire.target_distance_km,
        weight: wire.target_weight,
        rest_seconds: wire.rest_seconds,
    };
    Ok(Planned { entry, order_index: wire.order_index, prescription: prescribed.read()? })
}

fn set(wire: wire::Set, mode: Mode) -> Result<PerformedSet, Wrong> {
    let performance = Performance {
        reps: within("repsCompleted", wire.reps_completed, &Performance::REPS)?,
        time_seconds: within("timeSeconds", wire.time_seconds, &Performance::TIME_SECONDS)?,
        distance: optional("distanceKm", written(wire.distance_km), Distance::parse)?,
    };
    Ok(PerformedSet {
        weight: optional("weight", written(wire.weight), Weight::parse)?,
        metric: performance.align(mode).map_err(|_| Wrong::at("mode", Problem::ModeMismatch))?,
        set_type: choice("setType", &wire.kind, SetType::from_name)?,
        rpe: optional("rpe", written(wire.rpe), Rpe::parse)?,
        notes: optional("notes", wire.notes, SetNotes::parse)?,
    })
}
