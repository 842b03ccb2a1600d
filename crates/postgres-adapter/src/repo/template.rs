//! Statements that training units and plans have in common.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Text, Uuid as SqlUuid};
use irontrack_domain::{
    UserId,
    training::{LongText, SharingStatus, TemplateName},
};
use irontrack_ports::repo::{NewTemplate, TemplateChanges};
use uuid::Uuid;

use crate::{row::template::Kind, statement::Statement};

/// Locks a row against writing and against locks of others; `FOR UPDATE`.
pub(super) fn lock(kind: &Kind, id: Uuid) -> Statement<SqlUuid> {
    row(kind, id).sql(" FOR UPDATE")
}

/// Locks a row against writing.
pub(super) fn keep(kind: &Kind, id: Uuid) -> Statement<SqlUuid> {
    row(kind, id).sql(" FOR SHARE")
}

/// Locks several rows as [`lock`] does, in one order for everybody.
pub(super) fn lock_all(kind: &Kind, ids: Vec<Uuid>) -> Statement<SqlUuid> {
    rows(kind, ids).sql(" FOR UPDATE")
}

/// Locks several rows against deletion and against locks of those who write, in one order for everybody.
pub(super) fn keep_all(kind: &Kind, ids: Vec<Uuid>) -> Statement<SqlUuid> {
    rows(kind, ids).sql(" FOR KEY SHARE")
}

/// Several rows by their ids, in the order in which everybody locks them.
fn rows(kind: &Kind, ids: Vec<Uuid>) -> Statement<SqlUuid> {
    Statement::new("SELECT t.id FROM ").sql(kind.table).sql(" t WHERE t.id = ANY (").bind(ids).sql(") ORDER BY t.id")
}

fn row(kind: &Kind, id: Uuid) -> Statement<SqlUuid> {
    Statement::new("SELECT t.id FROM ").sql(kind.table).sql(" t WHERE t.id = ").bind(id)
}

/// Goes on with the values of a new row, in the order of the columns `id, created_by, name, description,
/// sharing_status, created_at, updated_at`.
pub(super) fn values<Row>(
    statement: Statement<Row>,
    id: Uuid,
    template: &NewTemplate,
    now: DateTime<Utc>,
) -> Statement<Row> {
    statement
        .bind(id)
        .sql(", ")
        .bind(template.owner.uuid())
        .sql(", ")
        .bind(template.name.as_str())
        .sql(", ")
        .bind(template.description.as_ref().map(LongText::as_str))
        .sql(", ")
        .bind(template.sharing_status.as_str())
        .sql("::sharing_status_enum, ")
        .bind(now)
        .sql(", ")
        .bind(now)
}

/// Goes on with the table `wanted` of one row: what is to be changed, null where a value is left alone.
pub(super) fn wanted<Row>(statement: Statement<Row>, changes: &TemplateChanges) -> Statement<Row> {
    statement
        .bind(changes.name.as_ref().map(TemplateName::as_str))
        .sql(" AS name, ")
        .bind(changes.description.is_some())
        .sql(" AS sets_description, ")
        .bind(changes.description.as_ref().and_then(Option::as_ref).map(LongText::as_str))
        .sql(" AS description, ")
        .bind(changes.sharing_status.map(SharingStatus::as_str))
        .sql("::sharing_status_enum AS sharing_status")
}

/// What `wanted` makes of the row `t`.
pub(super) const NEW_VALUES: &str = "name = coalesce(wanted.name, t.name), \
    description = CASE WHEN wanted.sets_description THEN wanted.description ELSE t.description END, \
    sharing_status = coalesce(wanted.sharing_status, t.sharing_status)";

/// Whether `wanted` differs from the row `t`.
pub(super) const DIFFERS: &str = "(t.name <> wanted.name \
    OR wanted.sets_description AND t.description IS DISTINCT FROM wanted.description \
    OR t.sharing_status <> wanted.sharing_status)";

/// Goes on with the time of a change: now, and later than that of the change before whatever the clocks say.
pub(super) fn moved<Row>(statement: Statement<Row>, now: DateTime<Utc>) -> Statement<Row> {
    statement.sql("updated_at = greatest(").bind(now).sql(", t.updated_at + interval '1 microsecond')")
}

/// Removes a row.
pub(super) fn delete(kind: &Kind, id: Uuid) -> Statement<()> {
    Statement::new("DELETE FROM ").sql(kind.table).sql(" t WHERE t.id = ").bind(id)
}

/// The names of an account's rows that begin with one of these.
pub(super) fn names_beginning(kind: &Kind, owner: UserId, stems: &[&str]) -> Statement<Text> {
    let stems: Vec<_> = stems.iter().map(|stem| Some((*stem).to_owned())).collect();
    Statement::new("SELECT t.name FROM ")
        .sql(kind.table)
        .sql(" t WHERE t.created_by = ")
        .bind(owner.uuid())
        .sql(" AND EXISTS (SELECT 1 FROM unnest(")
        .bind(stems)
        .sql(") AS stem WHERE starts_with(lower(t.name), lower(stem)))")
}

/// Locks all rows of an account, in one order for everybody.
pub(super) fn lock_of(kind: &Kind, owner: UserId) -> Statement<SqlUuid> {
    Statement::new("SELECT t.id FROM ")
        .sql(kind.table)
        .sql(" t WHERE t.created_by = ")
        .bind(owner.uuid())
        .sql(" ORDER BY t.id FOR UPDATE")
}

/// Removes those rows of an account that nobody else may read; the statement can go on with further conditions.
pub(super) fn delete_of(kind: &Kind, owner: UserId) -> Statement<()> {
    Statement::new("DELETE FROM ")
        .sql(kind.table)
        .sql(" t WHERE t.created_by = ")
        .bind(owner.uuid())
        .sql(" AND (t.sharing_status = 'private' OR t.sharing_status = 'shared' AND NOT EXISTS (SELECT 1 FROM ")
        .sql(kind.grants)
        .sql(" a WHERE a.")
        .sql(kind.key)
        .sql(" = t.id))")
}
