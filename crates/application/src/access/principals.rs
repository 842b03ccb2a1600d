//! The state of accounts and sessions behind the authentication of every request, copied for a moment.
//!
//! Whatever ends a session or changes an account is noticed at once by the instance that did it, and by the others when
//! the message arrives. Besides, copies live less than a second in all, so that nobody who was shut out stays longer,
//! whatever becomes of messages and caches.

use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use irontrack_domain::{
    SessionId, UserId,
    account::{Email, PersonName, Role},
};
use irontrack_ports::{
    RepositoryError,
    query::{AccountQueries, PrincipalState, SessionState},
};
use moka::sync::Cache;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::copies::{Copies, Lives, Loaded, Outdated};

/// Together less than the second after which every instance must have noticed the end of a session.
const LIVES: Lives = Lives::new(Duration::from_millis(500), Duration::from_millis(400));

/// How many copies are kept as they were read: a few megabytes.
const READ_COPIES: u64 = 10_000;

/// The state of accounts and sessions, read through copies.
pub(crate) struct Principals {
    accounts: Arc<dyn AccountQueries>,
    copies: Arc<Copies>,
    /// What was read from copies, so that each is read once. It says nothing about whether the copy still holds.
    read: Cache<SessionId, ReadCopy>,
}

/// A copy, and what it says.
#[derive(Clone)]
struct ReadCopy {
    copy: Arc<[u8]>,
    user: UserId,
    state: Arc<PrincipalState>,
}

impl std::fmt::Debug for Principals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Principals").finish_non_exhaustive()
    }
}

/// A principal as it is copied. Whatever cannot be read back is a miss.
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
    /// Wires the queries and the copies.
    pub(super) fn new(accounts: Arc<dyn AccountQueries>, copies: Arc<Copies>) -> Self {
        // No copy in this process lives longer, so neither need this.
        let read = Cache::builder().max_capacity(READ_COPIES).time_to_live(Duration::from_secs(1)).build();
        Self { accounts, copies, read }
    }

    /// The state of an account and one of its sessions.
    pub(super) async fn find(
        &self,
        user: UserId,
        session: SessionId,
    ) -> Result<Option<PrincipalState>, RepositoryError> {
        let load = || async {
            let state = self.accounts.principal(user, session).await?;
            let copy = state.as_ref().and_then(|state| encode(state, user));
            Ok(match copy {
                Some(copy) => Loaded::Copied(state, copy.into()),
                None => Loaded::Only(state),
            })
        };
        self.copies.read(&key(session), LIVES, |copy| self.decoded(copy, user, session).map(Some), load).await
    }

    /// What a copy says. The same copy says the same again.
    fn decoded(&self, copy: &Arc<[u8]>, user: UserId, session: SessionId) -> Option<PrincipalState> {
        if let Some(known) = self.read.get(&session)
            && Arc::ptr_eq(&known.copy, copy)
            && known.user == user
        {
            return Some(PrincipalState::clone(&known.state));
        }
        let state = decode(copy, user)?;
        self.read.insert(session, ReadCopy { copy: copy.clone(), user, state: Arc::new(state.clone()) });
        Some(state)
    }

    /// What the end of sessions, or a change of their account, makes outdated.
    pub(crate) fn outdated(sessions: &[SessionId]) -> Outdated {
        Outdated::new(sessions.iter().copied().map(key))
    }
}

fn key(session: SessionId) -> String {
    format!("principal:{VERSION}:{session}")
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
