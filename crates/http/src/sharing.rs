//! Access to training units and plans on the wire, for both alike.

use actix_web::{HttpResponse, http::StatusCode};
use chrono::{DateTime, Utc};
use irontrack_application::sharing::SharingError;
use irontrack_domain::{
    UserId,
    account::{Email, PersonName, Principal},
    training::{AccessLevel, Grant, Template},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    answer,
    call::{Conditions, Object, Read, RequestParts, Violations},
    problem::Problem,
    state::HttpState,
};

/// Access that was given to somebody.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "userId": "0192a000-0000-7000-8000-0000000000cc", "email": "sam@example.com", "name": "Sam", "accessLevel": "read",
    "grantedBy": "0192a000-0000-7000-8000-0000000000aa", "createdAt": "2026-11-28T18:41:46.082726Z"
}))]
pub(crate) struct AccessGrant {
    /// Who was given access.
    user_id: Uuid,
    /// Their address.
    email: String,
    /// How they want to be called.
    #[schema(required)]
    name: Option<String>,
    /// `read` or `write`.
    access_level: &'static str,
    /// Who gave it; null once their account is gone.
    #[schema(required)]
    granted_by: Option<Uuid>,
    /// When it was given first, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    created_at: DateTime<Utc>,
}

impl From<Grant> for AccessGrant {
    fn from(grant: Grant) -> Self {
        Self {
            user_id: grant.user_id.uuid(),
            email: grant.email.as_str().to_owned(),
            name: grant.name.as_ref().map(PersonName::as_str).map(str::to_owned),
            access_level: grant.level.as_str(),
            granted_by: grant.granted_by.map(UserId::uuid),
            created_at: grant.created_at,
        }
    }
}

/// Access that is to be given to somebody.
#[derive(ToSchema)]
#[schema(as = AccessGrantInput, rename_all = "camelCase", example = json!({"email": "sam@example.com", "accessLevel": "write"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(crate) struct AccessGrantSchema {
    /// Address of the account that is given access.
    #[schema(format = "email")]
    email: String,
    /// What for. Without it a new access is for reading, and one that was given before stays as it is.
    #[schema(inline, nullable)]
    access_level: Option<AccessLevelName>,
}

/// What access is for: reading, or also changing the content.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum AccessLevelName {
    Read,
    Write,
}

/// To whom access is to be given, and what for.
pub(crate) struct Gift {
    email: Email,
    level: Option<AccessLevel>,
}

impl Gift {
    pub(crate) fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let mut body = Object::new(request.body.object(violations)?);
        let email = body.field("email", "email").text(Email::parse, violations);
        let levels: Vec<_> = AccessLevel::ALL.iter().map(|&level| (level.as_str(), level)).collect();
        let level = body.field("accessLevel", "access_level").optional(violations, |level, v| level.choice(&levels, v));
        body.refuse_others(violations);
        Ok(Self { email: email?, level: level? })
    }
}

/// All access that was given.
pub(crate) async fn list(state: &HttpState, caller: &Principal, template: Template) -> Result<HttpResponse, Problem> {
    let grants = state.sharing.grants(caller.user_id, template).await?;
    Ok(HttpResponse::Ok().json(grants.into_iter().map(AccessGrant::from).collect::<Vec<_>>()))
}

/// Gives access, or changes it.
pub(crate) async fn give(
    state: &HttpState,
    caller: &Principal,
    template: Template,
    Gift { email, level }: Gift,
    conditions: &Conditions,
) -> Result<HttpResponse, Problem> {
    let given = state.sharing.give(caller, template, &email, level, &conditions.matches).await?;
    let status = if given.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(answer::tagged(status, &given.tag, &AccessGrant::from(given.grant)))
}

/// Takes access away.
pub(crate) async fn take(
    state: &HttpState,
    caller: &Principal,
    template: Template,
    user: UserId,
    conditions: &Conditions,
) -> Result<HttpResponse, Problem> {
    let taken: Result<_, SharingError> = state.sharing.take(caller, template, user, &conditions.matches).await;
    Ok(answer::no_content(taken?.as_ref()))
}
