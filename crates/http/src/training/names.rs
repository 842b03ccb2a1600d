//! Names of attributes, for the OpenAPI document.

use utoipa::ToSchema;

/// What is counted in an exercise.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum ModeName {
    Reps,
    Time,
    Distance,
    SetsOnly,
}
