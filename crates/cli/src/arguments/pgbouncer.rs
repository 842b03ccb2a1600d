//! `irontrack pgbouncer`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What to do for the pooler.
#[derive(Debug, Subcommand)]
pub enum PgbouncerCommand {
    /// Print the passwords of database roles as PgBouncer's `auth_file` has them
    ///
    /// They are read as PostgreSQL stores them, as SCRAM-SHA-256 verifiers. PostgreSQL shows those to superusers only:
    /// `DATABASE_DIRECT_URL`, or `DATABASE_URL` without it, has to be the address of a superuser for this command.
    Userlist(UserlistArguments),
}

/// Options of `pgbouncer userlist`.
#[derive(Debug, Args)]
pub struct UserlistArguments {
    /// The roles; others are not read
    #[arg(long = "role", value_name = "NAME", required = true, num_args = 1..)]
    pub roles: Vec<String>,
    /// Write to this file, and replace it if it is there, so that only its owner may read it
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}
