//! Arguments, one file for each group of commands.

mod audit;
mod catalog;
mod completions;
mod config;
mod database;
mod demo;
mod healthcheck;
mod keys;
mod output;
mod password;
mod pgbouncer;
mod progress;
mod server;
mod users;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use audit::{AuditCommand, AuditExportArguments, AuditTailArguments};
pub use catalog::{CatalogCommand, ExportArguments, ImportArguments, ImportFormat, SeedArguments};
pub use completions::CompletionsArguments;
pub use config::{CheckArguments, ConfigCommand, ServerKind};
pub use database::{ConfirmationArguments, DatabaseCommand, DowngradeArguments, StatusArguments, UpgradeArguments};
pub use demo::{DemoCommand, DemoSeedArguments};
pub use healthcheck::HealthcheckArguments;
pub use keys::{GenerateArguments, KeysCommand, RotateArguments};
pub use output::OutputArguments;
pub use password::{HiddenText, PasswordArguments};
pub use pgbouncer::{PgbouncerCommand, UserlistArguments};
pub use progress::{ProgressCommand, ProgressShowArguments};
pub use server::{DevArguments, LogLevelArguments, RunArguments, ServerCommand};
pub use users::{
    AccountArguments, CreateSystemAdminArguments, CreateUserArguments, ListArguments, ResetPasswordArguments,
    SessionsArguments, UserExportArguments, UserExportFormat, UserImportArguments, UserImportFormat, UsersCommand,
};

/// What stands below the help of the program.
const AFTER_HELP: &str = "Exit codes: 0 done, 1 failed, 2 wrong arguments or settings. A failure is one line on standard \
                          error. Settings come from the environment and from the file .env in the working folder; \
                          `irontrack config check` shows them.";

/// The backend for tracking workouts
#[derive(Debug, Parser)]
#[command(name = "irontrack", disable_help_subcommand = true, after_help = AFTER_HELP)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Groups of commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API
    #[command(subcommand)]
    Server(ServerCommand),
    /// Change the schema of the database, or look at it
    #[command(subcommand)]
    Database(DatabaseCommand),
    /// Create and administer accounts
    #[command(subcommand)]
    Users(UsersCommand),
    /// Load, export and import the catalogue of exercises
    #[command(subcommand)]
    Catalog(CatalogCommand),
    /// Look at the audit trail: who did what to accounts, sessions and rights
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Look at what people have trained
    #[command(subcommand)]
    Progress(ProgressCommand),
    /// Make up training data, to look at and to measure with
    #[command(subcommand)]
    Demo(DemoCommand),
    /// Prepare what PgBouncer needs
    #[command(subcommand)]
    Pgbouncer(PgbouncerCommand),
    /// Make and exchange the keys that sign tokens
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Look at the settings
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Ask a running server whether it is healthy: exit code 0 if so, 1 if not
    Healthcheck(HealthcheckArguments),
    /// Print the OpenAPI document
    Openapi,
    /// Print a script that completes commands and options in a shell
    Completions(CompletionsArguments),
}

impl Arguments {
    /// Reads the arguments of this process. Help and version are printed and end it with 0, wrong arguments are explained
    /// and end it with 2.
    #[must_use]
    pub fn read(version: &'static str) -> Self {
        let matches = Self::definition().version(version).get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

    /// All commands with their options.
    #[must_use]
    pub fn definition() -> clap::Command {
        Self::command()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Arguments::definition().debug_assert();
    }

    /// What `--help` says is the documentation: no command and no option goes without.
    #[test]
    fn everything_is_explained() {
        fn check(command: &clap::Command, path: &str) {
            assert!(command.get_about().is_some(), "{path} is not explained");
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{path}: {} is not explained", argument.get_id());
            }
            for child in command.get_subcommands() {
                check(child, &format!("{path} {}", child.get_name()));
            }
        }
        check(&Arguments::definition(), "irontrack");
    }
}
