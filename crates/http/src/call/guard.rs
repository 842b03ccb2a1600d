//! Who may call an operation.

use actix_web::HttpRequest;
use irontrack_domain::account::Principal;

use crate::{client, cookies, problem::Problem, state::HttpState};

/// Admits callers to an operation.
pub(crate) trait Guard: 'static {
    /// What is known about an admitted caller.
    type Caller: 'static;

    /// Finds out who calls, or refuses.
    fn admit(request: &HttpRequest, state: &HttpState) -> impl Future<Output = Result<Self::Caller, Problem>>;
}

/// Admits everybody.
pub(crate) struct Anyone;

impl Guard for Anyone {
    type Caller = ();

    async fn admit(_: &HttpRequest, _: &HttpState) -> Result<(), Problem> {
        Ok(())
    }
}

/// Admits active accounts in a live session, by the access cookie.
pub(crate) struct ActiveUser;

impl Guard for ActiveUser {
    type Caller = Principal;

    async fn admit(request: &HttpRequest, state: &HttpState) -> Result<Principal, Problem> {
        let token = cookies::read(request, state.settings.cookies.access_name());
        Ok(state.access.authenticate(token, client::client(request, &state.settings.trusted_proxies)).await?)
    }
}

/// Admits superusers, by the access cookie.
pub(crate) struct Superuser;

impl Guard for Superuser {
    type Caller = Principal;

    async fn admit(request: &HttpRequest, state: &HttpState) -> Result<Principal, Problem> {
        let caller = ActiveUser::admit(request, state).await?;
        if caller.is_superuser() { Ok(caller) } else { Err(Problem::superuser_required()) }
    }
}
