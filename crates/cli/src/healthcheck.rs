//! `irontrack healthcheck`.

use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::{
    Failure,
    output::{Output, Page, Report, Tone},
    server_request::{self, Place},
};

/// What a server has said, or why it has not.
#[derive(Debug, Serialize)]
struct Health {
    healthy: bool,
    server: String,
    /// The status of the answer.
    status: Option<u16>,
    /// The body of the answer, if it is JSON.
    answer: Option<Value>,
    error: Option<String>,
}

/// Asks a server for its health.
///
/// # Errors
/// It is not healthy, or does not answer in time. Or standard output cannot be written.
pub fn healthcheck(place: Place, limit: Duration, output: &mut Output) -> Result<(), Failure> {
    let health = ask(place, limit);
    output.show(&health)?;
    let why = match &health {
        Health { healthy: true, .. } => return Ok(()),
        Health { error: Some(error), .. } => error.clone(),
        Health { status, .. } => format!("it answers {}", status.unwrap_or_default()),
    };
    Err(Failure::failed(format!("the server at {} is not healthy: {why}", health.server)))
}

fn ask(place: Place, limit: Duration) -> Health {
    let server = place.to_string();
    let health = Health { healthy: false, server, status: None, answer: None, error: None };
    match server_request::send(place, "GET", "/health", limit) {
        Ok((status, body)) => Health {
            healthy: status == 200,
            status: Some(status),
            answer: serde_json::from_slice(&body).ok(),
            ..health
        },
        Err(error) => Health { error: Some(error), ..health },
    }
}

impl Report for Health {
    fn print(&self, page: &mut Page) {
        if let Some(Value::Object(answer)) = &self.answer {
            for (name, value) in answer {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                page.line(Tone::Plain, &format!("{name}: {value}"));
            }
        }
        if self.healthy {
            page.remark(Tone::Good, &format!("The server at {} is healthy.", self.server));
        }
    }
}
