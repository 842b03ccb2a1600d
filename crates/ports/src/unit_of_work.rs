//! Transactions.

use async_trait::async_trait;

use crate::{
    RepositoryError,
    repo::{
        AccountRepository, AuditRepository, CatalogueRepository, ExerciseRepository, GrantRepository,
        IdempotencyRepository, ImportRepository, RoleRepository, SessionRepository, TrainingPlanRepository,
        TrainingSessionRepository, TrainingUnitRepository,
    },
};

/// Begins units of work.
#[async_trait]
pub trait UnitOfWorkFactory: Send + Sync {
    /// Takes a connection and begins a transaction on it.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when there is no connection in time.
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, RepositoryError>;
}

/// One transaction. Repositories borrow it one after the other.
///
/// Finish it with [`commit`](Self::commit) or [`rollback`](Self::rollback). Dropping it rolls back as well, but costs
/// the connection. After an error of a repository the transaction can only be rolled back.
#[async_trait]
pub trait UnitOfWork: Send {
    /// Accounts.
    fn accounts(&mut self) -> Box<dyn AccountRepository + '_>;
    /// Roles.
    fn roles(&mut self) -> Box<dyn RoleRepository + '_>;
    /// Signed-in sessions.
    fn sessions(&mut self) -> Box<dyn SessionRepository + '_>;
    /// Muscle groups, equipment and tags.
    fn catalogues(&mut self) -> Box<dyn CatalogueRepository + '_>;
    /// Exercises.
    fn exercises(&mut self) -> Box<dyn ExerciseRepository + '_>;
    /// Training units.
    fn training_units(&mut self) -> Box<dyn TrainingUnitRepository + '_>;
    /// Training plans.
    fn training_plans(&mut self) -> Box<dyn TrainingPlanRepository + '_>;
    /// Training sessions.
    fn training_sessions(&mut self) -> Box<dyn TrainingSessionRepository + '_>;
    /// Access to training units and plans that their owners gave to others.
    fn grants(&mut self) -> Box<dyn GrantRepository + '_>;
    /// Answers to requests that clients may send again.
    fn idempotency(&mut self) -> Box<dyn IdempotencyRepository + '_>;
    /// Files that are imported.
    fn imports(&mut self) -> Box<dyn ImportRepository + '_>;
    /// The audit trail. What is recorded here is part of the change: both are there, or neither is.
    fn audit(&mut self) -> Box<dyn AuditRepository + '_>;

    /// Sends messages to everybody who listens to the [channel](crate::InvalidationChannel) of the store, if and when the
    /// work is committed: a change that is there has been announced. Call it last: other announcements wait until this
    /// work is finished.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn announce(&mut self, messages: &[String]) -> Result<(), RepositoryError>;

    /// Makes all changes durable and visible at once.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when the database did not confirm: the changes may or may not be there.
    async fn commit(self: Box<Self>) -> Result<(), RepositoryError>;

    /// Undoes all changes.
    ///
    /// # Errors
    /// [`RepositoryError::Unavailable`] when the database did not confirm; the changes are undone all the same.
    async fn rollback(self: Box<Self>) -> Result<(), RepositoryError>;
}
