//! Single requests: what is made before something is measured.

use serde_json::Value;
use ureq::Agent;

use crate::{error::BenchError, request::Request};

/// A client that keeps its connections.
#[derive(Debug)]
pub(crate) struct Client {
    agent: Agent,
    address: String,
}

/// An answer with its cookies and its body.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Name and value of every cookie that was set, as a cookie header.
    pub(crate) cookies: String,
    /// The body as it came.
    pub(crate) bytes: Vec<u8>,
}

impl Client {
    /// A client of the server at that address.
    pub(crate) fn new(address: &str) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).max_idle_connections_per_host(1).build();
        Self { agent: config.into(), address: address.to_owned() }
    }

    /// Sends a request, which must succeed.
    pub(crate) fn send(&self, request: &Request) -> Result<Answer, BenchError> {
        let shown = || format!("{} {}", request.method, request.path);
        let problem = |problem: String| BenchError::Answer { request: shown(), problem };
        let url = format!("{}{}", self.address, request.path);
        let mut builder = ureq::http::Request::builder().method(request.method).uri(url);
        if let Some(cookie) = &request.cookie {
            builder = builder.header("cookie", cookie);
        }
        let (kind, body) = request.body.clone().unwrap_or(("", String::new()));
        let answer = if request.body.is_some() {
            builder.header("content-type", kind).body(body).map(|request| self.agent.run(request))
        } else {
            builder.body(()).map(|request| self.agent.run(request))
        };
        let mut answer = answer.map_err(|e| problem(e.to_string()))?.map_err(|e| problem(e.to_string()))?;
        let set = answer.headers().get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
        let cookies: Vec<_> = set.filter_map(|cookie| cookie.split(';').next()).map(str::to_owned).collect();
        let bytes = answer.body_mut().read_to_vec().map_err(|e| problem(e.to_string()))?;
        if !answer.status().is_success() {
            return Err(problem(format!("{} {}", answer.status(), String::from_utf8_lossy(&bytes))));
        }
        Ok(Answer { cookies: cookies.join("; "), bytes })
    }

    /// The same, answered with JSON.
    pub(crate) fn json(&self, request: &Request) -> Result<Value, BenchError> {
        let answer = self.send(request)?;
        serde_json::from_slice(&answer.bytes).map_err(|error| BenchError::Answer {
            request: format!("{} {}", request.method, request.path),
            problem: error.to_string(),
        })
    }
}
