//! `DELETE /users/{user_id}`.

use actix_web::{HttpResponse, delete};
use irontrack_domain::UserId;
use utoipa::IntoParams;

use crate::{
    call::{Call, Input, Query, Read, RequestParts, Superuser, Violations},
    problem::Problem,
};

/// Parameters of the deletion of an account.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document; it is read by itself")]
pub(crate) struct DeleteQuery {
    /// Whether the training history goes as well; without it an account that has one is not deleted.
    #[param(default = false)]
    purge: Option<bool>,
}

/// Which account, and whether its training history goes as well.
#[derive(Debug)]
pub(crate) struct Delete {
    id: UserId,
    purge: bool,
}

impl Input for Delete {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = request.path.uuid("user_id", violations);
        let purge = Query::parse(request.query).boolean(("purge", "purge"), violations);
        Ok(Self { id: id?.into(), purge: purge?.unwrap_or(false) })
    }
}

/// Deletes an account
///
/// Its sessions end at once, and its custom exercises go with it, unless somebody else's training refers to them. So do its
/// private training units and plans, and shared ones to which nobody was given access; the others stay without an owner,
/// and so do units in a plan that stays. An account with training sessions is deleted only with `purge=true`, and they are
/// deleted with it.
#[utoipa::path(
    tag = "User Accounts",
    operation_id = "DeleteUser",
    params(("user_id" = uuid::Uuid, Path, description = "Identifier of the account"), DeleteQuery),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The account is gone"),
        (status = 403, description = "Not a superuser, the system administrator, or one's own account",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such account", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The last active superuser, or an account with training history, without `purge=true`",
            body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{user_id}")]
pub(crate) async fn delete_user(call: Call<Superuser, Delete>) -> Result<HttpResponse, Problem> {
    let Delete { id, purge } = call.input;
    call.state.users.delete(&call.caller, id, purge).await?;
    Ok(HttpResponse::NoContent().finish())
}

#[cfg(test)]
crate::call::any_query::reads_any_query!(Delete);
