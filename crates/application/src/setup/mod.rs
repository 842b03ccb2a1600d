//! Filling an empty installation: roles, the system administrator, the system catalogue.

mod administrator;
mod catalogue;
mod roles;

use std::sync::Arc;

pub use administrator::{AdministratorError, CreatedAdministrator};
pub use catalogue::{SeedReport, SystemCatalogue};
use irontrack_ports::{
    Clock, PasswordHasher, UnitOfWorkFactory,
    query::{AccountQueries, ExerciseQueries},
};

use crate::copies::Copies;

/// Fills an installation. Every method is repeatable.
pub struct Setup {
    units: Arc<dyn UnitOfWorkFactory>,
    accounts: Arc<dyn AccountQueries>,
    exercises: Arc<dyn ExerciseQueries>,
    hasher: Arc<dyn PasswordHasher>,
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
    pub fn new<Q: AccountQueries + ExerciseQueries + 'static>(
        units: Arc<dyn UnitOfWorkFactory>,
        queries: Arc<Q>,
        hasher: Arc<dyn PasswordHasher>,
        copies: Arc<Copies>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { units, accounts: queries.clone(), exercises: queries, hasher, copies, clock }
    }
}
