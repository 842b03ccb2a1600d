//! Reads of training sessions.

mod page;

use async_trait::async_trait;
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    TrainingSessionId, UserId,
    training::{
        Volume,
        session::{SessionSummary, TrainingSession},
    },
};
use irontrack_ports::{
    RepositoryError,
    query::{SessionFilter, SessionPage, TrainingSessionQueries},
};

use super::PostgresQueries;
use crate::row::training_session::{HeadRow, SessionRow, by_id};

/// A row of a list; see [`page::PartColumns`].
type PartRow = (Option<i64>, bool, Option<(HeadRow, i64, i64, i64)>);

#[async_trait]
impl TrainingSessionQueries for PostgresQueries {
    async fn session(&self, owner: UserId, id: TrainingSessionId) -> Result<Option<TrainingSession>, RepositoryError> {
        let session = by_id(owner, id);
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| session.load::<SessionRow>(postgres)).await?.pop();
        Ok(found.map(SessionRow::session).transpose()?)
    }

    async fn sessions(&self, filter: &SessionFilter) -> Result<SessionPage, RepositoryError> {
        let part = page::statement(filter);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| part.load::<PartRow>(postgres)).await?;
        let (total, has_more) =
            rows.as_slice().first().map_or((None, false), |&(total, has_more, _)| (total, has_more));
        let summary = |(head, exercise_count, set_count, grams): (HeadRow, i64, i64, i64)| {
            let volume = Volume::from_grams(u64::try_from(grams).unwrap_or(0));
            Ok(SessionSummary { head: head.head()?, exercise_count, set_count, volume })
        };
        let items = rows.into_iter().filter_map(|(_, _, row)| row).map(summary);
        Ok(SessionPage { items: items.collect::<Result<_, RepositoryError>>()?, total, has_more })
    }
}
