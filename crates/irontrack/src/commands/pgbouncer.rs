//! `irontrack pgbouncer`.

use irontrack_cli::{
    OutputArguments, PgbouncerCommand,
    output::Output,
    pgbouncer::{self, DatabaseRole},
};
use irontrack_postgres_adapter::{RolePassword, RolePasswordError, role_passwords};

use crate::{
    Failure,
    server::runtime,
    settings::{CommandSettings, Source},
};

/// Prepares what PgBouncer needs.
pub(crate) fn pgbouncer(command: &PgbouncerCommand) -> Result<(), Failure> {
    let PgbouncerCommand::Userlist(arguments) = command;
    let url = CommandSettings::database(&Source::load()?)?;
    let runtime = runtime()?;
    let read = |roles: &[String]| {
        let found = runtime.block_on(role_passwords(url.expose(), roles)).map_err(|error| match error {
            RolePasswordError::Connect(error) => Failure::failed(format!("the database is not usable: {error}")),
            error => Failure::failed(error.to_string()),
        })?;
        Ok(found.into_iter().map(database_role).collect())
    };
    pgbouncer::userlist(arguments, read, &mut Output::standard(OutputArguments::default()))
}

fn database_role(found: RolePassword) -> DatabaseRole {
    let RolePassword { role, can_log_in, stored } = found;
    DatabaseRole { name: role, can_log_in, stored_password: stored.map(Into::into) }
}
