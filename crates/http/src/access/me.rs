//! `GET /access/me`.

use actix_web::{HttpResponse, get};

use super::user_auth::UserAuth;
use crate::{
    call::{ActiveUser, Call},
    problem::Problem,
};

/// The caller's own account
#[utoipa::path(
    tag = "Access",
    operation_id = "AccountProfile",
    security(("accessCookie" = [])),
    responses((status = 200, description = "The account", body = UserAuth))
)]
#[get("/me")]
pub(crate) async fn account_profile(call: Call<ActiveUser, ()>) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(UserAuth::from(call.caller)))
}
