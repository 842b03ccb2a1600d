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

/// Grants on templates of the account, and those that it has on others unless they are private: these sleep.
pub(super) fn statement(user: UserId, after: Option<GrantPosition>, limit: i64) -> Statement<Columns> {
    let (is_plan, id) = match after.map(|position| position.template) {
        None => (false, Uuid::nil()),
        Some(Template::Unit(id)) => (false, id.uuid()),
        Some(Template::Plan(id)) => (true, id.uuid()),
    };
    let grantee = after.map_or_else(Uuid::nil, |position| position.user.uuid());
    let found = of_kind(Statement::new("SELECT * FROM ("), &UNITS, "false", user).sql(" UNION ALL ");
    of_kind(found, &PLANS, "true", user)
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

fn of_kind<R>(statement: Statement<R>, kind: &Kind, is_plan: &'static str, user: UserId) -> Statement<R> {
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
        .sql(" WHERE t.created_by = ")
        .bind(user.uuid())
        .sql(" OR g.user_id = ")
        .bind(user.uuid())
        .sql(" AND t.sharing_status <> 'private'")
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
