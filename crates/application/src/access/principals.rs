//! The state of accounts and sessions behind the authentication of every request, remembered for a moment.
//!
//! An entry lives less than a second. Whatever ends a session or an account is thus noticed by every instance within a
//! second, and at once by the instance that did it, because that one removes the entry before it answers.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use irontrack_domain::{
    SessionId, UserId,
    account::{Email, PersonName, Role},
};
use irontrack_ports::{
    Cache, Lookup, RepositoryError,
    query::{AccountQueries, PrincipalState, SessionState},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Shorter than the second after which every instance must have noticed the end of a session.
const LIFE: Duration = Duration::from_millis(900);

/// The state of accounts and sessions, read through the cache.
pub struct Principals {
    accounts: Arc<dyn AccountQueries>,
    cache: Arc<dyn Cache>,
}

impl std::fmt::Debug for Principals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Principals").finish_non_exhaustive()
    }
}

/// A principal as the cache keeps it. Whatever cannot be read back is a miss.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    version: u8,
    user: Uuid,
    name: Option<String>,
    email: String,
    is_active: bool,
    role: String,
    expires_at: DateTime<Utc>,
    last_used_at: DateTime<Utc>,
}

const VERSION: u8 = 1;

impl Principals {
    /// Wires the queries and the cache.
    #[must_use]
    pub fn new(accounts: Arc<dyn AccountQueries>, cache: Arc<dyn Cache>) -> Self {
        Self { accounts, cache }
    }

    /// The state of an account and one of its sessions. With the cache away the database answers.
    pub(super) async fn find(
        &self,
        user: UserId,
        session: SessionId,
    ) -> Result<Option<PrincipalState>, RepositoryError> {
        let key = key(session);
        let ticket = match self.cache.get(&key).await {
            Ok(Lookup::Hit(bytes)) => match decode(&bytes, user) {
                Some(state) => return Ok(Some(state)),
                None => None,
            },
            Ok(Lookup::Miss(ticket)) => Some(ticket),
            Err(error) => {
                tracing::debug!(%error, "principal read around the cache");
                None
            }
        };
        let started = Instant::now();
        let state = self.accounts.principal(user, session).await?;
        // What was read grows old from the moment of the question, not of the answer.
        let life = LIFE.saturating_sub(started.elapsed());
        if !life.is_zero()
            && let (Some(ticket), Some(bytes)) = (ticket, state.as_ref().and_then(|state| encode(state, user)))
            && let Err(error) = self.cache.fill(&key, ticket, bytes, life).await
        {
            tracing::debug!(%error, "principal not cached");
        }
        Ok(state)
    }

    /// Forgets what is remembered of sessions that have ended or whose account has changed. If the cache is away the
    /// entries end by themselves within a second.
    pub(crate) async fn forget(&self, sessions: &[SessionId]) {
        if sessions.is_empty() {
            return;
        }
        let keys: Vec<String> = sessions.iter().copied().map(key).collect();
        if let Err(error) = self.cache.remove(&keys).await {
            tracing::warn!(%error, "sessions not removed from the cache; their entries expire within a second");
        }
    }
}

fn key(session: SessionId) -> String {
    format!("principal:{session}")
}

/// Only live sessions are remembered.
fn encode(state: &PrincipalState, user: UserId) -> Option<Vec<u8>> {
    let session = state.session?;
    serde_json::to_vec(&Entry {
        version: VERSION,
        user: user.uuid(),
        name: state.name.clone().map(PersonName::into_string),
        email: state.email.as_str().to_owned(),
        is_active: state.is_active,
        role: state.role.slug().to_owned(),
        expires_at: session.expires_at,
        last_used_at: session.last_used_at,
    })
    .ok()
}

fn decode(bytes: &[u8], user: UserId) -> Option<PrincipalState> {
    let entry: Entry = serde_json::from_slice(bytes).ok()?;
    if entry.version != VERSION || entry.user != user.uuid() {
        return None;
    }
    Some(PrincipalState {
        name: entry.name.as_deref().map_or(Ok(None), PersonName::parse).ok()?,
        email: Email::parse(&entry.email).ok()?,
        is_active: entry.is_active,
        role: Role::from_slug(&entry.role)?,
        session: Some(SessionState { expires_at: entry.expires_at, last_used_at: entry.last_used_at }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_is_decoded_for_the_same_account_only() {
        let user = UserId::new(Uuid::from_u128(1));
        let session = SessionState { expires_at: DateTime::UNIX_EPOCH, last_used_at: DateTime::UNIX_EPOCH };
        let state = PrincipalState {
            name: PersonName::parse("Jo").unwrap(),
            email: Email::parse("Jo@münchen.de").unwrap(),
            is_active: true,
            role: Role::FitnessTrainer,
            session: Some(session),
        };
        let bytes = encode(&state, user).unwrap();
        assert_eq!(decode(&bytes, user), Some(state.clone()));
        assert_eq!(decode(&bytes, UserId::new(Uuid::from_u128(2))), None);
        assert_eq!(decode(b"garbage", user), None);
        assert_eq!(encode(&PrincipalState { session: None, ..state }, user), None);
    }
}
