//! Bodies of requests.

use std::{future::poll_fn, pin::pin, task::Poll};

use actix_web::{
    HttpRequest,
    dev::Payload,
    http::header::CONTENT_TYPE,
    web::{Bytes, BytesMut},
};
use futures_util::StreamExt;
use serde_json::{Map, Value};
use tokio::time::timeout;

use super::{
    BodyKind,
    form::Form,
    upload::Upload,
    violations::{Location, Read, Violations},
};
use crate::{admission, problem::Problem, state::HttpState};

/// The most bytes of a body.
const LIMIT: usize = 1024 * 1024;

/// The body of a request, as far as it is read.
pub(crate) enum Body {
    /// Not read.
    Ignored,
    /// Bytes that are not called JSON.
    OtherMedia,
    /// Nothing, or the JSON value `null`.
    Absent,
    /// Not JSON.
    Malformed,
    /// JSON.
    Json(Value),
    /// A form.
    Form(Form),
    /// A form with a file.
    Upload(Upload),
}

impl Body {
    /// Reads the body up to the limit; the bytes are answered as well.
    pub(super) async fn collect(
        kind: BodyKind,
        request: &HttpRequest,
        payload: Payload,
        state: &HttpState,
    ) -> Result<(Self, Bytes), Problem> {
        if kind == BodyKind::None {
            return Ok((Self::Ignored, Bytes::new()));
        }
        let content_type =
            request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if let BodyKind::Upload(max) = kind {
            admission::step_aside(request);
            let upload = Upload::receive(content_type, payload, max, state).await?;
            admission::come_back(request)?;
            let identity = upload.identity();
            return Ok((Self::Upload(upload), identity));
        }
        let bytes = arrived(payload, request, state).await?;
        let body = match kind {
            BodyKind::Form => Self::Form(Form::parse(content_type, bytes.clone()).await?),
            _ => Self::json(content_type, &bytes)?,
        };
        Ok((body, bytes))
    }

    fn json(content_type: &str, bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.is_empty() {
            return Ok(Self::Absent);
        }
        if !is_json(content_type) {
            return Ok(Self::OtherMedia);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Problem::bad_body("There was an error parsing the body"))?;
        Ok(match serde_json::from_str(text) {
            Ok(Value::Null) => Self::Absent,
            Ok(value) => Self::Json(value),
            Err(_) => Self::Malformed,
        })
    }

    /// The JSON object that the body is, if there is one.
    pub(crate) fn optional_object(&self, violations: &mut Violations) -> Read<Option<&Map<String, Value>>> {
        match self {
            Self::Absent => Ok(None),
            _ => self.object(violations).map(Some),
        }
    }

    /// The JSON object that the body must be.
    pub(crate) fn object(&self, violations: &mut Violations) -> Read<&Map<String, Value>> {
        let whole = Location::body();
        match self {
            Self::Json(Value::Object(fields)) => Ok(fields),
            Self::Absent | Self::Ignored => violations.record(&whole, "missing", "Field required"),
            Self::Malformed => violations.record(&whole, "json_invalid", "JSON decode error"),
            Self::Json(_) | Self::OtherMedia | Self::Form(_) | Self::Upload(_) => violations.record(
                &whole,
                "model_attributes_type",
                "Input should be a valid dictionary or object to extract fields from",
            ),
        }
    }
}

/// The body, which is mostly there already. Who waits for it makes room for others, and does not wait long.
async fn arrived(payload: Payload, request: &HttpRequest, state: &HttpState) -> Result<Bytes, Problem> {
    let mut reading = pin!(read_all(payload));
    if let Poll::Ready(bytes) = poll_fn(|context| Poll::Ready(reading.as_mut().poll(context))).await {
        return bytes;
    }
    admission::step_aside(request);
    let bytes = timeout(state.settings.body_timeout, reading).await.unwrap_or_else(|_| Err(Problem::too_slow()))?;
    admission::come_back(request)?;
    Ok(bytes)
}

async fn read_all(mut payload: Payload) -> Result<Bytes, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            tracing::debug!(%error, "the body did not arrive");
            Problem::bad_body("There was an error parsing the body")
        })?;
        if bytes.len() + chunk.len() > LIMIT {
            return Err(Problem::body_too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

/// `application/json` and every `application/…+json`, in any case and with any parameters.
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.strip_prefix("application/").is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_media_types_are_recognised() {
        for json in ["application/json", "Application/JSON; charset=utf-8", "application/vnd.gym+json"] {
            assert!(is_json(json), "{json}");
        }
        for other in ["", "text/plain", "application/jsonx", "application/x-www-form-urlencoded", "text/json"] {
            assert!(!is_json(other), "{other}");
        }
    }
}
