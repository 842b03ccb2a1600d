//! Serving: `irontrack server dev` and `irontrack server run`.

mod bootstrap;
mod copies;
mod dev;
mod lifecycle;
mod limiter;
mod operations;
mod parts;
mod private_file;
mod run;
mod state;
mod sweep;
mod table;

pub(crate) use copies::CACHE_PREFIX;
pub(crate) use dev::dev;
pub(crate) use run::run;

use crate::Failure;

/// The runtime that owns the connections to database and cache. Requests run on the workers of the HTTP server.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(crate::settings::cores().clamp(2, 4))
        .thread_name("irontrack-io")
        .enable_all()
        .build()
        .map_err(|error| Failure::failed(format!("no runtime: {error}")))
}
