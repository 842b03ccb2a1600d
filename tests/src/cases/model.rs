//! The types of a case file: cases, their steps and requests. Unknown keys are errors, so that a typo is none the less seen.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};
use serde_json::Value;

use super::expectation::Expectation;

/// The value of `as` that sends no cookies.
pub const ANONYMOUS: &str = "anonymous";

/// A case file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseFile {
    pub(super) cases: Vec<Case>,
}

/// One case: steps that prepare it, the request it is about and what must come back.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its stable, unique name.
    pub id: String,
    /// The account whose cookies are sent, or [`ANONYMOUS`].
    #[serde(rename = "as")]
    pub actor: String,
    /// The steps before.
    #[serde(default)]
    pub given: Vec<Step>,
    /// The request.
    pub request: RequestTemplate,
    /// What its answer must be like.
    pub expect: Expectation,
    /// Where the contract demands it.
    pub source: String,
    /// Whether the reference implementation behaves the same.
    pub reference: bool,
    /// A remark for people.
    pub note: Option<String>,
}

impl Case {
    /// Every request of the case, the steps' first.
    pub fn requests(&self) -> impl Iterator<Item = &RequestTemplate> {
        self.given.iter().map(|step| &step.request).chain([&self.request])
    }
}

/// A step before the request of a case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The account whose cookies are sent, or [`ANONYMOUS`].
    #[serde(rename = "as")]
    pub actor: String,
    /// The request.
    pub request: RequestTemplate,
    /// Variables taken from the answer: name to JSON pointer, `cookie:NAME` or `header:NAME`.
    #[serde(default)]
    pub bind: BTreeMap<String, String>,
    /// Which status lets the case go on.
    #[serde(default)]
    pub status: StepStatus,
}

/// Which status of a step lets the case go on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StepStatus {
    /// Any 2xx.
    #[default]
    Success,
    /// This one.
    Exactly(u16),
    /// Whatever comes.
    Any,
}

impl StepStatus {
    /// Whether a step that answered `status` went as foreseen.
    #[must_use]
    pub fn accepts(self, status: u16) -> bool {
        match self {
            Self::Success => (200..300).contains(&status),
            Self::Exactly(expected) => status == expected,
            Self::Any => true,
        }
    }
}

impl<'de> Deserialize<'de> for StepStatus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) if text == "any" => Ok(Self::Any),
            Value::Number(number) => number
                .as_u64()
                .and_then(|number| u16::try_from(number).ok())
                .map(Self::Exactly)
                .ok_or_else(|| de::Error::custom("the status of a step is a status code")),
            _ => Err(de::Error::custom("the status of a step is a number or \"any\"")),
        }
    }
}

/// A request with variables in it.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "RawRequest")]
pub struct RequestTemplate {
    /// The method.
    pub method: String,
    /// The path, percent-encoded.
    pub path: String,
    /// Query pairs, not encoded.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: Body,
    /// Headers.
    pub headers: BTreeMap<String, String>,
    /// Cookies added to those of the account, or replacing them.
    pub cookies: BTreeMap<String, String>,
}

/// The body of a [`RequestTemplate`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// None.
    Nothing,
    /// JSON, as `application/json`.
    Json(Value),
    /// Pairs, as `application/x-www-form-urlencoded`.
    Form(Vec<(String, String)>),
    /// Text with variables, and its content type.
    Text(String, Option<String>),
    /// Base64 of bytes, and their content type.
    Base64(String, Option<String>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RawRequest {
    method: String,
    path: String,
    #[serde(default)]
    query: Vec<(String, String)>,
    #[serde(default, deserialize_with = "present")]
    json: Option<Value>,
    form: Option<Vec<(String, String)>>,
    raw: Option<String>,
    raw_base64: Option<String>,
    content_type: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    cookies: BTreeMap<String, String>,
}

impl TryFrom<RawRequest> for RequestTemplate {
    type Error = &'static str;

    fn try_from(raw: RawRequest) -> Result<Self, Self::Error> {
        let body = match (raw.json, raw.form, raw.raw, raw.raw_base64, raw.content_type) {
            (None, None, None, None, None) => Body::Nothing,
            (Some(json), None, None, None, None) => Body::Json(json),
            (None, Some(form), None, None, None) => Body::Form(form),
            (None, None, Some(text), None, content_type) => Body::Text(text, content_type),
            (None, None, None, Some(bytes), content_type) => Body::Base64(bytes, content_type),
            _ => {
                return Err("a request has one of json, form, raw, rawBase64; contentType goes with the raw ones only");
            }
        };
        let (method, path, query, headers, cookies) = (raw.method, raw.path, raw.query, raw.headers, raw.cookies);
        Ok(Self { method, path, query, body, headers, cookies })
    }
}

/// Reads a key that is there as `Some`, even if its value is null.
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Body, Case, RequestTemplate, StepStatus};

    fn request(extra: serde_json::Value) -> serde_json::Result<RequestTemplate> {
        let mut request = json!({"method": "POST", "path": "/"});
        request.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        serde_json::from_value(request)
    }

    #[test]
    fn unknown_keys_are_refused() {
        let case = json!({"id": "a", "as": "user", "request": {"method": "GET", "path": "/"}, "expect": {"status": 200},
            "source": "s", "reference": true});
        assert!(serde_json::from_value::<Case>(case.clone()).is_ok());
        for (pointer, key) in [("", "gven"), ("/request", "body"), ("/expect", "sttus")] {
            let mut broken = case.clone();
            broken.pointer_mut(pointer).unwrap().as_object_mut().unwrap().insert(key.to_owned(), json!([]));
            assert!(serde_json::from_value::<Case>(broken).is_err(), "{key}");
        }
    }

    #[test]
    fn a_request_has_at_most_one_body() {
        assert_eq!(request(json!({})).unwrap().body, Body::Nothing);
        assert_eq!(request(json!({"json": null})).unwrap().body, Body::Json(json!(null)));
        assert_eq!(request(json!({"raw": "x", "contentType": null})).unwrap().body, Body::Text("x".into(), None));
        assert!(request(json!({"json": 1, "raw": "x"})).is_err());
        assert!(request(json!({"json": 1, "contentType": "text/plain"})).is_err());
    }

    #[test]
    fn the_status_of_a_step_is_a_code_or_any() {
        let status = |value| serde_json::from_value::<StepStatus>(value);
        assert!(StepStatus::default().accepts(204) && !StepStatus::default().accepts(307));
        assert!(status(json!(401)).unwrap().accepts(401) && !status(json!(401)).unwrap().accepts(200));
        assert!(status(json!("any")).unwrap().accepts(500));
        assert!(status(json!("some")).is_err() && status(json!(-1)).is_err());
    }
}
