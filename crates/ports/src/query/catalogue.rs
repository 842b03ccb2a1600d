//! Reads of catalogues.

use async_trait::async_trait;
use irontrack_domain::{
    SearchTerm,
    catalogue::{CatalogueItem, CatalogueKind},
};

use crate::{RepositoryError, SortOrder};

/// By what a catalogue is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum CatalogueSort {
    /// By number.
    Id,
    /// By name in lower case, then name, then number.
    #[default]
    Name,
}

/// Which items of a catalogue, in which order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct CatalogueFilter {
    /// Only names that contain this, ignoring case.
    pub search: Option<SearchTerm>,
    /// By what to sort.
    pub sort: CatalogueSort,
    /// In which direction.
    pub order: SortOrder,
}

/// Reads catalogues.
#[async_trait]
pub trait CatalogueQueries: Send + Sync {
    /// All items that match.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn list(&self, kind: CatalogueKind, filter: &CatalogueFilter) -> Result<Vec<CatalogueItem>, RepositoryError>;

    /// One item.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn get(&self, kind: CatalogueKind, id: i16) -> Result<Option<CatalogueItem>, RepositoryError>;
}
