//! Removal of answers that are not kept any longer.

use std::sync::Arc;

use irontrack_ports::{Clock, RepositoryError, UnitOfWorkFactory};

use super::KEPT;
use crate::unit_of_work::finish;

/// So many rows are removed in one transaction, so that none takes long.
const BATCH: u32 = 500;

/// Removes answers that are not given again. Several instances may do it at the same time: none waits for another.
pub struct ForgottenRequests {
    units: Arc<dyn UnitOfWorkFactory>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for ForgottenRequests {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ForgottenRequests").finish_non_exhaustive()
    }
}

impl ForgottenRequests {
    /// Wires the ports.
    #[must_use]
    pub fn new(units: Arc<dyn UnitOfWorkFactory>, clock: Arc<dyn Clock>) -> Self {
        Self { units, clock }
    }

    /// Removes all answers that are not given again, and answers how many it were.
    ///
    /// # Errors
    /// Those of the database; what was removed before stays removed.
    pub async fn sweep(&self) -> Result<usize, RepositoryError> {
        let before = self.clock.now() - KEPT;
        let mut swept = 0;
        loop {
            let mut work = self.units.begin().await?;
            let outcome = work.idempotency().sweep(before, BATCH).await;
            let batch = finish(work, outcome).await?;
            swept += batch;
            if batch < BATCH as usize {
                return Ok(swept);
            }
        }
    }
}
