//! Filling an installation: roles, the system administrator, the system catalogue, training programmes, and the way of a catalogue from one
//! installation to another.

mod administrator;
mod catalogue;
mod export;
mod import;
mod items;
mod programmes;
mod roles;

use std::sync::Arc;

pub use administrator::{AdministratorError, CreatedAdministrator};
pub use catalogue::{SeedReport, SystemCatalogue};
pub use import::{
    Import, ImportError, ImportOptions, ImportReport, ImportedExercise, ImportedItem, ItemNames, LeftOut, LeftOutReason,
};
use irontrack_ports::{
    Clock, PasswordHasher, PasswordStrength, UnitOfWorkFactory,
    query::{AccountQueries, CatalogueQueries, ExerciseQueries},
};
pub use programmes::{
    Programme, ProgrammeDay, ProgrammeEntry, ProgrammeError, ProgrammePlan, ProgrammeReport, ProgrammeUnit,
};

use crate::copies::Copies;

/// Fills an installation. Every method is repeatable.
pub struct Setup {
    units: Arc<dyn UnitOfWorkFactory>,
    accounts: Arc<dyn AccountQueries>,
    catalogues: Arc<dyn CatalogueQueries>,
    exercises: Arc<dyn ExerciseQueries>,
    hasher: Arc<dyn PasswordHasher>,
    strength: Arc<dyn PasswordStrength>,
    copies: Arc<Copies>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").finish_non_exhaustive()
    }
}

impl Setup {
    /// Wires the ports.
    #[must_use]
    pub fn new<Q: AccountQueries + CatalogueQueries + ExerciseQueries + 'static>(
        units: Arc<dyn UnitOfWorkFactory>,
        queries: Arc<Q>,
        hasher: Arc<dyn PasswordHasher>,
        strength: Arc<dyn PasswordStrength>,
        copies: Arc<Copies>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            units,
            accounts: queries.clone(),
            catalogues: queries.clone(),
            exercises: queries,
            hasher,
            strength,
            copies,
            clock,
        }
    }
}
