//! The audit trail.

use async_trait::async_trait;
use diesel_async::RunQueryDsl;
use irontrack_domain::{SessionId, UserId, audit::AuditEvent};
use irontrack_ports::{RepositoryError, repo::AuditRepository};

use crate::{connection::Connection, row::audit::stored_details, statement::Statement};

/// The audit trail inside a unit of work.
pub(crate) struct PostgresAudit<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresAudit<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl AuditRepository for PostgresAudit<'_> {
    async fn record(&mut self, events: &[AuditEvent]) -> Result<(), RepositoryError> {
        if events.is_empty() {
            return Ok(());
        }
        let statement = addition(events)?;
        self.connection.run(|postgres| statement.execute(postgres)).await?;
        Ok(())
    }
}

/// One statement for any number of events, which are numbered in their order.
fn addition(events: &[AuditEvent]) -> Result<Statement<()>, RepositoryError> {
    let texts = |text: fn(&AuditEvent) -> Option<&str>| -> Vec<Option<String>> {
        events.iter().map(|event| text(event).map(str::to_owned)).collect()
    };
    let ids = |id: fn(&AuditEvent) -> Option<uuid::Uuid>| -> Vec<_> { events.iter().map(id).collect() };
    let details = events.iter().map(|event| stored_details(event).map(Some)).collect::<Result<Vec<_>, _>>()?;
    Ok(Statement::new(
        "INSERT INTO audit_event (occurred_at, kind, actor_id, subject_id, session_id, address, user_agent, details) \
         SELECT occurred_at, kind, actor_id, subject_id, session_id, address, user_agent, details::jsonb FROM unnest(",
    )
    .bind(events.iter().map(|event| event.at).collect::<Vec<_>>())
    .sql(", ")
    .bind(texts(|event| Some(event.kind().name())))
    .sql(", ")
    .bind(ids(|event| event.origin.actor.map(UserId::uuid)))
    .sql(", ")
    .bind(ids(|event| event.subject.map(UserId::uuid)))
    .sql(", ")
    .bind(ids(|event| event.origin.session.map(SessionId::uuid)))
    .sql(", ")
    .bind(texts(|event| event.origin.client.address.as_deref()))
    .sql(", ")
    .bind(texts(|event| event.origin.client.user_agent.as_deref()))
    .sql(", ")
    .bind(details)
    .sql(
        ") WITH ORDINALITY AS event (occurred_at, kind, actor_id, subject_id, session_id, address, user_agent, details, \
         position) ORDER BY position",
    ))
}
