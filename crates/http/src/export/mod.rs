//! `GET /access/export`.

mod document;
mod dto;

use actix_web::{HttpResponse, get, web::Bytes};
pub use document::ExportDocument;
use futures_util::{StreamExt, stream};
use irontrack_application::{Export, ExportPart, ExportPlace, ExportTurn};
use irontrack_domain::UserId;

use crate::{
    call::{ActiveUser, Call},
    problem::Problem,
};

/// Exports everything of one's own account
///
/// One JSON document: the account, custom exercises (not those that were deleted and are kept because training refers to
/// them; sessions have their names), training units and plans of one's own, grants that one gave or was
/// given, and all training sessions with their exercises and sets. It holds no passwords, tokens or addresses of devices.
/// It is written while it is read: if something fails in the middle, the connection is cut, and what has arrived is no valid
/// JSON. What changes meanwhile may be in it or not. An account can be exported twice at the same time, and a server sends
/// eight exports at once: more are refused with 503. A client that takes nothing for a minute makes room for others.
#[utoipa::path(
    tag = "Access",
    operation_id = "AccountExport",
    security(("accessCookie" = [])),
    responses((status = 200, description = "Everything of the account", body = dto::AccountExport))
)]
#[get("/export")]
pub(crate) async fn export_account(call: Call<ActiveUser, ()>) -> Result<HttpResponse, Problem> {
    let Call { caller, state, .. } = call;
    let owner = caller.user_id;
    let turn = state.export.begin(owner)?;
    let mut document = ExportDocument::default();
    let mut start = ExportDocument::begin(state.users.get(owner).await?, state.clock.now());
    // The first part is read before anything is answered: a database that is away is a 503 and no broken document.
    let mut place = ExportPlace::START;
    if let Some((part, next)) = state.export.part(owner, place).await? {
        start.extend(document.part(part, state.settings.images_url.as_deref()));
        place = next;
    }
    let rest = stream::try_unfold(Some((document, place, turn)), move |at| {
        let state = state.clone();
        async move {
            let Some((mut document, place, turn)) = at else { return Ok(None) };
            Ok::<_, Problem>(Some(match next_part(&state.export, owner, place, &turn).await? {
                Some((part, next)) => {
                    let part = document.part(part, state.settings.images_url.as_deref());
                    (Bytes::from(part), Some((document, next, turn)))
                }
                None => (Bytes::from(document.end()), None),
            }))
        }
    });
    let start = stream::once(async { Ok(Bytes::from(start)) });
    Ok(HttpResponse::Ok().content_type("application/json").streaming(start.chain(rest)))
}

/// The next part of an export that is being sent.
pub(crate) async fn next_part(
    export: &Export,
    owner: UserId,
    place: ExportPlace,
    turn: &ExportTurn,
) -> Result<Option<(ExportPart, ExportPlace)>, Problem> {
    let cut = |error: &dyn std::fmt::Display| tracing::warn!(%error, user_id = %owner, "an export was cut");
    turn.go_on().inspect_err(|error| cut(error))?;
    Ok(export.part(owner, place).await.inspect_err(|error| cut(error))?)
}
