//! Catalogues.

use async_trait::async_trait;
use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind};

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
}
