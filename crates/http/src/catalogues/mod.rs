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
            .service(muscle_groups::create_muscle_group)
            .service(muscle_groups::list_muscle_groups)
            .service(muscle_groups::get_muscle_group)
            .service(muscle_groups::update_muscle_group)
            .service(muscle_groups::delete_muscle_group)
            .service(equipment::create_equipment)
            .service(equipment::list_equipment)
            .service(equipment::get_equipment)
            .service(equipment::update_equipment)
            .service(equipment::delete_equipment)
            .service(exercise_tags::create_exercise_tag)
            .service(exercise_tags::list_exercise_tags)
            .service(exercise_tags::get_exercise_tag)
            .service(exercise_tags::update_exercise_tag)
            .service(exercise_tags::delete_exercise_tag),
    );
}
