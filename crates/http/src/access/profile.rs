//! `PATCH /access/me`.

use actix_web::{HttpResponse, patch};
use irontrack_domain::account::PersonName;
use utoipa::ToSchema;

use super::user_auth::UserAuth;
use crate::{
    call::{ActiveUser, BodyKind, Call, Input, Object, Read, RequestParts, Violations},
    problem::Problem,
};

/// A change of one's own account.
#[derive(ToSchema)]
#[schema(as = ProfileInput, example = json!({"name": "Jo Lifter"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct ProfileSchema {
    /// How to be called, up to 255 characters after trimming; null or blank clears it.
    #[schema(nullable)]
    name: Option<String>,
}

/// A valid change.
#[expect(clippy::option_option, reason = "absent, null and a value are three things")]
pub(crate) struct Profile {
    name: Option<Option<PersonName>>,
}

impl Input for Profile {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut body = Object::new(request.body.object(violations)?);
        let name = body.field("name", "name").clearable(violations, |name, v| name.text(PersonName::parse, v));
        body.refuse_others(violations);
        Ok(Self { name: name?.map(Option::flatten) })
    }
}

/// Changes one's own account
///
/// `{}` changes nothing.
#[utoipa::path(
    tag = "Access",
    operation_id = "AccountUpdateProfile",
    security(("accessCookie" = [])),
    request_body(content = ProfileSchema, content_type = "application/json"),
    responses((status = 200, description = "The account", body = UserAuth))
)]
#[patch("/me")]
pub(crate) async fn account_update_profile(call: Call<ActiveUser, Profile>) -> Result<HttpResponse, Problem> {
    let caller = call.state.access.change_profile(call.caller, call.input.name).await?;
    Ok(HttpResponse::Ok().json(UserAuth::from(caller)))
}
