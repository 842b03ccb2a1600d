//! `PATCH /training-units/{unit_id}/exercises/{entry_id}`.

use actix_web::{HttpResponse, http::StatusCode, patch};
use irontrack_application::training_units::EntryPatch;
use irontrack_domain::{TrainingUnitId, UnitEntryId};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{entry_id, with_tag};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    training::ModeName,
    training_units::{dto::UnitEntry, entry_input::read_patch, id},
};

/// A change of an entry. What is absent stays; null clears targets, pause and notes. What comes out must satisfy the rules
/// of the mode.
#[derive(ToSchema)]
#[schema(as = UnitEntryUpdateInput, rename_all = "camelCase", example = json!({"targetWeight": 85, "notes": null}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct UnitEntryUpdateSchema {
    /// An exercise that the caller may read.
    exercise_id: Option<Uuid>,
    /// What is counted.
    #[schema(inline)]
    mode: Option<ModeName>,
    /// How many sets.
    #[schema(minimum = 1, maximum = 100)]
    sets: Option<i16>,
    /// The fewest repetitions of a set.
    #[schema(minimum = 1, maximum = 10_000, nullable)]
    reps_min: Option<i16>,
    /// The most repetitions of a set.
    #[schema(minimum = 1, maximum = 10_000, nullable)]
    reps_max: Option<i16>,
    /// How long a set takes, in seconds.
    #[schema(minimum = 1, maximum = 86_400, nullable)]
    target_time_seconds: Option<i32>,
    /// How far a set goes, in kilometres.
    #[schema(exclusive_minimum = 0, maximum = 99999.999, nullable)]
    target_distance_km: Option<f64>,
    /// With how much weight, in kilograms.
    #[schema(minimum = 0, maximum = 99999.999, nullable)]
    target_weight: Option<f64>,
    /// The pause between sets, in seconds.
    #[schema(minimum = 0, maximum = 86_400, nullable)]
    rest_seconds: Option<i32>,
    /// Whatever else is to be said.
    #[schema(max_length = 10_000, nullable)]
    notes: Option<String>,
}

/// Which entry of which unit, and what to change of it.
pub(crate) struct Update {
    id: TrainingUnitId,
    entry: UnitEntryId,
    patch: EntryPatch,
}

impl Input for Update {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let entry = entry_id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let patch = read_patch(&mut body, violations);
        body.refuse_others(violations);
        Ok(Self { id: id?, entry: entry?, patch: patch? })
    }
}

/// Changes an exercise of a training unit
#[utoipa::path(
    tag = "Training Units",
    operation_id = "UpdateTrainingUnitExercise",
    params(
        ("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit"),
        ("entry_id" = i32, Path, description = "Identifier of the entry"),
    ),
    security(("accessCookie" = [])),
    request_body(content = UnitEntryUpdateSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The entry as it is now; the tag is that of the unit", body = UnitEntry),
        (status = 403, description = "The caller may only read the unit", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit, entry or exercise, or not for the caller",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The unit was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{unit_id}/exercises/{entry_id}")]
pub(crate) async fn update_training_unit_exercise(call: Call<ActiveUser, Update>) -> Result<HttpResponse, Problem> {
    let Update { id, entry, patch } = call.input;
    let units = &call.state.training_units;
    let (tag, entry) = with_tag(&units.update_entry(&call.caller, id, entry, patch, &call.conditions.matches).await?);
    Ok(answer::tagged(StatusCode::OK, &tag, &entry))
}
