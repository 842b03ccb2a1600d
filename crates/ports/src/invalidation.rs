//! Telling other instances that their copies are outdated.

use async_trait::async_trait;
use thiserror::Error;

/// The longest message in bytes: what PostgreSQL delivers, with something to spare.
pub const MAX_MESSAGE_BYTES: usize = 7000;

/// The channel did not take a message, or nothing comes out of it any more.
#[derive(Debug, Error)]
#[error("the invalidation channel is not available: {0}")]
pub struct ChannelError(pub String);

/// Carries short texts from everybody to everybody who listens, whoever sends included.
///
/// An ear hears the messages in the order in which they were sent, each once, and notices when it may have missed one:
/// then it ends. Nothing is kept for those who do not listen.
#[async_trait]
pub trait InvalidationChannel: Send + Sync {
    /// What the channel is called in the log.
    fn name(&self) -> &'static str;

    /// Sends a text of at most [`MAX_MESSAGE_BYTES`].
    ///
    /// # Errors
    /// [`ChannelError`] when it was not taken in time; it may have been sent all the same.
    async fn publish(&self, message: &str) -> Result<(), ChannelError>;

    /// Begins to listen. What is sent after this has returned is heard. An earlier ear of the same end may end.
    ///
    /// # Errors
    /// [`ChannelError`] when the server does not answer in time.
    async fn listen(&self) -> Result<Box<dyn Ear>, ChannelError>;
}

/// Hears what is sent over a channel.
#[async_trait]
pub trait Ear: Send {
    /// Waits for the next message, for ever if need be. Dropping the future loses none.
    ///
    /// # Errors
    /// [`ChannelError`] when messages may have been missed. This ear hears nothing any more then.
    async fn hear(&mut self) -> Result<String, ChannelError>;
}
