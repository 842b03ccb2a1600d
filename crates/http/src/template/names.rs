//! Names of attributes, for the OpenAPI document.

use utoipa::ToSchema;

/// For whom a training unit or plan is there: for its owner, also for those who were given access, or for everybody.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum SharingStatusName {
    Private,
    Shared,
    Public,
}

/// What the caller may do: read, also change the content, or everything.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes the field for the OpenAPI document")]
pub(crate) enum MyAccessName {
    Read,
    Write,
    Owner,
}
