//! What can go wrong behind a repository or a query.

use thiserror::Error;

/// A failure of the database, in terms that use cases can act on. A missing row is not an error but `None`.
#[derive(Debug, Clone, Error)]
#[non_exhaustive]
pub enum RepositoryError {
    /// A unique rule forbids the write.
    #[error("the write conflicts with {0:?}")]
    Conflict(Constraint),
    /// The write refers to a row that does not exist, or removes one that is referred to.
    #[error("the write breaks the reference {0:?}")]
    MissingReference(Constraint),
    /// The transaction lost against a concurrent one (serialisation failure or deadlock) and can be tried again.
    #[error("the transaction collided with another one")]
    Retryable,
    /// The database cannot answer now: no connection, no free connection in time, or no answer in time.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The database has answered, but too many others wait for what is made of it.
    #[error("too much is asked for at once: {0}")]
    Overloaded(String),
    /// A stored value breaks a rule of the domain.
    #[error("table {table} holds an invalid value: {problem}")]
    Corrupt {
        /// Where it stands.
        table: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// Anything else; a defect.
    #[error("unexpected database error: {0}")]
    Unexpected(String),
}

/// The rules of the database that a use case may run into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Constraint {
    /// An address belongs to one account, ignoring case.
    AccountEmail,
    /// An account has an existing role.
    AccountRole,
    /// A session belongs to an existing account.
    SessionAccount,
    /// A system exercise has a name of its own, ignoring case.
    SystemExerciseName,
    /// A system exercise has a slug of its own.
    SystemExerciseSlug,
    /// A custom exercise has a name of its own among those of its owner, ignoring case.
    CustomExerciseName,
    /// A catalogue item has a name of its own, ignoring case.
    CatalogueName,
    /// A catalogue has at most 32 767 items.
    CatalogueSize,
    /// An exercise refers to existing catalogue items.
    ExerciseLink,
    /// A training unit has a name of its own among those of its owner, ignoring case.
    TrainingUnitName,
    /// A training plan has a name of its own among those of its owner, ignoring case.
    TrainingPlanName,
    /// A training unit or plan belongs to an existing account, and so do grants on it.
    TemplateOwner,
    /// An entry of a training unit refers to an existing exercise.
    PrescribedExercise,
    /// A plan consists of existing units, and a unit in a plan stays.
    ScheduledUnit,
    /// A training session belongs to an existing account, and an account with training sessions stays.
    TrainingSessionOwner,
    /// An exercise of a training session refers to an existing exercise.
    PerformedExercise,
    /// A kept answer belongs to an existing account.
    IdempotencyAccount,
    /// An import belongs to an existing account.
    ImportOwner,
}
