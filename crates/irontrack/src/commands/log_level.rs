//! `irontrack server log-level`.

use irontrack_cli::{Failure, LogLevelArguments, log_level, output::Output, server_request::Place};
use irontrack_http::Listen;

use crate::settings::{Source, operations};

/// Shows or changes what a running server logs.
pub(crate) fn log_level(arguments: &LogLevelArguments) -> Result<(), Failure> {
    let place = place(arguments)?;
    log_level::log_level(arguments, place, &mut Output::standard(arguments.output))
}

/// The settings are read only for the place: they are those of the server.
fn place(arguments: &LogLevelArguments) -> Result<Place, Failure> {
    if let Some(path) = &arguments.uds {
        return Ok(Place::Unix(path.clone()));
    }
    if let Some(address) = arguments.address {
        return Ok(Place::Tcp(address));
    }
    match operations(&Source::load()?)? {
        Some(Listen::Tcp(address)) => Ok(Place::Tcp(address)),
        Some(Listen::Unix { path, .. }) => Ok(Place::Unix(path)),
        None => Err(Failure::usage("--address or --uds is missing: OPERATIONS_LISTEN is not set")),
    }
}
