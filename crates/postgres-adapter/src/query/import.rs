//! Reads of files that are imported.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::sql_types::{Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use irontrack_domain::{ExerciseId, ImportId, UserId};
use irontrack_ports::{RepositoryError, query::ImportQueries, repo::Import};
use uuid::Uuid;

use super::PostgresQueries;
use crate::{
    row::import::{ImportRow, by_id},
    statement::Statement,
};

#[async_trait]
impl ImportQueries for PostgresQueries {
    async fn import(&self, owner: UserId, id: ImportId, now: DateTime<Utc>) -> Result<Option<Import>, RepositoryError> {
        let import = by_id(owner, id, now);
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| import.load::<ImportRow>(postgres)).await?.pop();
        Ok(found.map(ImportRow::import).transpose()?)
    }

    async fn meanings(&self, owner: UserId) -> Result<Vec<(String, ExerciseId)>, RepositoryError> {
        let meanings = Statement::<(Text, SqlUuid)>::new(
            "SELECT m.folded_name, m.exercise_id FROM exercise_mappings m WHERE m.user_id = ",
        )
        .bind(owner.uuid());
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| meanings.load::<(String, Uuid)>(postgres)).await?;
        Ok(rows.into_iter().map(|(name, id)| (name, ExerciseId::new(id))).collect())
    }
}
