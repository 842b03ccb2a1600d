//! Removal of sessions whose life is over.
//!
//! Nobody can use them any more, and sign-in removes those of its account. This is for the accounts that nobody signs in
//! to again: their rows would stay for ever.

use std::sync::Arc;

use irontrack_ports::{Clock, RepositoryError, UnitOfWorkFactory};

use crate::unit_of_work::finish;

/// So many rows are removed in one transaction, so that none takes long.
const BATCH: u32 = 500;

/// Removes expired sessions. Several instances may do it at the same time: none waits for another.
pub struct ExpiredSessions {
    units: Arc<dyn UnitOfWorkFactory>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for ExpiredSessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExpiredSessions").finish_non_exhaustive()
    }
}

impl ExpiredSessions {
    /// Wires the ports.
    #[must_use]
    pub fn new(units: Arc<dyn UnitOfWorkFactory>, clock: Arc<dyn Clock>) -> Self {
        Self { units, clock }
    }

    /// Removes all sessions that have expired by now, and answers how many it were. Nothing that is remembered has to be
    /// forgotten: an expired session is refused by its time.
    ///
    /// # Errors
    /// Those of the database; what was removed before stays removed.
    pub async fn sweep(&self) -> Result<usize, RepositoryError> {
        let now = self.clock.now();
        let mut swept = 0;
        loop {
            let mut unit = self.units.begin().await?;
            let outcome = unit.sessions().sweep_expired(now, BATCH).await;
            let batch = finish(unit, outcome).await?;
            swept += batch;
            if batch < BATCH as usize {
                return Ok(swept);
            }
        }
    }
}
