//! A span for each request, for those who collect traces: by the route as the document has it, never by what was asked.

use actix_web::http::{Method, StatusCode};
use tracing::{Span, field::Empty};

/// The target of spans that are meant for a collector of traces. Lines of the log have none of it.
pub const TRACES: &str = "traces";

/// Methods that are called by their names; nobody makes up others.
const METHODS: [Method; 7] =
    [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];

/// A request that is being answered. Costs next to nothing where nobody collects traces.
pub(crate) struct Trace {
    span: Span,
    method: &'static str,
}

impl Trace {
    /// A request has come.
    pub(crate) fn begin(method: &Method, request_id: &str) -> Self {
        let method = METHODS.iter().find(|known| *known == method).map_or("_OTHER", name);
        // Named and described as the conventions of OpenTelemetry say. A trace begins here: the one that a stranger claims to
        // continue is not taken over.
        let span = tracing::info_span!(
            target: TRACES,
            parent: None,
            "request",
            otel.name = method,
            otel.kind = "server",
            otel.status_code = Empty,
            http.request.method = method,
            http.route = Empty,
            http.response.status_code = Empty,
            request_id,
        );
        Self { span, method }
    }

    /// It has been answered. Without a route, none has matched.
    pub(crate) fn end(self, route: Option<&str>, status: StatusCode) {
        if self.span.is_disabled() {
            return;
        }
        if let Some(route) = route {
            self.span.record("otel.name", format_args!("{} {route}", self.method));
            self.span.record("http.route", route);
        }
        self.span.record("http.response.status_code", i64::from(status.as_u16()));
        if status.is_server_error() {
            self.span.record("otel.status_code", "ERROR");
        }
    }
}

fn name(method: &'static Method) -> &'static str {
    method.as_str()
}
