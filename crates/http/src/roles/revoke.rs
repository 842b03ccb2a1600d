//! `PATCH /roles/{email}/revoke`.

use actix_web::{HttpResponse, patch};

use super::dto::{RoleChange, RoleMessage, RoleSchema};
use crate::{
    call::{Call, Superuser},
    problem::Problem,
};

/// Takes a role away from an account
///
/// The account goes back to `application-access`. Its sessions live on, with fewer rights.
#[utoipa::path(
    tag = "User Account Role",
    operation_id = "RevokeRole",
    params(("email" = String, Path, description = "Address of the account, in any case", example = "jo@example.com")),
    security(("accessCookie" = [])),
    request_body(content = RoleSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "Done", body = RoleMessage),
        (status = 403, description = "Not a superuser; or an inactive account, the system administrator or one's own",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such account", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The account has another role, or is the last active superuser", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{email}/revoke")]
pub(crate) async fn revoke_role(call: Call<Superuser, RoleChange>) -> Result<HttpResponse, Problem> {
    let RoleChange { email, role } = call.input;
    let account = call.state.users.revoke_role(&call.caller, &email, role).await?;
    let message = format!(
        "Successfully revoked the '{}' role for {} and set to default role '{}'",
        role.slug(),
        account.email,
        account.role.slug()
    );
    Ok(HttpResponse::Ok().json(RoleMessage { message }))
}
