//! `PATCH /roles/{email}/assign`.

use actix_web::{HttpResponse, patch};

use super::dto::{RoleChange, RoleMessage, RoleSchema};
use crate::{
    call::{Call, Superuser},
    problem::Problem,
};

/// Gives an account a role
///
/// The account has the role instead of the one it had. Its sessions live on, with the new rights.
#[utoipa::path(
    tag = "User Account Role",
    operation_id = "AssignRole",
    params(("email" = String, Path, description = "Address of the account, in any case", example = "jo@example.com")),
    security(("accessCookie" = [])),
    request_body(content = RoleSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "Done", body = RoleMessage),
        (status = 403, description = "Not a superuser; or an inactive account, the system administrator or one's own",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such account", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The account has the role already, or is the last active superuser", body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{email}/assign")]
pub(crate) async fn assign_role(call: Call<Superuser, RoleChange>) -> Result<HttpResponse, Problem> {
    let RoleChange { email, role } = call.input;
    let account = call.state.users.assign_role(&call.caller, &email, role).await?;
    let message = format!("Successfully assigned the '{}' role to {}", role.slug(), account.email);
    Ok(HttpResponse::Ok().json(RoleMessage { message }))
}
