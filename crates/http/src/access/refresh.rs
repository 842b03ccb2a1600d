//! `POST /access/refresh-jwt`.

use actix_web::{HttpRequest, HttpResponse, post};

use crate::{
    call::{Anyone, Call},
    client, cookies,
    problem::Problem,
};

/// Exchanges the refresh token
///
/// Needs the cookie `refresh_token` only. Each refresh token can be exchanged once; one that was exchanged before ends
/// its session, because somebody must have copied it (an immediate retry by the same client is just refused).
#[utoipa::path(
    tag = "Access",
    operation_id = "RefreshAccessToken",
    security(("refreshCookie" = [])),
    responses(
        (status = 204, description = "A new pair of cookies is set", headers(
            ("Set-Cookie" = String, description = "`access_token` and `refresh_token`, one header each")
        )),
        (status = 429, description = "Too many refreshes of this session", body = crate::problem::ProblemBody<'_>, headers(
            ("Retry-After" = u64, description = "Seconds after which it is worth trying again")
        )),
    )
)]
#[post("/refresh-jwt")]
pub(crate) async fn refresh_access_token(
    request: HttpRequest,
    call: Call<Anyone, ()>,
) -> Result<HttpResponse, Problem> {
    let settings = &call.state.settings;
    let token = cookies::read(&request, settings.cookies.refresh_name());
    let client = client::client(&request, &settings.trusted_proxies);
    let tokens = call.state.access.refresh(token, &client).await?;
    let mut answer = HttpResponse::NoContent();
    settings.cookies.set(&mut answer, &tokens);
    Ok(answer.finish())
}
