//! `irontrack server log-level`.

use std::time::Duration;

use serde::Serialize;

use crate::{
    Failure, LogLevelArguments,
    output::{Output, Page, Report, Tone},
    server_request::{Place, send},
};

/// How long to wait for the answer.
const LIMIT: Duration = Duration::from_secs(5);

/// What a server logs.
#[derive(Debug, Serialize)]
struct LogLevel {
    server: String,
    level: String,
}

impl Report for LogLevel {
    fn print(&self, page: &mut Page) {
        page.line(Tone::Plain, &self.level);
    }
}

/// Asks a server what it logs, or changes it.
///
/// # Errors
/// The server does not answer, or does not know the level. Or standard output cannot be written.
pub fn log_level(arguments: &LogLevelArguments, place: Place, output: &mut Output) -> Result<(), Failure> {
    let server = place.to_string();
    let (method, path) = match &arguments.level {
        Some(level) if level.is_empty() || !level.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            return Err(Failure::usage("LEVEL is wrong: expected debug, info, warning or error"));
        }
        Some(level) => ("PUT", format!("/log-level/{level}")),
        None => ("GET", "/log-level".to_owned()),
    };
    let unreachable = |error| Failure::failed(format!("the server does not answer at {server}: {error}"));
    let (status, body) = send(place, method, &path, LIMIT).map_err(unreachable)?;
    let text = String::from_utf8_lossy(&body).trim().to_owned();
    match status {
        200 => output.show(&LogLevel { server, level: text }),
        422 => Err(Failure::usage(format!("LEVEL is wrong: {text}"))),
        _ => Err(Failure::failed(format!(
            "the server at {server} answers {status}: is it the one of OPERATIONS_LISTEN?"
        ))),
    }
}
