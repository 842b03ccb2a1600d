//! Roles on the wire.

use irontrack_domain::account::Role;
use serde::Serialize;
use utoipa::ToSchema;

use crate::call::{BodyKind, Input, Object, Read, RequestParts, Violations};

/// Which role to assign or revoke.
#[derive(ToSchema)]
#[schema(as = RoleInput, rename_all = "camelCase", example = json!({"roleSlug": "fitness-trainer"}))]
#[expect(dead_code, reason = "describes the body for the OpenAPI document; the body is read field by field")]
pub(super) struct RoleSchema {
    /// Slug of the role.
    #[schema(inline)]
    role_slug: RoleSlug,
}

/// Roles that can be assigned and revoked.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(super) enum RoleSlug {
    Superuser,
    FitnessTrainer,
}

const ROLES: [(&str, Role); 2] =
    [(Role::Superuser.slug(), Role::Superuser), (Role::FitnessTrainer.slug(), Role::FitnessTrainer)];

/// Whose role, and which.
pub(crate) struct RoleChange {
    /// The address in the path, not checked to be one: whatever is none has no account.
    pub(super) email: String,
    /// The role in the body.
    pub(super) role: Role,
}

impl Input for RoleChange {
    const BODY: BodyKind = BodyKind::Json;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        let email = request.path.plain_text("email", violations);
        let mut body = Object::new(request.body.object(violations)?);
        let role = body.field("roleSlug", "role_slug").choice(&ROLES, violations);
        body.refuse_others(violations);
        Ok(Self { email: email?, role: role? })
    }
}

/// What was done.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"message": "Successfully assigned the 'fitness-trainer' role to jo@example.com"}))]
pub(super) struct RoleMessage {
    /// What was done, in words.
    pub(super) message: String,
}
