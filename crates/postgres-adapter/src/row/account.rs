//! The columns of an account with its role.

use chrono::{DateTime, Utc};
use diesel::{
    Queryable,
    sql_types::{Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use irontrack_domain::{UserId, account::Account};
use uuid::Uuid;

use crate::{error::CorruptValue, stored};

/// The columns of an account `a`. The role is looked up and not joined: where a row is waited for and has another role
/// afterwards, PostgreSQL would compare it with the role that was joined before, and the account would seem to be gone.
pub(crate) const COLUMNS: &str = "a.id, a.name, a.email, a.is_active, \
    (SELECT r.slug FROM role r WHERE r.id = a.role_id), a.created_at, a.updated_at";

/// The types of [`COLUMNS`].
pub(crate) type AccountColumns = (SqlUuid, Nullable<Text>, Text, Bool, Text, Timestamptz, Timestamptz);

/// A row of [`COLUMNS`].
#[derive(Queryable)]
pub(crate) struct AccountRow {
    id: Uuid,
    name: Option<String>,
    email: String,
    is_active: bool,
    role: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl TryFrom<AccountRow> for Account {
    type Error = CorruptValue;

    fn try_from(row: AccountRow) -> Result<Self, CorruptValue> {
        Ok(Self {
            id: UserId::new(row.id),
            name: stored::person_name(row.name.as_deref())?,
            email: stored::email(&row.email)?,
            is_active: row.is_active,
            role: stored::role(&row.role)?,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
