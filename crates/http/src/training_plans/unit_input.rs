//! Units on days of a plan in bodies, and the level of a plan.

use irontrack_application::training_plans::Placement;
use irontrack_domain::{PlanUnitId, TrainingUnitId, exercise::DifficultyLevel, training::limits};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::call::{Field, Object, Read, RequestParts, Violations};

/// A training unit on a day.
#[derive(ToSchema)]
#[schema(as = PlanUnitInput, rename_all = "camelCase", example = json!({
    "trainingUnitId": "0192a000-0000-7000-8000-0000000000dd", "dayNumber": 1
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct PlanUnitSchema {
    /// A unit that the caller may read. One of somebody else than the owner of the plan is copied into the owner's account,
    /// and the copy stands in the plan.
    training_unit_id: Uuid,
    /// The day, from 1.
    #[schema(minimum = 1, maximum = 3660)]
    day_number: i16,
}

/// Reads a unit on a day.
pub(super) fn placement(body: &mut Object<'_>, violations: &mut Violations) -> Read<Placement> {
    let unit_id = body.field("trainingUnitId", "training_unit_id").uuid(violations);
    let day = day(&body.field("dayNumber", "day_number"), violations);
    Ok(Placement { unit_id: TrainingUnitId::from(unit_id?), day: day? })
}

/// Reads a list of units on days.
pub(super) fn placements(field: &Field<'_>, violations: &mut Violations) -> Read<Vec<Placement>> {
    field.list(limits::UNITS_OF_PLAN, violations, |unit, v| unit.object(v, placement))
}

/// Reads the number of a day.
pub(super) fn day(field: &Field<'_>, violations: &mut Violations) -> Read<i16> {
    field.whole(&limits::PLAN_DAYS, violations)
}

/// Reads the level of a plan.
pub(super) fn level(field: &Field<'_>, violations: &mut Violations) -> Read<DifficultyLevel> {
    let levels: Vec<_> = DifficultyLevel::ALL.iter().map(|&level| (level.as_str(), level)).collect();
    field.choice(&levels, violations)
}

/// The id of a unit on a day in the path. Beyond what ids there can be it is none of any.
pub(super) fn plan_unit_id(request: &RequestParts<'_>, violations: &mut Violations) -> Read<PlanUnitId> {
    let number = request.path.integer("plan_unit_id", violations)?;
    Ok(PlanUnitId::new(i32::try_from(number).unwrap_or(i32::MIN)))
}
