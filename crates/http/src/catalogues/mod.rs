//! The three catalogues: muscle groups, equipment and exercise tags.

mod dto;
mod equipment;
mod exercise_tags;
mod muscle_groups;

use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

pub(crate) use dto::CatalogItem;

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope("/api/v1/catalogs")
            .service(muscle_groups::list_muscle_groups)
            .service(muscle_groups::get_muscle_group)
            .service(equipment::list_equipment)
            .service(equipment::get_equipment)
            .service(exercise_tags::list_exercise_tags)
            .service(exercise_tags::get_exercise_tag),
    );
}
