//! `POST /users`.

use actix_web::{HttpResponse, post};
use irontrack_application::users::NewUser;
use irontrack_domain::{
    account::{Email, Password, PersonName, Role},
    audit::Origin,
};
use utoipa::ToSchema;

use super::User;
use crate::{
    call::{BodyKind, Call, Field, Input, Location, Object, Read, RequestParts, Superuser, Violations},
    problem::Problem,
};

/// An account that an administrator wants.
#[derive(ToSchema)]
#[schema(as = UserCreateInput, rename_all = "camelCase", example = json!({
    "name": "Jo Lifter", "email": "Jo@example.com", "password": "correct horse", "isActive": true, "isSuperuser": false
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct UserCreateSchema {
    /// How the person wants to be called, up to 255 characters after trimming; blank is none.
    #[schema(nullable)]
    name: Option<String>,
    /// Address to sign in with; the part before the `@` keeps its case.
    #[schema(format = "email")]
    email: String,
    /// 8 to 128 characters. An installation may refuse what is easy to guess.
    #[schema(format = "password", min_length = 8, max_length = 128)]
    password: String,
    /// Whether the person may sign in.
    #[schema(default = true)]
    is_active: Option<bool>,
    /// Whether the person gets the role `superuser`.
    #[schema(default = false)]
    is_superuser: Option<bool>,
}

impl Input for NewUser {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut body = Object::new(request.body.object(violations)?);
        let name = body.field("name", "name").optional(violations, |name, v| name.text(PersonName::parse, v));
        let email = body.field("email", "email").text(Email::parse, violations);
        let password = body.field("password", "password").text(Password::set_by_administrator, violations);
        let is_active = body.field("isActive", "is_active").unless_absent(violations, Field::boolean);
        let is_superuser = body.field("isSuperuser", "is_superuser").unless_absent(violations, Field::boolean);
        body.refuse_others(violations);
        Ok(Self {
            name: name?.flatten(),
            email: email?,
            password: password?,
            is_active: is_active?.unwrap_or(true),
            role: if is_superuser? == Some(true) { Role::Superuser } else { Role::ApplicationAccess },
        })
    }
}

/// Creates an account
#[utoipa::path(
    tag = "User Accounts",
    operation_id = "CreateUser",
    security(("accessCookie" = [])),
    request_body(content = UserCreateSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new account", body = User),
        (status = 403, description = "Not a superuser, or a request from a foreign site",
            body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "The address has an account already", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("")]
pub(crate) async fn create_user(call: Call<Superuser, NewUser>) -> Result<HttpResponse, Problem> {
    let account = call.state.users.create(Origin::from(&call.caller), call.input).await;
    let account = account.map_err(|error| Problem::from(error).about(&Location::field("password")))?;
    Ok(HttpResponse::Created().json(User::from(account)))
}
