//! Roles.

use irontrack_domain::account::Role;
use irontrack_ports::RepositoryError;

use super::Setup;
use crate::unit_of_work::finish;

impl Setup {
    /// Creates the roles, or brings their descriptions up to date.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn create_roles(&self) -> Result<(), RepositoryError> {
        let mut unit = self.units.begin().await?;
        let outcome = unit.roles().synchronise(&Role::ALL, self.clock.now()).await;
        finish(unit, outcome).await
    }
}
