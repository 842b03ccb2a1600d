//! `PATCH /users/{user_id}`.

use actix_web::{HttpResponse, patch};
use irontrack_application::users::UserChanges;
use irontrack_domain::{
    UserId,
    account::{Email, Password, PersonName},
};
use utoipa::ToSchema;

use super::User;
use crate::{
    call::{BodyKind, Call, Field, Input, Location, Object, Read, RequestParts, Superuser, Violations},
    problem::Problem,
};

/// A change of an account. What is absent stays.
#[derive(ToSchema)]
#[schema(as = UserUpdateInput, rename_all = "camelCase", example = json!({"name": null, "isActive": false}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct UserUpdateSchema {
    /// How the person wants to be called; null or blank clears it.
    #[schema(nullable)]
    name: Option<String>,
    /// Address to sign in with.
    #[schema(format = "email")]
    email: Option<String>,
    /// A new password of 8 to 128 characters; ends all sessions. An installation may refuse what is easy to guess. Null
    /// is ignored.
    #[schema(format = "password", min_length = 8, max_length = 128, nullable)]
    password: Option<String>,
    /// Whether the person may sign in; `false` ends all sessions.
    is_active: Option<bool>,
    /// `true` gives the role `superuser`; `false` takes it away where the account has it.
    is_superuser: Option<bool>,
}

/// Which account, and what to change of it.
pub(crate) struct Update {
    id: UserId,
    changes: UserChanges,
}

impl Input for Update {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let id = request.path.uuid("user_id", violations);
        let mut body = Object::new(request.body.object(violations)?);
        let name = body.field("name", "name").clearable(violations, |name, v| name.text(PersonName::parse, v));
        let email = body.field("email", "email").change(violations, |email, v| email.text(Email::parse, v));
        let password = body
            .field("password", "password")
            .optional(violations, |password, v| password.text(Password::set_by_administrator, v));
        let is_active = body.field("isActive", "is_active").change(violations, Field::boolean);
        let is_superuser = body.field("isSuperuser", "is_superuser").change(violations, Field::boolean);
        body.refuse_others(violations);
        let changes = UserChanges {
            name: name?.map(Option::flatten),
            email: email?,
            password: password?,
            is_active: is_active?,
            is_superuser: is_superuser?,
        };
        Ok(Self { id: id?.into(), changes })
    }
}

/// Changes an account
#[utoipa::path(
    tag = "User Accounts",
    operation_id = "UpdateUser",
    params(("user_id" = uuid::Uuid, Path, description = "Identifier of the account")),
    security(("accessCookie" = [])),
    request_body(content = UserUpdateSchema, content_type = "application/json"),
    responses(
        (status = 200, description = "The account as it is now", body = User),
        (status = 403, description = "Not a superuser, the system administrator, or one's own account",
            body = crate::problem::ProblemBody<'_>),
        (status = 404, description = "There is no such account", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The address has another account, or the last active superuser",
            body = crate::problem::ProblemBody<'_>),
    )
)]
#[patch("/{user_id}")]
pub(crate) async fn update_user(call: Call<Superuser, Update>) -> Result<HttpResponse, Problem> {
    let Update { id, changes } = call.input;
    let account = call.state.users.update(&call.caller, id, changes).await;
    let account = account.map_err(|error| Problem::from(error).about(&Location::field("password")))?;
    Ok(HttpResponse::Ok().json(User::from(account)))
}
