//! `/training-plans/{plan_id}/access`.

use actix_web::{HttpResponse, delete, get, put};
use irontrack_domain::{TrainingPlanId, UserId, training::Template};

use super::{Id, id};
use crate::{
    call::{ActiveUser, BodyKind, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
    sharing::{self, AccessGrant, AccessGrantSchema, Gift},
};

/// Lists who was given access to a training plan
///
/// By address; for the owner. While the plan is private the access sleeps.
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "ListTrainingPlanAccess",
    params(("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "All access that was given", body = [AccessGrant]),
        (status = 403, description = "The caller may read the plan but does not own it",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such plan, or not for the caller", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/{plan_id}/access")]
pub(crate) async fn list_training_plan_access(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    sharing::list(&call.state, &call.caller, Template::Plan(call.input.0)).await
}

/// Which plan, and to whom access is to be given.
pub(crate) struct Give {
    id: TrainingPlanId,
    gift: Gift,
}

impl Input for Give {
    const BODY: BodyKind = BodyKind::Json;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let gift = Gift::read(request, violations);
        Ok(Self { id: id?, gift: gift? })
    }
}

/// Gives somebody access to a training plan, or changes it
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "GrantTrainingPlanAccess",
    params(("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan")),
    security(("accessCookie" = [])),
    request_body(content = AccessGrantSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The access that was given before, as it is now", body = AccessGrant),
        (status = 201, description = "The access that is new", body = AccessGrant),
        (status = 400, description = "The address is the caller's own, or the body cannot be read",
            body = crate::problem::ProblemBody<'_>),
        (status = 403, description = "The caller may read the plan but does not own it",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such plan for the caller, or no active account of that address",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The plan was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[put("/{plan_id}/access")]
pub(crate) async fn grant_training_plan_access(call: Call<ActiveUser, Give>) -> Result<HttpResponse, Problem> {
    let Give { id, gift } = call.input;
    sharing::give(&call.state, &call.caller, Template::Plan(id), gift, &call.conditions).await
}

/// Which plan, and whose access.
pub(crate) struct Take {
    id: TrainingPlanId,
    user: UserId,
}

impl Input for Take {
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = id(request, violations);
        let user = request.path.uuid("user_id", violations);
        Ok(Self { id: id?, user: user?.into() })
    }
}

/// Takes access to a training plan away
///
/// The owner from anybody, everybody else from themselves.
#[utoipa::path(
    tag = "Training Plans",
    operation_id = "RevokeTrainingPlanAccess",
    params(
        ("plan_id" = uuid::Uuid, Path, description = "Identifier of the plan"),
        ("user_id" = uuid::Uuid, Path, description = "Identifier of the account that was given access"),
    ),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The access is taken away"),
        (status = 403, description = "Somebody else's access to a plan that the caller does not own",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such plan for the caller, or no such access",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The plan was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{plan_id}/access/{user_id}")]
pub(crate) async fn revoke_training_plan_access(call: Call<ActiveUser, Take>) -> Result<HttpResponse, Problem> {
    let Take { id, user } = call.input;
    sharing::take(&call.state, &call.caller, Template::Plan(id), user, &call.conditions).await
}
