//! `GET /training-units/{unit_id}`.

use actix_web::{HttpResponse, get};
use irontrack_application::tag;

use super::{Id, dto::TrainingUnit};
use crate::{
    answer,
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Reads one training unit
#[utoipa::path(
    tag = "Training Units",
    operation_id = "GetTrainingUnit",
    params(("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The unit", body = TrainingUnit),
        (status = 304, description = "The client knows the unit as it is"),
        (status = 404, description = "There is no such unit, or not for the caller", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/{unit_id}")]
pub(crate) async fn get_training_unit(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    let unit = call.state.training_units.get(call.caller.user_id, call.input.0).await?;
    Ok(answer::read(&call.conditions, &tag(&unit), &TrainingUnit::new(&unit)))
}
