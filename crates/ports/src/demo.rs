//! Made-up training data: writing much of it at once.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use irontrack_domain::{
    UserId,
    account::{Email, PersonName},
};

use crate::{
    PasswordHash, RepositoryError,
    repo::{DoneExercise, NewTrainingSession},
};

/// A made-up account with all that was trained.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    /// Identity.
    pub id: UserId,
    /// What the person is called.
    pub name: Option<PersonName>,
    /// The address to sign in with.
    pub email: Email,
    /// Since when the account is said to be there.
    pub created_at: DateTime<Utc>,
    /// The sessions, from the first to the last, each with what was done in it.
    pub sessions: Vec<(NewTrainingSession, Vec<DoneExercise>)>,
}

/// How much was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DemoCounts {
    /// Accounts.
    pub accounts: u64,
    /// Training sessions.
    pub sessions: u64,
    /// Exercises of these sessions.
    pub exercises: u64,
    /// Sets of these exercises.
    pub sets: u64,
}

/// Keeps made-up accounts among the others.
#[async_trait]
pub trait DemoStore: Send + Sync {
    /// How many accounts there are besides those whose address is like `pattern` (of SQL's `LIKE`) and that of the
    /// administrator.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn other_accounts(&self, pattern: &str, administrator: &Email) -> Result<i64, RepositoryError>;

    /// Those of these addresses that have an account, in lower case.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn taken(&self, addresses: &[Email]) -> Result<Vec<String>, RepositoryError>;

    /// Adds active accounts of the role for everybody, all of them or none. They share one password. The audit trail
    /// tells that they were created `now`, on the command line.
    ///
    /// # Errors
    /// [`RepositoryError::Conflict`] with `AccountEmail`, and [`RepositoryError::MissingReference`] with `AccountRole`,
    /// `PerformedExercise` or another reference of sessions.
    async fn add(
        &self,
        accounts: &[DemoAccount],
        password: &PasswordHash,
        now: DateTime<Utc>,
    ) -> Result<DemoCounts, RepositoryError>;

    /// Lets the database count anew what it plans its statements with. After much was added it would be wrong for a while.
    ///
    /// # Errors
    /// Only those that every statement can have.
    async fn analyse(&self) -> Result<(), RepositoryError>;
}
