//! Command line of IronTrack: its arguments, what its commands ask and print, and the files that they read.
//!
//! What a command needs from the outside (servers, databases, keys) is handed in by the binary.

mod arguments;
pub mod catalogue_file;
pub mod completions;
pub mod config;
mod failure;
pub mod healthcheck;
pub mod keys;
pub mod output;
pub mod private_file;
pub mod prompt;

pub use arguments::{
    Arguments, CheckArguments, Command, CompletionsArguments, ConfigCommand, DevArguments, GenerateArguments,
    HealthcheckArguments, HiddenText, KeysCommand, OutputArguments, PasswordArguments, RotateArguments, RunArguments,
    ServerCommand, ServerKind,
};
pub use failure::Failure;
