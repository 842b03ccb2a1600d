//! Reads of exercises.

mod page;
mod search;

use async_trait::async_trait;
use diesel_async::RunQueryDsl;
use irontrack_domain::{ExerciseId, UserId, exercise::Exercise};
use irontrack_ports::{
    Page, RepositoryError,
    query::{ExerciseFilter, ExerciseQueries},
};

use super::PostgresQueries;
use crate::{
    row::exercise::{ExerciseColumns, ExerciseRow, visible},
    statement::Statement,
};

#[async_trait]
impl ExerciseQueries for PostgresQueries {
    async fn page(&self, filter: &ExerciseFilter) -> Result<Page<Exercise>, RepositoryError> {
        let page = page::statement(filter);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| page.load::<(i64, Option<ExerciseRow>)>(postgres)).await?;
        let total = rows.as_slice().first().map_or(0, |&(total, _)| total);
        Ok(Page { items: rows.into_iter().filter_map(|(_, row)| row).map(Exercise::from).collect(), total })
    }

    async fn system(&self) -> Result<Vec<Exercise>, RepositoryError> {
        let catalogue =
            visible().sql(" AND e.is_system_default ORDER BY lower(e.name) COLLATE \"C\", e.name COLLATE \"C\", e.id");
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| catalogue.load::<ExerciseRow>(postgres)).await?;
        Ok(rows.into_iter().map(Exercise::from).collect())
    }

    async fn by_id(&self, id: ExerciseId) -> Result<Option<Exercise>, RepositoryError> {
        self.exercise(visible().sql(" AND e.id = ").bind(id.uuid())).await
    }

    async fn by_slug(&self, slug: &str) -> Result<Option<Exercise>, RepositoryError> {
        self.exercise(visible().sql(" AND e.is_system_default AND e.slug = ").bind(slug)).await
    }

    async fn by_name(&self, owner: UserId, name: &str) -> Result<Option<Exercise>, RepositoryError> {
        let statement = visible().sql(" AND e.created_by = ").bind(owner.uuid()).sql(" AND lower(e.name) = lower(");
        self.exercise(statement.bind(name).sql(")")).await
    }
}

impl PostgresQueries {
    async fn exercise(&self, statement: Statement<ExerciseColumns>) -> Result<Option<Exercise>, RepositoryError> {
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| statement.load::<ExerciseRow>(postgres)).await?.pop();
        Ok(found.map(Exercise::from))
    }
}
