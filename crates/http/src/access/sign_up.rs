//! `POST /access/signup`.

use actix_web::{HttpRequest, HttpResponse, post};
use irontrack_application::access::SignUp;
use irontrack_domain::account::{Email, Password, PersonName};
use utoipa::ToSchema;

use crate::{
    call::{Anyone, BodyKind, Call, Input, Location, Object, Read, RequestParts, Violations},
    client,
    problem::Problem,
    users::User,
};

/// Somebody who wants an account.
#[derive(ToSchema)]
#[schema(as = SignUpInput, rename_all = "camelCase", example = json!({
    "name": "Jo Lifter", "email": "jo@example.com", "password": "Deadl1ft!", "confirmPassword": "Deadl1ft!"
}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct SignUpSchema {
    /// How the person wants to be called, up to 255 characters after trimming; blank is none.
    #[schema(nullable)]
    name: Option<String>,
    /// Address to sign in with; stored in lower case.
    #[schema(format = "email")]
    email: String,
    /// 8 to 128 characters: ASCII letters, digits and `@$!%*?&_`, at least one each of lower case, upper case, digit and
    /// special character. An installation may also refuse what is easy to guess.
    #[schema(format = "password", min_length = 8, max_length = 128)]
    password: String,
    /// The password again.
    #[schema(format = "password")]
    confirm_password: String,
}

impl Input for SignUp {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut body = Object::new(request.body.object(violations)?);
        let name = body.field("name", "name").optional(violations, |name, v| name.text(PersonName::parse, v));
        let email = body.field("email", "email").text(Email::parse, violations);
        let password = body.field("password", "password").text(Password::chosen_by_owner, violations);
        let confirmation = body.field("confirmPassword", "confirm_password").text(Ok, violations);
        body.refuse_others(violations);
        let (name, email, password, confirmation) = (name?.flatten(), email?, password?, confirmation?);
        // A rule about the whole body counts only once every field is right.
        if violations.is_empty() && password.expose() != confirmation {
            return violations.record(&Location::body(), "value_error", "Value error, Passwords don't match");
        }
        Ok(Self { name, email, password })
    }
}

/// Creates an account
///
/// The account is active and has the role `application-access`. No cookie is set: sign in afterwards.
#[utoipa::path(
    tag = "Access",
    operation_id = "AccountRegister",
    request_body(content = SignUpSchema, content_type = "application/json"),
    responses(
        (status = 201, description = "The new account", body = User),
        (status = 409, description = "The address has an account already", body = crate::problem::ProblemBody<'_>),
        (status = 429, description = "Too many sign-ups from this address", body = crate::problem::ProblemBody<'_>, headers(
            ("Retry-After" = u64, description = "Seconds after which it is worth trying again")
        )),
    )
)]
#[post("/signup")]
pub(crate) async fn account_register(
    request: HttpRequest,
    call: Call<Anyone, SignUp>,
) -> Result<HttpResponse, Problem> {
    let client = client::client(&request, &call.state.settings.trusted_proxies);
    let account = call.state.access.sign_up(call.input, &client).await;
    let account = account.map_err(|error| Problem::from(error).about(&Location::field("password")))?;
    Ok(HttpResponse::Created().json(User::from(account)))
}
