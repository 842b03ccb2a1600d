//! Accounts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Bool, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    UserId,
    account::{Account, PersonName},
};
use irontrack_ports::{
    Constraint, RepositoryError,
    repo::{AccountRepository, NewAccount},
};
use uuid::Uuid;

use crate::{connection::Connection, schema::user_account, statement::Statement, stored};

/// Accounts inside a unit of work.
pub(crate) struct PostgresAccounts<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresAccounts<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

type StoredColumns = (SqlUuid, Nullable<Text>, Text, Bool, Timestamptz, Timestamptz);

#[derive(Queryable)]
struct Stored {
    id: Uuid,
    name: Option<String>,
    email: String,
    is_active: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[async_trait]
impl AccountRepository for PostgresAccounts<'_> {
    async fn insert(&mut self, account: NewAccount) -> Result<Account, RepositoryError> {
        let role = account.role;
        let statement = Statement::<StoredColumns>::new(
            "INSERT INTO user_account \
             (id, name, email, password, is_active, is_superuser, created_at, updated_at, role_id) SELECT ",
        )
        .bind(account.id.uuid())
        .sql(", ")
        .bind(account.name.as_ref().map(PersonName::as_str))
        .sql(", ")
        .bind(account.email.as_str())
        .sql(", ")
        .bind(account.password.as_str())
        .sql(", ")
        .bind(account.is_active)
        .sql(", ")
        .bind(role.is_superuser())
        .sql(", ")
        .bind(account.created_at)
        .sql(", ")
        .bind(account.created_at)
        .sql(", role.id FROM role WHERE role.slug = ")
        .bind(role.slug())
        .sql(" RETURNING id, name, email, is_active, created_at, updated_at");
        let stored = self.connection.run(|postgres| statement.load::<Stored>(postgres)).await?.pop();
        let stored = stored.ok_or(RepositoryError::MissingReference(Constraint::AccountRole))?;
        Ok(Account {
            id: UserId::new(stored.id),
            name: stored::person_name(stored.name.as_deref())?,
            email: stored::email(&stored.email)?,
            is_active: stored.is_active,
            role,
            created_at: stored.created_at,
            updated_at: stored.updated_at,
        })
    }

    async fn lock_active(&mut self, id: UserId) -> Result<bool, RepositoryError> {
        let account = user_account::table.find(id.uuid()).select(user_account::is_active).for_share();
        let found = self.connection.run(|postgres| account.load::<bool>(postgres)).await?;
        Ok(found == [true])
    }
}
