//! Everything of an account, in parts: rows behind a position, in the order of an index.

mod grants;

use async_trait::async_trait;
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    ExerciseId, TrainingPlanId, TrainingUnitId, UserId,
    exercise::Exercise,
    training::{TrainingPlan, TrainingUnit, session::TrainingSession},
};
use irontrack_ports::{
    RepositoryError,
    query::{ExportQueries, GrantPosition, SessionPosition, SharedTemplate},
};
use uuid::Uuid;

use super::PostgresQueries;
use crate::{
    row::{
        exercise::{ExerciseRow, visible},
        training_plan::{PlanRow, plans},
        training_session::{SessionRow, sessions},
        training_unit::{UnitRow, units},
    },
    statement::Statement,
};

#[async_trait]
impl ExportQueries for PostgresQueries {
    async fn exercises_of(
        &self,
        owner: UserId,
        after: Option<ExerciseId>,
        limit: i64,
    ) -> Result<Vec<Exercise>, RepositoryError> {
        let owned = visible().sql(" AND e.created_by = ").bind(owner.uuid());
        let part = behind(owned.sql(" AND e.id > "), after.map(ExerciseId::uuid)).sql(" ORDER BY e.id LIMIT ");
        let part = part.bind(limit);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| part.load::<ExerciseRow>(postgres)).await?;
        Ok(rows.into_iter().map(Exercise::from).collect())
    }

    async fn units_of(
        &self,
        owner: UserId,
        after: Option<TrainingUnitId>,
        limit: i64,
    ) -> Result<Vec<TrainingUnit>, RepositoryError> {
        let owned = units(owner).sql("t.created_by = ").bind(owner.uuid());
        let part = behind(owned.sql(" AND t.id > "), after.map(TrainingUnitId::uuid)).sql(" ORDER BY t.id LIMIT ");
        let part = part.bind(limit);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| part.load::<UnitRow>(postgres)).await?;
        rows.into_iter().filter_map(|row| row.seen_by(owner).transpose()).map(|unit| Ok(unit?)).collect()
    }

    async fn plans_of(
        &self,
        owner: UserId,
        after: Option<TrainingPlanId>,
        limit: i64,
    ) -> Result<Vec<TrainingPlan>, RepositoryError> {
        let owned = plans(owner).sql("t.created_by = ").bind(owner.uuid());
        let part = behind(owned.sql(" AND t.id > "), after.map(TrainingPlanId::uuid)).sql(" ORDER BY t.id LIMIT ");
        let part = part.bind(limit);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| part.load::<PlanRow>(postgres)).await?;
        rows.into_iter().filter_map(|row| row.seen_by(owner).transpose()).map(|plan| Ok(plan?)).collect()
    }

    async fn grants_of(
        &self,
        user: UserId,
        after: Option<GrantPosition>,
        limit: i64,
    ) -> Result<Vec<SharedTemplate>, RepositoryError> {
        let part = grants::statement(user, after, limit);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| part.load::<grants::Row>(postgres)).await?;
        rows.into_iter().map(|row| Ok(grants::shared(row)?)).collect()
    }

    async fn sessions_of(
        &self,
        owner: UserId,
        after: Option<SessionPosition>,
        limit: i64,
    ) -> Result<Vec<TrainingSession>, RepositoryError> {
        let owned = sessions().sql("t.user_id = ").bind(owner.uuid());
        let behind = owned.sql(" AND (t.start_time, t.id) > (coalesce(").bind(after.map(|position| position.start));
        let behind = behind.sql(", '-infinity'), coalesce(").bind(after.map(|position| position.id.uuid()));
        let part = behind.sql(", '00000000-0000-0000-0000-000000000000')) ORDER BY t.start_time, t.id LIMIT ");
        let part = part.bind(limit);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| part.load::<SessionRow>(postgres)).await?;
        rows.into_iter().map(|row| Ok(row.session()?)).collect()
    }
}

/// Goes on with an id behind which rows come; without one, with one that comes before all that there can be.
fn behind<Row>(statement: Statement<Row>, after: Option<Uuid>) -> Statement<Row> {
    statement.bind(after.unwrap_or_else(Uuid::nil))
}
