//! Removal of imports that are over.

use std::sync::Arc;

use irontrack_ports::{Clock, RepositoryError, UnitOfWorkFactory};

use crate::unit_of_work::finish;

/// So many imports are removed in one transaction: each can be large.
const BATCH: u32 = 5;

/// Removes imports that are not there any more for anybody. Several instances may do it at the same time.
pub struct ForgottenImports {
    works: Arc<dyn UnitOfWorkFactory>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for ForgottenImports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ForgottenImports").finish_non_exhaustive()
    }
}

impl ForgottenImports {
    /// Wires the ports.
    #[must_use]
    pub fn new(works: Arc<dyn UnitOfWorkFactory>, clock: Arc<dyn Clock>) -> Self {
        Self { works, clock }
    }

    /// Removes all imports that are over, and answers how many it were.
    ///
    /// # Errors
    /// Those of the database; what was removed before stays removed.
    pub async fn sweep(&self) -> Result<usize, RepositoryError> {
        let now = self.clock.now();
        let mut swept = 0;
        loop {
            let mut work = self.works.begin().await?;
            let outcome = work.imports().sweep(now, BATCH).await;
            let batch = finish(work, outcome).await?;
            swept += batch;
            if batch < BATCH as usize {
                return Ok(swept);
            }
        }
    }
}
