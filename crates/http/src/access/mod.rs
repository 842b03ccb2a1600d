//! Sign-up, sign-in, refresh, logout, and one's own account.

mod leave;
mod logout;
mod me;
mod password_update;
mod profile;
mod refresh;
mod sessions;
mod sign_in;
mod sign_up;
mod user_auth;

use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope("/api/v1/access")
            .service(sign_up::account_register)
            .service(sign_in::account_login)
            .service(refresh::refresh_access_token)
            .service(logout::account_logout)
            .service(password_update::account_update_pwd)
            .service(me::account_profile)
            .service(leave::account_delete)
            .service(crate::export::export_account)
            .service(profile::account_update_profile)
            .service(sessions::list_account_sessions)
            .service(sessions::end_account_session)
            .service(sessions::end_other_account_sessions),
    );
}
