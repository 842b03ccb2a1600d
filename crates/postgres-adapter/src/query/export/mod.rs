//! Everything of an account, in parts: rows behind a position, in its order.

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
use crate::row::{
    exercise::{ExerciseRow, visible},
    training_plan::{PlanRow, plans},
    training_session::{SessionRow, sessions},
    training_unit::{UnitRow, units},
};

#[async_trait]
impl ExportQueries for PostgresQueries {
    async fn exercises_of(
        &self,
        owner: UserId,
        after: Option<ExerciseId>,
        limit: i64,
    ) -> Result<Vec<Exercise>, RepositoryError> {
        let part = visible().sql(" AND e.created_by = ").bind(owner.uuid()).sql(" AND e.id > ");
        let part = part.bind(behind(after.map(ExerciseId::uuid))).sql(" ORDER BY e.id LIMIT ").bind(limit);
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
        let part = units(owner).sql("t.created_by = ").bind(owner.uuid()).sql(" AND t.id > ");
        let part = part.bind(behind(after.map(TrainingUnitId::uuid))).sql(" ORDER BY t.id LIMIT ").bind(limit);
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
        let part = plans(owner).sql("t.created_by = ").bind(owner.uuid()).sql(" AND t.id > ");
        let part = part.bind(behind(after.map(TrainingPlanId::uuid))).sql(" ORDER BY t.id LIMIT ").bind(limit);
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
        let next =
            sessions().sql("t.id = ANY (ARRAY(SELECT f.id FROM (SELECT n.id, sum(n.sets) OVER w - n.sets AS before ");
        let next = next.sql("FROM (SELECT s.id, s.start_time, ").sql(SETS).sql(" AS sets FROM training_sessions s ");
        let next = next.sql("WHERE s.user_id = ").bind(owner.uuid()).sql(" AND (s.start_time, s.id) > (coalesce(");
        let next = next.bind(after.map(|position| position.start)).sql(", '-infinity'), ");
        let next = next.bind(behind(after.map(|position| position.id.uuid())));
        let next = next.sql(") ORDER BY s.start_time, s.id LIMIT ").bind(limit);
        let next = next.sql(") AS n WINDOW w AS (ORDER BY n.start_time, n.id)) AS f WHERE f.before < ").bind(LARGE);
        let part = next.sql(")) ORDER BY t.start_time, t.id");
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| part.load::<SessionRow>(postgres)).await?;
        rows.into_iter().map(|row| Ok(row.session()?)).collect()
    }
}

/// How many sets the session `s` has.
const SETS: &str = "(SELECT count(*) FROM training_session_exercises e \
    JOIN training_session_sets x ON x.session_exercise_id = e.id WHERE e.training_session_id = s.id)";

/// A part with so many sets takes no further session.
const LARGE: i64 = 5_000;

/// The id behind which rows come: without one, an id that comes before all that there can be.
fn behind(after: Option<Uuid>) -> Uuid {
    after.unwrap_or_default()
}
