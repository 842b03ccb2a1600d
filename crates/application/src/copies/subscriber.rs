//! Listening to what other instances say, and removing shared copies that could not be removed at once.

use std::{convert::Infallible, mem, pin::pin, sync::Arc, time::Duration};

use irontrack_ports::{
    ChannelError, Ear, InvalidationChannel,
    tally::{CHANNEL_LAG_MILLISECONDS, CHANNEL_UP},
};
use tokio::{
    task::JoinSet,
    time::{Instant, MissedTickBehavior, interval, sleep, sleep_until, timeout},
};

use super::{Copies, message::Message, trust::BEAT};

/// How long it may take to begin to listen.
const LISTEN_LIMIT: Duration = Duration::from_secs(2);

/// The pause between two attempts to listen, or to remove shared copies.
const PAUSE: Duration = Duration::from_millis(100);

/// Without the own heartbeat for this long a channel is listened to anew: its connection may be dead without knowing it.
const SILENCE: Duration = Duration::from_secs(2);

/// The tasks that keep copies true. They end when it is dropped.
#[derive(Debug)]
pub struct Following(#[expect(dead_code, reason = "kept for what happens when it is dropped")] JoinSet<()>);

impl Copies {
    /// Listens to all channels from now on, on the current runtime.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    #[must_use = "listening ends when the answer is dropped"]
    pub fn follow(self: &Arc<Self>) -> Following {
        let mut tasks = JoinSet::new();
        for (index, channel) in self.channels.iter().enumerate() {
            tasks.spawn(self.clone().follow_channel(index, channel.clone()));
        }
        tasks.spawn(self.clone().settle_doubts());
        Following(tasks)
    }

    async fn follow_channel(self: Arc<Self>, index: usize, channel: Arc<dyn InvalidationChannel>) {
        let mut is_known_silent = false;
        loop {
            let ended = match timeout(LISTEN_LIMIT, channel.listen()).await {
                Ok(Ok(ear)) => self.hear(index, &*channel, ear, &mut is_known_silent).await,
                Ok(Err(error)) => error,
                Err(_) => ChannelError(format!("no answer within {LISTEN_LIMIT:?}")),
            };
            self.trust.withdraw(index);
            CHANNEL_UP.set(&[channel.name()], 0);
            if !is_known_silent {
                tracing::warn!(channel = channel.name(), error = %ended, "invalidations are not heard");
                is_known_silent = true;
            }
            sleep(PAUSE).await;
        }
    }

    /// Hears messages until the ear ends or the own heartbeats stay away.
    async fn hear(
        &self,
        index: usize,
        channel: &dyn InvalidationChannel,
        mut ear: Box<dyn Ear>,
        is_known_silent: &mut bool,
    ) -> ChannelError {
        // Whatever was said while nobody listened is missed.
        self.forget_all_near();
        let mut beats = pin!(self.beat(channel));
        let mut silent_from = Instant::now() + SILENCE;
        loop {
            let heard = tokio::select! {
                heard = ear.hear() => heard,
                never = &mut beats => match never {},
                () = sleep_until(silent_from) => {
                    return ChannelError("the own heartbeat is not heard".to_owned());
                }
            };
            let message = match heard {
                Ok(text) => Message::parse(&text),
                Err(error) => return error,
            };
            match message {
                Some(Message::Beat { sender, sent }) if sender == self.instance => {
                    // Who could not send to us for a while may have given up.
                    if !self.trust.is_given() {
                        self.forget_all_near();
                    }
                    self.trust.heard(index, sent);
                    let lag = i64::try_from(self.trust.now().saturating_sub(sent)).unwrap_or(i64::MAX);
                    CHANNEL_LAG_MILLISECONDS.set(&[channel.name()], lag);
                    CHANNEL_UP.set(&[channel.name()], 1);
                    silent_from = Instant::now() + SILENCE;
                    if mem::take(is_known_silent) {
                        tracing::info!(channel = channel.name(), "invalidations are heard again");
                    }
                }
                // The own copies were removed before the answer.
                Some(Message::Forget { sender, .. }) if sender == self.instance => {}
                Some(Message::Beat { .. }) => {}
                Some(Message::Forget { keys, .. }) => {
                    self.forget_near(&keys).await;
                    // Whoever has changed something may not have reached the shared cache.
                    if self.shared.is_some() {
                        self.doubts.raise(&keys);
                    }
                }
                // A newer instance means something by it.
                None => self.forget_all_near(),
            }
        }
    }

    /// Sends heartbeats, for ever.
    async fn beat(&self, channel: &dyn InvalidationChannel) -> Infallible {
        let mut ticks = interval(BEAT);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = channel.publish(&Message::beat(self.instance, self.trust.now())).await {
                tracing::debug!(channel = channel.name(), %error, "a heartbeat was not sent");
            }
        }
    }

    /// Removes shared copies that are in doubt, until there are none.
    async fn settle_doubts(self: Arc<Self>) {
        let Some(shared) = self.shared.clone() else { return };
        loop {
            let (keys, number) = self.doubts.open();
            if keys.is_empty() {
                self.doubts.raised().await;
                continue;
            }
            match shared.remove(&keys).await {
                Ok(()) => self.doubts.settle(&keys, number),
                Err(error) => {
                    tracing::debug!(%error, keys = keys.len(), "shared copies are still in doubt");
                    sleep(PAUSE).await;
                }
            }
        }
    }
}
