//! `Idempotency-Key`: requests that may be sent again.

use actix_web::HttpRequest;
use irontrack_application::Repeatable;
use irontrack_domain::IdempotencyKey;

use super::violations::{Location, Read, Violations};

/// The name of the header.
const HEADER: &str = "Idempotency-Key";

/// The key of a request, and what else tells it from others.
pub(super) fn read(request: &HttpRequest, body: &[u8], violations: &mut Violations) -> Read<Option<Repeatable>> {
    let mut lines = request.headers().get_all(HEADER);
    let Some(line) = lines.next() else { return Ok(None) };
    let at = Location::header(HEADER);
    if lines.next().is_some() {
        return violations.record(&at, "value_error", "Value error, The header must be there once only");
    }
    // What is no visible ASCII is no key.
    let key = IdempotencyKey::parse(line.to_str().unwrap_or_default());
    let key = key.or_else(|violation| violations.record_rule(&at, &violation))?;
    let parts = [request.method().as_str(), request.path(), request.query_string()].map(str::as_bytes);
    Ok(Some(Repeatable::new(key, &[parts[0], parts[1], parts[2], body])))
}
