//! Exercises.

mod criteria;
mod detail;
mod dto;
mod list;

use actix_web::web;
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

pub(crate) use list::{SORT_ORDER, SORT_ORDERS, SortDirection};

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope("/api/v1/exercises")
            .service(list::list_exercises)
            // Before the id, which would match it.
            .service(criteria::find_exercise)
            .route("/criteria", web::get().to(criteria::find_exercise_without_slash))
            .service(detail::get_exercise),
    );
}
