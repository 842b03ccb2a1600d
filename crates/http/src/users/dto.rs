//! Accounts on the wire.

use chrono::{DateTime, Utc};
use irontrack_domain::account::{Account, PersonName};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-000000000001", "name": "Jo Lifter", "email": "jo@example.com", "isActive": true,
    "isSuperuser": false, "roleName": "Application Access", "roleSlug": "application-access",
    "createdAt": "2026-11-23T18:41:46.082726Z", "updatedAt": "2026-11-23T18:41:46.082726Z"
}))]
pub(crate) struct User {
    /// Identifier, UUID version 7.
    id: Uuid,
    /// How the person wants to be called.
    #[schema(required)]
    name: Option<String>,
    /// Address to sign in with.
    email: String,
    /// Whether the person may sign in.
    is_active: bool,
    /// Whether the person administers the installation; true exactly with the role `superuser`.
    is_superuser: bool,
    /// Name of the role.
    role_name: &'static str,
    /// Slug of the role.
    role_slug: &'static str,
    /// Time of creation, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    created_at: DateTime<Utc>,
    /// Time of the last change, UTC.
    #[serde(serialize_with = "crate::timestamp::serialize")]
    updated_at: DateTime<Utc>,
}

impl From<Account> for User {
    fn from(account: Account) -> Self {
        Self {
            id: account.id.uuid(),
            name: account.name.map(PersonName::into_string),
            email: account.email.to_string(),
            is_active: account.is_active,
            is_superuser: account.role.is_superuser(),
            role_name: account.role.name(),
            role_slug: account.role.slug(),
            created_at: account.created_at,
            updated_at: account.updated_at,
        }
    }
}

/// One page of accounts.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserPage {
    /// The accounts of the page.
    pub(super) items: Vec<User>,
    /// The page size.
    pub(super) limit: i64,
    /// How many accounts come before the page.
    pub(super) offset: i64,
    /// How many accounts match on all pages.
    pub(super) total: i64,
}
