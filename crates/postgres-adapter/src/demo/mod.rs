//! Made-up training data, written with `COPY`: many times as fast as one statement for each session.

mod copy;
mod error;
mod tables;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;
use irontrack_domain::account::{Email, Role};
use irontrack_ports::{Constraint, DemoAccount, DemoCounts, DemoStore, PasswordHash, RepositoryError};
use tokio::{runtime::Handle, time::timeout};
use tokio_postgres::Client;

use self::{error::refused, tables::Batch};
use crate::{
    open::{Address, ConnectError, OpenError},
    pool::Pool,
    statement::Statement,
};

/// How long opening a connection may take.
const CONNECT: Duration = Duration::from_secs(5);

/// How long one batch may take, or counting anew at the end: a slow disk is no reason to give up.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// The server must not lose its patience before we do.
const PATIENT: &str = "SET LOCAL statement_timeout = 0";

const ANALYSE: &str = "ANALYZE user_account, audit_event, training_sessions, training_session_exercises, \
                       training_session_sets, training_histories";

/// Demo accounts in a database. Reads go over the pool; `COPY`, which diesel does not know, over a connection of its own
/// for each batch.
#[derive(Debug, Clone)]
pub struct PostgresDemoStore {
    pool: Pool,
    address: Arc<Address>,
    runtime: Handle,
}

impl PostgresDemoStore {
    /// Demo accounts in the database at that address, which the pool leads to as well. Connections are driven by that
    /// runtime.
    ///
    /// # Errors
    /// [`ConnectError::Url`] when the URL cannot be read.
    pub fn new(url: &str, pool: Pool, runtime: Handle) -> Result<Self, ConnectError> {
        let address = Address::parse(url, "irontrack demo", String::new(), CONNECT, PATIENCE)?;
        Ok(Self { pool, address, runtime })
    }

    /// Does something on a connection of its own, within the time that a batch may take.
    async fn alone<T>(
        &self,
        act: impl AsyncFnOnce(&mut Client) -> Result<T, RepositoryError>,
    ) -> Result<T, RepositoryError> {
        let unavailable = |error: OpenError| RepositoryError::Unavailable(error.to_string());
        let (mut client, connection) = self.address.open_raw().await.map_err(unavailable)?;
        // It ends with the client; what it ran into is told to whoever waits for an answer.
        self.runtime.spawn(connection);
        let outcome = timeout(PATIENCE, act(&mut client)).await;
        outcome.unwrap_or_else(|_| Err(RepositoryError::Unavailable(format!("no answer within {PATIENCE:?}"))))
    }
}

#[async_trait]
impl DemoStore for PostgresDemoStore {
    async fn other_accounts(&self, pattern: &str, administrator: &Email) -> Result<i64, RepositoryError> {
        let count = Statement::<BigInt>::new("SELECT count(*) FROM user_account WHERE lower(email) NOT LIKE ")
            .bind(pattern)
            .sql(" AND lower(email) <> lower(")
            .bind(administrator.canonical().as_str())
            .sql(")");
        let mut connection = self.pool.checkout().await?;
        connection.run(|postgres| count.get_result::<i64>(postgres)).await
    }

    async fn taken(&self, addresses: &[Email]) -> Result<Vec<String>, RepositoryError> {
        let addresses: Vec<_> = addresses.iter().map(|address| Some(address.as_str().to_lowercase())).collect();
        let taken = Statement::<Text>::new("SELECT lower(email) FROM user_account WHERE lower(email) = ANY (")
            .bind(addresses)
            .sql(")");
        let mut connection = self.pool.checkout().await?;
        connection.run(|postgres| taken.load::<String>(postgres)).await
    }

    async fn add(
        &self,
        accounts: &[DemoAccount],
        password: &PasswordHash,
        now: DateTime<Utc>,
    ) -> Result<DemoCounts, RepositoryError> {
        self.alone(async |client| {
            let transaction = client.transaction().await.map_err(refused)?;
            transaction.batch_execute(PATIENT).await.map_err(refused)?;
            let roles = transaction.query("SELECT id::text FROM role WHERE slug = $1", &[&ROLE.slug()]).await;
            let role = roles.map_err(refused)?.as_slice().first().map(|row| row.try_get::<_, String>(0)).transpose();
            let role = role.map_err(refused)?.ok_or(RepositoryError::MissingReference(Constraint::AccountRole))?;
            let counts = Batch { accounts, password, role: &role, now }.write(&transaction).await?;
            transaction.commit().await.map_err(refused)?;
            Ok(counts)
        })
        .await
    }

    async fn analyse(&self) -> Result<(), RepositoryError> {
        self.alone(async |client| {
            let transaction = client.transaction().await.map_err(refused)?;
            for statement in [PATIENT, ANALYSE] {
                transaction.batch_execute(statement).await.map_err(refused)?;
            }
            transaction.commit().await.map_err(refused)
        })
        .await
    }
}

/// What demo accounts may do.
const ROLE: Role = Role::ApplicationAccess;
