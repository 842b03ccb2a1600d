//! `POST /imports/{import_id}/confirm`.

use actix_web::{HttpResponse, post};
use irontrack_application::{Once, imports::Importer};
use irontrack_domain::ImportId;

use super::{dto::Import, to_keep};
use crate::{
    answer,
    call::{ActiveUser, Call, Input, Read, RequestParts, Violations},
    problem::Problem,
};

/// Which import.
pub(crate) struct Confirm(ImportId);

impl Input for Confirm {
    const IS_REPEATABLE: bool = true;
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        super::id(request, violations).map(Self)
    }
}

/// Writes what was found in a file
///
/// All of it or nothing, as it was read. Training sessions of the same start, end and title as one that is there already are
/// left out and counted, so that a second import of the same file adds nothing. What was said about names is remembered for
/// the next import.
#[utoipa::path(
    tag = "Imports",
    operation_id = "ConfirmImport",
    params(("import_id" = uuid::Uuid, Path, description = "Identifier of the import")),
    security(("accessCookie" = [])),
    responses(
        (status = 200, description = "The import with what was written", body = Import),
        (status = 404, description = "The caller has no such import, or not any more", body = crate::problem::ProblemBody<'_>),
        (status = 409, description = "It was confirmed already, names have no exercise (the answer names them), the name of a \
            new exercise is taken, or the same request is still running", body = crate::problem::ProblemBody<'_>),
    )
)]
#[post("/{import_id}/confirm")]
pub(crate) async fn confirm_import(call: Call<ActiveUser, Confirm>) -> Result<HttpResponse, Problem> {
    let Call { caller, input, repeatable, state, .. } = call;
    let render = |import: &irontrack_ports::repo::Import| to_keep(200, None, import);
    let once = Once::new(repeatable.as_ref(), &render);
    Ok(answer::kept(state.imports.confirm_once(Importer::from(&caller), input.0, &once).await?))
}
