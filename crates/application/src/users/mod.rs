//! Administration of accounts and roles, by superusers and from the command line.

mod caller;
mod create;
mod delete;
mod erase;
mod error;
mod guards;
mod roles;
mod sessions;
mod update;

use std::sync::Arc;

pub use caller::Caller;
pub use create::NewUser;
pub(crate) use erase::erase;
pub use error::UserError;
pub use guards::Refusal;
pub(crate) use guards::check_not_last;
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

/// Administration of accounts and roles. Whoever calls may do so, that is checked before; what not even they may do is
/// refused here.
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

    /// The account with that address, however it is spelt.
    ///
    /// # Errors
    /// [`UserError::NotFound`] and those of the database.
    pub async fn find(&self, email: &Email) -> Result<Account, UserError> {
        let known = self.accounts.credentials(&email.canonical()).await?.ok_or(UserError::NotFound)?;
        self.get(known.user_id).await
    }

    /// One page of the accounts that match.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn page(&self, filter: &AccountFilter) -> Result<Page<Account>, UserError> {
        Ok(self.accounts.accounts(filter).await?)
    }
}
