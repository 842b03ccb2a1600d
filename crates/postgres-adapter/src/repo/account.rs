//! Accounts.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    UserId,
    account::{Account, Email, PersonName, Role},
};
use irontrack_ports::{
    Constraint, PasswordHash, RepositoryError,
    repo::{AccountChanges, AccountRepository, NewAccount},
};
use uuid::Uuid;

use crate::{
    connection::Connection,
    row::account::{AccountColumns, AccountRow, COLUMNS},
    schema::user_account,
    statement::Statement,
};

/// Accounts inside a unit of work.
pub(crate) struct PostgresAccounts<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresAccounts<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }

    async fn account(&mut self, statement: Statement<AccountColumns>) -> Result<Option<Account>, RepositoryError> {
        let found = self.connection.run(|postgres| statement.load::<AccountRow>(postgres)).await?.pop();
        Ok(found.map(Account::try_from).transpose()?)
    }
}

#[async_trait]
impl AccountRepository for PostgresAccounts<'_> {
    async fn insert(&mut self, account: NewAccount) -> Result<Account, RepositoryError> {
        let stored = self.account(insertion(&account)).await?;
        stored.ok_or(RepositoryError::MissingReference(Constraint::AccountRole))
    }

    async fn lock_active(&mut self, id: UserId) -> Result<bool, RepositoryError> {
        let account = user_account::table.find(id.uuid()).select(user_account::is_active).for_share();
        let found = self.connection.run(|postgres| account.load::<bool>(postgres)).await?;
        Ok(found == [true])
    }

    async fn lock_for_naming(&mut self, id: UserId) -> Result<Option<bool>, RepositoryError> {
        let account = user_account::table.find(id.uuid()).select(user_account::is_active).for_no_key_update();
        Ok(self.connection.run(|postgres| account.load::<bool>(postgres)).await?.pop())
    }

    async fn keep_active(&mut self, email: &str) -> Result<Option<Account>, RepositoryError> {
        let account = accounts().sql(" WHERE a.is_active AND lower(a.email) = lower(").bind(email);
        self.account(account.sql(") FOR KEY SHARE OF a")).await
    }

    async fn lock_unchanged(&mut self, id: UserId, password: &PasswordHash) -> Result<bool, RepositoryError> {
        let columns = (user_account::is_active, user_account::password);
        let account = user_account::table.find(id.uuid()).select(columns).for_no_key_update();
        let found = self.connection.run(|postgres| account.load::<(bool, String)>(postgres)).await?;
        Ok(found.iter().any(|(is_active, stored)| *is_active && stored == password.as_str()))
    }

    async fn lock(&mut self, id: UserId) -> Result<Option<Account>, RepositoryError> {
        self.account(accounts().sql(" WHERE a.id = ").bind(id.uuid()).sql(" FOR NO KEY UPDATE OF a")).await
    }

    async fn lock_by_email(&mut self, email: &str) -> Result<Option<Account>, RepositoryError> {
        let account = accounts().sql(" WHERE lower(a.email) = lower(").bind(email);
        self.account(account.sql(") FOR NO KEY UPDATE OF a")).await
    }

    async fn lock_superusers(&mut self) -> Result<Vec<UserId>, RepositoryError> {
        // Rows that were waited for are looked at again: those that are superusers no more are left out.
        let superusers = user_account::table
            .filter(user_account::is_superuser)
            .filter(user_account::is_active)
            .select(user_account::id)
            .order(user_account::id)
            .for_no_key_update();
        let ids = self.connection.run(|postgres| superusers.load::<Uuid>(postgres)).await?;
        Ok(ids.into_iter().map(UserId::new).collect())
    }

    async fn update(
        &mut self,
        id: UserId,
        changes: AccountChanges,
        now: DateTime<Utc>,
    ) -> Result<Account, RepositoryError> {
        let updated = self.account(update(id, &changes, now)).await?;
        updated.ok_or_else(|| match changes.role {
            Some(_) => RepositoryError::MissingReference(Constraint::AccountRole),
            None => RepositoryError::Unexpected("an account that is not there was changed".into()),
        })
    }

    async fn exchange_password(
        &mut self,
        id: UserId,
        current: &PasswordHash,
        next: &PasswordHash,
        now: DateTime<Utc>,
    ) -> Result<bool, RepositoryError> {
        // diesel never keeps its own updates prepared.
        let exchange = Statement::<()>::new("UPDATE user_account SET password = ")
            .bind(next.as_str())
            .sql(", updated_at = ")
            .bind(now)
            .sql(" WHERE id = ")
            .bind(id.uuid())
            .sql(" AND password = ")
            .bind(current.as_str());
        Ok(self.connection.run(|postgres| exchange.execute(postgres)).await? == 1)
    }

    async fn delete(&mut self, id: UserId) -> Result<bool, RepositoryError> {
        let account = diesel::delete(user_account::table.find(id.uuid()));
        Ok(self.connection.run(|postgres| account.execute(postgres)).await? == 1)
    }
}

