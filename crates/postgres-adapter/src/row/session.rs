//! The columns of a session.

use chrono::{DateTime, Utc};
use diesel::Queryable;
use irontrack_domain::{
    RefreshId, SessionId, UserId,
    account::{Client, LoginSession},
};
use uuid::Uuid;

/// All columns of `user_session` in the order of the table.
#[derive(Queryable)]
pub(crate) struct SessionRow {
    id: Uuid,
    user_id: Uuid,
    created_at: DateTime<Utc>,
    last_used_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    user_agent: Option<String>,
    address: Option<String>,
    refresh_id: Uuid,
    previous_refresh_id: Option<Uuid>,
    rotated_at: Option<DateTime<Utc>>,
}

impl From<SessionRow> for LoginSession {
    fn from(row: SessionRow) -> Self {
        Self {
            id: SessionId::new(row.id),
            user_id: UserId::new(row.user_id),
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
            client: Client { address: row.address, user_agent: row.user_agent },
            refresh_id: RefreshId::new(row.refresh_id),
            previous: row.previous_refresh_id.map(RefreshId::new).zip(row.rotated_at),
        }
    }
}
