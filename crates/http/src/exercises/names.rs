//! Names of attributes in bodies, for the OpenAPI document.

use utoipa::ToSchema;

/// Direction of the force.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum ForceName {
    Pull,
    Push,
    Static,
}

/// How many joints an exercise moves.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum MechanicName {
    Compound,
    Isolation,
}
