//! Passwords of database roles, as the server stores them.

use std::{fmt, time::Duration};

use diesel::sql_types::{Bool, Nullable, Text};
use diesel_async::RunQueryDsl;
use irontrack_ports::RepositoryError;
use thiserror::Error;

use crate::{
    open::{Address, ConnectError},
    server,
    statement::Statement,
};

/// How long the server may take.
const LIMIT: Duration = Duration::from_secs(5);

/// Why the passwords of roles could not be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RolePasswordError {
    /// There is no way to the database.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The role that asks is no superuser.
    #[error("the role {0} may not read passwords: connect as a superuser")]
    NotAllowed(String),
    /// The database did not answer as expected.
    #[error("the roles cannot be read: {0}")]
    Database(#[from] RepositoryError),
}

/// A role and what the server compares its password with.
#[derive(Clone, PartialEq, Eq)]
pub struct RolePassword {
    /// The name of the role.
    pub role: String,
    /// Whether it may sign in.
    pub can_log_in: bool,
    /// The stored form of the password, if it has one.
    pub stored: Option<String>,
}

impl fmt::Debug for RolePassword {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RolePassword")
            .field("role", &self.role)
            .field("can_log_in", &self.can_log_in)
            .finish_non_exhaustive()
    }
}

/// Those of these roles that exist. `direct_url` has to be that of a superuser: nobody else may read passwords, not even
/// in their stored form.
///
/// # Errors
/// [`RolePasswordError`].
pub async fn role_passwords(direct_url: &str, roles: &[String]) -> Result<Vec<RolePassword>, RolePasswordError> {
    let address = Address::parse(direct_url, "irontrack roles", server::session_setup(LIMIT), LIMIT, LIMIT)?;
    let mut connection = address.open().await.map_err(|error| address.explain(&error))?;
    let question = Statement::<(Text, Bool)>::new(
        "SELECT current_user::text, has_table_privilege('pg_catalog.pg_authid', 'SELECT')",
    );
    let (user, may_read): (String, bool) = connection.run(|postgres| question.get_result(postgres)).await?;
    if !may_read {
        return Err(RolePasswordError::NotAllowed(user));
    }
    let wanted: Vec<Option<String>> = roles.iter().cloned().map(Some).collect();
    let found = Statement::<(Text, Bool, Nullable<Text>)>::new(
        "SELECT rolname::text, rolcanlogin, rolpassword FROM pg_catalog.pg_authid WHERE rolname::text = ANY (",
    )
    .bind(wanted)
    .sql(")");
    let found: Vec<(String, bool, Option<String>)> = connection.run(|postgres| found.load(postgres)).await?;
    Ok(found.into_iter().map(|(role, can_log_in, stored)| RolePassword { role, can_log_in, stored }).collect())
}
