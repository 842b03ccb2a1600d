//! Commands besides the servers: what `irontrack_cli` needs from the outside is handed in here.

mod audit;
mod catalog;
mod config;
mod copies;
mod database;
mod demo;
mod healthcheck;
mod keys;
mod log_level;
mod pgbouncer;
mod progress;
mod use_cases;
mod users;

pub(crate) use audit::audit;
pub(crate) use catalog::catalog;
pub(crate) use config::config;
pub(crate) use database::database;
pub(crate) use demo::demo;
pub(crate) use healthcheck::healthcheck;
use irontrack_cli::{CompletionsArguments, Failure, OutputArguments, completions, output::Output};
pub(crate) use keys::keys;
pub(crate) use log_level::log_level;
pub(crate) use pgbouncer::pgbouncer;
pub(crate) use progress::progress;
pub(crate) use users::users;

/// `irontrack openapi`.
pub(crate) fn openapi() -> Result<(), Failure> {
    let document = irontrack_http::openapi().to_pretty_json();
    let document = document.map_err(|error| Failure::failed(format!("the document is no JSON: {error}")))?;
    document_output().text(&format!("{document}\n"))
}

/// `irontrack completions`.
pub(crate) fn completions(arguments: &CompletionsArguments) -> Result<(), Failure> {
    completions::completions(arguments, &mut document_output())
}

/// For what has one form only.
fn document_output() -> Output {
    Output::standard(OutputArguments::default())
}
