//! `GET /health`.

use actix_web::{
    HttpResponse, get,
    http::header::{HeaderValue, RETRY_AFTER},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    call::{Anyone, Call},
    problem::RETRY_AFTER_SECONDS,
};

/// State of the service and its parts. The names of the members are in snake case, unlike everywhere else.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "database_status": "online", "cache_status": "online", "app": "IronTrack", "version": "0.1.0"
}))]
pub(crate) struct HealthStatus {
    /// `online` or `offline`. Without the database the service does not work.
    database_status: &'static str,
    /// `online` or `offline`. Without the cache the service is slower.
    cache_status: &'static str,
    /// Always `IronTrack`.
    app: &'static str,
    /// Version of the program.
    version: &'static str,
}

const fn word(works: bool) -> &'static str {
    if works { "online" } else { "offline" }
}

/// Checks database and cache
///
/// Answers 503 only when the database is away.
#[utoipa::path(
    tag = "System",
    operation_id = "SystemHealth",
    responses(
        (status = 200, description = "The service works", body = HealthStatus),
        (status = 503, description = "The database does not answer", body = HealthStatus, headers(
            ("Retry-After" = u64, description = "Seconds after which it is worth asking again")
        )),
    )
)]
#[get("/health")]
pub(crate) async fn system_health(call: Call<Anyone, ()>) -> HttpResponse {
    let report = call.state.health.check().await;
    let status = HealthStatus {
        database_status: word(report.database),
        cache_status: word(report.cache),
        app: "IronTrack",
        version: env!("CARGO_PKG_VERSION"),
    };
    if report.database {
        return HttpResponse::Ok().json(status);
    }
    let retry_after = (RETRY_AFTER, HeaderValue::from(RETRY_AFTER_SECONDS));
    HttpResponse::ServiceUnavailable().insert_header(retry_after).json(status)
}
