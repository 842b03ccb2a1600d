//! Roles of accounts, administered by superusers.

mod assign;
mod dto;
mod revoke;

use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(scope("/api/v1/roles").service(assign::assign_role).service(revoke::revoke_role));
}
