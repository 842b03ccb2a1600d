//! Bodies that are kept ready as bytes.

use std::sync::Arc;

use actix_web::{HttpResponse, web::Bytes};
use serde::Serialize;

/// Writes a wire type as JSON.
pub(crate) fn to_json(value: &impl Serialize) -> Result<Vec<u8>, String> {
    serde_json::to_vec(value).map_err(|error| error.to_string())
}

/// 200 with JSON that is ready.
pub(crate) fn ready_json(json: Arc<[u8]>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(Bytes::from_owner(json))
}
