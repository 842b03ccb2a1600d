//! Command line of IronTrack: its arguments, and the files that its commands read.
//!
//! What a command needs from the outside (servers, databases, keys) is handed in by the binary.

mod arguments;
pub mod catalogue_file;

pub use arguments::{Arguments, Command, DevArguments, RunArguments, ServerCommand};
