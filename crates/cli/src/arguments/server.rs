//! `irontrack server`.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use clap::{Args, Subcommand};

use super::OutputArguments;

/// Ways to serve.
#[derive(Debug, Subcommand)]
pub enum ServerCommand {
    /// Serve for development: whatever is not configured is set up by itself
    Dev(DevArguments),
    /// Serve in production: nothing is implicit, and missing settings are errors
    Run(RunArguments),
    /// Show what a running server logs, or change it until it is started again
    LogLevel(LogLevelArguments),
}

/// Options of `server log-level`.
#[derive(Debug, Args)]
pub struct LogLevelArguments {
    /// The least severe lines to log: debug, info, warning or error [default: only show what it is]
    #[arg(value_name = "LEVEL")]
    pub level: Option<String>,
    /// Address of operations of the server [default: that of `OPERATIONS_LISTEN`]
    #[arg(long, conflicts_with = "uds")]
    pub address: Option<SocketAddr>,
    /// Unix socket of operations of the server, instead of an address
    #[arg(long, value_name = "PATH")]
    pub uds: Option<PathBuf>,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Options of `server dev`.
#[derive(Debug, Args)]
pub struct DevArguments {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Port to listen on; 0 takes any free one [default: $PORT, else 8000]
    #[arg(long)]
    pub port: Option<u16>,
    /// Folder of the private database, the signing key and the administrator's credentials
    #[arg(long, default_value = ".irontrack")]
    pub data_dir: PathBuf,
    /// Worker threads [default: one for each core]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub workers: Option<u16>,
    /// With `DATABASE_URL`: also load the catalogue and create the administrator
    #[arg(long)]
    pub bootstrap: bool,
}

/// Options of `server run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// Address to listen on
    #[arg(long, default_value = "0.0.0.0", conflicts_with = "uds")]
    pub address: IpAddr,
    /// Port to listen on; 0 takes any free one [default: $PORT, else 8000]
    #[arg(long, conflicts_with = "uds")]
    pub port: Option<u16>,
    /// Unix socket to listen on, instead of address and port
    #[arg(long)]
    pub uds: Option<PathBuf>,
    /// File mode of the unix socket, in octal
    #[arg(long, default_value = "660", value_parser = octal, requires = "uds")]
    pub uds_mode: u32,
    /// Worker threads [default: one for each core]
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub workers: Option<u16>,
    /// Connections that wait to be accepted
    #[arg(long, default_value_t = 1024, value_parser = clap::value_parser!(u32).range(128..=65_535))]
    pub backlog: u32,
    /// Run pending migrations first, instead of refusing to start
    #[arg(long)]
    pub migrate: bool,
}

fn octal(text: &str) -> Result<u32, String> {
    match u32::from_str_radix(text.trim_start_matches("0o"), 8) {
        Ok(mode) if mode <= 0o777 => Ok(mode),
        _ => Err("expected a file mode in octal, such as 660".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::arguments::{Arguments, Command};

    #[test]
    fn file_modes_are_octal() {
        let mode =
            |mode: &str| Arguments::try_parse_from(["irontrack", "server", "run", "--uds", "s", "--uds-mode", mode]);
        for (text, expected) in [("660", 0o660), ("0600", 0o600), ("0o777", 0o777)] {
            let command = mode(text).unwrap().command;
            let Command::Server(ServerCommand::Run(run)) = command else { panic!("{command:?}") };
            assert_eq!(run.uds_mode, expected, "{text}");
        }
        assert!(mode("888").is_err());
        assert!(mode("7777").is_err());
    }
}
