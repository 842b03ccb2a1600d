//! Problem details (RFC 9457): the one body of all errors.

use std::{fmt, time::Duration};

use actix_web::{
    HttpResponse, ResponseError,
    http::{
        StatusCode,
        header::{ALLOW, HeaderValue, RETRY_AFTER},
    },
};
use irontrack_application::{ErrorKind, UseCaseError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::call::{Location, Read, ValidationEntry, Violations};

/// An error answer before it is written: the request id is added on the way out.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    detail: String,
    details: Option<Vec<ValidationEntry>>,
    header: Option<Header>,
    /// What went wrong inside, for the log.
    cause: Option<String>,
}

/// The header that some problems come with.
#[derive(Debug)]
enum Header {
    /// The methods that a path offers.
    Allow(String),
    /// After how many seconds it is worth trying again.
    RetryAfter(u64),
}

/// After so many seconds a request that a dependency could not answer is worth another try.
pub(crate) const RETRY_AFTER_SECONDS: u64 = 1;

/// Error answer (RFC 9457 problem details).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem, example = json!({
    "type": "urn:irontrack:problem:exercise-not-found", "title": "Not Found", "status": 404,
    "detail": "Exercise not found", "requestId": "6f1c0e0a5f6b4f0d9a1e0b1c2d3e4f50"
}))]
pub(crate) struct ProblemBody<'a> {
    /// Kind of problem, a URN.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The status in words.
    pub(crate) title: &'a str,
    /// The HTTP status.
    pub(crate) status: u16,
    /// What is wrong.
    pub(crate) detail: &'a str,
    /// Identifier of the request, as in the header `X-Request-ID`.
    pub(crate) request_id: &'a str,
}

/// Error answer to a request that breaks rules of its input.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ValidationProblem, example = json!({
    "type": "urn:irontrack:problem:validation-error", "title": "Unprocessable Entity", "status": 422,
    "detail": "Validation Error", "requestId": "6f1c0e0a5f6b4f0d9a1e0b1c2d3e4f50", "message": "Validation Error",
    "details": [{"type": "missing", "field": "email", "path": "/email", "message": "Field required"}]
}))]
pub(crate) struct ValidationProblemBody<'a> {
    #[serde(flatten)]
    pub(crate) problem: ProblemBody<'a>,
    /// Always `Validation Error`.
    pub(crate) message: &'a str,
    /// All that is wrong: path, then query, then body; within each in the order of the fields.
    pub(crate) details: &'a [ValidationEntry],
}

