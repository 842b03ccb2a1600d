//! `DELETE /users/{user_id}`.

use actix_web::{HttpResponse, delete};

use super::Id;
use crate::{
    call::{Call, Superuser},
    problem::Problem,
};

/// Deletes an account
///
/// Its sessions end at once, and its custom exercises go with it.
#[utoipa::path(
    tag = "User Accounts",
    operation_id = "DeleteUser",
    params(("user_id" = uuid::Uuid, Path, description = "Identifier of the account")),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The account is gone"),
        (status = 403, description = "Not a superuser, the system administrator, or one's own account",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such account", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The last active superuser", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{user_id}")]
pub(crate) async fn delete_user(call: Call<Superuser, Id>) -> Result<HttpResponse, Problem> {
    call.state.users.delete(&call.caller, call.input.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
