//! `POST /training-units`.

use actix_web::{HttpResponse, post};
use irontrack_application::{Once, training_units::UnitDraft};
use irontrack_domain::training::{SharingStatus, limits};
use utoipa::ToSchema;

use super::{
    created,
    dto::TrainingUnit,
    entry_input::{UnitEntrySchema, read_draft},
};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
    template::{SharingStatusName, description, name, sharing_status},
};

/// A new training unit.
#[derive(ToSchema)]
#[schema(as = TrainingUnitCreateInput, rename_all = "camelCase", example = json!({
    "name": "Full Body A", "description": "Squat, press, row. Add 2.5 kg when all sets reach the most repetitions.",
    "exercises": [
        {"exerciseId": "0192a000-0000-7000-8000-0000000000aa", "mode": "reps", "sets": 3, "repsMin": 5, "repsMax": 8,
         "targetWeight": 82.5, "restSeconds": 180},
        {"exerciseId": "0192a000-0000-7000-8000-0000000000ab", "mode": "time", "sets": 3, "targetTimeSeconds": 45}
    ]
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct TrainingUnitCreateSchema {
    /// Name of 1 to 100 characters after trimming and collapsing blanks; unique among one's own units, ignoring case.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it is for.
    #[schema(max_length = 10_000, nullable)]
    description: Option<String>,
    /// For whom it is there.
    #[schema(inline, default = "private", nullable)]
    sharing_status: Option<SharingStatusName>,
    /// Prescribed exercises in their order.
    #[schema(max_items = 200, nullable)]
    exercises: Option<Vec<UnitEntrySchema>>,
}

/// A valid new unit.
pub(crate) struct Create(UnitDraft);

impl Input for Create {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut body = Object::new(request.body.object(violations)?);
        let name = name(&body.field("name", "name"), violations);
        let description = body.field("description", "description").optional(violations, description);
        let status = body.field("sharingStatus", "sharing_status").optional(violations, sharing_status);
        let entries = body.field("exercises", "exercises").optional(violations, |list, v| {
            list.list(limits::ENTRIES_OF_UNIT, v, |entry, v| entry.object(v, read_draft))
        });
        body.refuse_others(violations);
        Ok(Self(UnitDraft {
            name: name?,
            description: description?,
            sharing_status: status?.unwrap_or(SharingStatus::Private),
            entries: entries?.unwrap_or_default(),
        }))
    }
}

/// Creates a training unit
#[utoipa::path(
    tag = "Training Units",
    operation_id = "CreateTrainingUnit",
    security(("accessCookie" = [])),
    request_body(content = TrainingUnitCreateSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new unit", body = TrainingUnit),
        (status = 404, description = "An exercise that is not there for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken, or the same request is still running",
            body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("")]
pub(crate) async fn create_training_unit(call: Call<ActiveUser, Create>) -> Result<HttpResponse, Problem> {
    let once = Once::new(call.repeatable.as_ref(), &created);
    Ok(answer::kept(call.state.training_units.create(&call.caller, call.input.0, &once).await?))
}
