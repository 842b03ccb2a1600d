//! Reading values: what is accepted, and what stands there where nothing is set.

mod addresses;
mod environment;
mod limits;
mod numbers;
mod secrets;
mod services;

pub use environment::{Environment, LogLevel};
pub(super) use secrets::SECRETS;
