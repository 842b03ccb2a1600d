//! Imports: training that was recorded elsewhere.
//!
//! A file is read once, into parts that are stored, and its owner sees what was found ([`Imports::preview`]). They say which
//! exercises are meant by its names ([`Imports::map`]), and then all parts are written in one transaction
//! ([`Imports::confirm`]), by whichever instance is asked.

mod confirm;
mod create;
mod error;
mod known;
mod mapping;
mod meaning;
mod preview;
mod reading;
mod sweep;

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
pub use error::ImportError;
use irontrack_domain::{
    ImportId, TimeZone, UserId,
    account::{Account, Principal, Role},
    import::ImportFormat,
};
use irontrack_interchange::{DistanceUnit, WeightUnit};
use irontrack_ports::{
    Clock, UnitOfWorkFactory,
    query::{CatalogueQueries, ExerciseQueries, ExportQueries, ImportQueries},
    repo::Import,
};
pub use mapping::MappedName;
pub use meaning::Meaning;
pub use sweep::ForgottenImports;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use crate::{copies::Copies, unit_of_work::within};

/// How long an import is there.
const LIFETIME: TimeDelta = TimeDelta::hours(24);

/// How many imports that were not confirmed somebody may have. The oldest of more goes.
const MOST_PREVIEWS: u32 = 3;

/// How many imports are read or written by one process at the same time: each keeps a connection and a thread busy.
const AT_ONCE: usize = 2;

/// How long somebody waits for their turn.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whose training is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Importer {
    /// The account.
    pub user_id: UserId,
    /// Its role, which says which exercises it may use.
    pub role: Role,
}

impl From<&Principal> for Importer {
    fn from(principal: &Principal) -> Self {
        Self { user_id: principal.user_id, role: principal.role }
    }
}

impl From<&Account> for Importer {
    fn from(account: &Account) -> Self {
        Self { user_id: account.id, role: account.role }
    }
}

/// A file that is to be imported.
pub struct ImportFile {
    /// What it is.
    pub format: ImportFormat,
    /// Its bytes. They are read on a thread that may wait.
    pub bytes: Box<dyn std::io::Read + Send>,
    /// Where the clocks were set whose times are in it, if it does not say that.
    pub time_zone: Option<TimeZone>,
    /// In what weights are, if it does not say that.
    pub weight_unit: Option<WeightUnit>,
    /// In what distances are, if it does not say that.
    pub distance_unit: Option<DistanceUnit>,
}

impl std::fmt::Debug for ImportFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportFile").field("format", &self.format).finish_non_exhaustive()
    }
}

/// The reads that imports need.
#[derive(Clone)]
pub struct ImportReads {
    /// Imports and what is remembered of earlier ones.
    pub imports: Arc<dyn ImportQueries>,
    /// The system catalogue.
    pub exercises: Arc<dyn ExerciseQueries>,
    /// Custom exercises.
    pub export: Arc<dyn ExportQueries>,
    /// Muscle groups and equipment.
    pub catalogues: Arc<dyn CatalogueQueries>,
}

impl std::fmt::Debug for ImportReads {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportReads").finish_non_exhaustive()
    }
}

/// Imports training that was recorded elsewhere.
pub struct Imports {
    works: Arc<dyn UnitOfWorkFactory>,
    reads: ImportReads,
    copies: Arc<Copies>,
    clock: Arc<dyn Clock>,
    turns: Semaphore,
}

impl std::fmt::Debug for Imports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Imports").finish_non_exhaustive()
    }
}

impl Imports {
    /// Wires the ports.
    #[must_use]
    pub fn new(
        works: Arc<dyn UnitOfWorkFactory>,
        reads: ImportReads,
        copies: Arc<Copies>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { works, reads, copies, clock, turns: Semaphore::new(AT_ONCE) }
    }

    /// One import, as long as it is there.
    ///
    /// # Errors
    /// [`ImportError::NotFound`].
    pub async fn get(&self, owner: UserId, id: ImportId) -> Result<Import, ImportError> {
        self.reads.imports.import(owner, id, self.clock.now()).await?.ok_or(ImportError::NotFound)
    }

    /// Forgets an import. What it has written stays.
    ///
    /// # Errors
    /// [`ImportError::NotFound`].
    pub async fn discard(&self, owner: UserId, id: ImportId) -> Result<(), ImportError> {
        let now = self.clock.now();
        within(&*self.works, async |work| {
            work.imports().lock(owner, id, now).await?.ok_or(ImportError::NotFound)?;
            Ok(work.imports().delete(id).await?)
        })
        .await
    }

    /// Waits a little until few enough others are reading or writing.
    async fn turn(&self) -> Result<SemaphorePermit<'_>, ImportError> {
        match timeout(PATIENCE, self.turns.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(ImportError::Busy),
        }
    }
}
