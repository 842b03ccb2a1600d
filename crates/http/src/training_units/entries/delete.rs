//! `DELETE /training-units/{unit_id}/exercises/{entry_id}`.

use actix_web::{HttpResponse, delete};
use irontrack_application::tag;
use irontrack_domain::{TrainingUnitId, UnitEntryId};

use super::entry_id;
use crate::{
    answer,
    call::{ActiveUser, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
    training_units::id,
};

/// Which entry of which unit.
pub(crate) struct EntryInPath {
    id: TrainingUnitId,
    entry: UnitEntryId,
}

impl Input for EntryInPath {
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let entry = entry_id(request, violations);
        Ok(Self { id: id?, entry: entry? })
    }
}

/// Removes an exercise from a training unit
///
/// Those behind it move up.
#[utoipa::path(
    tag = "Training Units",
    operation_id = "DeleteTrainingUnitExercise",
    params(
        ("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit"),
        ("entry_id" = i32, Path, description = "Identifier of the entry"),
    ),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The entry is gone; the tag is that of the unit"),
        (status = 403, description = "The caller may only read the unit", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit or entry, or not for the caller",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The unit was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{unit_id}/exercises/{entry_id}")]
pub(crate) async fn delete_training_unit_exercise(
    call: Call<ActiveUser, EntryInPath>,
) -> Result<HttpResponse, Problem> {
    let EntryInPath { id, entry } = call.input;
    let unit = call.state.training_units.delete_entry(&call.caller, id, entry, &call.conditions.matches).await?;
    Ok(answer::no_content(Some(&tag(&unit))))
}
