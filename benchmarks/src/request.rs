//! Requests that generators of load send.

use serde_json::Value;

/// Twelve characters that the generator replaces by another number each time.
pub(crate) const UNIQUE: &str = "@@@@@@@@@@@@";

/// A request, complete but for the address of the server.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// `GET`, `POST` and so on.
    pub(crate) method: &'static str,
    /// Path and query.
    pub(crate) path: String,
    /// The cookie header of whoever asks.
    pub(crate) cookie: Option<String>,
    /// Content type and content.
    pub(crate) body: Option<(&'static str, String)>,
}

impl Request {
    /// Reads something.
    pub(crate) fn get(path: impl Into<String>) -> Self {
        Self { method: "GET", path: path.into(), cookie: None, body: None }
    }

    /// Sends JSON.
    pub(crate) fn post(path: impl Into<String>, body: &Value) -> Self {
        let body = Some(("application/json", body.to_string()));
        Self { method: "POST", path: path.into(), cookie: None, body }
    }

    /// Sends a form that is encoded already.
    pub(crate) fn form(path: impl Into<String>, body: impl Into<String>) -> Self {
        let body = Some(("application/x-www-form-urlencoded", body.into()));
        Self { method: "POST", path: path.into(), cookie: None, body }
    }

    /// The same, sent by somebody.
    pub(crate) fn by(self, cookie: &str) -> Self {
        Self { cookie: Some(cookie.to_owned()), ..self }
    }

    /// Whether it differs each time.
    pub(crate) fn is_unique(&self) -> bool {
        self.path.contains(UNIQUE) || self.body.as_ref().is_some_and(|(_, body)| body.contains(UNIQUE))
    }

    /// The same with that number in every place that differs each time.
    pub(crate) fn numbered(&self, number: u64) -> Self {
        let number = format!("{number:012}");
        let body = self.body.as_ref().map(|(kind, body)| (*kind, body.replace(UNIQUE, &number)));
        Self { path: self.path.replace(UNIQUE, &number), body, ..self.clone() }
    }

    /// What goes over the wire.
    pub(crate) fn raw(&self, host: &str) -> Vec<u8> {
        let Self { method, path, .. } = self;
        let cookie = self.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
        let (kind, body) = match &self.body {
            Some((kind, body)) => {
                (format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len()), body.as_str())
            }
            None => Default::default(),
        };
        format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\n{cookie}{kind}\r\n{body}").into_bytes()
    }
}
