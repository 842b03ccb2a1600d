//! `irontrack healthcheck`.

mod request;

use std::{fmt, net::SocketAddr, path::PathBuf, sync::mpsc, thread, time::Duration};

use serde::Serialize;
use serde_json::Value;

use crate::{
    Failure,
    output::{Output, Page, Report, Tone},
};

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An address and a port.
    Tcp(SocketAddr),
    /// A unix socket.
    Unix(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => path.display().fmt(f),
        }
    }
}

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
    // In a thread of its own: connecting to a unix socket can take for ever, and no time-out can be set for it.
    let (sender, answer) = mpsc::channel();
    thread::spawn(move || sender.send(request::get_health(&place, limit)));
    let in_time = answer.recv_timeout(limit);
    let health = Health { healthy: false, server, status: None, answer: None, error: None };
    match in_time {
        Ok(Ok((status, body))) => Health {
            healthy: status == 200,
            status: Some(status),
            answer: serde_json::from_slice(&body).ok(),
            ..health
        },
        Ok(Err(error)) => Health { error: Some(error.to_string()), ..health },
        Err(_) => Health { error: Some(format!("no answer within {} s", limit.as_secs())), ..health },
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
