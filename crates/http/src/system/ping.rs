//! `GET /ping`.

use actix_web::{HttpResponse, get};

/// Answers `OK`
///
/// Touches neither database nor cache.
#[utoipa::path(
    tag = "System",
    operation_id = "SystemPing",
    responses((status = 200, description = "The process answers", body = String, content_type = "text/plain", example = "OK"))
)]
#[get("/ping")]
pub(crate) async fn system_ping() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("OK")
}
