//! `irontrack config`.

use clap::{Args, Subcommand, ValueEnum};

use super::OutputArguments;

/// What to do with the settings.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Show every setting, its value and where it comes from, and say what is wrong
    Check(CheckArguments),
}

/// Options of `config check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Check what this server would ask for
    #[arg(long = "for", value_enum, value_name = "SERVER", default_value_t = ServerKind::Run)]
    pub server: ServerKind,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Ways to serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ServerKind {
    /// `irontrack server run`
    Run,
    /// `irontrack server dev`
    Dev,
}
