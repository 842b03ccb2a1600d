//! Opening connections.

use std::{sync::Arc, time::Duration};

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use thiserror::Error;
use tokio::{
    sync::oneshot,
    time::{sleep, timeout},
};
use tokio_postgres::{
    Config, NoTls, Socket,
    error::{Error as PostgresError, SqlState},
    tls::NoTlsStream,
};
use tracing::warn;

use crate::{connection::Connection, url::place};

/// How long a connection that nobody holds any more may take to finish its last statement and say goodbye.
const GOODBYE: Duration = Duration::from_secs(2);

/// A half-open connection is noticed after about a minute instead of two hours.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// Why a database cannot be used. Each message is one line for the person who starts the program.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConnectError {
    /// The URL cannot be read.
    #[error("the database URL is not valid: {0}")]
    Url(String),
    /// Nothing answers there, or it does not accept connections now.
    #[error("PostgreSQL at {place} cannot be reached: {reason}")]
    Unreachable {
        /// Host and port, or the folder of the socket.
        place: String,
        /// What the attempt ran into.
        reason: String,
    },
    /// The user does not exist, the password is wrong, or the server does not let them in.
    #[error("PostgreSQL at {place} does not let the user {user} in: {reason}")]
    CredentialsRefused {
        /// Host and port, or the folder of the socket.
        place: String,
        /// The user who tried.
        user: String,
        /// What the server says.
        reason: String,
    },
    /// There is no such database.
    #[error("PostgreSQL at {place} has no database {database}")]
    DatabaseMissing {
        /// Host and port, or the folder of the socket.
        place: String,
        /// The database that was asked for.
        database: String,
    },
    /// The server is older than IronTrack supports.
    #[error("PostgreSQL {version} is too old: IronTrack needs {} or later", crate::server::OLDEST)]
    ServerTooOld {
        /// The major version of the server.
        version: i32,
    },
    /// The database cannot fold the case of every letter, which addresses and names rely on.
    #[error(
        "the database has encoding {encoding} and its lower('Ü') is not 'ü': create it with ENCODING 'UTF8' and a UTF-8 \
         locale such as C.UTF-8"
    )]
    WrongLocale {
        /// The encoding of the database.
        encoding: String,
    },
    /// A pooler in transaction mode that does not keep prepared statements.
    #[error(
        "the pooler at {place} loses prepared statements: PgBouncer needs version 1.21 or later with \
         max_prepared_statements above 0 for pool_mode = transaction; otherwise set pool_mode = session"
    )]
    StatementsLost {
        /// Host and port, or the folder of the socket.
        place: String,
    },
    /// A pooler that knows single statements only.
    #[error("the pooler at {place} allows no transactions: set pool_mode = transaction or session")]
    NoTransactions {
        /// Host and port, or the folder of the socket.
        place: String,
    },
    /// Anything else.
    #[error("PostgreSQL at {place} cannot be used: {reason}")]
    Other {
        /// Host and port, or the folder of the socket.
        place: String,
        /// What went wrong.
        reason: String,
    },
}

/// What went wrong while a connection was opened or looked at.
#[derive(Debug, Error)]
pub(crate) enum OpenError {
    #[error("{}", with_cause(.0))]
    Postgres(#[from] PostgresError),
    #[error("the connection could not be set up: {0}")]
    Setup(String),
    #[error("no answer within {0:?}")]
    TimedOut(Duration),
    #[error("an idle connection was closed by the server")]
    Closed,
    #[error("the runtime that opens connections is going down")]
    Stopped,
}

/// Where and how to open connections.
#[derive(Debug)]
pub(crate) struct Address {
    config: Config,
    /// Run once on every new connection.
    setup: String,
    connect_timeout: Duration,
    statement_timeout: Duration,
}

impl Address {
    /// Reads a URL (or `key=value` pairs, as libpq knows them).
    pub(crate) fn parse(
        url: &str,
        application_name: &str,
        setup: String,
        connect_timeout: Duration,
        statement_timeout: Duration,
    ) -> Result<Arc<Self>, ConnectError> {
        let mut config: Config = url.parse().map_err(|error| ConnectError::Url(about_url(&error)))?;
        if config.get_application_name().is_none() {
            config.application_name(application_name);
        }
        config.connect_timeout(connect_timeout).keepalives_idle(KEEPALIVE).keepalives_interval(KEEPALIVE / 3);
        Ok(Arc::new(Self { config, setup, connect_timeout, statement_timeout }))
    }

