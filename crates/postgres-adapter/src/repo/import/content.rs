//! Parts of imports as they are stored: lists of rows, which become tables again when they are written.

use chrono::{DateTime, SecondsFormat, Utc};
use irontrack_domain::{
    TrainingPlanId, TrainingUnitId, UnitEntryId,
    training::{Distance, LongText, Prescription, TemplateName, Weight, session::SessionTime},
};
use irontrack_ports::repo::{
    ImportPart, PartKind, StagedExercise, StagedPlan, StagedSession, StagedUnit, TimePrecision,
};
use serde_json::{Map, Value, json};

use crate::repo::training_session::wanted::set_json;

/// The name under which a kind of part is stored.
pub(super) const fn kind_name(kind: PartKind) -> &'static str {
    match kind {
        PartKind::Units => "units",
        PartKind::Plans => "plans",
        PartKind::Sessions => "sessions",
    }
}

/// The name under which a precision is stored.
const fn precision_name(precision: TimePrecision) -> &'static str {
    match precision {
        TimePrecision::Microsecond => "microsecond",
        TimePrecision::Second => "second",
        TimePrecision::Minute => "minute",
    }
}

/// The kind of that name.
pub(super) fn kind_of(name: &str) -> Option<PartKind> {
    [PartKind::Units, PartKind::Plans, PartKind::Sessions].into_iter().find(|kind| kind_name(*kind) == name)
}

/// A part, as it is stored.
pub(super) fn content(part: &ImportPart) -> String {
    match part {
        ImportPart::Units(units) => units_json(units),
        ImportPart::Plans(plans) => plans_json(plans),
        ImportPart::Sessions(sessions) => sessions_json(sessions),
    }
    .to_string()
}

fn units_json(units: &[StagedUnit]) -> Value {
    let heads = units.iter().map(|unit| {
        json!({
            "id": unit.id.uuid(),
            "source": unit.source.uuid(),
            "name": unit.name.as_str(),
            "description": unit.description.as_ref().map(LongText::as_str),
            "sharing_status": unit.sharing_status.as_str(),
        })
    });
    let entries = units.iter().flat_map(|unit| {
        unit.entries.iter().enumerate().map(|(place, entry)| {
            let mut row = prescribed(Some(&entry.prescription));
            let more = json!({
                "unit": unit.id.uuid(),
                "place": place,
                "exercise": entry.exercise,
                "name": entry.exercise_name,
                "mode": entry.mode.as_str(),
                "notes": entry.notes.as_ref().map(LongText::as_str),
            });
            extend(&mut row, more);
            Value::Object(row)
        })
    });
    json!({"units": heads.collect::<Vec<_>>(), "entries": entries.collect::<Vec<_>>()})
}

fn plans_json(plans: &[StagedPlan]) -> Value {
    let heads = plans.iter().map(|plan| {
        json!({
            "id": plan.id.uuid(),
            "source": plan.source.uuid(),
            "name": plan.name.as_str(),
            "description": plan.description.as_ref().map(LongText::as_str),
            "sharing_status": plan.sharing_status.as_str(),
            "difficulty_level": plan.difficulty_level.as_str(),
        })
    });
    let schedule = plans.iter().flat_map(|plan| {
        plan.schedule
            .iter()
            .map(|(day, place, unit)| json!({"plan": plan.id.uuid(), "day": day, "place": place, "unit": unit.uuid()}))
    });
    json!({"plans": heads.collect::<Vec<_>>(), "schedule": schedule.collect::<Vec<_>>()})
}

fn sessions_json(sessions: &[StagedSession]) -> Value {
    let heads = sessions.iter().map(|session| {
        let course = session.course;
        json!({
            "id": session.id.uuid(),
            "goes_on": session.goes_on,
            "twins": session.twins,
            "precision": precision_name(session.precision),
            "plan": session.plan.map(TrainingPlanId::uuid),
            "plan_name": session.plan_name.as_ref().map(TemplateName::as_str),
            "unit": session.unit.map(TrainingUnitId::uuid),
            "unit_name": session.unit_name.as_ref().map(TemplateName::as_str),
            "start_time": time(course.start().time()),
            "end_time": course.end().map(SessionTime::time).map(time),
            "status": course.status().as_str(),
            "duration": course.duration_seconds(),
            "zone": session.time_zone.name(),
            "notes": session.notes.as_ref().map(LongText::as_str),
        })
    });
    let exercises = || {
        let numbered = |session: &StagedSession| session.id;
        sessions.iter().flat_map(move |session| {
            session.exercises.iter().enumerate().map(move |(place, exercise)| (numbered(session), place, exercise))
        })
    };
    let rows = exercises().map(|(session, place, exercise)| {
        let mut row = exercise_row(exercise);
        extend(&mut row, json!({"session": session.uuid(), "place": place}));
        Value::Object(row)
    });
    let sets = exercises().flat_map(|(session, at, exercise)| {
        exercise.sets.iter().enumerate().map(move |(place, set)| {
            let mut row = set_json(at, place, set);
            if let Value::Object(row) = &mut row {
                row.insert("session".to_owned(), json!(session.uuid()));
            }
            row
        })
    });
    json!({
        "sessions": heads.collect::<Vec<_>>(), "exercises": rows.collect::<Vec<_>>(), "sets": sets.collect::<Vec<_>>(),
    })
}

fn exercise_row(exercise: &StagedExercise) -> Map<String, Value> {
    let planned = exercise.planned.as_ref();
    let mut row = prescribed(planned.map(|planned| &planned.prescription));
    let more = json!({
        "exercise": exercise.exercise,
        "name": exercise.name,
        "mode": exercise.mode.as_str(),
        "notes": exercise.notes.as_ref().map(LongText::as_str),
        "entry": planned.and_then(|planned| planned.entry).map(UnitEntryId::number),
        "entry_place": exercise.entry_place,
        "planned_place": planned.map(|planned| planned.order_index),
    });
    extend(&mut row, more);
    row
}

/// What is prescribed, or null in each column.
fn prescribed(prescription: Option<&Prescription>) -> Map<String, Value> {
    let targets = prescription.map(|prescription| &prescription.targets);
    let mut row = Map::new();
    let columns = json!({
        "sets": prescription.map(|prescription| prescription.sets),
        "reps_min": targets.and_then(|targets| targets.reps_min),
        "reps_max": targets.and_then(|targets| targets.reps_max),
        "seconds": targets.and_then(|targets| targets.time_seconds),
        "metres": targets.and_then(|targets| targets.distance).map(Distance::metres),
        "grams": targets.and_then(|targets| targets.weight).map(Weight::grams),
        "rest": prescription.and_then(|prescription| prescription.rest_seconds),
    });
    extend(&mut row, columns);
    row
}

fn extend(row: &mut Map<String, Value>, more: Value) {
    if let Value::Object(more) = more {
        // What is null need not be stored: a table that is made of it has null there.
        row.extend(more.into_iter().filter(|(_, value)| !value.is_null()));
    }
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}