fn accounts() -> Statement<AccountColumns> {
    Statement::new("SELECT ").sql(COLUMNS).sql(" FROM user_account a")
}

/// Inserts nothing where the role was never created.
fn insertion(account: &NewAccount) -> Statement<AccountColumns> {
    Statement::new(
        "INSERT INTO user_account AS a \
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
    .bind(account.role.is_superuser())
    .sql(", ")
    .bind(account.created_at)
    .sql(", ")
    .bind(account.created_at)
    .sql(", role.id FROM role WHERE role.slug = ")
    .bind(account.role.slug())
    .sql(" RETURNING ")
    .sql(COLUMNS)
}

/// Updates nothing where the role was never created. One text for all changes: null in `wanted` leaves a value alone.
/// `wanted` holds nothing that is read from the account, so that a row that had to be waited for keeps what others wrote.
fn update(id: UserId, changes: &AccountChanges, now: DateTime<Utc>) -> Statement<AccountColumns> {
    Statement::new(
        "UPDATE user_account a SET \
         name = CASE WHEN wanted.sets_name THEN wanted.name ELSE a.name END, \
         email = coalesce(wanted.email, a.email), password = coalesce(wanted.password, a.password), \
         is_active = coalesce(wanted.is_active, a.is_active), \
         is_superuser = coalesce(wanted.is_superuser, a.is_superuser), role_id = coalesce(wanted.role_id, a.role_id), \
         updated_at = CASE WHEN wanted.sets_name AND a.name IS DISTINCT FROM wanted.name \
         OR a.email <> wanted.email OR wanted.password IS NOT NULL OR a.is_active <> wanted.is_active \
         OR a.is_superuser <> wanted.is_superuser OR a.role_id <> wanted.role_id \
         THEN wanted.now ELSE a.updated_at END FROM (SELECT ",
    )
    .bind(changes.name.is_some())
    .sql(" AS sets_name, ")
    .bind(changes.name.as_ref().and_then(Option::as_ref).map(PersonName::as_str))
    .sql(" AS name, ")
    .bind(changes.email.as_ref().map(Email::as_str))
    .sql(" AS email, ")
    .bind(changes.password.as_ref().map(PasswordHash::as_str))
    .sql(" AS password, ")
    .bind(changes.is_active)
    .sql(" AS is_active, ")
    .bind(changes.role.map(Role::is_superuser))
    .sql(" AS is_superuser, (SELECT role.id FROM role WHERE role.slug = ")
    .bind(changes.role.map(Role::slug))
    .sql(") AS role_id, ")
    .bind(now)
    .sql(" AS now) AS wanted WHERE a.id = ")
    .bind(id.uuid())
    .sql(" AND (wanted.is_superuser IS NULL OR wanted.role_id IS NOT NULL) RETURNING ")
    .sql(COLUMNS)
}
