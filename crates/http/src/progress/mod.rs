//! Progress: what the caller's training history says.

mod chart;
mod exercise;
mod parameters;
mod picture;
mod point;
mod previous;
mod record;
mod records;

pub(crate) use record::{Record, RecordList};
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope("/api/v1/progress")
            .service(exercise::get_exercise_progress)
            .service(chart::get_exercise_chart)
            .service(records::list_records)
            .service(previous::get_previous_sets),
    );
}
