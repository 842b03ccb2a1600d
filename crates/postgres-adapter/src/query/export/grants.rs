//! The grants that an account gave or was given.

use diesel::sql_types::{Bool, Text, Uuid as SqlUuid};
use irontrack_domain::{TrainingPlanId, TrainingUnitId, UserId, training::Template};
use irontrack_ports::query::{GrantPosition, SharedTemplate};
use uuid::Uuid;

use crate::{
    error::CorruptValue,
    row::{
        grant::{COLUMNS, GrantColumns, GrantRow, grant},
        template::{Kind, PLANS, UNITS},
    },
    statement::Statement,
    stored,
};

/// Whether it is a plan, its id and name, and the grant.
pub(super) type Columns = (Bool, SqlUuid, Text, GrantColumns);

/// A row of [`Columns`].
pub(super) type Row = (bool, Uuid, String, GrantRow);

/// Grants on templates of the account, and those that it has on others unless they are private: these sleep. Each kind of
/// each stands by itself, found by an index of its own.
pub(super) fn statement(user: UserId, after: Option<GrantPosition>, limit: i64) -> Statement<Columns> {
    let (is_plan, id) = match after.map(|position| position.template) {
        None => (false, Uuid::nil()),
        Some(Template::Unit(id)) => (false, id.uuid()),
        Some(Template::Plan(id)) => (true, id.uuid()),
    };
    let grantee = after.map_or_else(Uuid::nil, |position| position.user.uuid());
    let mut found = Statement::new("SELECT * FROM (");
    for (number, (kind, is_plan)) in [(&UNITS, "false"), (&PLANS, "true")].into_iter().enumerate() {
        found = of_kind(found.sql(if number == 0 { "" } else { " UNION ALL " }), kind, is_plan);
        found = of_kind(found.sql("t.created_by = ").bind(user.uuid()).sql(" UNION ALL "), kind, is_plan);
        found = found.sql("g.user_id = ").bind(user.uuid());
        found = found.sql(" AND t.sharing_status <> 'private' AND t.created_by IS DISTINCT FROM ").bind(user.uuid());
    }
    found
        .sql(") AS found (is_plan, id, name, user_id, email, user_name, access_level, granted_by, created_at) ")
        .sql("WHERE (is_plan, id, user_id) > (")
        .bind(is_plan)
        .sql(", ")
        .bind(id)
        .sql(", ")
        .bind(grantee)
        .sql(") ORDER BY is_plan, id, user_id LIMIT ")
        .bind(limit)
}

/// Goes on with the grants `g` on templates `t`, with an open condition.
fn of_kind<R>(statement: Statement<R>, kind: &Kind, is_plan: &'static str) -> Statement<R> {
    statement
        .sql("SELECT ")
        .sql(is_plan)
        .sql(", t.id, t.name, ")
        .sql(COLUMNS)
        .sql(" FROM ")
        .sql(kind.grants)
        .sql(" g JOIN user_account a ON a.id = g.user_id JOIN ")
        .sql(kind.table)
        .sql(" t ON t.id = g.")
        .sql(kind.key)
        .sql(" WHERE ")
}

/// The grant of a row.
pub(super) fn shared((is_plan, id, name, row): Row) -> Result<SharedTemplate, CorruptValue> {
    let (kind, template) = if is_plan {
        (&PLANS, Template::Plan(TrainingPlanId::new(id)))
    } else {
        (&UNITS, Template::Unit(TrainingUnitId::new(id)))
    };
    Ok(SharedTemplate { template, name: stored::template_name(kind.table, &name)?, grant: grant(row)? })
}
