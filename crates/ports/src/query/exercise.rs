//! Reads of exercises. Hidden exercises (`is_active = false`) are not there for any of them.

use async_trait::async_trait;
use irontrack_domain::{
    ExerciseId, SearchTerm, UserId,
    exercise::{Category, DifficultyLevel, Exercise},
};

use crate::{Page, PageRequest, RepositoryError, SortOrder};

/// Whose exercises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ExerciseScope {
    /// The system catalogue.
    System,
    /// The caller's own.
    User,
    /// Both.
    #[default]
    All,
}

/// By what exercises are sorted. Every order is completed by the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExerciseSort {
    /// By name in lower case, then name.
    Name,
    /// By time of creation.
    CreatedAt,
    /// By time of the last change.
    UpdatedAt,
    /// From beginner to expert.
    DifficultyLevel,
    /// In the order of [`Category::ALL`].
    Category,
}

/// The order of a list of exercises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExerciseOrder {
    /// By how well the search term is matched: by the whole name, a whole alias, the start of the name, all words in any
    /// order, a piece of the name; and last, if nothing matches, by likeness. Equal ones by name. Without a search term,
    /// by name.
    Relevance,
    /// By one attribute.
    By(ExerciseSort, SortOrder),
}

/// Which exercises. Different conditions must all hold; of the values of one list, any.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ExerciseFilter {
    /// Who asks.
    pub caller: UserId,
    /// Whose exercises.
    pub scope: ExerciseScope,
    /// Only what this finds, ignoring case, accents, hyphens and plurals: names that contain it, names and aliases that are
    /// it or have all its words, as words or the start of words. If there is no such exercise among all that the caller
    /// may see, names and aliases that look like it.
    pub search: Option<SearchTerm>,
    /// Only with one of these primary muscles; no condition if empty.
    pub primary_muscles: Vec<i64>,
    /// Only with some of this equipment; no condition if empty.
    pub equipment: Vec<i64>,
    /// Only with one of these tags; no condition if empty.
    pub tags: Vec<i64>,
    /// Only of this category.
    pub category: Option<Category>,
    /// Only of this level.
    pub difficulty_level: Option<DifficultyLevel>,
    /// In which order.
    pub order: ExerciseOrder,
    /// Which page.
    pub page: PageRequest,
}

/// Reads exercises.
#[async_trait]
pub trait ExerciseQueries: Send + Sync {
    /// One page of the exercises that match, and how many match in all.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn page(&self, filter: &ExerciseFilter) -> Result<Page<Exercise>, RepositoryError>;

    /// The whole system catalogue, by name in lower case, then name, then id.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn system(&self) -> Result<Vec<Exercise>, RepositoryError>;

    /// One exercise, whoever owns it.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn by_id(&self, id: ExerciseId) -> Result<Option<Exercise>, RepositoryError>;

    /// The system exercise of that slug.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn by_slug(&self, slug: &str) -> Result<Option<Exercise>, RepositoryError>;

    /// The caller's own exercise of that name, ignoring case.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn by_name(&self, owner: UserId, name: &str) -> Result<Option<Exercise>, RepositoryError>;
}
