//! Training units and plans.

use irontrack_domain::{
    ExerciseId, PlanUnitId, TrainingPlanId, TrainingUnitId, UnitEntryId, UserId,
    exercise::DifficultyLevel,
    training::{
        LongText, Mode, MyAccess, PlanUnit, SharingStatus, TemplateHead, TemplateName, TrainingPlan, TrainingUnit,
        UnitEntry,
        limits::{ENTRIES_OF_UNIT, PLAN_DAYS, UNITS_OF_PLAN},
    },
};

use super::{
    convert::{Prescribed, exercise_name},
    element::{Wrong, at_most, by_rule, choice, optional, parse, within},
    wire,
};
use crate::Problem;

pub(super) fn unit(text: &str) -> Result<TrainingUnit, Wrong> {
    let (head, wire): (wire::Head, wire::Unit) = (parse(text)?, parse(text)?);
    at_most("exercises", wire.exercises.len(), ENTRIES_OF_UNIT)?;
    let entries = wire.exercises.into_iter().enumerate();
    let entries = entries.map(|(index, wire)| entry(wire).map_err(|wrong| wrong.within(format!("exercises/{index}"))));
    Ok(TrainingUnit {
        id: TrainingUnitId::new(head.id),
        head: read_head(head)?,
        entries: entries.collect::<Result<_, _>>()?,
    })
}

pub(super) fn plan(text: &str) -> Result<TrainingPlan, Wrong> {
    let (head, wire): (wire::Head, wire::Plan) = (parse(text)?, parse(text)?);
    at_most("units", wire.units.len(), UNITS_OF_PLAN)?;
    let units = wire.units.into_iter().enumerate();
    let units = units.map(|(index, wire)| plan_unit(&wire).map_err(|wrong| wrong.within(format!("units/{index}"))));
    Ok(TrainingPlan {
        id: TrainingPlanId::new(head.id),
        difficulty_level: choice("difficultyLevel", &wire.difficulty_level, DifficultyLevel::from_name)?,
        head: read_head(head)?,
        units: units.collect::<Result<_, _>>()?,
    })
}

fn read_head(wire: wire::Head) -> Result<TemplateHead, Wrong> {
    Ok(TemplateHead {
        name: by_rule("name", &wire.name, TemplateName::parse)?,
        description: optional("description", wire.description, LongText::parse)?,
        sharing_status: choice("sharingStatus", &wire.sharing_status, SharingStatus::from_name)?,
        created_by: wire.created_by.map(UserId::new),
        // Only what belongs to the account is in its export.
        my_access: MyAccess::Owner,
        created_at: wire.created_at,
        updated_at: wire.updated_at,
    })
}

fn entry(wire: wire::Entry) -> Result<UnitEntry, Wrong> {
    let mode = choice("mode", &wire.mode, Mode::from_name)?;
    let prescribed = Prescribed {
        sets: wire.sets,
        reps_min: wire.reps_min,
        reps_max: wire.reps_max,
        time_seconds: wire.target_time_seconds,
        distance: wire.target_distance_km,
        weight: wire.target_weight,
        rest_seconds: wire.rest_seconds,
    };
    let prescription = prescribed.read()?;
    if !prescription.targets.problems(mode).is_empty() {
        return Err(Wrong::at("mode", Problem::ModeMismatch));
    }
    Ok(UnitEntry {
        id: UnitEntryId::new(wire.id),
        exercise_id: wire.exercise_id.map(ExerciseId::new),
        exercise_name: exercise_name(&wire.exercise_name)?,
        mode,
        prescription,
        notes: optional("notes", wire.notes, LongText::parse)?,
    })
}

fn plan_unit(wire: &wire::PlanUnit) -> Result<PlanUnit, Wrong> {
    Ok(PlanUnit {
        id: PlanUnitId::new(wire.id),
        day: within("dayNumber", Some(wire.day_number), &PLAN_DAYS)?.unwrap_or(wire.day_number),
        place: wire.order_index,
        unit_id: TrainingUnitId::new(wire.training_unit_id),
        unit_name: by_rule("unitName", &wire.unit_name, TemplateName::parse)?,
        entry_count: wire.exercise_count,
    })
}
