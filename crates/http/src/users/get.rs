//! `GET /users/{user_id}`.

use actix_web::{HttpResponse, get};

use super::{Id, User};
use crate::{
    call::{Call, Superuser},
    problem::Problem,
};

/// Reads one account
#[utoipa::path(
    tag = "User Accounts",
    operation_id = "GetUser",
    params(("user_id" = uuid::Uuid, Path, description = "Identifier of the account")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The account", body = User),
        (status = 403, description = "Not a superuser", body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such account", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/{user_id}")]
pub(crate) async fn get_user(call: Call<Superuser, Id>) -> Result<HttpResponse, Problem> {
    let account = call.state.users.get(call.input.0).await?;
    Ok(HttpResponse::Ok().json(User::from(account)))
}
