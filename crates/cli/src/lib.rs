//! Command line of IronTrack: its arguments, what its commands ask and print, and the files that they read.
//!
//! What a command needs from the outside (servers, databases, keys) is handed in by the binary.

mod arguments;
pub mod audit;
pub mod catalog;
pub mod catalogue_file;
pub mod completions;
pub mod config;
pub mod database;
pub mod demo;
mod failure;
pub mod healthcheck;
pub mod keys;
pub mod log_level;
pub mod output;
pub mod pgbouncer;
pub mod private_file;
pub mod programme_file;
pub mod progress;
pub mod prompt;
pub mod server_request;
pub mod users;
mod written_file;

pub use arguments::{
    AccountArguments, Arguments, AuditCommand, AuditExportArguments, AuditTailArguments, CatalogCommand,
    CheckArguments, Command, CompletionsArguments, ConfigCommand, ConfirmationArguments, CreateSystemAdminArguments,
    CreateUserArguments, DatabaseCommand, DemoCommand, DemoSeedArguments, DevArguments, DowngradeArguments,
    ExportArguments, GenerateArguments, HealthcheckArguments, HiddenText, ImportArguments, ImportFormat, KeysCommand,
    ListArguments, LogLevelArguments, OutputArguments, PasswordArguments, PgbouncerCommand, ProgressCommand,
    ProgressShowArguments, ResetPasswordArguments, RotateArguments, RunArguments, SeedArguments, ServerCommand,
    ServerKind, SessionsArguments, StatusArguments, UpgradeArguments, UserExportArguments, UserExportFormat,
    UserImportArguments, UserImportFormat, UserlistArguments, UsersCommand,
};
pub use failure::Failure;
