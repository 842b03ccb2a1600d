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
        self.events(newest(filter, limit)).await
    }

    async fn after(&self, filter: &AuditFilter, after: i64, limit: i64) -> Result<Vec<RecordedEvent>, RepositoryError> {
        self.events(ascending(filter, after, limit)).await
    }
}

impl PostgresQueries {
    async fn events(&self, statement: Statement<EventColumns>) -> Result<Vec<RecordedEvent>, RepositoryError> {
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| statement.load::<EventRow>(postgres)).await?;
        Ok(rows.into_iter().map(RecordedEvent::try_from).collect::<Result<_, _>>()?)
    }
}

fn newest(filter: &AuditFilter, limit: i64) -> Statement<EventColumns> {
    matching(filter).sql(" ORDER BY occurred_at DESC, id DESC LIMIT ").bind(limit)
}

fn ascending(filter: &AuditFilter, after: i64, limit: i64) -> Statement<EventColumns> {
    matching(filter).sql(" AND id > ").bind(after).sql(" ORDER BY id LIMIT ").bind(limit)
}

/// The events that match, with an open condition.
fn matching(filter: &AuditFilter) -> Statement<EventColumns> {
    let mut statement = Statement::new("SELECT ").sql(COLUMNS).sql(" FROM audit_event WHERE true");
    if !filter.kinds.is_empty() {
        let kinds: Vec<_> = filter.kinds.iter().map(|kind| Some(kind.name().to_owned())).collect();
        statement = statement.sql(" AND kind = ANY (").bind(kinds).sql(")");
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
    statement
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
            for kinds in [&AuditKind::ALL[..1], AuditKind::ALL] {
                let filter = AuditFilter {
                    kinds: if conditions & 1 > 0 { kinds.to_vec() } else { Vec::new() },
                    actor: (conditions & 2 > 0).then_some(user),
                    subject: (conditions & 4 > 0).then_some(user),
                    since: (conditions & 8 > 0).then_some(DateTime::UNIX_EPOCH),
                };
                for limit in [1, 2] {
                    for statement in [newest(&filter, limit), ascending(&filter, limit, limit)] {
                        let text = debug_query::<Pg, _>(&statement).to_string();
                        texts.insert(text.split(" -- binds").next().unwrap().to_owned());
                    }
                }
            }
        }
        assert_eq!(texts.len(), 2 * 16);
    }
}
