//! Accounts, administered by superusers.

mod create;
mod delete;
mod dto;
mod get;
mod list;
mod update;

use irontrack_domain::UserId;
use utoipa_actix_web::{scope::scope, service_config::ServiceConfig};

pub(crate) use dto::User;

use crate::call::{Input, Read, RequestParts, Violations};

pub(crate) fn configure(services: &mut ServiceConfig) {
    services.service(
        scope("/api/v1/users")
            .service(create::create_user)
            .service(list::list_users)
            .service(get::get_user)
            .service(update::update_user)
            .service(delete::delete_user),
    );
}

/// The id in the path.
pub(crate) struct Id(UserId);

impl Input for Id {
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self> {
        request.path.uuid("user_id", violations).map(|id| Self(id.into()))
    }
}
