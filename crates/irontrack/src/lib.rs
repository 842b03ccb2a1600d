//! The binary's inside: settings, wiring and lifecycle. Everything is put together here and nowhere else.

mod catalogue;
mod clock;
mod commands;
mod logging;
mod programmes;
mod server;
pub mod settings;
#[cfg(feature = "otlp")]
mod traces;

use std::process::ExitCode;

pub use catalogue::system_catalogue;
pub use clock::SystemClock;
pub use irontrack_cli::Failure;
use irontrack_cli::{Arguments, Command, ServerCommand};

/// Runs the program: 0 when done, 1 when it failed, 2 when the arguments or a setting are wrong.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::read(env!("IRONTRACK_VERSION"));
    let outcome = match arguments.command {
        Command::Server(ServerCommand::Dev(options)) => server::dev(&options),
        Command::Server(ServerCommand::Run(options)) => server::run(&options),
        Command::Server(ServerCommand::LogLevel(options)) => commands::log_level(&options),
        Command::Audit(command) => commands::audit(&command),
        Command::Keys(command) => commands::keys(&command),
        Command::Config(command) => commands::config(&command),
        Command::Healthcheck(options) => commands::healthcheck(&options),
        Command::Openapi => commands::openapi(),
        Command::Completions(options) => commands::completions(&options),
        Command::Database(command) => commands::database(&command),
        Command::Users(command) => commands::users(&command),
        Command::Catalog(command) => commands::catalog(&command),
        Command::Progress(command) => commands::progress(&command),
        Command::Demo(command) => commands::demo(&command),
        Command::Pgbouncer(command) => commands::pgbouncer(&command),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            failure.exit_code()
        }
    }
}
