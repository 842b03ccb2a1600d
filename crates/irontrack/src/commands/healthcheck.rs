//! `irontrack healthcheck`.

use std::{net::SocketAddr, time::Duration};

use irontrack_cli::{Failure, HealthcheckArguments, healthcheck, output::Output, server_request::Place};

use crate::settings::{Source, port};

/// Asks a running server.
pub(crate) fn healthcheck(arguments: &HealthcheckArguments) -> Result<(), Failure> {
    let limit = Duration::from_secs(arguments.timeout);
    healthcheck::healthcheck(place(arguments)?, limit, &mut Output::standard(arguments.output))
}

/// Settings are read only for the port: in a container they are those of the server.
fn place(arguments: &HealthcheckArguments) -> Result<Place, Failure> {
    if let Some(path) = &arguments.uds {
        return Ok(Place::Unix(path.clone()));
    }
    let port = match arguments.port {
        Some(port) => port,
        None => port(&Source::load()?)?,
    };
    if port == 0 {
        return Err(Failure::usage("--port is missing: PORT is 0, which lets the server take any free one"));
    }
    Ok(Place::Tcp(SocketAddr::new(arguments.address, port)))
}
