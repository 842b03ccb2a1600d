//! `irontrack healthcheck`.

use std::{net::IpAddr, path::PathBuf};

use clap::Args;

use super::OutputArguments;

/// Options of `healthcheck`.
#[derive(Debug, Args)]
pub struct HealthcheckArguments {
    /// Address of the server
    #[arg(long, default_value = "127.0.0.1", conflicts_with = "uds")]
    pub address: IpAddr,
    /// Port of the server [default: $PORT, else 8000]
    #[arg(long, conflicts_with = "uds", value_parser = clap::value_parser!(u16).range(1..))]
    pub port: Option<u16>,
    /// Unix socket of the server, instead of address and port
    #[arg(long, value_name = "PATH")]
    pub uds: Option<PathBuf>,
    /// How long to wait for the answer
    #[arg(long, value_name = "SECONDS", default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=300))]
    pub timeout: u64,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}
