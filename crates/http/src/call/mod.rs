//! A call of an operation: who calls, and with what.
//!
//! [`Call`] is the one extractor of all handlers. It does everything that comes before the use case, in the order that
//! the contract promises: cross-site check, authentication, authorisation, and only then reading and validating path,
//! query and body together, so that a stranger never learns what was wrong with their input. Several extractors side
//! by side could not promise an order, because the framework polls them concurrently.

#[cfg(test)]
pub(crate) mod any_query;
mod body;
mod conditions;
mod field;
mod form;
mod guard;
mod moment;
mod number;
mod object;
mod path;
mod query;
mod repetition;
mod scalar;
#[cfg(test)]
mod testing;
mod upload;
mod violations;

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
pub(crate) use body::Body;
use chrono::{DateTime, Utc};
pub(crate) use conditions::Conditions;
pub(crate) use field::Field;
pub(crate) use form::Form;
pub(crate) use guard::{ActiveUser, Anyone, Guard, Superuser};
pub(crate) use object::Object;
pub(crate) use path::PathParameters;
pub(crate) use query::{Query, Spellings, saturate};
#[cfg(test)]
pub(crate) use testing::{read_object, read_request};
pub use upload::Uploads;
pub(crate) use violations::{Location, Read, ValidationEntry, Violations};

use irontrack_application::Repeatable;

use crate::{cross_site, problem::Problem, state::HttpState};

/// What an operation reads from the request, besides who calls.
pub(crate) trait Input: Sized {
    /// How the body is read.
    const BODY: BodyKind = BodyKind::None;

    /// Whether every query parameter is one too many. Inputs that read some refuse the others themselves.
    const REFUSES_QUERY: bool = false;

    /// Whether the request can be marked with an `Idempotency-Key`.
    const IS_REPEATABLE: bool = false;

    /// Reads and validates everything, and records all that is wrong.
    fn read(request: &RequestParts<'_>, violations: &mut Violations) -> Read<Self>;
}

/// How the body of a request is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyKind {
    /// Not at all; whatever is sent is ignored.
    None,
    /// As a JSON object.
    Json,
    /// As a form, URL-encoded or multipart.
    Form,
    /// As a multipart form with a file of at most so many bytes, which becomes a temporary file.
    Upload(u64),
}

/// The parts of a request from which input is read.
pub(crate) struct RequestParts<'a> {
    pub(crate) path: PathParameters<'a>,
    pub(crate) query: &'a str,
    pub(crate) body: Body,
    /// When it arrived: times in it are judged by that.
    pub(crate) now: DateTime<Utc>,
}

/// An operation without input.
impl Input for () {
    fn read(_: &RequestParts<'_>, _: &mut Violations) -> Read<Self> {
        Ok(())
    }
}

/// A call that passed all checks before the use case.
pub(crate) struct Call<G: Guard, I> {
    /// What the guard found out about the caller.
    pub(crate) caller: G::Caller,
    /// The valid input.
    pub(crate) input: I,
    /// How the thing must be that the call is about.
    pub(crate) conditions: Conditions,
    /// How the request can be told from others if it is sent again.
    pub(crate) repeatable: Option<Repeatable>,
    /// Settings and use cases.
    pub(crate) state: web::Data<HttpState>,
}

impl<G: Guard, I: Input + 'static> FromRequest for Call<G, I> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        let payload = payload.take();
        Box::pin(async move {
            let state = request
                .app_data::<web::Data<HttpState>>()
                .cloned()
                .ok_or_else(|| Problem::internal("the application has no state"))?;
            cross_site::check(&request, &state.settings)?;
            let caller = G::admit(&request, &state).await?;
            let (body, bytes) = Body::collect(I::BODY, &request, payload, &state).await?;
            let (input, repeatable) = validate(&request, body, &bytes, state.clock.now())?;
            Ok(Self { caller, input, conditions: Conditions::of(&request), repeatable, state })
        })
    }
}

fn validate<I: Input>(
    request: &HttpRequest,
    body: Body,
    bytes: &[u8],
    now: DateTime<Utc>,
) -> Result<(I, Option<Repeatable>), Problem> {
    let parts =
        RequestParts { path: PathParameters::new(request.match_info()), query: request.query_string(), body, now };
    let mut violations = Violations::default();
    let input = I::read(&parts, &mut violations);
    if I::REFUSES_QUERY {
        let mut of_query = Violations::default();
        Query::parse(parts.query).refuse_others(&mut of_query);
        violations.insert_query(of_query);
    }
    let repeatable = if I::IS_REPEATABLE { repetition::read(request, bytes, &mut violations) } else { Ok(None) };
    match (input, repeatable) {
        (Ok(input), Ok(repeatable)) if violations.is_empty() => Ok((input, repeatable)),
        _ => Err(Problem::validation(violations.into_details())),
    }
}
