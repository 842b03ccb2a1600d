//! Administration of accounts and roles, by superusers.

mod create;
mod delete;
mod error;
mod guards;
mod roles;
mod update;

use std::sync::Arc;

pub use create::NewUser;
pub use error::UserError;
use irontrack_domain::{
    UserId,
    account::{Account, Email},
};
use irontrack_ports::{
    Clock, Page, PasswordHasher, PasswordStrength, UnitOfWorkFactory,
    query::{AccountFilter, AccountQueries},
};
pub use roles::RoleError;
pub use update::UserChanges;

use crate::copies::Copies;

/// Administration of accounts and roles. Whoever calls is a superuser; that is checked before.
pub struct Users {
    units: Arc<dyn UnitOfWorkFactory>,
    accounts: Arc<dyn AccountQueries>,
    hasher: Arc<dyn PasswordHasher>,
    strength: Arc<dyn PasswordStrength>,
    clock: Arc<dyn Clock>,
    copies: Arc<Copies>,
    /// Address of the system administrator, whose account nobody may change.
    administrator: Email,
}

impl std::fmt::Debug for Users {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Users").finish_non_exhaustive()
    }
}

impl Users {
    /// Wires the ports.
    #[must_use]
    pub fn new(
        units: Arc<dyn UnitOfWorkFactory>,
        accounts: Arc<dyn AccountQueries>,
        hasher: Arc<dyn PasswordHasher>,
        strength: Arc<dyn PasswordStrength>,
        clock: Arc<dyn Clock>,
        copies: Arc<Copies>,
        administrator: Email,
    ) -> Self {
        Self { units, accounts, hasher, strength, clock, copies, administrator }
    }

    /// One account.
    ///
    /// # Errors
    /// [`UserError::NotFound`] and those of the database.
    pub async fn get(&self, id: UserId) -> Result<Account, UserError> {
        self.accounts.account(id).await?.ok_or(UserError::NotFound)
    }

    /// One page of the accounts that match.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn page(&self, filter: &AccountFilter) -> Result<Page<Account>, UserError> {
        Ok(self.accounts.accounts(filter).await?)
    }
}
