//! Training units.

mod access;
mod copy;
mod create;
mod delete;
pub(crate) mod dto;
mod entries;
mod entry_input;
mod get;
mod list;
mod update;

use irontrack_domain::{TrainingUnitId, training::TrainingUnit};
use irontrack_ports::repo::KeptAnswer;
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

use crate::{
    answer,
    call::{Input, Read, RequestParts, Violations},
};

/// Where units are.
const PATH: &str = "/api/v1/training-units";

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope(PATH)
            .service(create::create_training_unit)
            .service(list::list_training_units)
            .service(get::get_training_unit)
            .service(update::update_training_unit)
            .service(delete::delete_training_unit)
            .service(copy::copy_training_unit)
            // Before the entry, which would match it.
            .service(entries::order::order_training_unit_exercises)
            .service(entries::add::add_training_unit_exercise)
            .service(entries::replace::replace_training_unit_exercises)
            .service(entries::update::update_training_unit_exercise)
            .service(entries::delete::delete_training_unit_exercise)
            .service(access::list_training_unit_access)
            .service(access::grant_training_unit_access)
            .service(access::revoke_training_unit_access),
    );
}

/// The id in the path.
pub(crate) struct Id(TrainingUnitId);

impl Input for Id {
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        id(request, violations).map(Self)
    }
}

fn id(request: &RequestParts<'_>, violations: &mut Violations) -> Read<TrainingUnitId> {
    request.path.uuid("unit_id", violations).map(TrainingUnitId::from)
}

/// 201 with a new unit.
fn created(unit: &TrainingUnit) -> KeptAnswer {
    let location = format!("{PATH}/{}", unit.id);
    answer::created(Some(location), irontrack_application::tag(unit), &dto::TrainingUnit::new(unit))
}
