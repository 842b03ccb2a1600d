//! Reading input in tests.

use actix_web::test::TestRequest;
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{Body, Input, Object, PathParameters, Read, RequestParts, Violations};

/// Reads the input of an operation on a thing with these path parameters. Mistakes are `kind path`.
pub(crate) fn read_request<I: Input>(
    path: &[(&'static str, &'static str)],
    query: &str,
    body: Option<Value>,
    now: DateTime<Utc>,
) -> Result<I, Vec<String>> {
    let request = path.iter().fold(TestRequest::default(), |request, &(name, value)| request.param(name, value));
    let request = request.to_http_request();
    let body = body.map_or(Body::Absent, Body::Json);
    let parts = RequestParts { path: PathParameters::new(request.match_info()), query, body, now };
    let mut violations = Violations::default();
    let read = I::read(&parts, &mut violations);
    told(read, violations)
}

/// Reads an object that a body holds.
pub(crate) fn read_object<T>(
    value: &Value,
    read: impl FnOnce(&mut Object<'_>, &mut Violations) -> Read<T>,
) -> Result<T, Vec<String>> {
    let mut violations = Violations::default();
    let mut object = Object::new(value.as_object().unwrap());
    let value = read(&mut object, &mut violations);
    object.refuse_others(&mut violations);
    told(value, violations)
}

fn told<T>(read: Read<T>, violations: Violations) -> Result<T, Vec<String>> {
    match read {
        Ok(value) if violations.is_empty() => Ok(value),
        _ => Err(violations.into_details().into_iter().map(|entry| format!("{} {}", entry.kind, entry.path)).collect()),
    }
}
