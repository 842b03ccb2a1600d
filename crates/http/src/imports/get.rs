//! `GET /imports/{import_id}`.

use actix_web::{HttpResponse, get};

use super::{Id, dto::Import};
use crate::{
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Reads one import
///
/// What was found in the file and, once it is confirmed, what was written. It is there for 24 hours after the file was read.
#[utoipa::path(
    tag = "Imports",
    operation_id = "GetImport",
    params(("import_id" = uuid::Uuid, Path, description = "Identifier of the import")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The import", body = Import),
        (status = 404, description = "The caller has no such import, or not any more", body = crate::problem::ProblemBody<'_>),
    )
)]
#[get("/{import_id}")]
pub(crate) async fn get_import(call: Call<ActiveUser, Id>) -> Result<HttpResponse, Problem> {
    let import = call.state.imports.get(call.caller.user_id, call.input.0).await?;
    Ok(HttpResponse::Ok().json(Import::new(&import)))
}
