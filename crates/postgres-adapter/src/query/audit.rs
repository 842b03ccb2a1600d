//! Reads of the audit trail. The trail grows for ever, so that each condition that is asked for is a condition of the
//! statement, which an index can answer; `… IS NULL OR …` none can.

use async_trait::async_trait;
use diesel_async::RunQueryDsl;
use irontrack_ports::{
    RepositoryError,
    query::{AuditFilter, AuditQueries, RecordedEvent},
};

use super::PostgresQueries;
use crate::{
    row::audit::{COLUMNS, EventColumns, EventRow},
    statement::Statement,
};

#[async_trait]
impl AuditQueries for PostgresQueries {
    async fn newest(&self, filter: &AuditFilter, limit: i64) -> Result<Vec<RecordedEvent>, RepositoryError> {
        self.audit_events(newest(filter, limit)).await
    }

    async fn after(&self, after: i64, limit: i64) -> Result<Vec<RecordedEvent>, RepositoryError> {
        self.audit_events(events().sql(" WHERE id > ").bind(after).sql(" ORDER BY id LIMIT ").bind(limit)).await
    }
}

impl PostgresQueries {
    async fn audit_events(&self, statement: Statement<EventColumns>) -> Result<Vec<RecordedEvent>, RepositoryError> {
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| statement.load::<EventRow>(postgres)).await?;
        Ok(rows.into_iter().map(RecordedEvent::try_from).collect::<Result<_, _>>()?)
    }
}

fn events() -> Statement<EventColumns> {
    Statement::new("SELECT ").sql(COLUMNS).sql(" FROM audit_event")
}

fn newest(filter: &AuditFilter, limit: i64) -> Statement<EventColumns> {
    let mut statement = events().sql(" WHERE true");
    if let Some(kind) = filter.kind {
        statement = statement.sql(" AND kind = ").bind(kind.name());
    }
    if let Some(actor) = filter.actor {
        statement = statement.sql(" AND actor_id = ").bind(actor.uuid());
    }
    if let Some(subject) = filter.subject {
        statement = statement.sql(" AND subject_id = ").bind(subject.uuid());
    }
    if let Some(since) = filter.since {
        statement = statement.sql(" AND occurred_at >= ").bind(since);
    }
    statement.sql(" ORDER BY occurred_at DESC, id DESC LIMIT ").bind(limit)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::DateTime;
    use diesel::{debug_query, pg::Pg};
    use irontrack_domain::{UserId, audit::AuditKind};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_number_of_texts_is_bounded() {
        let mut texts = HashSet::new();
        let user = UserId::new(Uuid::nil());
        for conditions in 0..16 {
            for (&kind, limit) in AuditKind::ALL.iter().zip(1..) {
                let filter = AuditFilter {
                    kind: (conditions & 1 > 0).then_some(kind),
                    actor: (conditions & 2 > 0).then_some(user),
                    subject: (conditions & 4 > 0).then_some(user),
                    since: (conditions & 8 > 0).then_some(DateTime::UNIX_EPOCH),
                };
                let text = debug_query::<Pg, _>(&newest(&filter, limit)).to_string();
                texts.insert(text.split(" -- binds").next().unwrap().to_owned());
            }
        }
        assert_eq!(texts.len(), 16);
    }
}
