//! The binary's inside: settings, wiring and lifecycle. Everything is put together here and nowhere else.

mod catalogue;
mod clock;
mod failure;
mod logging;
mod server;
pub mod settings;

use std::process::ExitCode;

pub use catalogue::system_catalogue;
use clap::Parser;
pub use clock::SystemClock;
pub use failure::Failure;
use irontrack_cli::{Arguments, Command, ServerCommand};

/// Runs the program: 0 when done, 1 when it failed, 2 when the arguments or a setting are wrong.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Server(ServerCommand::Dev(options)) => server::dev(&options),
        Command::Server(ServerCommand::Run(options)) => server::run(&options),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("irontrack: {failure}");
            failure.exit_code()
        }
    }
}
