//! `PATCH /access/password-update`.

use actix_web::{HttpResponse, patch};
use irontrack_domain::account::Password;
use utoipa::ToSchema;

use crate::{
    call::{ActiveUser, BodyKind, Call, Input, Location, Object, Read, RequestParts, Violations},
    problem::Problem,
};

/// A change of one's own password.
#[derive(ToSchema)]
#[schema(as = PasswordUpdateInput, rename_all = "camelCase", example = json!({
    "currentPassword": "Deadl1ft!", "newPassword": "Squ4t_Deep"
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct PasswordUpdateSchema {
    /// The password that counts now.
    #[schema(format = "password")]
    current_password: String,
    /// The password that shall count; the same rules as at sign-up.
    #[schema(format = "password", min_length = 8, max_length = 128)]
    new_password: String,
}

/// A valid change, not yet checked against the stored password.
pub(crate) struct PasswordUpdate {
    current: Password,
    next: Password,
    next_at: Location,
}

impl Input for PasswordUpdate {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut body = Object::new(request.body.object(violations)?);
        let current = body.field("currentPassword", "current_password").text(Password::presented, violations);
        let field = body.field("newPassword", "new_password");
        let next = field.text(Password::chosen_by_owner, violations);
        body.refuse_others(violations);
        Ok(Self { current: current?, next: next?, next_at: field.location().clone() })
    }
}

/// Changes one's own password
///
/// Ends all sessions of the account, the current one too, and deletes both cookies: sign in again afterwards.
#[utoipa::path(
    tag = "Access",
    operation_id = "AccountUpdatePwd",
    security(("accessCookie" = [])),
    request_body(content = PasswordUpdateSchema, content_type = "application/json"),
    responses(
        (status = 204, description = "The password is changed; both cookies are deleted", headers(
            ("Set-Cookie" = String, description = "Deletes `access_token` and `refresh_token`, one header each")
        )),
        (status = 401, description = "Not signed in, or the current password is another one",
            body = crate::problem::ProblemBody<'_>),
        (status = 429, description = "Too many wrong current passwords for this account", body = crate::problem::ProblemBody<'_>, headers(
            ("Retry-After" = u64, description = "Seconds after which it is worth trying again")
        )),
    )
)]
#[patch("/password-update")]
pub(crate) async fn account_update_pwd(call: Call<ActiveUser, PasswordUpdate>) -> Result<HttpResponse, Problem> {
    let PasswordUpdate { current, next, next_at } = call.input;
    let changed = call.state.access.change_password(&call.caller, current, next).await;
    changed.map_err(|error| Problem::from(error).about(&next_at))?;
    let mut answer = HttpResponse::NoContent();
    call.state.settings.cookies.delete(&mut answer);
    Ok(answer.finish())
}
