//! `PATCH /training-units/{unit_id}`.

use actix_web::{HttpResponse, http::StatusCode, patch};
use irontrack_application::tag;
use irontrack_domain::TrainingUnitId;
use irontrack_ports::repo::TemplateChanges;
use utoipa::ToSchema;

use super::{dto::TrainingUnit, id};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    template::{SharingStatusName, description, name, sharing_status},
};

/// A change of a training unit. What is absent stays.
#[derive(ToSchema)]
#[schema(as = TrainingUnitUpdateInput, rename_all = "camelCase", example = json!({"name": "Full Body A+", "sharingStatus": "shared"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct TrainingUnitUpdateSchema {
    /// Name of 1 to 100 characters after trimming and collapsing blanks; unique among the units of the owner.
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
    /// What it is for; null clears it.
    #[schema(max_length = 10_000, nullable)]
    description: Option<String>,
    /// For whom it is there; for the owner to decide.
    #[schema(inline)]
    sharing_status: Option<SharingStatusName>,
}

/// Which unit, and what to change of it.
pub(crate) struct Update {
    id: TrainingUnitId,
    changes: TemplateChanges,
}

impl Input for Update {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let name = body.field("name", "name").change(violations, name);
        let description = body.field("description", "description").clearable(violations, description);
        let status = body.field("sharingStatus", "sharing_status").change(violations, sharing_status);
        body.refuse_others(violations);
        let changes = TemplateChanges { name: name?, description: description?, sharing_status: status? };
        Ok(Self { id: id?, changes })
    }
}

/// Changes a training unit
#[utoipa::path(
    tag = "Training Units",
    operation_id = "UpdateTrainingUnit",
    params(("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit")),
    security(("accessCookie" = [])),
    request_body(content = TrainingUnitUpdateSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The unit as it is now", body = TrainingUnit),
        (status = 403, description = "The caller may only read the unit, or names `sharingStatus` without owning it",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit, or not for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The unit was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{unit_id}")]
pub(crate) async fn update_training_unit(call: Call<ActiveUser, Update>) -> Result<HttpResponse, Problem> {
    let Update { id, changes } = call.input;
    let unit = call.state.training_units.update(&call.caller, id, changes, &call.conditions.matches).await?;
    Ok(answer::tagged(StatusCode::OK, &tag(&unit), &TrainingUnit::new(&unit)))
}
