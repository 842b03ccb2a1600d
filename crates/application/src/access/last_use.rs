//! When a session was last used: recorded now and then, and never while a request waits for it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use irontrack_domain::SessionId;
use irontrack_ports::{RepositoryError, UnitOfWorkFactory, query::SessionState};

use super::principals::Principals;
use crate::{copies::Copies, unit_of_work::finish_and_tell};

/// A use is recorded at most this often.
const INTERVAL: TimeDelta = TimeDelta::minutes(5);

/// Records uses of sessions.
pub(super) struct LastUses {
    units: Arc<dyn UnitOfWorkFactory>,
    copies: Arc<Copies>,
    /// Sessions whose use is being recorded, so that a busy client causes one write and not many.
    under_way: Mutex<HashSet<SessionId>>,
}

impl std::fmt::Debug for LastUses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LastUses").finish_non_exhaustive()
    }
}

impl LastUses {
    pub(super) fn new(units: Arc<dyn UnitOfWorkFactory>, copies: Arc<Copies>) -> Arc<Self> {
        Arc::new(Self { units, copies, under_way: Mutex::default() })
    }

    /// Notes a use. If the last recorded one is too old, it is recorded in the background.
    pub(super) fn note(self: &Arc<Self>, id: SessionId, state: SessionState, now: DateTime<Utc>) {
        if now - state.last_used_at < INTERVAL || !self.sessions().insert(id) {
            return;
        }
        let uses = self.clone();
        tokio::spawn(async move {
            if let Err(error) = uses.record(id, now).await {
                tracing::warn!(%error, session_id = %id, "the last use of a session was not recorded");
            }
            uses.sessions().remove(&id);
        });
    }

    async fn record(&self, id: SessionId, now: DateTime<Utc>) -> Result<(), RepositoryError> {
        let mut unit = self.units.begin().await?;
        // The copied state still has the old time.
        let outcome = unit.sessions().touch(id, now).await.map(|()| ((), Principals::outdated(&[id])));
        finish_and_tell(unit, &self.copies, outcome).await
    }

    fn sessions(&self) -> std::sync::MutexGuard<'_, HashSet<SessionId>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
