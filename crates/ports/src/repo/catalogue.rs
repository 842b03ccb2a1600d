//! Catalogues.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind, CatalogueName};

use crate::RepositoryError;

/// Changes muscle groups, equipment and tags.
#[async_trait]
pub trait CatalogueRepository: Send {
    /// Inserts the items whose id is not there yet and moves the id sequence past the highest id. Items that are there
    /// keep their name, which an administrator may have changed. Returns how many were inserted.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `CatalogueName` when a new item has a name that another id has.
    async fn seed(&mut self, kind: CatalogueKind, items: &[CatalogueItem]) -> Result<usize, RepositoryError>;

    /// Adds an item under a new id.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `CatalogueName` when the name is taken, with `CatalogueSize` when there is no
    /// id left.
    async fn insert(&mut self, kind: CatalogueKind, name: &CatalogueName) -> Result<CatalogueItem, RepositoryError>;

    /// Renames an item and answers it; `None` when there is none of that id. The same name again is fine.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `CatalogueName` when another item has the name.
    async fn rename(
        &mut self,
        kind: CatalogueKind,
        id: i16,
        name: &CatalogueName,
    ) -> Result<Option<CatalogueItem>, RepositoryError>;

    /// Removes an item and all links of exercises to it; `updated_at` of those exercises moves. Returns whether it was
    /// there.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete(&mut self, kind: CatalogueKind, id: i16, now: DateTime<Utc>) -> Result<bool, RepositoryError>;

    /// Which of the ids exist. Their rows are locked (`FOR KEY SHARE`) until the unit of work ends, so that they cannot
    /// be removed in between.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock_existing(&mut self, kind: CatalogueKind, ids: &[i16]) -> Result<Vec<i16>, RepositoryError>;
}
