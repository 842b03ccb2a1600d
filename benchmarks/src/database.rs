//! Statements that are sent straight to the database.

use irontrack_embedded::Cluster;
use postgres::{Client, NoTls};

use crate::error::BenchError;

/// Runs statements one after the other, each in a transaction of its own.
pub(crate) fn run(cluster: &Cluster, statements: &[&str]) -> Result<(), BenchError> {
    let mut client = Client::connect(&cluster.url("postgres"), NoTls)?;
    statements.iter().try_for_each(|statement| Ok(client.batch_execute(statement)?))
}
