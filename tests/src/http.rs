//! A small blocking HTTP client that sends exactly what it is told and hides nothing of the answer.
//!
//! It follows no redirect, keeps no cookies, takes no status for an error and adds no content type. One [`Client`] may be
//! used from many threads at once.

use std::fmt;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use ureq::http as wire;

/// What is percent-encoded in queries and forms: everything but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The largest body that is read.
const BODY_LIMIT: u64 = 256 * 1024 * 1024;

/// The request was not sent or its answer did not arrive.
#[derive(Debug, thiserror::Error)]
#[error("{request}: {cause}")]
pub struct TransportError {
    request: String,
    cause: String,
}

/// A request, complete but for the address of the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The method, any token.
    pub method: String,
    /// The path, sent as it is: percent-encoded already and never normalised. It may carry a query of its own.
    pub path: String,
    /// Query pairs, encoded and appended in order.
    pub query: Vec<(String, String)>,
    /// Headers other than `Cookie` and `Content-Type`.
    pub headers: Vec<(String, String)>,
    /// Cookies, sent in one `Cookie` header as they are.
    pub cookies: Vec<(String, String)>,
    /// The content type; none is added where this is `None`.
    pub content_type: Option<String>,
    /// The body, sent with any method.
    pub body: Option<Vec<u8>>,
}

impl Request {
    /// A request without query, headers and body.
    #[must_use]
    pub fn new(method: &str, path: &str) -> Self {
        Self { method: method.to_owned(), path: path.to_owned(), ..Self::default() }
    }

    /// Adds a query pair.
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends the cookie, instead of one of the same name if there is one.
    #[must_use]
    pub fn cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.retain(|(known, _)| known != name);
        self.cookies.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sends these bytes, with the content type if there is one.
    #[must_use]
    pub fn body(mut self, content_type: Option<&str>, body: impl Into<Vec<u8>>) -> Self {
        self.content_type = content_type.map(str::to_owned);
        self.body = Some(body.into());
        self
    }

    /// Sends a JSON body, compact and in the order of its keys.
    #[must_use]
    pub fn json(self, body: &Value) -> Self {
        self.body(Some("application/json"), body.to_string())
    }

    /// Sends a form.
    #[must_use]
    pub fn form(self, pairs: &[(String, String)]) -> Self {
        self.body(Some("application/x-www-form-urlencoded"), encode_pairs(pairs))
    }

    /// Path and query as they go over the wire.
    #[must_use]
    pub fn target(&self) -> String {
        if self.query.is_empty() {
            return self.path.clone();
        }
        let separator = if self.path.contains('?') { '&' } else { '?' };
        format!("{}{separator}{}", self.path, encode_pairs(&self.query))
    }
}

fn encode_pairs(pairs: &[(String, String)]) -> String {
    let encode = |text| utf8_percent_encode(text, ENCODED);
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

/// An answer, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// All headers with lower-case names; the values of one name keep their order.
    pub headers: Vec<(String, String)>,
    /// The body as it came.
    pub body: Vec<u8>,
}

impl Response {
    /// The first value of a header, its name in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Every value of a header.
    pub fn headers_named(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as text; bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// When it is none.
    pub fn json(&self) -> serde_json::Result<Value> {
        serde_json::from_slice(&self.body)
    }

    /// The cookies the answer sets or deletes, in order.
    #[must_use]
    pub fn set_cookies(&self) -> Vec<SetCookie> {
        self.headers_named("set-cookie").map(SetCookie::parse).collect()
    }
}

/// One `Set-Cookie` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetCookie {
    /// Its name.
    pub name: String,
    /// Its value as sent, quotes included.
    pub value: String,
    /// Its attributes as spelt and ordered by the server; flags have no value.
    pub attributes: Vec<(String, Option<String>)>,
}

impl SetCookie {
    /// Splits a header value; it is not validated.
    #[must_use]
    pub fn parse(header: &str) -> Self {
        let mut parts = header.split(';').map(|part| match part.split_once('=') {
            Some((name, value)) => (name.trim().to_owned(), Some(value.trim().to_owned())),
            None => (part.trim().to_owned(), None),
        });
        let (name, value) = parts.next().unwrap_or_default();
        Self { name, value: value.unwrap_or_default(), attributes: parts.collect() }
    }

    /// The attribute of this name in any case: `None` where it is absent, an empty text for a flag.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(value.as_deref().unwrap_or_default())
    }
}

/// The client. Clones share their connections.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Default for Client {
    fn default() -> Self {
        Self::new()
    }
}

impl Client {
    /// A client that waits 30 seconds for a whole answer.
    #[must_use]
    pub fn new() -> Self {
        Self::with_timeout(Duration::from_secs(30))
    }

    /// A client that waits this long for a whole answer.
    #[must_use]
    pub fn with_timeout(timeout: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .proxy(None)
            .max_response_header_size(256 * 1024)
            .max_idle_connections_per_host(64)
            .max_idle_age(Duration::from_secs(2)) // well below the keep-alive of any server
            .timeout_global(Some(timeout))
            .build();
        Self { agent: config.new_agent() }
    }

    /// Sends the request to `base_url` (`http://host:port`) and reads the whole answer.
    ///
    /// # Errors
    /// When the request cannot be put on the wire as given, or no complete answer comes in time.
    pub fn send(&self, base_url: &str, request: &Request) -> Result<Response, TransportError> {
        let url = format!("{}{}", base_url.trim_end_matches('/'), request.target());
        self.exchange(&url, request)
            .map_err(|cause| TransportError { request: format!("{} {url}", request.method), cause: cause.to_string() })
    }

    fn exchange(&self, url: &str, request: &Request) -> Result<Response, ureq::Error> {
        let mut builder = wire::Request::builder().method(request.method.as_str()).uri(url);
        for (name, value) in &request.headers {
            builder = builder.header(name, value.as_bytes());
        }
        if !request.cookies.is_empty() {
            let pairs: Vec<_> = request.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            builder = builder.header("cookie", pairs.join("; ").as_bytes());
        }
        if let Some(content_type) = &request.content_type {
            builder = builder.header("content-type", content_type.as_bytes());
        }
        // Without a body these methods say so (`Content-Length: 0`), as browsers do; others stay silent.
        let may_be_empty = !matches!(request.method.as_str(), "POST" | "PUT" | "PATCH");
        let answer = match &request.body {
            None if may_be_empty => self.agent.run(builder.body(())?)?,
            body => self.agent.run(builder.body(body.as_deref().unwrap_or_default())?)?,
        };
        let (head, body) = answer.into_parts();
        let headers = head.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        Ok(Response {
            status: head.status.as_u16(),
            headers: headers.collect(),
            body: body.into_with_config().limit(BODY_LIMIT).read_to_vec()?,
        })
    }
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
