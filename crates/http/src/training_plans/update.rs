//! `PATCH /training-plans/{plan_id}`.

use actix_web::{HttpResponse, http::StatusCode, patch};
use irontrack_application::{tag, training_plans::PlanChanges};
use irontrack_domain::TrainingPlanId;
use irontrack_ports::repo::TemplateChanges;
use utoipa::ToSchema;

use super::{dto::TrainingPlan, id, unit_input::level};
use crate::{
    answer,
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    exercises::DifficultyLevelName,
    problem::Problem,
    template::{SharingStatusName, description, name, sharing_status},
};

/// A change of a training plan. What is absent stays.
#[derive(ToSchema)]
#[schema(as = TrainingPlanUpdateInput, rename_all = "camelCase", example = json!({"difficultyLevel": "intermediate"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct TrainingPlanUpdateSchema {
    /// Name of 1 to 100 characters after trimming and collapsing blanks; unique among the plans of the owner.
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
    /// What it is for; null clears it.
    #[schema(max_length = 10_000, nullable)]
    description: Option<String>,
    /// How much experience it asks for.
    #[schema(inline)]
    difficulty_level: Option<DifficultyLevelName>,
    /// For whom it is there; for the owner to decide.
    #[schema(inline)]
    sharing_status: Option<SharingStatusName>,
}

/// Which plan, and what to change of it.
pub(crate) struct Update {
    id: TrainingPlanId,
    changes: PlanChanges,
}

impl Input for Update {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let mut body = Object::new(request.body.object(violations)?);
        let name = body.field("name", "name").change(violations, name);
        let description = body.field("description", "description").clearable(violations, description);
        let level = body.field("difficultyLevel", "difficulty_level").change(violations, level);
        let status = body.field("sharingStatus", "sharing_status").change(violations, sharing_status);
        body.refuse_others(violations);
        let template = TemplateChanges { name: name?, description: description?, sharing_status: status? };
        Ok(Self { id: id?, changes: PlanChanges { template, difficulty_level: level? } })
    }
}

/// Changes a training plan
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "UpdateTrainingPlan",
    params(("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan")),
    security(("accessCookie" = [])),
    request_body(content = TrainingPlanUpdateSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The plan as it is now", body = TrainingPlan),
        (status = 403, description = "The caller may only read the plan, or names `sharingStatus` without owning it",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such plan, or not for the caller", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The name is taken", body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The plan was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{plan_id}")]
pub(crate) async fn update_training_plan(call: Call<ActiveUser, Update>) -> Result<HttpResponse, Problem> {
    let Update { id, changes } = call.input;
    let plan = call.state.training_plans.update(&call.caller, id, changes, &call.conditions.matches).await?;
    Ok(answer::tagged(StatusCode::OK, &tag(&plan), &TrainingPlan::new(&plan)))
}
