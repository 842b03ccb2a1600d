//! Cross-origin resource sharing: pages of the origins in `ALLOWED_ORIGINS` may send requests and read the answers.
//!
//! The headers go on every answer, whoever wrote it, so this is the outermost of all: errors are replaced on their way
//! out, and a page that cannot read the 401 cannot tell that it has to refresh. A preflight is an ordinary request that
//! ends in the fallback.
//!
//! Where the list is empty nothing is sent at all.

use actix_web::{
    Error, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{
            ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
            ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
            ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderValue, ORIGIN, VARY,
        },
    },
    middleware::Next,
    web,
};

use crate::state::{HttpSettings, HttpState};

/// All methods that any path has. Whoever uses one that a path has not gets a 405 that can be read.
const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE");

/// Headers that pages may send besides those that need no permission.
const REQUEST_HEADERS: HeaderValue =
    HeaderValue::from_static("Content-Type, If-Match, If-None-Match, Idempotency-Key, X-Request-ID");

/// Headers that pages may read besides those that need no permission.
const EXPOSED: HeaderValue =
    HeaderValue::from_static("ETag, Idempotency-Replayed, Location, Retry-After, X-Request-ID");

/// For so many seconds a browser need not ask again.
const MAX_AGE: HeaderValue = HeaderValue::from_static("3600");

/// With whom an answer is shared.
struct Sharing {
    /// The origin that asked, if it is allowed.
    origin: Option<HeaderValue>,
    is_preflight: bool,
}

/// Writes the headers of sharing on the answer to a request.
pub(crate) async fn share<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let Some(sharing) = Sharing::of(request.request()) else { return next.call(request).await };
    match next.call(request).await {
        Ok(mut answer) => {
            sharing.write(answer.headers_mut());
            Ok(answer)
        }
        Err(mut error) => {
            error.add_response_mapper(move |mut answer| {
                sharing.write(answer.headers_mut());
                answer
            });
            Err(error)
        }
    }
}

impl Sharing {
    /// `None` where nothing is shared with anybody.
    fn of(request: &HttpRequest) -> Option<Self> {
        let settings = &request.app_data::<web::Data<HttpState>>()?.settings;
        if settings.allowed_origins.is_empty() {
            return None;
        }
        let origin = allowed_origin(request, settings).cloned();
        Some(Self { origin, is_preflight: is_preflight(request, settings) })
    }

    fn write(&self, headers: &mut HeaderMap) {
        // Also for those who get nothing: a cache must not answer them with what somebody else got, nor the reverse.
        headers.append(VARY, HeaderValue::from_static("Origin"));
        let Some(origin) = &self.origin else { return };
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        if self.is_preflight {
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, REQUEST_HEADERS);
            headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        } else {
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }
}

/// Whether this is a browser that asks whether a page of an allowed origin may send a request.
pub(crate) fn is_preflight(request: &HttpRequest, settings: &HttpSettings) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
        && allowed_origin(request, settings).is_some()
}

/// The origin of the page that sends the request, if it is in the list.
pub(crate) fn allowed_origin<'a>(request: &'a HttpRequest, settings: &HttpSettings) -> Option<&'a HeaderValue> {
    let origin = request.headers().get(ORIGIN)?;
    settings.allowed_origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes()).then_some(origin)
}
