//! Refusal of requests that another site makes a browser send.
//!
//! `SameSite` cookies keep most of them away; this check also refuses the rest. Clients that are no browsers send
//! neither header and are not affected.

use actix_web::{
    HttpRequest,
    http::header::{COOKIE, HOST, HeaderName, ORIGIN},
};

use crate::{cors, problem::Problem, state::HttpSettings};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses an unsafe method with a cookie from a foreign site. A page of an allowed origin may be on another site, and the
/// browser then says so.
pub(crate) fn check(request: &HttpRequest, settings: &HttpSettings) -> Result<(), Problem> {
    if request.method().is_safe()
        || !request.headers().contains_key(COOKIE)
        || cors::allowed_origin(request, settings).is_some()
    {
        return Ok(());
    }
    let headers = request.headers();
    let is_cross_site = headers.get(&SEC_FETCH_SITE).is_some_and(|site| site == "cross-site");
    let own = own_origin(request, settings.public_url.as_deref());
    let is_foreign = headers.get(ORIGIN).is_some_and(|origin| origin.as_bytes() != own.as_bytes());
    if is_cross_site || is_foreign { Err(Problem::cross_site()) } else { Ok(()) }
}

/// Scheme and host under which clients see us: what the connection itself says, or `PUBLIC_URL` where it is set, because
/// a proxy ends TLS.
pub(crate) fn own_origin(request: &HttpRequest, public_url: Option<&str>) -> String {
    if let Some(public) = public_url {
        return public.to_owned();
    }
    let scheme = if request.app_config().secure() { "https" } else { "http" };
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    format!("{scheme}://{host}")
}
