//! `POST /training-plans`.

use actix_web::{HttpResponse, post};
use irontrack_application::{Once, training_plans::PlanDraft};
use irontrack_domain::training::SharingStatus;
use utoipa::ToSchema;

use super::{
    created,
    dto::TrainingPlan,
    unit_input::{PlanUnitSchema, level, placements},
};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    exercises::DifficultyLevelName,
    problem::Problem,
    template::{SharingStatusName, description, name, sharing_status},
};

/// A new training plan.
#[derive(ToSchema)]
#[schema(as = TrainingPlanCreateInput, rename_all = "camelCase", example = json!({
    "name": "Three days a week", "description": "Two full-body days that take turns.", "difficultyLevel": "beginner",
    "units": [
        {"trainingUnitId": "0192a000-0000-7000-8000-0000000000dd", "dayNumber": 1},
        {"trainingUnitId": "0192a000-0000-7000-8000-0000000000de", "dayNumber": 3}
    ]
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct TrainingPlanCreateSchema {
    /// Name of 1 to 100 characters after trimming and collapsing blanks; unique among one's own plans, ignoring case.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// What it is for.
    #[schema(max_length = 10_000, nullable)]
    description: Option<String>,
    /// How much experience it asks for.
    #[schema(inline)]
    difficulty_level: DifficultyLevelName,
    /// For whom it is there.
    #[schema(inline, default = "private", nullable)]
    sharing_status: Option<SharingStatusName>,
    /// Its units; those of one day in their order.
    #[schema(max_items = 400, nullable)]
    units: Option<Vec<PlanUnitSchema>>,
}

/// A valid new plan.
pub(crate) struct Create(PlanDraft);

impl Input for Create {
    const BODY: BodyKind = BodyKind::Json;
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut body = Object::new(request.body.object(violations)?);
        let name = name(&body.field("name", "name"), violations);
        let description = body.field("description", "description").optional(violations, description);
        let level = level(&body.field("difficultyLevel", "difficulty_level"), violations);
        let status = body.field("sharingStatus", "sharing_status").optional(violations, sharing_status);
        let units = body.field("units", "units").optional(violations, placements);
        body.refuse_others(violations);
        Ok(Self(PlanDraft {
            name: name?,
            description: description?,
            difficulty_level: level?,
            sharing_status: status?.unwrap_or(SharingStatus::Private),
            units: units?.unwrap_or_default(),
        }))
    }
}

/// Creates a training plan
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "CreateTrainingPlan",
    security(("accessCookie" = [])),
    request_body(content = TrainingPlanCreateSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new plan", body = TrainingPlan),
        (status = 404, description = "A unit that is not there for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken, or the same request is still running",
            body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("")]
pub(crate) async fn create_training_plan(call: Call<ActiveUser, Create>) -> Result<HttpResponse, Problem> {
    let once = Once::new(call.repeatable.as_ref(), &created);
    Ok(answer::kept(call.state.training_plans.create(&call.caller, call.input.0, &once).await?))
}
