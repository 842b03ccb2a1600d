//! Whether the service works.

mod health;
mod ping;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(health::system_health).service(ping::system_ping);
}
