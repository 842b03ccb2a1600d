//! Creating a database.

use std::time::Duration;

use diesel::sql_types::{Bool, Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::{
    open::{Address, ConnectError},
    server,
    statement::Statement,
};

/// Creating a database copies files; it may take longer than a statement of a request.
const LIMIT: Duration = Duration::from_secs(30);

/// Creates the database of that name unless it is there. `maintenance_url` leads to another database of the same server.
///
/// # Errors
/// [`ConnectError`].
pub async fn ensure_database(maintenance_url: &str, name: &str) -> Result<(), ConnectError> {
    let address = Address::parse(maintenance_url, "irontrack", server::session_setup(LIMIT), LIMIT, LIMIT)?;
    let mut connection = address.open().await.map_err(|error| address.explain(&error))?;
    let other = |reason: String| ConnectError::Other { place: address.place(), reason };
    let question = Statement::<(Bool, Text)>::new("SELECT true, datname::text FROM pg_database");
    let databases: Vec<(bool, String)> =
        connection.run(|postgres| question.load(postgres)).await.map_err(|error| other(error.to_string()))?;
    if databases.iter().any(|(_, existing)| existing == name) {
        return Ok(());
    }
    let create = format!("CREATE DATABASE \"{}\"", name.replace('"', "\"\""));
    connection.run(|postgres| postgres.batch_execute(&create)).await.map_err(|error| other(error.to_string()))
}
