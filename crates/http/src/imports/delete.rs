//! `DELETE /imports/{import_id}`.

use actix_web::{HttpResponse, delete};

use super::Id;
use crate::{
    answer,
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Forgets an import
///
/// What was written when it was confirmed stays.
#[utoipa::path(
    tag = "Imports",
    operation_id = "DeleteImport",
    params(("import_id" = uuid::Uuid, Path, description = "Identifier of the import")),
    security(("accessCookie" = [])),
    responses(
        (status = 204, description = "The import is forgotten"),
        (status = 404, description = "The caller has no such import, or not any more", body = crate::problem::ProblemBody<'_>),
    )
)]
#[delete("/{import_id}")]
pub(crate) async fn delete_import(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    call.state.imports.discard(call.caller.user_id, call.input.0).await?;
    Ok(answer::no_content(None))
}
