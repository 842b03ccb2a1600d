//! What instances tell each other.

use irontrack_ports::MAX_MESSAGE_BYTES;
use uuid::Uuid;

/// The keys of what a change makes outdated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outdated(Vec<String>);

impl Outdated {
    /// Keys without blanks in them.
    pub(crate) fn new(keys: impl IntoIterator<Item = String>) -> Self {
        Self(keys.into_iter().collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn keys(&self) -> &[String] {
        &self.0
    }

    /// The fewest messages that hold all keys.
    pub(super) fn messages(&self, sender: Uuid) -> Vec<String> {
        let mut messages: Vec<String> = Vec::new();
        for key in &self.0 {
            match messages.last_mut() {
                Some(last) if last.len() + 1 + key.len() <= MAX_MESSAGE_BYTES => {
                    last.push(' ');
                    last.push_str(key);
                }
                _ => messages.push(format!("forget {} {key}", sender.simple())),
            }
        }
        messages
    }
}

impl Extend<String> for Outdated {
    fn extend<I: IntoIterator<Item = String>>(&mut self, keys: I) {
        self.0.extend(keys);
    }
}

/// A message as it arrives.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// A heartbeat, with a time of the sender's own clock.
    Beat { sender: Uuid, sent: u64 },
    /// Copies that are outdated.
    Forget { sender: Uuid, keys: Vec<String> },
}

impl Message {
    pub(super) fn beat(sender: Uuid, sent: u64) -> String {
        format!("beat {} {sent}", sender.simple())
    }

    /// Nothing for a message that this version does not know.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let (kind, sender) = (words.next()?, Uuid::try_parse(words.next()?).ok()?);
        match kind {
            "beat" => Some(Self::Beat { sender, sent: words.next()?.parse().ok()? }),
            "forget" => Some(Self::Forget { sender, keys: words.map(str::to_owned).collect() }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENDER: Uuid = Uuid::from_u128(7);

    #[test]
    fn all_keys_arrive_in_messages_that_are_short_enough() {
        let keys: Vec<String> = (0..1000).map(|number| format!("principal:{}", Uuid::from_u128(number))).collect();
        let messages = Outdated::new(keys.clone()).messages(SENDER);
        assert!(messages.len() > 1 && messages.iter().all(|message| message.len() <= MAX_MESSAGE_BYTES));
        let heard: Vec<String> = messages
            .iter()
            .flat_map(|message| match Message::parse(message) {
                Some(Message::Forget { sender: SENDER, keys }) => keys,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(heard, keys);
        assert_eq!(Outdated::default().messages(SENDER), Vec::<String>::new());
    }

    #[test]
    fn heartbeats_come_back() {
        assert_eq!(Message::parse(&Message::beat(SENDER, 1234)), Some(Message::Beat { sender: SENDER, sent: 1234 }));
    }

    #[test]
    fn what_is_unknown_is_noticed() {
        for text in [
            "",
            "beat",
            "beat x 1",
            "beat 00000000000000000000000000000007 x",
            "later 00000000000000000000000000000007",
        ] {
            assert_eq!(Message::parse(text), None, "{text:?}");
        }
    }
}
