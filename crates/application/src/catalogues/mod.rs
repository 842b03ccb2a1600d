//! Muscle groups, equipment and tags.

mod write;

use std::sync::Arc;

use irontrack_domain::catalogue::{CatalogueItem, CatalogueKind, CatalogueName};
use irontrack_ports::{
    Clock, RepositoryError, UnitOfWorkFactory,
    query::{CatalogueFilter, CatalogueQueries},
};
use thiserror::Error;

use crate::{
    ErrorKind, Render, UseCaseError,
    copies::{Copies, Group, Outdated, rendered},
};

/// Why a catalogue could not be read or changed.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// There is no item of that number.
    #[error("{} with ID '{id}' not found", kind.noun())]
    NotFound {
        /// The catalogue.
        kind: CatalogueKind,
        /// The number as asked for, which may lie outside the range of stored ones.
        id: i128,
    },
    /// Another item has the name.
    #[error("{} with the name '{}' already exists", kind.indefinite_noun(), name.as_str())]
    NameTaken {
        /// The catalogue.
        kind: CatalogueKind,
        /// The name, normalised.
        name: CatalogueName,
    },
    /// There is no number left for another item.
    #[error("The catalogue is full")]
    Full,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for CatalogueError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound { .. } => ErrorKind::NotFound,
            Self::NameTaken { .. } | Self::Full => ErrorKind::Conflict,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "catalogue-item-not-found",
            Self::NameTaken { .. } => "catalogue-name-taken",
            Self::Full => "catalogue-full",
            Self::Repository(error) => error.code(),
        }
    }
}

/// Reads catalogues, and changes them for superusers.
pub struct Catalogues {
    units: Arc<dyn UnitOfWorkFactory>,
    queries: Arc<dyn CatalogueQueries>,
    copies: Arc<Copies>,
    clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Catalogues {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogues").finish_non_exhaustive()
    }
}

impl Catalogues {
    /// Wires the ports.
    #[must_use]
    pub fn new(
        units: Arc<dyn UnitOfWorkFactory>,
        queries: Arc<dyn CatalogueQueries>,
        copies: Arc<Copies>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { units, queries, copies, clock }
    }

    /// All items that match, in a form that is copied; `form` tells it from other forms.
    ///
    /// # Errors
    /// [`CatalogueError::Repository`].
    pub async fn list(
        &self,
        kind: CatalogueKind,
        filter: &CatalogueFilter,
        form: &str,
        render: &Render<'_, Vec<CatalogueItem>>,
    ) -> Result<Arc<[u8]>, CatalogueError> {
        let load = || async { rendered(self.queries.list(kind, filter).await?, render) };
        let what = format!("{form}:{filter:?}");
        Ok(self.copies.list(&[Group::Catalogue(kind)], &what, load).await?)
    }

    /// One item. A number that no row can have is not found.
    ///
    /// # Errors
    /// [`CatalogueError`].
    pub async fn get(&self, kind: CatalogueKind, id: i128) -> Result<CatalogueItem, CatalogueError> {
        let item = match i16::try_from(id) {
            Ok(stored) => self.queries.get(kind, stored).await?,
            Err(_) => None,
        };
        item.ok_or(CatalogueError::NotFound { kind, id })
    }
}

/// What a change of a catalogue makes outdated: its own lists, and those of exercises, which name its items.
fn outdated(kind: CatalogueKind) -> Outdated {
    Outdated::new([Group::Catalogue(kind).key(), Group::Exercises.key()])
}
