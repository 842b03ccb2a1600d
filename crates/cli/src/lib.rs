//! Command line of IronTrack: its arguments, what its commands ask and print, and the files that they read.
//!
//! What a command needs from the outside (servers, databases, keys) is handed in by the binary.

mod arguments;
pub mod catalogue_file;
mod failure;
pub mod output;
pub mod prompt;

pub use arguments::{
    Arguments, Command, DevArguments, HiddenText, OutputArguments, PasswordArguments, RunArguments, ServerCommand,
};
pub use failure::Failure;
