//! Reads of grants.

use async_trait::async_trait;
use diesel::sql_types::{Array, Record};
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    UserId,
    training::{Grant, MyAccess, Template},
};
use irontrack_ports::{RepositoryError, query::GrantQueries};

use super::PostgresQueries;
use crate::{
    row::{
        grant::{COLUMNS, GrantColumns, GrantRow, grant, kind_and_id},
        template::{HeadColumns, HeadRow, head, head_of_unit},
    },
    statement::Statement,
};

#[async_trait]
impl GrantQueries for PostgresQueries {
    async fn grants(
        &self,
        reader: UserId,
        template: Template,
    ) -> Result<Option<(MyAccess, Vec<Grant>)>, RepositoryError> {
        let statement = statement(reader, template);
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| statement.load::<(HeadRow, Vec<GrantRow>)>(postgres)).await?.pop();
        let Some((head, grants)) = found else { return Ok(None) };
        let Some(access) = head.access(reader) else { return Ok(None) };
        let grants = grants.into_iter().map(grant).collect::<Result<_, _>>()?;
        Ok(Some((access, grants)))
    }
}

fn statement(reader: UserId, template: Template) -> Statement<(HeadColumns, Array<Record<GrantColumns>>)> {
    let (kind, id) = kind_and_id(template);
    let statement = Statement::new("SELECT ");
    let statement = match template {
        Template::Unit(_) => head_of_unit(statement, reader),
        Template::Plan(_) => head(statement, kind, reader),
    };
    statement
        .sql(", ARRAY(SELECT ROW(")
        .sql(COLUMNS)
        .sql(") FROM ")
        .sql(kind.grants)
        .sql(" g JOIN user_account a ON a.id = g.user_id WHERE g.")
        .sql(kind.key)
        .sql(" = t.id ORDER BY lower(a.email) COLLATE \"C\", a.email COLLATE \"C\", a.id) FROM ")
        .sql(kind.table)
        .sql(" t WHERE t.id = ")
        .bind(id)
}
