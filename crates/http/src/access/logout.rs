//! `POST /access/logout`.

use actix_web::{HttpRequest, HttpResponse, post};

use crate::{
    call::{ActiveUser, Call},
    cookies,
    problem::Problem,
};

/// Signs out
///
/// Ends the session, so that its access token stops working at once, and deletes both cookies. The refresh token must be
/// one of the same session.
#[utoipa::path(
    tag = "Access",
    operation_id = "AccountLogout",
    security(("accessCookie" = [], "refreshCookie" = [])),
    responses(
        (status = 204, description = "Signed out; both cookies are deleted", headers(
            ("Set-Cookie" = String, description = "Deletes `access_token` and `refresh_token`, one header each")
        )),
    )
)]
#[post("/logout")]
pub(crate) async fn account_logout(request: HttpRequest, call: Call<ActiveUser, ()>) -> Result<HttpResponse, Problem> {
    let settings = &call.state.settings;
    let token = cookies::read(&request, settings.cookies.refresh_name());
    call.state.access.log_out(&call.caller, token).await?;
    let mut answer = HttpResponse::NoContent();
    settings.cookies.delete(&mut answer);
    Ok(answer.finish())
}
