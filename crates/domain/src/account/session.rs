//! Sessions: signing in starts one, every refresh renews it, and it ends at the latest when its lifetime is over.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{RefreshId, SessionId, UserId};

/// From where a session is used.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Client {
    /// The network address, without port.
    pub address: Option<String>,
    /// What the program calls itself, at most [`Client::USER_AGENT_MAX`] characters.
    pub user_agent: Option<String>,
}

impl Client {
    /// The most characters of a user agent that are kept.
    pub const USER_AGENT_MAX: usize = 512;

    /// A client; an over-long user agent is cut, and what PostgreSQL cannot store is left out of it.
    #[must_use]
    pub fn new(address: Option<String>, user_agent: Option<&str>) -> Self {
        let user_agent =
            user_agent.map(|agent| agent.chars().filter(|&c| c != '\0').take(Self::USER_AGENT_MAX).collect());
        Self { address, user_agent }
    }
}

/// How long sessions live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLifetime {
    /// A session ends this long after its last refresh.
    pub idle: TimeDelta,
    /// A session ends this long after sign-in, however often it was refreshed.
    pub absolute: TimeDelta,
}

impl SessionLifetime {
    /// When a session ends that was created and last refreshed at these times.
    #[must_use]
    pub fn expires_at(&self, created_at: DateTime<Utc>, refreshed_at: DateTime<Utc>) -> DateTime<Utc> {
        (refreshed_at + self.idle).min(created_at + self.absolute)
    }
}

/// A signed-in session of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginSession {
    /// Identity; both tokens of the session carry it.
    pub id: SessionId,
    /// Whose session it is.
    pub user_id: UserId,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When the session was last used.
    pub last_used_at: DateTime<Utc>,
    /// When the session ends if it is not refreshed.
    pub expires_at: DateTime<Utc>,
    /// Who used the session at its last refresh.
    pub client: Client,
    /// The one refresh token that is accepted.
    pub refresh_id: RefreshId,
    /// The refresh token that the last refresh replaced, and when.
    pub previous: Option<(RefreshId, DateTime<Utc>)>,
}

/// What a presented refresh token of a session means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefreshVerdict {
    /// It is the current one: exchange it.
    Current,
    /// The session's life is over.
    Expired,
    /// The same client sent the previous one again within the grace: refuse it and leave the session alone.
    Retry,
    /// An exchanged token was used again: somebody has stolen it. End the session.
    Reuse,
}

impl LoginSession {
    /// For this long the client that just exchanged a refresh token may send the old one again (a lost answer, two tabs).
    pub const RETRY_GRACE: TimeDelta = TimeDelta::seconds(10);

    /// Judges a refresh token that was issued for this session.
    #[must_use]
    pub fn judge(&self, presented: RefreshId, client: &Client, now: DateTime<Utc>) -> RefreshVerdict {
        if now >= self.expires_at {
            return RefreshVerdict::Expired;
        }
        if presented == self.refresh_id {
            return RefreshVerdict::Current;
        }
        match self.previous {
            Some((previous, rotated_at))
                if previous == presented && now - rotated_at <= Self::RETRY_GRACE && self.client == *client =>
            {
                RefreshVerdict::Retry
            }
            _ => RefreshVerdict::Reuse,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use uuid::Uuid;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        Utc.timestamp_opt(1_700_000_000 + second, 0).unwrap()
    }

    fn refresh(n: u128) -> RefreshId {
        RefreshId::new(Uuid::from_u128(n))
    }

    fn session() -> LoginSession {
        LoginSession {
            id: SessionId::new(Uuid::from_u128(1)),
            user_id: UserId::new(Uuid::from_u128(2)),
            created_at: at(0),
            last_used_at: at(100),
            expires_at: at(1000),
            client: Client::new(Some("127.0.0.1".into()), Some("owner/1.0")),
            refresh_id: refresh(12),
            previous: Some((refresh(11), at(100))),
        }
    }

    #[test]
    fn refresh_tokens_are_judged_by_age_client_and_order() {
        let session = session();
        let owner = session.client.clone();
        let thief = Client::new(Some("127.0.0.1".into()), Some("thief/1.0"));
        let elsewhere = Client::new(Some("127.0.0.2".into()), Some("owner/1.0"));
        let table = [
            (12, &owner, 101, RefreshVerdict::Current),
            (12, &thief, 101, RefreshVerdict::Current),
            (12, &owner, 999, RefreshVerdict::Current),
            (12, &owner, 1000, RefreshVerdict::Expired),
            (11, &owner, 1000, RefreshVerdict::Expired),
            (11, &owner, 100, RefreshVerdict::Retry),
            (11, &owner, 110, RefreshVerdict::Retry),
            (11, &owner, 111, RefreshVerdict::Reuse),
            (11, &thief, 101, RefreshVerdict::Reuse),
            (11, &elsewhere, 101, RefreshVerdict::Reuse),
            (10, &owner, 101, RefreshVerdict::Reuse),
        ];
        for (token, client, now, expected) in table {
            assert_eq!(
                session.judge(refresh(token), client, at(now)),
                expected,
                "token {token} of {client:?} at {now}"
            );
        }
    }

    #[test]
    fn a_session_ends_when_idle_and_at_the_latest_after_its_absolute_life() {
        let lifetime = SessionLifetime { idle: TimeDelta::days(7), absolute: TimeDelta::days(30) };
        assert_eq!(lifetime.expires_at(at(0), at(0)), at(0) + TimeDelta::days(7));
        assert_eq!(lifetime.expires_at(at(0), at(0) + TimeDelta::days(29)), at(0) + TimeDelta::days(30));
    }

    #[test]
    fn a_user_agent_is_cut_to_what_can_be_stored() {
        let client = Client::new(None, Some(&format!("a\0{}", "ä".repeat(600))));
        assert_eq!(client.user_agent.map(|a| a.chars().count()), Some(512));
    }
}
