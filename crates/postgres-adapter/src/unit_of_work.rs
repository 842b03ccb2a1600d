//! Transactions.

use async_trait::async_trait;
use irontrack_ports::{
    RepositoryError, UnitOfWork, UnitOfWorkFactory,
    repo::{
        AccountRepository, AuditRepository, CatalogueRepository, ExerciseRepository, GrantRepository,
        IdempotencyRepository, ImportRepository, RoleRepository, SessionRepository, TrainingPlanRepository,
        TrainingSessionRepository, TrainingUnitRepository,
    },
};

use crate::{
    channel::announce,
    pool::{Pool, PooledConnection},
    repo::{
        PostgresAccounts, PostgresAudit, PostgresCatalogues, PostgresExercises, PostgresGrants, PostgresIdempotency,
        PostgresImports, PostgresRoles, PostgresSessions, PostgresTrainingPlans, PostgresTrainingSessions,
        PostgresTrainingUnits,
    },
};

/// Begins transactions on connections of a pool.
#[derive(Debug, Clone)]
pub struct PostgresUnitOfWorkFactory {
    pool: Pool,
}

impl PostgresUnitOfWorkFactory {
    /// Transactions on that pool.
    #[must_use]
    pub const fn new(pool: Pool) -> Self {
        Self { pool }
    }
}

#[async_trait]
impl UnitOfWorkFactory for PostgresUnitOfWorkFactory {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        let mut connection = self.pool.checkout().await?;
        connection.begin().await?;
        Ok(Box::new(PostgresUnitOfWork { connection }))
    }
}

/// An open transaction. The connection knows that it is in one: dropped unfinished it does not go back to the pool but
/// is closed, and the server rolls back.
struct PostgresUnitOfWork {
    connection: PooledConnection,
}

#[async_trait]
impl UnitOfWork for PostgresUnitOfWork {
    fn accounts(&mut self) -> Box<dyn AccountRepository + '_> {
        Box::new(PostgresAccounts::new(&mut self.connection))
    }

    fn roles(&mut self) -> Box<dyn RoleRepository + '_> {
        Box::new(PostgresRoles::new(&mut self.connection))
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        Box::new(PostgresSessions::new(&mut self.connection))
    }

    fn catalogues(&mut self) -> Box<dyn CatalogueRepository + '_> {
        Box::new(PostgresCatalogues::new(&mut self.connection))
    }

    fn exercises(&mut self) -> Box<dyn ExerciseRepository + '_> {
        Box::new(PostgresExercises::new(&mut self.connection))
    }

    fn training_units(&mut self) -> Box<dyn TrainingUnitRepository + '_> {
        Box::new(PostgresTrainingUnits::new(&mut self.connection))
    }

    fn training_plans(&mut self) -> Box<dyn TrainingPlanRepository + '_> {
        Box::new(PostgresTrainingPlans::new(&mut self.connection))
    }

    fn training_sessions(&mut self) -> Box<dyn TrainingSessionRepository + '_> {
        Box::new(PostgresTrainingSessions::new(&mut self.connection))
    }

    fn grants(&mut self) -> Box<dyn GrantRepository + '_> {
        Box::new(PostgresGrants::new(&mut self.connection))
    }

    fn idempotency(&mut self) -> Box<dyn IdempotencyRepository + '_> {
        Box::new(PostgresIdempotency::new(&mut self.connection))
    }

    fn imports(&mut self) -> Box<dyn ImportRepository + '_> {
        Box::new(PostgresImports::new(&mut self.connection))
    }

    fn audit(&mut self) -> Box<dyn AuditRepository + '_> {
        Box::new(PostgresAudit::new(&mut self.connection))
    }

    async fn announce(&mut self, messages: &[String]) -> Result<(), RepositoryError> {
        announce(&mut self.connection, messages).await
    }

    async fn commit(mut self: Box<Self>) -> Result<(), RepositoryError> {
        self.connection.commit().await
    }

    async fn rollback(mut self: Box<Self>) -> Result<(), RepositoryError> {
        self.connection.rollback().await
    }
}
