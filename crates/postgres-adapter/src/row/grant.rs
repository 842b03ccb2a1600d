//! The columns of a grant with who has it.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Nullable, Text, Timestamptz, Uuid as SqlUuid};
use irontrack_domain::{
    UserId,
    training::{AccessLevel, Grant, Template},
};
use uuid::Uuid;

use super::template::{Kind, PLANS, UNITS};
use crate::{error::CorruptValue, schema, stored};

/// The columns of a grant `g` of an account `a`.
pub(crate) const COLUMNS: &str = "g.user_id, a.email, a.name, g.access_level, g.granted_by, g.created_at";

/// The types of [`COLUMNS`].
pub(crate) type GrantColumns = (SqlUuid, Text, Nullable<Text>, schema::AccessLevel, Nullable<SqlUuid>, Timestamptz);

/// A row of [`COLUMNS`].
pub(crate) type GrantRow = (Uuid, String, Option<String>, AccessLevel, Option<Uuid>, DateTime<Utc>);

/// The tables in which that thing and its grants stand, and its id there.
pub(crate) fn kind_and_id(template: Template) -> (&'static Kind, Uuid) {
    match template {
        Template::Unit(id) => (&UNITS, id.uuid()),
        Template::Plan(id) => (&PLANS, id.uuid()),
    }
}

/// The grant of a row.
pub(crate) fn grant((user_id, email, name, level, granted_by, created_at): GrantRow) -> Result<Grant, CorruptValue> {
    Ok(Grant {
        user_id: UserId::new(user_id),
        email: stored::email(&email)?,
        name: stored::person_name(name.as_deref())?,
        level,
        granted_by: granted_by.map(UserId::new),
        created_at,
    })
}
