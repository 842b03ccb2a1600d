//! `POST /training-units/{unit_id}/copy`.

use actix_web::{HttpResponse, post};
use irontrack_application::Once;
use irontrack_domain::TrainingUnitId;

use super::{created, dto::TrainingUnit, id};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
    template::{TemplateCopy, TemplateCopySchema},
};

/// What to copy, and how to call the copy.
pub(crate) struct Copy {
    id: TrainingUnitId,
    copy: TemplateCopy,
}

impl Input for Copy {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let copy = TemplateCopy::read(request, violations);
        Ok(Self { id: id?, copy: copy? })
    }
}

/// Copies a training unit into one's own account
///
/// With its description and its entries, private, without grants.
#[utoipa::path(
    tag = "Training Units",
    operation_id = "CopyTrainingUnit",
    params(("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit")),
    security(("accessCookie" = [])),
    request_body(content = TemplateCopySchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The copy", body = TrainingUnit),
        (status = 404, description = "There is no such unit, or not for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The given name is taken, or the same request is still running",
            body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/{unit_id}/copy")]
pub(crate) async fn copy_training_unit(call: Call<ActiveUser, Copy>) -> Result<HttpResponse, Problem> {
    let Copy { id, copy } = call.input;
    let once = Once::new(call.repeatable.as_ref(), &created);
    Ok(answer::kept(call.state.training_units.copy(&call.caller, id, copy.0, &once).await?))
}
