//! `/training-units/{unit_id}/access`.

use actix_web::{HttpResponse, delete, get, put};
use irontrack_domain::{TrainingUnitId, UserId, training::Template};

use super::{Id, id};
use crate::{
    call::{ActiveUser, BodyKind, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
    sharing::{self, AccessGrant, AccessGrantSchema, Gift},
};

/// Lists who was given access to a training unit
///
/// By address; for the owner. While the unit is private the access sleeps.
#[utoipa::path(
    tag = "Training Units",
    operation_id = "ListTrainingUnitAccess",
    params(("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "All access that was given", body = [AccessGrant]),
        (status = 403, description = "The caller may read the unit but does not own it",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit, or not for the caller", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/{unit_id}/access")]
pub(crate) async fn list_training_unit_access(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    sharing::list(&call.state, &call.caller, Template::Unit(call.input.0)).await
}

/// Which unit, and to whom access is to be given.
pub(crate) struct Give {
    id: TrainingUnitId,
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

/// Gives somebody access to a training unit, or changes it
#[utoipa::path(
    tag = "Training Units",
    operation_id = "GrantTrainingUnitAccess",
    params(("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit")),
    security(("accessCookie" = [])),
    request_body(content = AccessGrantSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The access that was given before, as it is now", body = AccessGrant),
        (status = 201, description = "The access that is new", body = AccessGrant),
        (status = 400, description = "The address is the caller's own, or the body cannot be read",
            body = crate::problem::ProblemBody<'_>),
        (status = 403, description = "The caller may read the unit but does not own it",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit for the caller, or no active account of that address",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The unit was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[put("/{unit_id}/access")]
pub(crate) async fn grant_training_unit_access(call: Call<ActiveUser, Give>) -> Result<HttpResponse, Problem> {
    let Give { id, gift } = call.input;
    sharing::give(&call.state, &call.caller, Template::Unit(id), gift, &call.conditions).await
}

/// Which unit, and whose access.
pub(crate) struct Take {
    id: TrainingUnitId,
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

/// Takes access to a training unit away
///
/// The owner from anybody, everybody else from themselves.
#[utoipa::path(
    tag = "Training Units",
    operation_id = "RevokeTrainingUnitAccess",
    params(
        ("unit_id" = uuid::Uuid, Path, description = "Identifier of the unit"),
        ("user_id" = uuid::Uuid, Path, description = "Identifier of the account that was given access"),
    ),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The access is taken away"),
        (status = 403, description = "Somebody else's access to a unit that the caller does not own",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such unit for the caller, or no such access",
            body = crate::problem::ProblemBody<'_>),
        (status = 412, description = "The unit was changed in the meantime", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{unit_id}/access/{user_id}")]
pub(crate) async fn revoke_training_unit_access(call: Call<ActiveUser, Take>) -> Result<HttpResponse, Problem> {
    let Take { id, user } = call.input;
    sharing::take(&call.state, &call.caller, Template::Unit(id), user, &call.conditions).await
}
