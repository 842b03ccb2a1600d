//! Lists of training units and plans.

use irontrack_domain::{ExerciseId, SearchTerm, UserId, exercise::DifficultyLevel};

use crate::{PageRequest, SortOrder};

/// Which units or plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TemplateScope {
    /// The reader's own.
    #[default]
    Own,
    /// Those of others to which the reader was given access, unless they are private.
    Shared,
    /// The public ones that are not the reader's own, also those without an owner.
    Public,
    /// All of these, each once.
    All,
}

/// By what units and plans are sorted. Every order is completed by the id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum TemplateSort {
    /// By name in lower case, then name.
    #[default]
    Name,
    /// By time of creation.
    CreatedAt,
    /// By time of the last change.
    UpdatedAt,
}

/// Which units or plans, in which order. All conditions must hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TemplateFilter {
    /// Who asks.
    pub reader: UserId,
    /// Whose.
    pub scope: TemplateScope,
    /// Only names that contain this, ignoring case.
    pub search: Option<SearchTerm>,
    /// Only those in which this exercise stands; of a plan, in one of its units.
    pub exercise: Option<ExerciseId>,
    /// Only plans of this level.
    pub difficulty_level: Option<DifficultyLevel>,
    /// By what to sort.
    pub sort: TemplateSort,
    /// In which direction.
    pub order: SortOrder,
    /// Which page.
    pub page: PageRequest,
}
