//! `DELETE /training-units/{unit_id}`.

use actix_web::{HttpResponse, delete};

use super::Id;
use crate::{
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Deletes a training unit
///
/// A unit that stands in a plan cannot be deleted.
#[utoipa::path(
    tag = "Training Units",
    operation_id = "DeleteTrainingUnit",
    params(("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit")),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The unit is gone"),
        (status = 403, description = "The caller may read the unit but does not own it",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit, or not for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "Plans contain the unit; ten of them at most are named",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The unit was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{unit_id}")]
pub(crate) async fn delete_training_unit(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    call.state.training_units.delete(&call.caller, call.input.0, &call.conditions.matches).await?;
    Ok(HttpResponse::NoContent().finish())
}