impl Problem {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), details: None, header: None, cause: None }
    }

    pub(crate) fn validation(details: Vec<ValidationEntry>) -> Self {
        let problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "validation-error", "Validation Error");
        Self { details: Some(details), ..problem }
    }

    /// Says where the value is that a use case found to be invalid. Other problems stay as they are.
    pub(crate) fn about(mut self, at: &Location) -> Self {
        for entry in self.details.iter_mut().flatten() {
            entry.field.clone_from(&at.field);
            entry.path.clone_from(&at.path);
        }
        self
    }

    pub(crate) fn bad_body(detail: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "unreadable-body", detail)
    }

    pub(crate) fn body_too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "The request body is larger than 1 MiB")
    }

    /// A file that is larger than it may be.
    pub(crate) fn file_too_large(max: u64) -> Self {
        let detail = format!("The file is larger than {} MiB", max / 1024 / 1024);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "file-too-large", detail)
    }

    /// A body that did not come in the time that it may take.
    pub(crate) fn too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "body-too-slow", "The request body did not arrive in time")
    }

    /// More requests than can be worked on. The log has a line of each anyway, and no time for another one.
    pub(crate) fn overloaded() -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", "Service temporarily unavailable");
        Self { header: Some(Header::RetryAfter(RETRY_AFTER_SECONDS)), ..problem }
    }

    /// More files at the same time than there is room for.
    pub(crate) fn too_many_uploads() -> Self {
        Self::unavailable("uploads-busy", "too many files are arriving".to_owned())
    }

    pub(crate) fn cross_site() -> Self {
        Self::new(StatusCode::FORBIDDEN, "cross-site", "Cross-site request refused")
    }

    pub(crate) fn superuser_required() -> Self {
        Self::new(StatusCode::FORBIDDEN, "superuser-required", "Access denied: Superuser privileges required")
    }

    pub(crate) fn route_not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "no-such-route", "Not Found")
    }

    pub(crate) fn method_not_allowed(allow: &str) -> Self {
        let problem = Self::new(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "Method Not Allowed");
        Self { header: Some(Header::Allow(allow.to_owned())), ..problem }
    }

    /// A defect; `cause` goes to the log only.
    pub(crate) fn internal(cause: impl Into<String>) -> Self {
        let problem = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal-error", "Internal Server Error");
        Self { cause: Some(cause.into()), ..problem }
    }

    /// An error that the framework answered, by its status.
    pub(crate) fn of_framework(status: StatusCode) -> Self {
        if status.is_server_error() {
            return Self::internal(format!("the framework answered {status}"));
        }
        Self::new(status, "bad-request", status.canonical_reason().unwrap_or("Bad Request"))
    }

    fn unavailable(code: &'static str, cause: String) -> Self {
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, code, "Service temporarily unavailable");
        Self { header: Some(Header::RetryAfter(RETRY_AFTER_SECONDS)), cause: Some(cause), ..problem }
    }

    fn too_many_requests(code: &'static str, detail: String, retry_after: Duration) -> Self {
        // Whole seconds, and never too early.
        let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, code, detail);
        Self { header: Some(Header::RetryAfter(seconds.max(1))), ..problem }
    }

    /// What went wrong inside, if that is not for the client to know.
    pub(crate) fn cause(&self) -> Option<&str> {
        self.cause.as_deref()
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    /// Writes the answer.
    pub(crate) fn render(&self, request_id: &str) -> HttpResponse {
        let problem = ProblemBody {
            kind: format!("urn:irontrack:problem:{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            request_id,
        };
        let body = match &self.details {
            Some(details) => {
                serde_json::to_vec(&ValidationProblemBody { problem, message: "Validation Error", details })
            }
            None => serde_json::to_vec(&problem),
        };
        let mut answer = HttpResponse::build(self.status);
        answer.content_type("application/problem+json");
        if self.status == StatusCode::REQUEST_TIMEOUT {
            // The rest of the body is not waited for.
            answer.force_close();
        }
        match &self.header {
            Some(Header::Allow(methods)) => {
                answer.insert_header((ALLOW, methods.as_str()));
            }
            Some(Header::RetryAfter(seconds)) => {
                answer.insert_header((RETRY_AFTER, HeaderValue::from(*seconds)));
            }
            None => {}
        }
        answer.body(body.unwrap_or_default())
    }
}

/// The one place where kinds of errors become statuses.
impl<E: UseCaseError> From<E> for Problem {
    fn from(error: E) -> Self {
        let status = match error.kind() {
            ErrorKind::BadRequest => StatusCode::BAD_REQUEST,
            ErrorKind::InvalidInput => {
                let mut violations = Violations::default();
                for mistake in error.mistakes() {
                    let at = Location::of_pointer(&mistake.pointer);
                    let _recorded: Read<()> = violations.record(&at, mistake.rule, mistake.message);
                }
                if violations.is_empty() {
                    let _recorded: Read<()> =
                        violations.record(&Location::body(), "value_error", format!("Value error, {error}"));
                }
                return Self::validation(violations.into_details());
            }
            ErrorKind::Unauthenticated => StatusCode::UNAUTHORIZED,
            ErrorKind::Forbidden => StatusCode::FORBIDDEN,
            ErrorKind::NotFound => StatusCode::NOT_FOUND,
            ErrorKind::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            ErrorKind::Conflict => StatusCode::CONFLICT,
            ErrorKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorKind::InProgress => {
                let problem = Self::new(StatusCode::CONFLICT, error.code(), error.to_string());
                return Self { header: Some(Header::RetryAfter(RETRY_AFTER_SECONDS)), ..problem };
            }
            ErrorKind::TooManyRequests { retry_after } => {
                return Self::too_many_requests(error.code(), error.to_string(), retry_after);
            }
            ErrorKind::Unavailable => return Self::unavailable(error.code(), error.to_string()),
            ErrorKind::Internal => return Self::internal(error.to_string()),
        };
        Self::new(status, error.code(), error.to_string())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.cause.as_deref().unwrap_or(&self.detail))
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    /// Only the status: the observer writes the body, because it knows the request id.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::body::MessageBody;
    use irontrack_application::access::TooManyRequests;
    use irontrack_domain::audit::AttemptLimit;
    use irontrack_ports::{RepositoryError, StrengthError};
    use serde_json::json;

    use super::*;

    fn body(problem: &Problem) -> serde_json::Value {
        serde_json::from_slice(&problem.render("id").into_body().try_into_bytes().unwrap()).unwrap()
    }

    #[test]
    fn nothing_internal_leaks() {
        for (error, status) in [
            (RepositoryError::Unexpected("secret".into()), 500),
            (RepositoryError::Unavailable("secret".into()), 503),
            (RepositoryError::Corrupt { table: "secret", problem: "secret".into() }, 500),
        ] {
            let problem = Problem::from(error);
            assert!(problem.to_string().contains("secret"), "the log must have the cause");
            let body = body(&problem);
            assert!(!body.to_string().contains("secret"), "{body}");
            assert_eq!(body["status"], status);
        }
    }

    #[test]
    fn too_many_requests_say_in_whole_seconds_when_to_come_back() {
        for (millis, seconds) in [(0, "1"), (1, "1"), (1000, "1"), (1001, "2"), (899_999, "900")] {
            let problem = Problem::from(TooManyRequests {
                limit: AttemptLimit::SignUp,
                retry_after: Duration::from_millis(millis),
            });
            let answer = problem.render("id");
            assert_eq!(
                (answer.status().as_u16(), answer.headers().get(RETRY_AFTER).unwrap().as_bytes()),
                (429, seconds.as_bytes())
            );
            assert_eq!(body(&problem)["detail"], "Too many requests");
        }
    }

    #[test]
    fn what_a_use_case_finds_invalid_is_told_like_what_was_read() {
        let weak = || Problem::from(StrengthError::TooWeak { advice: "Make it longer.".into() });
        for (problem, field, path) in
            [(weak(), "body", ""), (weak().about(&Location::field("password")), "password", "/password")]
        {
            let body = body(&problem);
            assert_eq!((body["status"].as_u64(), body["detail"].as_str()), (Some(422), Some("Validation Error")));
            let message = "Value error, The password is too easy to guess. Make it longer.";
            let entry = json!([{"type": "value_error", "field": field, "path": path, "message": message}]);
            assert_eq!(body["details"], entry);
        }
        let other = Problem::from(RepositoryError::Unavailable("down".into())).about(&Location::field("password"));
        assert!(body(&other).get("details").is_none());
    }

    #[test]
    fn an_unavailable_dependency_says_when_to_come_back() {
        for (error, code) in [
            (RepositoryError::Unavailable("down".into()), "database-unavailable"),
            (RepositoryError::Overloaded("busy".into()), "overloaded"),
        ] {
            let problem = Problem::from(error);
            assert_eq!(problem.render("id").headers().get(RETRY_AFTER).unwrap(), "1");
            let body = body(&problem);
            assert_eq!(body["status"], 503, "{body}");
            assert!(body["type"].as_str().unwrap().ends_with(code), "expected {code}: {body}");
        }
    }
}
