//! Training units.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    ExerciseId, TrainingUnitId, UnitEntryId, UserId,
    training::{LongText, Mode, Prescription, TemplateName, TrainingUnit},
};

use super::{NewTemplate, TemplateChanges};
use crate::RepositoryError;

/// An entry as it is to be stored, at the place that it has in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryToStore {
    /// The stored entry that it replaces; `None` for a new one.
    pub id: Option<UnitEntryId>,
    /// The exercise.
    pub exercise_id: Option<ExerciseId>,
    /// The name of the exercise when it was chosen.
    pub exercise_name: String,
    /// What is counted.
    pub mode: Mode,
    /// Sets, targets and pauses.
    pub prescription: Prescription,
    /// What to take care of.
    pub notes: Option<LongText>,
}

/// A copy of a unit, with its description and its entries, to be made for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitCopy {
    /// Identity of the copy.
    pub id: TrainingUnitId,
    /// What is copied.
    pub source: TrainingUnitId,
    /// What the copy is called.
    pub name: TemplateName,
}

/// Changes training units.
#[async_trait]
pub trait TrainingUnitRepository: Send {
    /// Stores a new unit with its entries, none of which has an id.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `TrainingUnitName`; [`RepositoryError::MissingReference`] with `TemplateOwner`
    /// or `PrescribedExercise`.
    async fn insert(
        &mut self,
        id: TrainingUnitId,
        unit: &NewTemplate,
        entries: &[EntryToStore],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// The unit as that reader sees it, or `None` if for them it is not there. Nobody else can write it until the unit of
    /// work ends, and what was written by those who were waited for is seen.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock(&mut self, reader: UserId, id: TrainingUnitId) -> Result<Option<TrainingUnit>, RepositoryError>;

    /// The same for whoever only reads it, next to others who do, and wants it to stay as it is.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn keep(&mut self, reader: UserId, id: TrainingUnitId) -> Result<Option<TrainingUnit>, RepositoryError>;

    /// Locks those of these units that there are, whoever may read them and in one order for everybody, and answers which.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock_all(&mut self, ids: &[TrainingUnitId]) -> Result<Vec<TrainingUnitId>, RepositoryError>;

    /// The unit as that reader sees it, as it stands now.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn read(&mut self, reader: UserId, id: TrainingUnitId) -> Result<Option<TrainingUnit>, RepositoryError>;

    /// Changes a unit. `updated_at` moves only if a value really changes.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `TrainingUnitName`.
    async fn update(
        &mut self,
        id: TrainingUnitId,
        changes: &TemplateChanges,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Makes this the list of entries of a unit, and moves `updated_at`. Stored entries that are not in it go, rows that
    /// are right already are not touched. The ids must be those of entries of this unit, each once.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `PrescribedExercise`.
    async fn write_entries(
        &mut self,
        id: TrainingUnitId,
        entries: &[EntryToStore],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// The names of at most `limit` plans in which the unit stands.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn plans_with(&mut self, id: TrainingUnitId, limit: i64) -> Result<Vec<String>, RepositoryError>;

    /// Removes a unit that stands in no plan, with its entries and grants.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `ScheduledUnit` if it stands in a plan.
    async fn delete(&mut self, id: TrainingUnitId) -> Result<(), RepositoryError>;

    /// The names of an account's units that begin with one of these, ignoring case. Lock the account first: otherwise
    /// another one may be taken in between.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn names_beginning(&mut self, owner: UserId, stems: &[&str]) -> Result<Vec<TemplateName>, RepositoryError>;

    /// Copies units into an account, private and without grants. Entries keep their exercises and the names of these.
    /// Returns how many were copied: all, unless one was deleted meanwhile.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `TrainingUnitName`; [`RepositoryError::MissingReference`] with `TemplateOwner`.
    async fn copy(&mut self, copies: &[UnitCopy], owner: UserId, now: DateTime<Utc>) -> Result<usize, RepositoryError>;

    /// The owners and names of those of these units that the reader may read, by id. They are kept from being locked by
    /// others, and so from being written and deleted, until the unit of work ends, and what was done by those who were
    /// waited for is seen.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn keep_readable(
        &mut self,
        reader: UserId,
        ids: &[TrainingUnitId],
    ) -> Result<Vec<(TrainingUnitId, Option<UserId>, TemplateName)>, RepositoryError>;

    /// Removes what nobody but that account has of its units: private ones, and shared ones without grants, unless they
    /// stand in a plan. Call it after the plans of the account were removed.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn remove_of(&mut self, owner: UserId) -> Result<(), RepositoryError>;
}
