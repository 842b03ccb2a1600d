//! Poolers between us and the server.
//!
//! A pooler in transaction mode gives each transaction any of its connections to the server. Statements that were
//! prepared on one of them are missing on the others, unless the pooler keeps account of them: PgBouncer does since
//! version 1.21. Without that every statement is a matter of luck, the more so the busier the server is, so it is tried
//! once, with two clients that get into each other's way on purpose.

use std::{pin::pin, time::Duration};

use tokio::{
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_postgres::{Client, SimpleQueryMessage, error::SqlState};

use crate::open::{Address, ConnectError, OpenError};

/// How long the second client may keep a connection from the first one. A pooler with a single connection lets the first
/// one wait.
const PATIENCE: Duration = Duration::from_millis(700);

/// How often the two clients try to meet on one connection. Others who use the pooler at the same time may come between.
const ROUNDS: usize = 3;

/// How long all of it may take.
const LIMIT: Duration = Duration::from_secs(5);

const WHO_ANSWERS: &str = "SELECT pg_backend_pid()";

/// What is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A connection leads to one session of the server, as far as can be seen.
    Direct,
    /// A pooler that keeps prepared statements, and loses everything else that belongs to a session: notifications, locks
    /// and settings.
    Pooled,
}

impl Way {
    /// Finds out what is at an address.
    ///
    /// # Errors
    /// [`ConnectError`]; among them [`ConnectError::StatementsLost`] for a pooler that nothing can be done with.
    pub async fn to(url: &str) -> Result<Self, ConnectError> {
        let address = Address::parse(url, "irontrack", String::new(), LIMIT, LIMIT)?;
        find(&address).await.map_err(|problem| problem.explain(&address))
    }
}

/// Checks that prepared statements stay prepared.
pub(crate) async fn verify(address: &Address) -> Result<(), ConnectError> {
    match find(address).await {
        Ok(_) => Ok(()),
        Err(problem @ (Problem::Lost | Problem::NoTransactions)) => Err(problem.explain(address)),
        // No second connection, or an interruption: nothing that speaks against the server.
        Err(Problem::Failed(error)) => {
            tracing::debug!(%error, "whether there is a pooler before the database cannot be told");
            Ok(())
        }
    }
}

#[derive(Debug)]
enum Problem {
    /// A statement that was prepared is not there any more.
    Lost,
    /// A pooler for single statements.
    NoTransactions,
    Failed(OpenError),
}

impl Problem {
    fn explain(self, address: &Address) -> ConnectError {
        let place = address.place();
        match self {
            Self::Lost => ConnectError::StatementsLost { place },
            Self::NoTransactions => ConnectError::NoTransactions { place },
            Self::Failed(error) => address.explain(&error),
        }
    }
}

impl From<tokio_postgres::Error> for Problem {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            Some(
                &SqlState::INVALID_SQL_STATEMENT_NAME
                | &SqlState::DUPLICATE_PSTATEMENT
                // A statement of somebody else under the same name.
                | &SqlState::PROTOCOL_VIOLATION,
            ) => Self::Lost,
            _ => Self::Failed(error.into()),
        }
    }
}

/// A connection, and what drives it.
struct Probe {
    client: Client,
    driver: JoinHandle<()>,
}

impl Probe {
    async fn open(address: &Address) -> Result<Self, Problem> {
        let (client, connection) = address.open_raw().await.map_err(Problem::Failed)?;
        let driver = tokio::spawn(async move {
            // How it ended is seen where the client is used.
            _ = connection.await;
        });
        Ok(Self { client, driver })
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

async fn find(address: &Address) -> Result<Way, Problem> {
    timeout(LIMIT, look(address)).await.unwrap_or(Err(Problem::Failed(OpenError::TimedOut(LIMIT))))
}

async fn look(address: &Address) -> Result<Way, Problem> {
    let (one, other) = (Probe::open(address).await?, Probe::open(address).await?);
    for round in 0..ROUNDS {
        if round > 0 {
            sleep(Duration::from_millis(10)).await;
        }
        if meet(&one.client, &other.client).await? == Way::Pooled {
            return Ok(Way::Pooled);
        }
    }
    Ok(Way::Direct)
}

/// Prepares a statement, takes away the connection to the server on which that happened, and runs the statement.
async fn meet(one: &Client, other: &Client) -> Result<Way, Problem> {
    let statement = one.prepare(WHO_ANSWERS).await?;
    let home: i32 = one.query_one(&statement, &[]).await?.get(0);
    if let Err(error) = other.batch_execute("BEGIN").await {
        // PgBouncer says so in statement mode; a server always begins one.
        let is_refused = error.as_db_error().is_some_and(|said| said.message().contains("pooling mode"));
        return Err(if is_refused { Problem::NoTransactions } else { error.into() });
    }
    let taken = who_answers(other).await?;
    let mut again = pin!(one.query_one(&statement, &[]));
    let early = timeout(PATIENCE, &mut again).await;
    other.batch_execute("ROLLBACK").await?;
    let answer = match early {
        Ok(answer) => answer?,
        // It has waited for the other, or the server is slow: now it can go on.
        Err(_) => again.await?,
    };
    let now: i32 = answer.get(0);
    Ok(if taken == home || now != home { Way::Pooled } else { Way::Direct })
}

/// The process of the server behind a connection, without preparing anything.
async fn who_answers(client: &Client) -> Result<i32, Problem> {
    let rows = client.simple_query(WHO_ANSWERS).await?;
    let number = rows.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0)?.parse().ok(),
        _ => None,
    });
    number.ok_or_else(|| Problem::Failed(OpenError::Setup("the server does not say who it is".into())))
}
