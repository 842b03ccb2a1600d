//! The caller's own account on the wire.

use irontrack_domain::account::{PersonName, Principal};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The caller's own account.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0192a000-0000-7000-8000-000000000001", "name": "Jo Lifter", "email": "jo@example.com", "isActive": true,
    "isSuperuser": false, "roleSlug": "application-access"
}))]
pub(crate) struct UserAuth {
    /// Identifier, UUID version 7.
    id: Uuid,
    /// How the person wants to be called.
    #[schema(required)]
    name: Option<String>,
    /// Address to sign in with.
    email: String,
    /// Always true: inactive accounts are not signed in.
    is_active: bool,
    /// Whether the person administers the installation.
    is_superuser: bool,
    /// Slug of the role.
    role_slug: &'static str,
}

impl From<Principal> for UserAuth {
    fn from(caller: Principal) -> Self {
        Self {
            id: caller.user_id.uuid(),
            is_superuser: caller.is_superuser(),
            name: caller.name.map(PersonName::into_string),
            email: caller.email.to_string(),
            is_active: true,
            role_slug: caller.role.slug(),
        }
    }
}
