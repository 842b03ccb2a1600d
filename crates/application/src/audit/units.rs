//! Units of work whose recorded events appear in the log once they are committed.

use std::sync::Arc;

use async_trait::async_trait;
use irontrack_domain::audit::AuditEvent;
use irontrack_ports::{
    RepositoryError, UnitOfWork, UnitOfWorkFactory,
    repo::{
        AccountRepository, AuditRepository, CatalogueRepository, ExerciseRepository, GrantRepository,
        IdempotencyRepository, ImportRepository, RoleRepository, SessionRepository, TrainingPlanRepository,
        TrainingSessionRepository, TrainingUnitRepository,
    },
};

use super::line::log;

/// Begins units of work and logs what they record: after the commit, because what is undone has not happened.
pub struct AuditedUnits {
    inner: Arc<dyn UnitOfWorkFactory>,
}

impl std::fmt::Debug for AuditedUnits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AuditedUnits").finish_non_exhaustive()
    }
}

impl AuditedUnits {
    /// The same units of work, with log lines.
    #[must_use]
    pub fn new(inner: Arc<dyn UnitOfWorkFactory>) -> Self {
        Self { inner }
    }
}

#[async_trait]
impl UnitOfWorkFactory for AuditedUnits {
    async fn begin(&self) -> Result<Box<dyn UnitOfWork>, RepositoryError> {
        Ok(Box::new(AuditedUnit { inner: self.inner.begin().await?, recorded: Vec::new() }))
    }
}

struct AuditedUnit {
    inner: Box<dyn UnitOfWork>,
    recorded: Vec<AuditEvent>,
}

#[async_trait]
impl UnitOfWork for AuditedUnit {
    fn accounts(&mut self) -> Box<dyn AccountRepository + '_> {
        self.inner.accounts()
    }

    fn roles(&mut self) -> Box<dyn RoleRepository + '_> {
        self.inner.roles()
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        self.inner.sessions()
    }

    fn catalogues(&mut self) -> Box<dyn CatalogueRepository + '_> {
        self.inner.catalogues()
    }

    fn exercises(&mut self) -> Box<dyn ExerciseRepository + '_> {
        self.inner.exercises()
    }

    fn training_units(&mut self) -> Box<dyn TrainingUnitRepository + '_> {
        self.inner.training_units()
    }

    fn training_plans(&mut self) -> Box<dyn TrainingPlanRepository + '_> {
        self.inner.training_plans()
    }

    fn training_sessions(&mut self) -> Box<dyn TrainingSessionRepository + '_> {
        self.inner.training_sessions()
    }

    fn grants(&mut self) -> Box<dyn GrantRepository + '_> {
        self.inner.grants()
    }

    fn idempotency(&mut self) -> Box<dyn IdempotencyRepository + '_> {
        self.inner.idempotency()
    }

    fn imports(&mut self) -> Box<dyn ImportRepository + '_> {
        self.inner.imports()
    }

    fn audit(&mut self) -> Box<dyn AuditRepository + '_> {
        Box::new(Recorder { inner: self.inner.audit(), recorded: &mut self.recorded })
    }

    async fn announce(&mut self, messages: &[String]) -> Result<(), RepositoryError> {
        self.inner.announce(messages).await
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.inner.commit().await?;
        self.recorded.iter().for_each(log);
        Ok(())
    }

    async fn rollback(self: Box<Self>) -> Result<(), RepositoryError> {
        self.inner.rollback().await
    }
}

struct Recorder<'a> {
    inner: Box<dyn AuditRepository + 'a>,
    recorded: &'a mut Vec<AuditEvent>,
}

#[async_trait]
impl AuditRepository for Recorder<'_> {
    async fn record(&mut self, events: &[AuditEvent]) -> Result<(), RepositoryError> {
        self.inner.record(events).await?;
        self.recorded.extend_from_slice(events);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use irontrack_domain::{
        SessionId, UserId,
        account::{Client, Role},
        audit::{AuditAction, Origin},
    };
    use uuid::Uuid;

    use super::*;
    use crate::{
        audit::fake::{FakeUnits, Lines, Mood},
        unit_of_work::finish,
    };

    fn events() -> [AuditEvent; 2] {
        let origin = Origin {
            actor: Some(UserId::new(Uuid::from_u128(1))),
            session: Some(SessionId::new(Uuid::from_u128(2))),
            client: Client::new(Some("192.0.2.1".into()), Some("evil\n\"agent")),
            ..Origin::default()
        };
        let action = AuditAction::RoleChanged { from: Role::Superuser, to: Role::FitnessTrainer };
        let event = AuditEvent::new(DateTime::UNIX_EPOCH, origin, UserId::new(Uuid::from_u128(3)), action);
        [AuditEvent { origin: Origin::command_line(), action: AuditAction::SignedOut, ..event.clone() }, event]
    }

    async fn record(units: &FakeUnits, outcome: Result<(), RepositoryError>) -> Result<(), RepositoryError> {
        let mut unit = AuditedUnits::new(Arc::new(units.clone())).begin().await.unwrap();
        unit.audit().record(&events()).await?;
        finish(unit, outcome).await
    }

    #[tokio::test]
    async fn what_is_committed_is_one_line_each() {
        let lines = Lines::keep();
        let units = FakeUnits::default();
        record(&units, Ok(())).await.unwrap();
        assert_eq!(units.batches(), [events()]);
        let id = |n| format!("00000000-0000-0000-0000-00000000000{n}");
        assert_eq!(
            lines.with(""),
            [
                format!("INFO audit message=signed out kind=\"signed-out\" via=\"command-line\" subject={}", id(3)),
                format!(
                    "INFO audit message=role changed kind=\"role-changed\" actor={} subject={} session={} \
                     address=\"192.0.2.1\" user_agent=\"evil\\n\\\"agent\" \
                     details=\"{{\\\"from\\\":\\\"superuser\\\",\\\"to\\\":\\\"fitness-trainer\\\"}}\"",
                    id(1),
                    id(3),
                    id(2)
                ),
            ]
        );
    }

    #[tokio::test]
    async fn what_is_undone_or_not_confirmed_is_not_told() {
        let lines = Lines::keep();
        let units = FakeUnits::default();
        record(&units, Err(RepositoryError::Retryable)).await.unwrap_err();
        for mood in [Mood::Full, Mood::Unsure] {
            units.set(mood);
            record(&units, Ok(())).await.unwrap_err();
        }
        assert_eq!(lines.with("audit"), [""; 0]);
        assert!(units.batches().is_empty());
    }
}
