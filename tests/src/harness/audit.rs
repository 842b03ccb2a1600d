//! What the audit trail of a database holds.

use std::time::{Duration, Instant};

use serde_json::Value;
use uuid::Uuid;

use super::TestDatabase;

/// An event as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its kind.
    pub kind: String,
    /// Who did it.
    pub actor: Option<Uuid>,
    /// To whom.
    pub subject: Option<Uuid>,
    /// In which session.
    pub session: Option<Uuid>,
    /// From where.
    pub address: Option<String>,
    /// With what.
    pub user_agent: Option<String>,
    /// What else is known.
    pub details: Value,
}

impl TestDatabase {
    /// The events of these kinds, all without any, in the order in which they were stored.
    #[must_use]
    pub fn audit_trail(&self, kinds: &[&str]) -> Vec<AuditRow> {
        let sql = "SELECT kind, actor_id, subject_id, session_id, address, user_agent, details::text FROM audit_event \
                   WHERE cardinality($1::text[]) = 0 OR kind = ANY ($1) ORDER BY id";
        let rows = self.connect().query(sql, &[&kinds]).expect("the audit trail can be read");
        let details = |text: &str| serde_json::from_str(text).expect("details are JSON");
        rows.iter()
            .map(|row| AuditRow {
                kind: row.get(0),
                actor: row.get(1),
                subject: row.get(2),
                session: row.get(3),
                address: row.get(4),
                user_agent: row.get(5),
                details: details(row.get(6)),
            })
            .collect()
    }

    /// Waits for so many events of these kinds, which are stored in the background.
    #[must_use]
    pub fn wait_for_audit(&self, kinds: &[&str], count: usize) -> Vec<AuditRow> {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let found = self.audit_trail(kinds);
            if found.len() >= count {
                return found;
            }
            assert!(Instant::now() < deadline, "expected {count} events of {kinds:?}, found {found:#?}");
        }
    }
}
