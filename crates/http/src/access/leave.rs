//! `DELETE /access/me`.

use actix_web::{HttpResponse, delete};
use irontrack_domain::account::Password;
use utoipa::ToSchema;

use crate::{
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
};

/// Proof that it is really the owner who deletes an account.
#[derive(ToSchema)]
#[schema(as = AccountDeleteInput, example = json!({"password": "Deadl1ft!"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct AccountDeleteSchema {
    /// The password that counts now.
    #[schema(format = "password")]
    password: String,
}

/// The password, not yet checked against the stored one.
pub(crate) struct Leave(Password);

impl Input for Leave {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut body = Object::new(request.body.object(violations)?);
        let password = body.field("password", "password").text(Password::presented, violations);
        body.refuse_others(violations);
        Ok(Self(password?))
    }
}

/// Deletes one's own account
///
/// With it go its training sessions, its custom exercises, its private training units and plans, and shared ones to which
/// nobody was given access. The others stay without an owner, and so do units in a plan that stays. All sessions of the
/// account end, and both cookies are deleted. Nothing brings it back: fetch `GET /access/export` before.
#[utoipa::path(
    tag = "Access",
    operation_id = "AccountDelete",
    security(("accessCookie" = [])),
    request_body(content = AccountDeleteSchema, content_type = "application/json"),
    responses(
        (status = 204, description = "The account is gone; both cookies are deleted", headers(
            ("Set-Cookie" = String, description = "Deletes `access_token` and `refresh_token`, one header each")
        )),
        (status = 401, description = "Not signed in, or the password is another one",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The last active superuser, or the system administrator",
            body = crate::problem::ProblemBody<'_>),
        (status = 429, description = "Too many wrong passwords for this account", body = crate::problem::ProblemBody<'_>, headers(
            ("Retry-After" = u64, description = "Seconds after which it is worth trying again")
        )),
    )
)]
#[delete("/me")]
pub(crate) async fn account_delete(call: Call<ActiveUser, Leave>) -> Result<HttpResponse, Problem> {
    call.state.access.leave(&call.caller, call.input.0).await?;
    let mut answer = HttpResponse::NoContent();
    call.state.settings.cookies.delete(&mut answer);
    Ok(answer.finish())
}
