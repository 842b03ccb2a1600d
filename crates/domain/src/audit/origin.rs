//! Who does something, and from where.

use crate::{
    SessionId, UserId,
    account::{Client, LoginSession, Principal},
};

/// The way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Via {
    /// A request to the API.
    #[default]
    Api,
    /// The command line, where nobody is signed in: whoever reaches the database administers it.
    CommandLine,
}

impl Via {
    /// The stable name, in kebab case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::CommandLine => "command-line",
        }
    }

    /// The way of that exact name, if there is one.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Api, Self::CommandLine].into_iter().find(|via| via.name() == name)
    }
}

/// Who does something, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The way in.
    pub via: Via,
    /// The account that acts. `None` if nobody is signed in, or it is not sure who holds the token.
    pub actor: Option<UserId>,
    /// The session in which it happens: of the caller, of the token, or the one that was just started.
    pub session: Option<SessionId>,
    /// The program at the other end.
    pub client: Client,
}

impl Origin {
    /// Somebody at the command line.
    #[must_use]
    pub fn command_line() -> Self {
        Self { via: Via::CommandLine, ..Self::default() }
    }

    /// Somebody who is not signed in.
    #[must_use]
    pub fn stranger(client: &Client) -> Self {
        Self { client: client.clone(), ..Self::default() }
    }

    /// Somebody with a genuine token of a session, who need not be its owner.
    #[must_use]
    pub fn token_holder(session: SessionId, client: &Client) -> Self {
        Self { session: Some(session), ..Self::stranger(client) }
    }
}

impl From<&Principal> for Origin {
    fn from(caller: &Principal) -> Self {
        Self {
            via: Via::Api,
            actor: Some(caller.user_id),
            session: Some(caller.session_id),
            client: caller.client.clone(),
        }
    }
}

impl From<&LoginSession> for Origin {
    fn from(session: &LoginSession) -> Self {
        Self { via: Via::Api, actor: Some(session.user_id), session: Some(session.id), client: session.client.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_way() {
        for via in [Via::Api, Via::CommandLine] {
            assert_eq!(Via::from_name(via.name()), Some(via));
        }
        assert_eq!(Via::from_name("command line"), None);
    }
}
