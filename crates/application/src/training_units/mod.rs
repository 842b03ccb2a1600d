//! Training units: templates of one workout.

mod copy;
mod draft;
mod entries;
mod error;
mod targets;
mod write;

use std::sync::Arc;

pub(crate) use copy::unused_names;
pub use draft::{EntryDraft, EntryPatch, ListedEntry, UnitDraft};
pub use error::UnitError;
use irontrack_domain::{
    TrainingUnitId, UserId,
    account::Principal,
    training::{TrainingUnit, UnitEntry, UnitSummary},
};
use irontrack_ports::{
    Clock, Page, UnitOfWork, UnitOfWorkFactory,
    query::{TemplateFilter, TrainingUnitQueries},
};
pub use targets::target_mistakes;

use crate::{Precondition, intent::Intent};

/// Reads and changes training units for whoever may.
pub struct TrainingUnits {
    works: Arc<dyn UnitOfWorkFactory>,
    queries: Arc<dyn TrainingUnitQueries>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for TrainingUnits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrainingUnits").finish_non_exhaustive()
    }
}

/// An entry of a unit, with the unit that it is in.
#[derive(Debug, Clone)]
pub struct EntryOf {
    /// The unit as it is now.
    pub unit: TrainingUnit,
    /// The place of the entry in it.
    pub place: usize,
}

impl EntryOf {
    fn at(unit: TrainingUnit, place: usize) -> Result<Self, UnitError> {
        if place < unit.entries.len() { Ok(Self { unit, place }) } else { Err(UnitError::EntryNotFound) }
    }

    /// The entry; `None` never, for the place is one of the unit.
    #[must_use]
    pub fn entry(&self) -> Option<&UnitEntry> {
        self.unit.entries.get(self.place)
    }
}

impl TrainingUnits {
    /// Wires the ports.
    #[must_use]
    pub fn new(
        works: Arc<dyn UnitOfWorkFactory>,
        queries: Arc<dyn TrainingUnitQueries>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { works, queries, clock }
    }

    /// One unit.
    ///
    /// # Errors
    /// [`UnitError::NotFound`].
    pub async fn get(&self, caller: UserId, id: TrainingUnitId) -> Result<TrainingUnit, UnitError> {
        self.queries.unit(caller, id).await?.ok_or(UnitError::NotFound)
    }

    /// One page of the units that match.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn page(&self, filter: &TemplateFilter) -> Result<Page<UnitSummary>, UnitError> {
        Ok(self.queries.units(filter).await?)
    }
}

/// Locks a unit that the caller wants to change, and refuses in the order that is promised: not there, not allowed,
/// changed meanwhile.
async fn lock(
    work: &mut dyn UnitOfWork,
    caller: &Principal,
    id: TrainingUnitId,
    intent: Intent,
    precondition: &Precondition,
) -> Result<TrainingUnit, UnitError> {
    let unit = work.training_units().lock(caller.user_id, id).await?.ok_or(UnitError::NotFound)?;
    admit(&unit, intent, precondition)?;
    Ok(unit)
}

/// The same for whoever gives the unit another name: the account of its owner is locked before it, as everybody does who
/// looks for unused names there. Nobody who is refused locks an account.
async fn lock_for_naming(
    work: &mut dyn UnitOfWork,
    caller: &Principal,
    id: TrainingUnitId,
    intent: Intent,
    precondition: &Precondition,
) -> Result<TrainingUnit, UnitError> {
    let seen = read(work, caller.user_id, id).await?;
    admit(&seen, intent, &Precondition::None)?;
    if let Some(owner) = seen.head.created_by {
        // If the account is gone by now, so is the owner of the unit that is read next.
        work.accounts().lock_for_naming(owner).await?;
    }
    lock(work, caller, id, intent, precondition).await
}

/// Refuses what the caller, who may read the unit, may not do with it, or not as it is now.
fn admit(unit: &TrainingUnit, intent: Intent, precondition: &Precondition) -> Result<(), UnitError> {
    if !intent.is_allowed(unit.head.my_access) {
        return Err(match intent {
            Intent::Write => UnitError::NotWritable,
            Intent::Manage => UnitError::NotManageable,
        });
    }
    Ok(precondition.check(unit)?)
}

/// The unit as the caller, who may read it, sees it now.
async fn read(work: &mut dyn UnitOfWork, caller: UserId, id: TrainingUnitId) -> Result<TrainingUnit, UnitError> {
    work.training_units().read(caller, id).await?.ok_or(UnitError::NotFound)
}
