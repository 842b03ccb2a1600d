//! Progress: what the caller's training history says.

mod calendar;
mod calendar_chart;
mod chart;
mod exercise;
mod number;
mod parameters;
mod picture;
mod point;
mod previous;
mod record;
mod records;
mod summary;
mod volume;

pub(crate) use record::{Record, RecordList};
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope("/api/v1/progress")
            .service(exercise::get_exercise_progress)
            .service(chart::get_exercise_chart)
            .service(records::list_records)
            .service(volume::get_volume)
            .service(calendar::get_calendar)
            .service(calendar_chart::get_calendar_chart)
            .service(summary::get_summary)
            .service(previous::get_previous_sets),
    );
}
