//! Reads about accounts.

mod page;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::Text};
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    SessionId, UserId,
    account::{Account, LoginSession},
};
use irontrack_ports::{
    Page, PasswordHash, RepositoryError,
    query::{AccountFilter, AccountQueries, PrincipalState, SessionState},
    repo::Credentials,
};
use uuid::Uuid;

use super::PostgresQueries;
use crate::{
    row::{
        account::{AccountColumns, AccountRow, COLUMNS},
        session::SessionRow,
    },
    schema::{role, user_account, user_session},
    statement::Statement,
    stored,
};

diesel::define_sql_function! {
    /// Lower case, as the unique index on addresses uses it.
    fn lower(text: Text) -> Text;
}

#[derive(Queryable)]
struct StoredPrincipal {
    name: Option<String>,
    email: String,
    is_active: bool,
    role: String,
    session: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

#[derive(Queryable)]
struct StoredCredentials {
    id: Uuid,
    email: String,
    password: String,
    is_active: bool,
}

#[async_trait]
impl AccountQueries for PostgresQueries {
    async fn principal(&self, user: UserId, session: SessionId) -> Result<Option<PrincipalState>, RepositoryError> {
        let own_session = user_session::id.eq(session.uuid()).and(user_session::user_id.eq(user_account::id));
        let principal = user_account::table
            .find(user.uuid())
            .inner_join(role::table)
            .left_join(user_session::table.on(own_session))
            .select((
                user_account::name,
                user_account::email,
                user_account::is_active,
                role::slug,
                (user_session::expires_at, user_session::last_used_at).nullable(),
            ));
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| principal.load::<StoredPrincipal>(postgres)).await?.pop();
        let Some(found) = found else { return Ok(None) };
        Ok(Some(PrincipalState {
            name: stored::person_name(found.name.as_deref())?,
            email: stored::email(&found.email)?,
            is_active: found.is_active,
            role: stored::role(&found.role)?,
            session: found.session.map(|(expires_at, last_used_at)| SessionState { expires_at, last_used_at }),
        }))
    }

    async fn credentials(&self, canonical_email: &str) -> Result<Option<Credentials>, RepositoryError> {
        let account = user_account::table.filter(lower(user_account::email).eq(lower(canonical_email))).select((
            user_account::id,
            user_account::email,
            user_account::password,
            user_account::is_active,
        ));
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| account.load::<StoredCredentials>(postgres)).await?.pop();
        let Some(found) = found else { return Ok(None) };
        Ok(Some(Credentials {
            user_id: UserId::new(found.id),
            email: stored::email(&found.email)?,
            password: PasswordHash::new(found.password),
            is_active: found.is_active,
        }))
    }

    async fn password(&self, user: UserId) -> Result<Option<PasswordHash>, RepositoryError> {
        let password = user_account::table.find(user.uuid()).select(user_account::password);
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| password.load::<String>(postgres)).await?.pop();
        Ok(found.map(PasswordHash::new))
    }

    async fn account(&self, user: UserId) -> Result<Option<Account>, RepositoryError> {
        let account =
            Statement::<AccountColumns>::new("SELECT ").sql(COLUMNS).sql(" FROM user_account a WHERE a.id = ");
        let account = account.bind(user.uuid());
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| account.load::<AccountRow>(postgres)).await?.pop();
        Ok(found.map(Account::try_from).transpose()?)
    }

    async fn accounts(&self, filter: &AccountFilter) -> Result<Page<Account>, RepositoryError> {
        let page = page::statement(filter);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| page.load::<(i64, Option<AccountRow>)>(postgres)).await?;
        let total = rows.as_slice().first().map_or(0, |&(total, _)| total);
        let items = rows.into_iter().filter_map(|(_, row)| row).map(Account::try_from).collect::<Result<_, _>>()?;
        Ok(Page { items, total })
    }

    async fn sessions(&self, user: UserId, now: DateTime<Utc>) -> Result<Vec<LoginSession>, RepositoryError> {
        let sessions = user_session::table
            .filter(user_session::user_id.eq(user.uuid()))
            .filter(user_session::expires_at.gt(now))
            .order((user_session::last_used_at.desc(), user_session::id));
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| sessions.load::<SessionRow>(postgres)).await?;
        Ok(rows.into_iter().map(LoginSession::from).collect())
    }
}
