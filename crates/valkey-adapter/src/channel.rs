//! The invalidation channel over the publish/subscribe of a Valkey server.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::StreamExt;
use irontrack_ports::{ChannelError, Ear, InvalidationChannel};
use redis::RedisError;
use redis::aio::{ConnectionManager, PubSubStream};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::ConnectError;
use crate::connection::Endpoint;
use crate::error::describe;
use crate::home::AtHome;

/// How long publishing may take: the writer waits for it before the answer.
const PUBLISH_LIMIT: Duration = Duration::from_millis(50);

/// How long it may take to begin to listen.
const LISTEN_LIMIT: Duration = Duration::from_secs(1);

/// A channel between all who use the same server and prefix, whatever the number of the database in their URLs.
pub struct ValkeyChannel {
    endpoint: Endpoint,
    topic: String,
    connection: ConnectionManager,
    home: Handle,
}

impl ValkeyChannel {
    /// A channel that connects when it is used, on the runtime on which it was made.
    ///
    /// # Errors
    /// [`ConnectError::Url`] when the URL is not valid.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub fn new(url: &str, prefix: &str) -> Result<Self, ConnectError> {
        let endpoint = Endpoint::new(url)?;
        let connection = endpoint.manager()?;
        Ok(Self { topic: format!("{prefix}invalidation"), connection, endpoint, home: Handle::current() })
    }
}

#[async_trait]
impl InvalidationChannel for ValkeyChannel {
    fn name(&self) -> &'static str {
        "Valkey"
    }

    async fn publish(&self, message: &str) -> Result<(), ChannelError> {
        let mut connection = self.connection.clone();
        let mut command = redis::cmd("PUBLISH");
        command.arg(&self.topic).arg(message);
        let call = async move { command.exec_async(&mut connection).await };
        within(PUBLISH_LIMIT, AtHome::new(&self.home, call)).await
    }

    async fn listen(&self) -> Result<Box<dyn Ear>, ChannelError> {
        let (client, topic) = (self.endpoint.client().clone(), self.topic.clone());
        // A connection of its own: one that has subscribed does nothing else.
        let call = async move {
            let mut subscription = client.get_async_pubsub().await?;
            subscription.subscribe(topic).await?;
            Ok(subscription)
        };
        let (sink, stream) = within(LISTEN_LIMIT, AtHome::new(&self.home, call)).await?.split();
        Ok(Box::new(Subscription { stream, _sink: sink }))
    }
}

async fn within<T>(limit: Duration, call: impl Future<Output = Result<T, RedisError>>) -> Result<T, ChannelError> {
    match timeout(limit, call).await {
        Ok(answer) => answer.map_err(|error| ChannelError(describe(&error))),
        Err(_) => Err(ChannelError(format!("no answer within {limit:?}"))),
    }
}

/// The server closes the connection of a listener who is too slow, so that messages are missed only at its end.
struct Subscription {
    stream: PubSubStream,
    /// The connection is closed when it is dropped.
    _sink: redis::aio::PubSubSink,
}

#[async_trait]
impl Ear for Subscription {
    async fn hear(&mut self) -> Result<String, ChannelError> {
        match self.stream.next().await {
            Some(message) => message.get_payload().map_err(|_| ChannelError("a message was no text".to_owned())),
            None => Err(ChannelError("the connection is lost".to_owned())),
        }
    }
}

impl fmt::Debug for ValkeyChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ValkeyChannel").field("topic", &self.topic).finish_non_exhaustive()
    }
}
