//! One connection: what is done with it is bounded in time, and it knows whether it may be used again.

use std::{fmt, future::Future, time::Duration};

use diesel::{QueryResult, sql_types::Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use irontrack_ports::RepositoryError;
use tokio::{sync::oneshot, time::timeout};
use uuid::Uuid;

use crate::{error::Failure, statement::Statement};

/// A connection to the server.
pub(crate) struct Connection {
    postgres: AsyncPgConnection,
    /// Its other end lives as long as the task that drives the connection, and the task not much longer than this end.
    driver: oneshot::Sender<()>,
    /// How long a statement may take.
    patience: Duration,
    /// A statement is running, or was given up: its answer may still come.
    busy: bool,
    transaction: Transaction,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Transaction {
    None,
    Open,
    /// A statement has failed: the server accepts nothing but a rollback.
    Failed,
}

impl Connection {
    /// A new connection that nothing has been done with, and the end of its driver.
    pub(crate) fn new(postgres: AsyncPgConnection, driver: oneshot::Sender<()>, patience: Duration) -> Self {
        Self { postgres, driver, patience, busy: false, transaction: Transaction::None }
    }

    /// Whether somebody else may use the connection next: it is open, answers nothing late and is in no transaction.
    /// A future that is dropped while a statement runs leaves the connection unusable, and so does a unit of work that
    /// is dropped unfinished.
    pub(crate) fn is_reusable(&self) -> bool {
        !self.busy && self.transaction == Transaction::None && !self.driver.is_closed()
    }

    /// Does something with the connection, within the time that a statement may take. A server that does not answer in
    /// time may be frozen, and then it obeys no time-out of its own: the connection is given up.
    pub(crate) async fn run<'a, T, F>(
        &'a mut self,
        statement: impl FnOnce(&'a mut AsyncPgConnection) -> F,
    ) -> Result<T, RepositoryError>
    where
        F: Future<Output = QueryResult<T>>,
    {
        if self.busy {
            return Err(RepositoryError::Unavailable("the connection was given up".into()));
        }
        self.busy = true;
        // Who wants to know how many there are reads the log at its lowest level.
        tracing::debug!("statement");
        match timeout(self.patience, statement(&mut self.postgres)).await {
            Ok(Ok(answer)) => {
                self.busy = false;
                Ok(answer)
            }
            Ok(Err(error)) => {
                let Failure { error, connection_lost } = error.into();
                self.busy = connection_lost;
                if self.transaction == Transaction::Open {
                    self.transaction = Transaction::Failed;
                }
                Err(error)
            }
            Err(_) => Err(RepositoryError::Unavailable(format!("no answer within {:?}", self.patience))),
        }
    }

    /// Runs a statement without rows, and answers how many it has touched.
    pub(crate) async fn execute(&mut self, statement: Statement<()>) -> Result<usize, RepositoryError> {
        self.run(|postgres| statement.execute(postgres)).await
    }

    /// Runs a statement that locks rows, and answers whether there were any.
    pub(crate) async fn lock_rows(&mut self, statement: Statement<SqlUuid>) -> Result<bool, RepositoryError> {
        Ok(!self.run(|postgres| statement.load::<Uuid>(postgres)).await?.is_empty())
    }

    /// Begins a transaction in which each statement sees what was committed before it.
    pub(crate) async fn begin(&mut self) -> Result<(), RepositoryError> {
        self.transaction = Transaction::Open;
        self.run(|postgres| postgres.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED")).await
    }

    /// Commits the transaction. One in which a statement failed is rolled back instead and is an error: the server
    /// would answer `COMMIT` with a rollback, and nobody would notice.
    pub(crate) async fn commit(&mut self) -> Result<(), RepositoryError> {
        if self.transaction == Transaction::Failed {
            self.rollback().await?;
            return Err(RepositoryError::Unexpected("a transaction in which a statement failed was committed".into()));
        }
        self.run(|postgres| postgres.batch_execute("COMMIT")).await?;
        self.transaction = Transaction::None;
        Ok(())
    }

    /// Rolls the transaction back.
    pub(crate) async fn rollback(&mut self) -> Result<(), RepositoryError> {
        self.run(|postgres| postgres.batch_execute("ROLLBACK")).await?;
        self.transaction = Transaction::None;
        Ok(())
    }

    /// The bare connection, for whoever waits as long as it takes. It stays open as long as the second value lives.
    pub(crate) fn into_unbounded(self) -> (AsyncPgConnection, oneshot::Sender<()>) {
        (self.postgres, self.driver)
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("busy", &self.busy)
            .field("transaction", &self.transaction)
            .finish_non_exhaustive()
    }
}
