//! `irontrack database`.

use clap::{Args, Subcommand};

use super::OutputArguments;

/// What to do with the schema of the database.
#[derive(Debug, Subcommand)]
pub enum DatabaseCommand {
    /// Apply the migrations that the database lacks
    Upgrade(UpgradeArguments),
    /// Take migrations back, with the data that they hold
    Downgrade(DowngradeArguments),
    /// List the migrations that are applied and those that are pending
    Status(StatusArguments),
    /// Answer whether the database fits this program: exit code 0 if so, 1 if a migration is pending or unknown
    Check(StatusArguments),
}

/// Options of `database upgrade`.
#[derive(Debug, Args)]
pub struct UpgradeArguments {
    /// The last migration to apply; `head` is the newest one
    #[arg(value_name = "TARGET", default_value = "head")]
    pub target: String,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of ConfirmationArguments")]
    pub confirmation: ConfirmationArguments,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Options of `database downgrade`.
#[derive(Debug, Args)]
pub struct DowngradeArguments {
    /// How many migrations to take back, or the migration that becomes the last one; `base` takes all back
    #[arg(value_name = "N|TARGET", default_value = "1")]
    pub target: String,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of ConfirmationArguments")]
    pub confirmation: ConfirmationArguments,
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Options of `database status` and `database check`.
#[derive(Debug, Args)]
pub struct StatusArguments {
    #[command(flatten)]
    #[expect(missing_docs, reason = "the help of the options is that of OutputArguments")]
    pub output: OutputArguments,
}

/// Options of commands that ask before they change something.
#[derive(Debug, Clone, Copy, Default, Args)]
pub struct ConfirmationArguments {
    /// Do not ask
    #[arg(long, visible_alias = "no-prompt")]
    pub yes: bool,
}
