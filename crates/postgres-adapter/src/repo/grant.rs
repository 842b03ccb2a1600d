//! Access to training units and plans that their owners gave to others.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    UserId,
    training::{AccessLevel, Grant, Template},
};
use irontrack_ports::{RepositoryError, repo::GrantRepository};

use crate::{
    connection::Connection,
    row::grant::{COLUMNS, GrantColumns, GrantRow, grant, kind_and_id},
    statement::Statement,
};

/// Grants inside a unit of work.
pub(crate) struct PostgresGrants<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresGrants<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl GrantRepository for PostgresGrants<'_> {
    async fn count(&mut self, template: Template) -> Result<usize, RepositoryError> {
        let (kind, id) = kind_and_id(template);
        let count = Statement::<BigInt>::new("SELECT count(*) FROM ").sql(kind.grants).sql(" g WHERE g.").sql(kind.key);
        let count = count.sql(" = ").bind(id);
        let count = self.connection.run(|postgres| count.load::<i64>(postgres)).await?.pop();
        Ok(count.and_then(|count| usize::try_from(count).ok()).unwrap_or_default())
    }

    async fn of(&mut self, template: Template, user: UserId) -> Result<Option<Grant>, RepositoryError> {
        let (kind, id) = kind_and_id(template);
        let statement = Statement::<GrantColumns>::new("SELECT ")
            .sql(COLUMNS)
            .sql(" FROM ")
            .sql(kind.grants)
            .sql(" g JOIN user_account a ON a.id = g.user_id WHERE g.")
            .sql(kind.key)
            .sql(" = ")
            .bind(id)
            .sql(" AND g.user_id = ")
            .bind(user.uuid());
        let found = self.connection.run(|postgres| statement.load::<GrantRow>(postgres)).await?.pop();
        Ok(found.map(grant).transpose()?)
    }

    async fn give(
        &mut self,
        template: Template,
        user: UserId,
        level: Option<AccessLevel>,
        granted_by: UserId,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        let (kind, id) = kind_and_id(template);
        let statement = Statement::<()>::new("INSERT INTO ")
            .sql(kind.grants)
            .sql(" AS g (")
            .sql(kind.key)
            .sql(", user_id, granted_by, access_level, created_at) SELECT ")
            .bind(id)
            .sql(", ")
            .bind(user.uuid())
            .sql(", ")
            .bind(granted_by.uuid())
            .sql(", ")
            .bind(level.unwrap_or(AccessLevel::Read).as_str())
            .sql("::access_level_enum, ")
            .bind(now)
            .sql(" ON CONFLICT (")
            .sql(kind.key)
            .sql(", user_id) DO UPDATE SET access_level = excluded.access_level WHERE ")
            .bind(level.is_some())
            .sql(" AND g.access_level <> excluded.access_level");
        self.connection.run(|postgres| statement.execute(postgres)).await?;
        Ok(())
    }

    async fn take(&mut self, template: Template, user: UserId) -> Result<bool, RepositoryError> {
        let (kind, id) = kind_and_id(template);
        let statement = Statement::<()>::new("DELETE FROM ").sql(kind.grants).sql(" WHERE ").sql(kind.key);
        let statement = statement.sql(" = ").bind(id).sql(" AND user_id = ").bind(user.uuid());
        Ok(self.connection.run(|postgres| statement.execute(postgres)).await? == 1)
    }
}
