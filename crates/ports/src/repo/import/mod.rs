//! Files that are imported.

mod found;
mod staged;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
pub use found::{
    ExerciseDefinition, FoundExercise, Import, ImportCounts, ImportOutcome, ImportedName, Likeness, NameDecision,
    RefusedRow,
};
use irontrack_domain::{ExerciseId, ImportId, UserId};
pub use staged::{
    ImportPart, PartKind, StagedEntry, StagedExercise, StagedPlan, StagedSession, StagedUnit, TimePrecision,
};

use crate::RepositoryError;

/// What writing a part has added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartOutcome {
    /// Training units, plans or sessions.
    pub things: u64,
    /// Exercises of sessions.
    pub exercises: u64,
    /// Sets.
    pub sets: u64,
}

/// Keeps what was found in files until their owners confirm it, and writes it then.
#[async_trait]
pub trait ImportRepository: Send {
    /// Stores a part under its place, which nothing else has. Answers how many of the sessions that begin in it the account
    /// has already: as many of the same start, end and title as [`StagedSession::twins`] says, and one more.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn stage(
        &mut self,
        id: ImportId,
        owner: UserId,
        place: u32,
        part: &ImportPart,
    ) -> Result<u64, RepositoryError>;

    /// Stores the import itself with the exercises that it names, after its parts.
    ///
    /// # Errors
    /// [`RepositoryError::MissingReference`] with `ImportOwner`.
    async fn insert(&mut self, import: &Import) -> Result<(), RepositoryError>;

    /// Removes imports of an account that were not confirmed, but for so many of the latest ones, and for those that
    /// somebody has locked.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn trim(&mut self, owner: UserId, kept: u32) -> Result<(), RepositoryError>;

    /// The import, or `None` if the account has none of that id that is there at that time. Nobody else can change it until
    /// the unit of work ends, and what was written by those who were waited for is seen.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn lock(
        &mut self,
        owner: UserId,
        id: ImportId,
        now: DateTime<Utc>,
    ) -> Result<Option<Import>, RepositoryError>;

    /// Stores what the owner says about names, by their numbers. Those that are not named keep what was said.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn decide(&mut self, id: ImportId, decisions: &[(u32, NameDecision)]) -> Result<(), RepositoryError>;

    /// Says which exercises the names are here, by their numbers. What has none keeps its name, without an exercise.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn resolve(&mut self, id: ImportId, targets: &[(u32, ExerciseId)]) -> Result<(), RepositoryError>;

    /// The places of all parts in the order in which they have to be written.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn parts(&mut self, id: ImportId) -> Result<Vec<(PartKind, u32)>, RepositoryError>;

    /// Writes a part for its owner, whose account, plans and units are locked. Names are those of
    /// [`resolve`](Self::resolve); what is to be skipped is left out. Units and plans of a name that the account has
    /// already are those; sessions that it has already are left out. The version of the history is not moved.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn write(
        &mut self,
        id: ImportId,
        owner: UserId,
        part: (PartKind, u32),
        now: DateTime<Utc>,
    ) -> Result<PartOutcome, RepositoryError>;

    /// Marks the import as confirmed, moves the version of its owner's history if there is a new session, and removes the
    /// parts.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn finish(
        &mut self,
        id: ImportId,
        owner: UserId,
        outcome: &ImportOutcome,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError>;

    /// Remembers which exercises the account means by these names, which are in the form in which names are compared.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn remember(&mut self, owner: UserId, meanings: &[(String, ExerciseId)]) -> Result<(), RepositoryError>;

    /// Removes an import with all its parts.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn delete(&mut self, id: ImportId) -> Result<(), RepositoryError>;

    /// Removes the import of an account that is the oldest; `false` if it has none.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn remove_one_of(&mut self, owner: UserId) -> Result<bool, RepositoryError>;

    /// Removes at most so many imports that are over by then, but for those that somebody has locked. Answers how many.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn sweep(&mut self, now: DateTime<Utc>, limit: u32) -> Result<usize, RepositoryError>;
}
