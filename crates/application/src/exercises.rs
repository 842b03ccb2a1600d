//! Exercises.

use std::sync::Arc;

use irontrack_domain::{
    ExerciseId,
    account::Principal,
    exercise::{Exercise, may_read},
};
use irontrack_ports::{
    Page, RepositoryError,
    query::{ExerciseFilter, ExerciseQueries},
};
use thiserror::Error;

use crate::{ErrorKind, UseCaseError};

/// Why exercises could not be read.
#[derive(Debug, Error)]
pub enum ExerciseError {
    /// There is no such exercise.
    #[error("Exercise not found")]
    NotFound,
    /// There is no system exercise of that slug, or no own exercise of that name.
    #[error("Exercise with '{0}' not found")]
    NoMatch(String),
    /// The caller may not read the exercise.
    #[error("You do not have permission to access this exercise")]
    NotReadable,
    /// Name and slug were both given.
    #[error("You must specify only one of the following: slug or name")]
    TwoCriteria,
    /// Neither name nor slug was given.
    #[error("Either name or slug must be provided")]
    NoCriterion,
    /// The database failed.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UseCaseError for ExerciseError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::NoMatch(_) => ErrorKind::NotFound,
            Self::NotReadable => ErrorKind::Forbidden,
            Self::TwoCriteria | Self::NoCriterion => ErrorKind::BadRequest,
            Self::Repository(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound | Self::NoMatch(_) => "exercise-not-found",
            Self::NotReadable => "exercise-not-readable",
            Self::TwoCriteria | Self::NoCriterion => "one-criterion-required",
            Self::Repository(error) => error.code(),
        }
    }
}

/// Reads exercises.
pub struct Exercises {
    queries: Arc<dyn ExerciseQueries>,
}

impl std::fmt::Debug for Exercises {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exercises").finish_non_exhaustive()
    }
}

impl Exercises {
    /// Wires the queries.
    #[must_use]
    pub fn new(queries: Arc<dyn ExerciseQueries>) -> Self {
        Self { queries }
    }

    /// One page of the exercises that match and that the caller of the filter may list.
    ///
    /// # Errors
    /// [`ExerciseError::Repository`].
    pub async fn page(&self, filter: &ExerciseFilter) -> Result<Page<Exercise>, ExerciseError> {
        Ok(self.queries.page(filter).await?)
    }

    /// One exercise by id.
    ///
    /// # Errors
    /// [`ExerciseError::NotFound`], then [`ExerciseError::NotReadable`].
    pub async fn get(&self, caller: &Principal, id: ExerciseId) -> Result<Exercise, ExerciseError> {
        let exercise = self.queries.by_id(id).await?.ok_or(ExerciseError::NotFound)?;
        if may_read(caller, &exercise) { Ok(exercise) } else { Err(ExerciseError::NotReadable) }
    }

    /// One exercise by either the slug of a system exercise or the name of one of the caller's own. An empty text
    /// counts as not given.
    ///
    /// # Errors
    /// [`ExerciseError::TwoCriteria`], [`ExerciseError::NoCriterion`], [`ExerciseError::NoMatch`].
    pub async fn find(
        &self,
        caller: &Principal,
        name: Option<&str>,
        slug: Option<&str>,
    ) -> Result<Exercise, ExerciseError> {
        let given = |text: Option<&str>| text.filter(|t| !t.is_empty()).map(str::to_owned);
        match (given(name), given(slug)) {
            (Some(_), Some(_)) => Err(ExerciseError::TwoCriteria),
            (None, None) => Err(ExerciseError::NoCriterion),
            (Some(name), None) => {
                let found = self.queries.by_name(caller.user_id, &name).await?;
                found.ok_or(ExerciseError::NoMatch(name))
            }
            (None, Some(slug)) => {
                let found = self.queries.by_slug(&slug).await?;
                found.ok_or(ExerciseError::NoMatch(slug))
            }
        }
    }
}
