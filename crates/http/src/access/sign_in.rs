//! `POST /access/signin`.

use actix_web::{HttpRequest, HttpResponse, post};
use irontrack_domain::{
    Violation,
    account::{Password, PersonName},
};
use utoipa::ToSchema;

use crate::{
    call::{Anyone, Body, BodyKind, Call, Form, Input, Read, RequestParts, Violations},
    client,
    problem::Problem,
};

/// Credentials, in the shape of an OAuth 2.0 password grant.
#[derive(ToSchema)]
#[schema(as = SignInForm, example = json!({"username": "jo@example.com", "password": "Deadl1ft!"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the form is read field by field")]
pub(crate) struct SignInSchema {
    /// The address of the account.
    username: String,
    /// The password.
    #[schema(format = "password")]
    password: String,
    /// If given, `password`.
    #[schema(pattern = "^password$")]
    grant_type: Option<String>,
    /// Ignored.
    scope: Option<String>,
    /// Ignored.
    client_id: Option<String>,
    /// Ignored.
    client_secret: Option<String>,
}

/// Valid credentials, not yet checked.
pub(crate) struct SignIn {
    user_name: String,
    password: Password,
}

impl Input for SignIn {
    const BODY: BodyKind = BodyKind::Form;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let empty = Form::default();
        let form = match &request.body {
            Body::Form(form) => form,
            _ => &empty,
        };
        if let Some(grant) = form.optional("grant_type")
            && grant != "password"
        {
            let at = Form::location("grant_type");
            let _recorded: Read<()> =
                violations.record(&at, "string_pattern_mismatch", "String should match pattern '^password$'");
        }
        let user_name = form.required("username", violations).and_then(|name| {
            bounded(name).or_else(|violation| violations.record_rule(&Form::location("username"), &violation))
        });
        let password = form.required("password", violations).and_then(|password| {
            Password::presented(password)
                .or_else(|violation| violations.record_rule(&Form::location("password"), &violation))
        });
        Ok(Self { user_name: user_name?, password: password? })
    }
}

/// No address is longer than a person's name may be, and neither holds NUL.
fn bounded(user_name: &str) -> Result<String, Violation> {
    PersonName::parse(user_name).map(|_| user_name.to_owned())
}

/// Signs in
///
/// Starts a session and sets the cookies `access_token` and `refresh_token`. An unknown address, a wrong password and an
/// inactive account get the same answer after the same time. Failed attempts are limited for each account and each client
/// address; successful ones are not.
#[utoipa::path(
    tag = "Access",
    operation_id = "AccountLogin",
    request_body(content(
        (SignInSchema = "application/x-www-form-urlencoded"),
        (SignInSchema = "multipart/form-data"),
    )),
    responses(
        (status = 204, description = "Signed in; both cookies are set", headers(
            ("Set-Cookie" = String, description = "`access_token` and `refresh_token`, one header each")
        )),
        (status = 401, description = "Not the credentials of an active account", body = crate::problem::ProblemBody<'_>),
        (status = 429, description = "Too many failed attempts for this account or from this address", body = crate::problem::ProblemBody<'_>, headers(
            ("Retry-After" = u64, description = "Seconds after which it is worth trying again")
        )),
    )
)]
#[post("/signin")]
pub(crate) async fn account_login(request: HttpRequest, call: Call<Anyone, SignIn>) -> Result<HttpResponse, Problem> {
    let client = client::client(&request, &call.state.settings.trusted_proxies);
    let tokens = call.state.access.sign_in(&call.input.user_name, call.input.password, client).await?;
    let mut answer = HttpResponse::NoContent();
    call.state.settings.cookies.set(&mut answer, &tokens);
    Ok(answer.finish())
}
