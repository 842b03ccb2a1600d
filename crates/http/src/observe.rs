//! What happens around every request: its identifier, its log line, and the body of its error.

use std::{
    fmt,
    future::poll_fn,
    panic::{AssertUnwindSafe, catch_unwind},
    task::Poll,
    time::Instant,
};

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
use tracing::{Instrument, Level};
use uuid::{Builder, Uuid};

use crate::{client, fallback::Routes, problem::Problem, state::HttpState, trace::Trace, traffic::Traffic};

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
    let trace = Trace::begin(&method, &id);
    let traffic = request.app_data::<web::Data<Traffic>>().cloned();
    let _in_flight = traffic.as_ref().map(|traffic| traffic.begin());
    // A handler that panics takes the request with it.
    let (uri, routes) = (request.uri().clone(), request.app_data::<web::Data<Routes>>().cloned());
    // `HEAD` is `GET` whose body the connection leaves out.
    if method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }

    let answered = to_the_end(next.call(request).instrument(span.clone())).await;
    let _entered = span.entered();
    let mut response = match answered {
        Some(Ok(response)) => finished(response.map_into_boxed_body(), &id),
        // Only middleware fails like this, and there is no other.
        Some(Err(error)) => return Err(error),
        None => {
            let problem = Problem::internal("a handler panicked");
            log_cause(&problem);
            let route = routes.as_ref().and_then(|routes| routes.template(uri.path()));
            if let Some(traffic) = &traffic {
                traffic.answered(route, &method, problem.status(), started.elapsed());
            }
            trace.end(route, problem.status());
            return Err(Identified { problem, id }.into());
        }
    };
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    if let Some(traffic) = &traffic {
        let route = response.request().match_pattern();
        traffic.answered(route.as_deref(), &method, response.status(), started.elapsed());
        trace.end(route.as_deref(), response.status());
    }
    log(&response, &id, &method, started);
    Ok(response)
}

/// Brings what was begun to its end, such as telling the cache after a commit, also when the client goes away in the
/// middle. `None` is a panic, which ends the request and not the worker.
///
/// What waits for nothing is answered at once. A task of its own is for what does wait: it costs as much as all else of
/// an answer that is in memory.
async fn to_the_end<T: 'static>(work: impl Future<Output = T> + 'static) -> Option<T> {
    let mut work = Box::pin(work);
    let first = poll_fn(|context| {
        let step = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        Poll::Ready(step.map_or(Poll::Ready(None), |step| step.map(Some)))
    });
    match first.await {
        Poll::Ready(done) => done,
        Poll::Pending => actix_web::rt::spawn(work).await.ok(),
    }
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

/// An incoming identifier that is a UUID is kept as it is. A new one is no secret, so that it need not come from the
/// operating system.
fn request_id(request: &ServiceRequest) -> String {
    request
        .headers()
        .get(X_REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .filter(|text| Uuid::try_parse(text).is_ok())
        .map_or_else(new_id, str::to_owned)
}

fn new_id() -> String {
    Builder::from_random_bytes(fastrand::u128(..).to_ne_bytes()).into_uuid().simple().to_string()
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
    if !tracing::enabled!(Level::INFO) {
        return;
    }
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

#[cfg(test)]
mod tests {
    use std::{cell::Cell, rc::Rc};

    use actix_web::{
        App, HttpRequest,
        body::to_bytes,
        middleware::from_fn,
        rt,
        test::{TestRequest, init_service, try_call_service},
    };
    use tokio::sync::oneshot;

    use super::*;
    use crate::traffic::Answered;

    #[actix_web::test]
    async fn what_waits_for_nothing_is_answered_at_once() {
        let mut answered = Box::pin(to_the_end(async { 1 }));
        let first = poll_fn(|context| Poll::Ready(answered.as_mut().poll(context))).await;
        assert_eq!(first, Poll::Ready(Some(1)));
    }

    #[actix_web::test]
    async fn what_was_begun_goes_on_when_nobody_waits_for_it_any_more() {
        let (go, wait) = oneshot::channel::<()>();
        let (tell, told) = oneshot::channel();
        let mut answered = Box::pin(to_the_end(async move {
            let waited = wait.await;
            tell.send(waited.is_ok())
        }));
        let first = poll_fn(|context| Poll::Ready(answered.as_mut().poll(context))).await;
        assert!(first.is_pending());
        drop(answered);
        go.send(()).unwrap();
        assert_eq!(told.await, Ok(true));
    }

    #[actix_web::test]
    async fn a_panic_ends_what_panicked_and_nothing_else() {
        let at_once = async { assert_eq!(Some(1), None::<i32>, "a test of panics") };
        assert_eq!(to_the_end(at_once).await, None);
        let began = Rc::new(Cell::new(false));
        let seen = Rc::clone(&began);
        let later = async move {
            rt::task::yield_now().await;
            seen.set(true);
            assert_eq!(Some(1), None::<i32>, "a test of panics");
        };
        assert_eq!(to_the_end(later).await, None);
        assert!(began.get());
    }

    /// Panics before anything is waited for, or after it.
    async fn panics(request: HttpRequest) -> HttpResponse {
        if request.path() == "/panics/late" {
            rt::task::yield_now().await;
        }
        panic!("a test of panics");
    }

    #[actix_web::test]
    async fn a_handler_that_panics_is_answered_and_counted_like_any_other() {
        const ROUTE: &str = "/panics/{when}";
        let traffic = web::Data::new(Traffic::new(&crate::openapi(), &[ROUTE]));
        let routes = web::Data::new(Routes::new(&crate::openapi(), &[ROUTE]));
        let app = App::new().app_data(traffic.clone()).app_data(routes).route(ROUTE, web::get().to(panics));
        let app = init_service(app.wrap(from_fn(observe))).await;
        let id = "00000000-0000-4000-8000-000000000001";
        for path in ["/panics/early", "/panics/late"] {
            let request = TestRequest::get().uri(path).insert_header((X_REQUEST_ID, id)).to_request();
            let answer = match try_call_service(&app, request).await {
                Ok(answer) => answer.into_parts().1.map_into_boxed_body(),
                Err(error) => error.error_response(),
            };
            assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR, "{path}");
            assert_eq!(answer.headers().get("content-type").unwrap(), "application/problem+json");
            assert_eq!(answer.headers().get(X_REQUEST_ID).unwrap(), id);
            let body: serde_json::Value = serde_json::from_slice(&to_bytes(answer.into_body()).await.unwrap()).unwrap();
            assert_eq!((&body["status"], &body["requestId"]), (&500.into(), &id.into()), "{body}");
            assert!(!body.to_string().contains("panic"), "{body}");
        }
        let counted: Vec<_> = traffic.answers().collect();
        let expected = Answered { route: ROUTE, method: "GET", status: "500".into(), requests: 2 };
        assert_eq!(counted, [expected]);
        assert_eq!(traffic.times().next().unwrap().times.buckets().iter().map(|(_, count)| count).sum::<u64>(), 2);
        assert_eq!(traffic.in_flight(), 0);
    }

    #[test]
    fn new_identifiers_are_random_uuids() {
        let (one, other) = (new_id(), new_id());
        assert_ne!(one, other);
        assert_eq!(Uuid::try_parse(&one).unwrap().get_version_num(), 4);
        assert_eq!(one.len(), 32);
    }
}
