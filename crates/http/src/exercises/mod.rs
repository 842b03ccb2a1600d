//! Exercises.

mod create_system;
mod create_user;
mod criteria;
mod delete;
mod detail;
pub(crate) mod dto;
mod input;
mod list;
mod names;
mod update_system;
mod update_user;

use actix_web::web;
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

pub(crate) use list::{DifficultyLevelName, SORT_ORDER, SORT_ORDERS, SortDirection};

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope("/api/v1/exercises")
            .service(list::list_exercises)
            .service(create_user::create_user_exercise)
            .service(create_system::create_system_exercise)
            .service(update_user::update_user_exercise)
            .service(update_system::update_system_exercise)
            // Before the id, which would match it.
            .service(criteria::find_exercise)
            .route("/criteria", web::get().to(criteria::find_exercise_without_slash))
            .service(detail::get_exercise)
            .service(delete::delete_exercise),
    );
}
