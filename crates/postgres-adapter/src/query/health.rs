//! Whether the database answers.

use async_trait::async_trait;
use diesel::sql_types::Integer;
use diesel_async::RunQueryDsl;
use irontrack_ports::{RepositoryError, query::HealthQueries};

use super::PostgresQueries;
use crate::statement::Statement;

#[async_trait]
impl HealthQueries for PostgresQueries {
    async fn ping(&self) -> Result<(), RepositoryError> {
        let mut connection = self.pool.checkout().await?;
        let question = Statement::<Integer>::new("SELECT 1");
        connection.run(|postgres| question.get_result::<i32>(postgres)).await?;
        Ok(())
    }
}
