//! Changes of catalogues, by superusers.

use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind, CatalogueName};
use irontrack_ports::{Constraint, RepositoryError};

use super::{CatalogueError, Catalogues, outdated};
use crate::unit_of_work::finish_and_tell;

impl Catalogues {
    /// Adds an item.
    ///
    /// # Errors
    /// [`CatalogueError::NameTaken`] and those of the database.
    pub async fn create(&self, kind: CatalogueKind, name: CatalogueName) -> Result<CatalogueItem, CatalogueError> {
        let mut unit = self.units.begin().await?;
        let outcome = unit.catalogues().insert(kind, &name).await.map(|item| (item, outdated(kind)));
        let item = finish_and_tell(unit, &self.copies, outcome).await.map_err(|error| name_taken(error, kind, name))?;
        tracing::info!(catalogue = kind.noun(), id = item.id, "catalogue item created");
        Ok(item)
    }

    /// Renames an item. The same name again is fine.
    ///
    /// # Errors
    /// [`CatalogueError`]: not found, then the name taken.
    pub async fn rename(
        &self,
        kind: CatalogueKind,
        id: i128,
        name: CatalogueName,
    ) -> Result<CatalogueItem, CatalogueError> {
        let Ok(stored) = i16::try_from(id) else { return Err(CatalogueError::NotFound { kind, id }) };
        let mut unit = self.units.begin().await?;
        let outcome = unit.catalogues().rename(kind, stored, &name).await.map(|item| (item, outdated(kind)));
        let item = finish_and_tell(unit, &self.copies, outcome).await.map_err(|error| name_taken(error, kind, name))?;
        item.ok_or(CatalogueError::NotFound { kind, id })
    }

    /// Removes an item and the links of exercises to it.
    ///
    /// # Errors
    /// [`CatalogueError::NotFound`] and those of the database.
    pub async fn delete(&self, kind: CatalogueKind, id: i128) -> Result<(), CatalogueError> {
        let Ok(stored) = i16::try_from(id) else { return Err(CatalogueError::NotFound { kind, id }) };
        let mut unit = self.units.begin().await?;
        let outcome = unit.catalogues().delete(kind, stored, self.clock.now()).await;
        let outcome = outcome.map(|was_there| (was_there, outdated(kind)));
        if finish_and_tell(unit, &self.copies, outcome).await? {
            tracing::info!(catalogue = kind.noun(), id = stored, "catalogue item deleted");
            Ok(())
        } else {
            Err(CatalogueError::NotFound { kind, id })
        }
    }
}

fn name_taken(error: RepositoryError, kind: CatalogueKind, name: CatalogueName) -> CatalogueError {
    match error {
        RepositoryError::Conflict(Constraint::CatalogueName) => CatalogueError::NameTaken { kind, name },
        RepositoryError::Conflict(Constraint::CatalogueSize) => CatalogueError::Full,
        error => error.into(),
    }
}
