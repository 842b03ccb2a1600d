//! What happens around every request: its identifier, its log line, and the body of its error.

use std::{fmt, time::Instant};

use actix_web::{
    Error, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use tracing::Instrument;
use uuid::Uuid;

use crate::{client, problem::Problem, state::HttpState, traffic::Traffic};

/// The header that carries the identifier of a request, both ways.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Requests that are not worth a line.
const UNLOGGED: [&str; 5] = ["/health", "/docs", "/redoc", "/openapi.json", "/favicon.ico"];

/// Runs a request inside its span, turns failures into problem details, and logs one line.
pub(crate) async fn observe(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let id = request_id(&request);
    let span = tracing::info_span!("request", request_id = %id);
    let method = request.method().clone();
    let traffic = request.app_data::<web::Data<Traffic>>().cloned();
    let _in_flight = traffic.as_ref().map(|traffic| traffic.begin());
    // `HEAD` is `GET` whose body the connection leaves out.
    if method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }

    // A task of its own: when the client goes away in the middle, what was begun is brought to its end, such as telling
    // the cache after a commit. A panic ends the task and not the worker.
    let answered = actix_web::rt::spawn(next.call(request).instrument(span.clone())).await;
    let _entered = span.entered();
    let mut response = match answered {
        Ok(Ok(response)) => finished(response.map_into_boxed_body(), &id),
        // Only middleware fails like this, and there is no other.
        Ok(Err(error)) => return Err(error),
        Err(_panic) => {
            let problem = Problem::internal("a handler panicked");
            log_cause(&problem);
            if let Some(traffic) = &traffic {
                // Which route it was is lost with the request.
                traffic.answered(None, &method, problem.status(), started.elapsed());
            }
            return Err(Identified { problem, id }.into());
        }
    };
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    if let Some(traffic) = &traffic {
        let route = response.request().match_pattern();
        traffic.answered(route.as_deref(), &method, response.status(), started.elapsed());
    }
    log(&response, &id, &method, started);
    Ok(response)
}

/// A problem of a request that is gone: nothing but its identifier is left.
#[derive(Debug)]
struct Identified {
    problem: Problem,
    id: String,
}

impl fmt::Display for Identified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(f)
    }
}

impl ResponseError for Identified {
    fn status_code(&self) -> StatusCode {
        self.problem.status()
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = self.problem.render(&self.id);
        if let Ok(value) = HeaderValue::from_str(&self.id) {
            answer.headers_mut().insert(X_REQUEST_ID, value);
        }
        answer
    }
}

/// An incoming identifier that is a UUID is kept as it is.
fn request_id(request: &ServiceRequest) -> String {
    request
        .headers()
        .get(X_REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|text| Uuid::try_parse(text).is_ok())
        .map_or_else(|| Uuid::new_v4().simple().to_string(), str::to_owned)
}

/// Writes the body of an error, if the answer is one.
fn finished(response: ServiceResponse<BoxBody>, id: &str) -> ServiceResponse<BoxBody> {
    match response.response().error() {
        Some(error) => {
            let answer = rendered(error, response.status(), id);
            response.into_response(answer)
        }
        None => response,
    }
}

fn rendered(error: &Error, status: StatusCode, id: &str) -> HttpResponse {
    if let Some(problem) = error.as_error::<Problem>() {
        log_cause(problem);
        return problem.render(id);
    }
    tracing::debug!(%error, "answered by the framework");
    let problem = Problem::of_framework(status);
    log_cause(&problem);
    problem.render(id)
}

fn log_cause(problem: &Problem) {
    if let Some(cause) = problem.cause() {
        if problem.status().as_u16() == 503 {
            tracing::warn!(cause, "a dependency is unavailable");
        } else {
            tracing::error!(cause, "request failed");
        }
    }
}

fn log(response: &ServiceResponse<BoxBody>, id: &str, method: &Method, started: Instant) {
    let request = response.request();
    let path = request.path();
    if UNLOGGED.contains(&path) || path.starts_with("/docs/") {
        return;
    }
    let address = request
        .app_data::<web::Data<HttpState>>()
        .and_then(|state| client::address(request, &state.settings.trusted_proxies));
    tracing::info!(
        duration_ms = started.elapsed().as_secs_f64() * 1000.0,
        status_code = response.status().as_u16(),
        method = %method,
        path,
        query = request.query_string(),
        client_ip = address.map(tracing::field::display),
        request_id = id,
        "request_completed"
    );
}
