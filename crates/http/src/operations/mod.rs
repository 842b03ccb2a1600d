//! What operators ask a running server, on an address or socket of its own that clients do not reach: `GET /metrics`, and
//! the level of the log.
//!
//! Nobody signs in here. Whoever reaches it may read the numbers and change the level, and nothing else.

mod exposition;
mod process;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::header::CONTENT_TYPE, web};
use irontrack_ports::tally::{HashQueueWatch, PoolWatch};

use crate::traffic::Traffic;

/// How `GET /metrics` calls its form.
const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The log of the process, as far as operators may see and change it.
pub trait LogControl: Send + Sync {
    /// The least severe lines that are logged.
    fn level(&self) -> String;

    /// Changes that, and answers what it is now.
    ///
    /// # Errors
    /// What is accepted, if the text is something else.
    fn set_level(&self, level: &str) -> Result<String, String>;

    /// Lines that were dropped since the start, because what writes them could not keep up.
    fn dropped_lines(&self) -> u64;
}

/// What there is to look at.
#[derive(Clone)]
pub struct Board {
    /// Requests.
    pub traffic: Arc<Traffic>,
    /// The connections to the database.
    pub pool: Arc<dyn PoolWatch>,
    /// Passwords that are hashed.
    pub hashes: Arc<dyn HashQueueWatch>,
    /// The log.
    pub log: Arc<dyn LogControl>,
    /// What this program is, such as `0.1.0 (1a2b3c)`.
    pub version: &'static str,
}

impl std::fmt::Debug for Board {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Board").field("version", &self.version).finish_non_exhaustive()
    }
}

/// Adds the routes of operations.
pub(crate) fn configure(services: &mut web::ServiceConfig, board: &Board) {
    services
        .app_data(web::Data::new(board.clone()))
        .route("/metrics", web::get().to(metrics))
        .route("/log-level", web::get().to(level))
        .route("/log-level/{level}", web::put().to(set_level));
}

async fn metrics(board: web::Data<Board>) -> HttpResponse {
    match exposition::text(&board) {
        Ok(text) => HttpResponse::Ok().insert_header((CONTENT_TYPE, OPENMETRICS)).body(text),
        Err(error) => {
            tracing::error!(%error, "the metrics were not written");
            HttpResponse::InternalServerError().finish()
        }
    }
}

async fn level(board: web::Data<Board>) -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(board.log.level())
}

async fn set_level(request: HttpRequest, board: web::Data<Board>) -> HttpResponse {
    match board.log.set_level(request.match_info().query("level")) {
        Ok(level) => {
            tracing::warn!(level, "the level of the log was changed");
            HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(level)
        }
        Err(accepted) => HttpResponse::UnprocessableEntity()
            .content_type("text/plain; charset=utf-8")
            .body(format!("expected {accepted}")),
    }
}
