//! The columns that training units and plans have in common, and how somebody stands to them.

use chrono::{DateTime, Utc};
use diesel::{
    Queryable,
    sql_types::{Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use irontrack_domain::{
    UserId,
    training::{AccessLevel, MyAccess, SharingStatus, Standing, TemplateHead},
};
use uuid::Uuid;

use crate::{error::CorruptValue, schema, statement::Statement, stored};

/// The tables of training units or of training plans.
pub(crate) struct Kind {
    /// The table itself, `t` in statements.
    pub(crate) table: &'static str,
    /// The table of grants.
    pub(crate) grants: &'static str,
    /// The column of grants that refers to the table.
    pub(crate) key: &'static str,
}

/// Training units.
pub(crate) static UNITS: Kind =
    Kind { table: "training_units", grants: "training_unit_access", key: "training_unit_id" };

/// Training plans.
pub(crate) static PLANS: Kind =
    Kind { table: "training_plans", grants: "training_plan_access", key: "training_plan_id" };

/// The types of the columns that [`head`] selects.
pub(crate) type HeadColumns = (
    SqlUuid,
    Text,
    Nullable<Text>,
    schema::SharingStatus,
    Nullable<SqlUuid>,
    Timestamptz,
    Timestamptz,
    Nullable<schema::AccessLevel>,
    Bool,
);

/// A row of the columns that [`head`] selects.
#[derive(Queryable)]
pub(crate) struct HeadRow {
    pub(crate) id: Uuid,
    name: String,
    description: Option<String>,
    sharing_status: SharingStatus,
    created_by: Option<Uuid>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    grant: Option<AccessLevel>,
    reads_plan: bool,
}

/// Goes on with the columns of `t`, and how that reader stands to it as far as a list tells.
pub(crate) fn head<Row>(statement: Statement<Row>, kind: &Kind, reader: UserId) -> Statement<Row> {
    granted(statement, kind, reader).sql(", false")
}

/// Goes on with the columns of the unit `t`, and how that reader stands to it, also through the plans that contain it.
pub(crate) fn head_of_unit<Row>(statement: Statement<Row>, reader: UserId) -> Statement<Row> {
    reads_plan(granted(statement, &UNITS, reader).sql(", "), reader)
}

/// Goes on with the condition that the reader may read a plan that contains the unit `t`.
pub(crate) fn reads_plan<Row>(statement: Statement<Row>, reader: UserId) -> Statement<Row> {
    statement
        .sql(
            "EXISTS (SELECT 1 FROM training_plan_units pu JOIN training_plans p ON p.id = pu.training_plan_id \
             WHERE pu.training_unit_id = t.id AND (p.sharing_status = 'public' OR p.created_by = ",
        )
        .bind(reader.uuid())
        .sql(
            " OR p.sharing_status = 'shared' AND EXISTS (SELECT 1 FROM training_plan_access a \
             WHERE a.training_plan_id = p.id AND a.user_id = ",
        )
        .bind(reader.uuid())
        .sql(")))")
}

fn granted<Row>(statement: Statement<Row>, kind: &Kind, reader: UserId) -> Statement<Row> {
    statement
        .sql("t.id, t.name, t.description, t.sharing_status, t.created_by, t.created_at, t.updated_at, ")
        .sql("(SELECT a.access_level FROM ")
        .sql(kind.grants)
        .sql(" a WHERE a.")
        .sql(kind.key)
        .sql(" = t.id AND a.user_id = ")
        .bind(reader.uuid())
        .sql(")")
}

impl HeadRow {
    /// What that reader, for whom the row was read, may do with it.
    pub(crate) fn access(&self, reader: UserId) -> Option<MyAccess> {
        let is_owner = self.created_by == Some(reader.uuid());
        Standing { is_owner, grant: self.grant, reads_plan: self.reads_plan }.access(self.sharing_status)
    }

    /// The row as that reader sees it, or `None` if for them it is not there.
    pub(crate) fn seen_by(&self, reader: UserId, kind: &Kind) -> Result<Option<TemplateHead>, CorruptValue> {
        let Some(my_access) = self.access(reader) else { return Ok(None) };
        Ok(Some(TemplateHead {
            name: stored::template_name(kind.table, &self.name)?,
            description: stored::long_text(kind.table, self.description.as_deref())?,
            sharing_status: self.sharing_status,
            created_by: self.created_by.map(UserId::new),
            my_access,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }))
    }
}
