//! Imports: training that was recorded elsewhere.

mod confirm;
mod create;
mod delete;
mod dto;
mod get;
mod mapping;

use irontrack_domain::ImportId;
use irontrack_ports::repo::{Import, KeptAnswer};
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

use crate::call::{Input, Read, RequestParts, Violations};

/// Where imports are.
const PATH: &str = "/api/v1/imports";

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope(PATH)
            .service(create::create_import)
            .service(get::get_import)
            .service(mapping::map_import)
            .service(confirm::confirm_import)
            .service(delete::delete_import),
    );
}

/// The id in the path.
pub(crate) struct Id(ImportId);

impl Input for Id {
    const REFUSES_QUERY: bool = true;

    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        id(request, violations).map(Self)
    }
}

fn id(request: &RequestParts<'_>, violations: &mut Violations) -> Read<ImportId> {
    request.path.uuid("import_id", violations).map(ImportId::from)
}

/// An answer with an import that can be kept.
fn to_keep(status: u16, location: Option<String>, import: &Import) -> KeptAnswer {
    // Wire types have no map whose keys are no texts, which is all that could fail here.
    let body = serde_json::to_vec(&dto::Import::new(import)).unwrap_or_default();
    KeptAnswer { status, location, tag: None, body }
}
