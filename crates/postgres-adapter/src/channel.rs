//! The invalidation channel over `LISTEN` and `NOTIFY`.

use std::{
    fmt,
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use diesel_async::RunQueryDsl;
use irontrack_ports::{ChannelError, Ear, InvalidationChannel, RepositoryError};
use tokio::{
    runtime::Handle,
    sync::mpsc::{Receiver, channel, error::TrySendError},
    time::timeout,
};
use tokio_postgres::{AsyncMessage, Client, Socket, tls::NoTlsStream};

use crate::{
    connection::Connection,
    open::{Address, ConnectError},
    statement::Statement,
};

/// How long the server may take for anything that has to do with the channel.
const LIMIT: Duration = Duration::from_millis(1500);

/// So many messages may wait for an ear. One that falls further behind has to begin anew.
const BACKLOG: usize = 10_000;

const NOTIFY: &str = "SELECT pg_notify('irontrack_invalidation', $1)";

const LISTEN: &str = "LISTEN irontrack_invalidation";

/// A channel between all who use the same database. Its one connection goes to the server itself: a pooler in
/// transaction mode loses notifications.
pub struct PostgresChannel {
    address: Arc<Address>,
    runtime: Handle,
    /// The latest connection, mostly that of the ear. It ends when another one takes its place, and the ear with it.
    client: Mutex<Option<Arc<Client>>>,
}

impl PostgresChannel {
    /// A channel that connects when it is listened to, and is driven by that runtime.
    ///
    /// # Errors
    /// [`ConnectError::Url`] when the URL cannot be read.
    pub fn new(direct_url: &str, runtime: Handle) -> Result<Self, ConnectError> {
        let address = Address::parse(direct_url, "irontrack invalidation", String::new(), LIMIT, LIMIT)?;
        Ok(Self { address, runtime, client: Mutex::new(None) })
    }

    /// A connection to send over.
    async fn client(&self) -> Result<Arc<Client>, ChannelError> {
        let client = self.current().clone().filter(|client| !client.is_closed());
        match client {
            Some(client) => Ok(client),
            None => self.open().await.map(|(client, _nobody_listens)| client),
        }
    }

    /// Opens a connection, over which messages are sent from now on.
    async fn open(&self) -> Result<(Arc<Client>, NotificationEar), ChannelError> {
        let address = Arc::clone(&self.address);
        let opening = self.runtime.spawn(async move { address.open_raw().await });
        let opened = opening.await.map_err(|_| ChannelError("the runtime is going down".into()))?;
        let (client, connection) = opened.map_err(|error| ChannelError(error.to_string()))?;
        let (client, messages) = (Arc::new(client), drive(&self.runtime, connection));
        *self.current() = Some(client.clone());
        Ok((client, NotificationEar { messages }))
    }

    fn current(&self) -> MutexGuard<'_, Option<Arc<Client>>> {
        self.client.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl InvalidationChannel for PostgresChannel {
    fn name(&self) -> &'static str {
        "PostgreSQL"
    }

    async fn publish(&self, message: &str) -> Result<(), ChannelError> {
        let client = self.client().await?;
        let sending = async { Client::execute(&client, NOTIFY, &[&message]).await };
        match timeout(LIMIT, sending).await {
            Ok(sent) => sent.map(drop).map_err(|error| ChannelError(error.to_string())),
            Err(_) => Err(ChannelError(format!("no answer within {LIMIT:?}"))),
        }
    }

    async fn listen(&self) -> Result<Box<dyn Ear>, ChannelError> {
        let (client, ear) = self.open().await?;
        match timeout(LIMIT, client.batch_execute(LISTEN)).await {
            Ok(listening) => listening.map_err(|error| ChannelError(error.to_string()))?,
            Err(_) => return Err(ChannelError(format!("no answer within {LIMIT:?}"))),
        }
        Ok(Box::new(ear))
    }
}

/// Drives a connection until it ends, and hands on what it is notified of. Ends it if its ear falls too far behind.
fn drive(runtime: &Handle, mut connection: tokio_postgres::Connection<Socket, NoTlsStream>) -> Receiver<String> {
    let (sender, messages) = channel(BACKLOG);
    runtime.spawn(async move {
        while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
            if let AsyncMessage::Notification(notification) = message
                && let Err(TrySendError::Full(_)) = sender.try_send(notification.payload().to_owned())
            {
                return;
            }
        }
    });
    messages
}

struct NotificationEar {
    messages: Receiver<String>,
}

#[async_trait]
impl Ear for NotificationEar {
    async fn hear(&mut self) -> Result<String, ChannelError> {
        self.messages.recv().await.ok_or_else(|| ChannelError("the connection is lost".into()))
    }
}

impl fmt::Debug for PostgresChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresChannel").field("address", &self.address.place()).finish_non_exhaustive()
    }
}

/// Sends messages when the open transaction is committed. Works through a pooler as well.
pub(crate) async fn announce(connection: &mut Connection, messages: &[String]) -> Result<(), RepositoryError> {
    let messages: Vec<_> = messages.iter().cloned().map(Some).collect();
    let statement = Statement::<()>::new("SELECT pg_notify('irontrack_invalidation', message) FROM unnest(")
        .bind(messages)
        .sql(") AS message");
    connection.run(|postgres| statement.execute(postgres)).await?;
    Ok(())
}
