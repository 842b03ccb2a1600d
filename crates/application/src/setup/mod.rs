//! Filling an empty installation: roles, the system administrator, the system catalogue.

mod administrator;
mod catalogue;
mod roles;

use std::sync::Arc;

pub use administrator::{AdministratorError, CreatedAdministrator};
pub use catalogue::{SeedReport, SystemCatalogue};
use irontrack_ports::{Clock, PasswordHasher, UnitOfWorkFactory};

/// Fills an installation. Every method is repeatable.
pub struct Setup {
    units: Arc<dyn UnitOfWorkFactory>,
    hasher: Arc<dyn PasswordHasher>,
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
    pub fn new(units: Arc<dyn UnitOfWorkFactory>, hasher: Arc<dyn PasswordHasher>, clock: Arc<dyn Clock>) -> Self {
        Self { units, hasher, clock }
    }
}