    /// Opens a connection. The task that drives it lives on the runtime that polls this future first.
    pub(crate) async fn open(&self) -> Result<Connection, OpenError> {
        let opening = async {
            let (client, connection) = self.config.connect(NoTls).await?;
            let driver = drive(connection);
            let mut postgres =
                AsyncPgConnection::try_from(client).await.map_err(|error| OpenError::Setup(error.to_string()))?;
            postgres.batch_execute(&self.setup).await.map_err(|error| OpenError::Setup(error.to_string()))?;
            Ok(Connection::new(postgres, driver, self.statement_timeout))
        };
        timeout(self.connect_timeout, opening).await.unwrap_or(Err(OpenError::TimedOut(self.connect_timeout)))
    }

    /// Opens a connection of which the caller drives the other half: for who wants to hear notifications.
    pub(crate) async fn open_raw(
        &self,
    ) -> Result<(tokio_postgres::Client, tokio_postgres::Connection<Socket, NoTlsStream>), OpenError> {
        let opening = timeout(self.connect_timeout, self.config.connect(NoTls)).await;
        Ok(opening.map_err(|_| OpenError::TimedOut(self.connect_timeout))??)
    }

    /// An error of [`open`](Self::open) in words for the person who starts the program.
    pub(crate) fn explain(&self, error: &OpenError) -> ConnectError {
        let place = self.place();
        let reason = error.to_string();
        let OpenError::Postgres(postgres) = error else {
            return match error {
                OpenError::TimedOut(_) => ConnectError::Unreachable { place, reason },
                _ => ConnectError::Other { place, reason },
            };
        };
        match postgres.code() {
            Some(&SqlState::INVALID_PASSWORD | &SqlState::INVALID_AUTHORIZATION_SPECIFICATION) => {
                ConnectError::CredentialsRefused { place, user: self.user(), reason }
            }
            Some(&SqlState::INVALID_CATALOG_NAME) => {
                let database = self.config.get_dbname().map_or_else(|| self.user(), str::to_owned);
                ConnectError::DatabaseMissing { place, database }
            }
            Some(&SqlState::CANNOT_CONNECT_NOW | &SqlState::TOO_MANY_CONNECTIONS) => {
                ConnectError::Unreachable { place, reason }
            }
            // Said by the client before it has talked to anybody, or because it has nothing to answer with.
            None if reason.ends_with("password missing") => {
                ConnectError::CredentialsRefused { place, user: self.user(), reason: "it asks for a password".into() }
            }
            None if reason.starts_with("error connecting") || reason.starts_with("connection closed") => {
                ConnectError::Unreachable { place, reason }
            }
            _ => ConnectError::Other { place, reason },
        }
    }

    /// Host and port of the first host.
    pub(crate) fn place(&self) -> String {
        place(&self.config)
    }

    fn user(&self) -> String {
        self.config.get_user().unwrap_or("of this process").to_owned()
    }
}

/// Drives a connection in a task of its own until it ends, or until the answer is dropped and the last statement is over.
/// The answer is closed as soon as the connection has ended.
fn drive(connection: tokio_postgres::Connection<Socket, NoTlsStream>) -> oneshot::Sender<()> {
    let (driver, dropped) = oneshot::channel::<()>();
    tokio::spawn(async move {
        tokio::select! {
            ended = connection => {
                if let Err(error) = ended {
                    warn!(error = with_cause(&error), "a connection to PostgreSQL has ended");
                }
            }
            () = async { _ = dropped.await; sleep(GOODBYE).await } => {}
        }
    });
    driver
}

/// Without what the parser repeats: an unknown option may be a piece of a password.
fn about_url(error: &PostgresError) -> String {
    let text = with_cause(error);
    match text.split_once("unknown option") {
        Some(_) => "it has an unknown option, or does not start with postgres://".into(),
        None => text,
    }
}

fn with_cause(error: &PostgresError) -> String {
    match (error.as_db_error(), std::error::Error::source(error)) {
        (Some(said), _) => said.message().to_owned(),
        (None, Some(cause)) => format!("{error}: {cause}"),
        (None, None) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<Arc<Address>, ConnectError> {
        Address::parse(url, "irontrack", String::new(), Duration::from_secs(1), Duration::from_secs(1))
    }

    #[test]
    fn all_spellings_of_a_place_are_understood() {
        for (url, place) in [
            ("postgres://jo:secret@db.example.org:6432/gym", "db.example.org:6432"),
            ("postgresql://jo@%2Frun%2Fpostgresql/gym", "/run/postgresql:5432"),
            ("postgresql:///gym?host=/run/postgresql&port=5433", "/run/postgresql:5433"),
            ("host=/run/postgresql user=jo dbname=gym", "/run/postgresql:5432"),
        ] {
            assert_eq!(parse(url).unwrap().place(), place, "{url}");
        }
    }

    #[test]
    fn a_url_that_cannot_be_read_is_not_repeated() {
        for url in ["mysql://jo:secret@db/gym?ssl=secret", "postgres://jo:secret@db:port/gym", "secret"] {
            let message = parse(url).unwrap_err().to_string();
            assert!(message.starts_with("the database URL is not valid: "), "{message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
