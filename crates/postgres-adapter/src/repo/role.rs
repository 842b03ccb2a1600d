//! Roles.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel_async::RunQueryDsl;
use irontrack_domain::account::Role;
use irontrack_ports::{RepositoryError, repo::RoleRepository};

use crate::{connection::Connection, seeding_lock::one_at_a_time, statement::Statement};

/// Roles inside a unit of work.
pub(crate) struct PostgresRoles<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresRoles<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl RoleRepository for PostgresRoles<'_> {
    async fn synchronise(&mut self, roles: &[Role], now: DateTime<Utc>) -> Result<(), RepositoryError> {
        let texts = |text: fn(Role) -> &'static str| roles.iter().map(|&role| Some(text(role).to_owned())).collect();
        let (slugs, names, descriptions): (Vec<_>, Vec<_>, Vec<_>) =
            (texts(Role::slug), texts(Role::name), texts(Role::description));
        let lock = one_at_a_time();
        self.connection.run(|postgres| lock.execute(postgres)).await?;
        let statement = synchronisation(slugs, names, descriptions, now);
        self.connection.run(|postgres| statement.execute(postgres)).await?;
        Ok(())
    }
}

type Texts = Vec<Option<String>>;

/// In the order of slugs, so that two programs that start together do not lock each other out.
fn synchronisation(slugs: Texts, names: Texts, descriptions: Texts, now: DateTime<Utc>) -> Statement<()> {
    Statement::new("INSERT INTO role (id, slug, name, description, created_at, updated_at) SELECT gen_random_uuid(), slug, name, description, ")
        .bind(now)
        .sql(", ")
        .bind(now)
        .sql(" FROM unnest(")
        .bind(slugs)
        .sql(", ")
        .bind(names)
        .sql(", ")
        .bind(descriptions)
        .sql(
            ") AS wanted (slug, name, description) ORDER BY slug \
             ON CONFLICT (slug) DO UPDATE SET \
             name = excluded.name, description = excluded.description, updated_at = excluded.updated_at \
             WHERE (role.name, role.description) IS DISTINCT FROM (excluded.name, excluded.description)",
        )
}
