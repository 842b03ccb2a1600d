//! Sign-up, sign-in, refresh, logout, and the caller's own account.

mod dto;
mod logout;
mod me;
mod refresh;
mod sign_in;
mod sign_up;

use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope("/api/v1/access")
            .service(sign_up::account_register)
            .service(sign_in::account_login)
            .service(refresh::refresh_access_token)
            .service(logout::account_logout)
            .service(me::account_profile),
    );
}
