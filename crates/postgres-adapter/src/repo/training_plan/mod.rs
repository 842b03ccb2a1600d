//! Training plans.

mod schedule;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    TrainingPlanId, UserId,
    exercise::DifficultyLevel,
    training::{TemplateName, TrainingPlan},
};
use irontrack_ports::{
    RepositoryError,
    repo::{NewTemplate, PlanUnitToStore, TemplateChanges, TrainingPlanRepository},
};
use uuid::Uuid;

use super::template;
use crate::{
    connection::Connection,
    row::{
        template::{PLANS, UNITS},
        training_plan::{PlanRow, by_id},
    },
    statement::Statement,
    stored,
};

/// Training plans inside a unit of work.
pub(crate) struct PostgresTrainingPlans<'a> {
    connection: &'a mut Connection,
}

impl<'a> PostgresTrainingPlans<'a> {
    pub(crate) fn new(connection: &'a mut Connection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl TrainingPlanRepository for PostgresTrainingPlans<'_> {
    async fn insert(
        &mut self,
        id: TrainingPlanId,
        plan: &NewTemplate,
        difficulty_level: DifficultyLevel,
        placed: &[PlanUnitToStore],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.connection.execute(schedule::insertion(id, plan, difficulty_level, placed, now)).await?;
        Ok(())
    }

    async fn lock(&mut self, reader: UserId, id: TrainingPlanId) -> Result<Option<TrainingPlan>, RepositoryError> {
        // Two statements: the second one sees what those did who were waited for.
        let is_there = self.connection.lock_rows(template::lock(&PLANS, id.uuid())).await?;
        if is_there { self.read(reader, id).await } else { Ok(None) }
    }

    async fn keep(&mut self, reader: UserId, id: TrainingPlanId) -> Result<Option<TrainingPlan>, RepositoryError> {
        let is_there = self.connection.lock_rows(template::keep(&PLANS, id.uuid())).await?;
        if is_there { self.read(reader, id).await } else { Ok(None) }
    }

    async fn lock_all(&mut self, ids: &[TrainingPlanId]) -> Result<Vec<TrainingPlanId>, RepositoryError> {
        let rows = template::lock_all(&PLANS, ids.iter().map(|id| id.uuid()).collect());
        let ids = self.connection.run(|postgres| rows.load::<Uuid>(postgres)).await?;
        Ok(ids.into_iter().map(TrainingPlanId::new).collect())
    }

    async fn read(&mut self, reader: UserId, id: TrainingPlanId) -> Result<Option<TrainingPlan>, RepositoryError> {
        let plan = by_id(reader, id);
        let found = self.connection.run(|postgres| plan.load::<PlanRow>(postgres)).await?.pop();
        Ok(found.map(|row| row.seen_by(reader)).transpose()?.flatten())
    }

    async fn update(
        &mut self,
        id: TrainingPlanId,
        changes: &TemplateChanges,
        difficulty_level: Option<DifficultyLevel>,
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        let statement = Statement::new("UPDATE training_plans t SET ").sql(template::NEW_VALUES);
        let statement = statement.sql(", difficulty_level = coalesce(wanted.difficulty_level, t.difficulty_level), ");
        let statement = template::moved(statement, now).sql(" FROM (SELECT ");
        let statement = template::wanted(statement, changes)
            .sql(", ")
            .bind(difficulty_level.map(DifficultyLevel::as_str))
            .sql("::difficulty_level_enum AS difficulty_level) AS wanted WHERE (t.difficulty_level <> wanted.difficulty_level OR ")
            .sql(template::DIFFERS)
            .sql(") AND t.id = ")
            .bind(id.uuid());
        self.connection.execute(statement).await?;
        Ok(())
    }

    async fn write_schedule(
        &mut self,
        id: TrainingPlanId,
        placed: &[PlanUnitToStore],
        now: DateTime<Utc>,
    ) -> Result<(), RepositoryError> {
        self.connection.execute(schedule::replacement(id, placed, now)).await?;
        Ok(())
    }

    async fn delete(&mut self, id: TrainingPlanId) -> Result<(), RepositoryError> {
        self.connection.execute(template::delete(&PLANS, id.uuid())).await?;
        Ok(())
    }

    async fn names_beginning(&mut self, owner: UserId, stems: &[&str]) -> Result<Vec<TemplateName>, RepositoryError> {
        let names = template::names_beginning(&PLANS, owner, stems);
        let names = self.connection.run(|postgres| names.load::<String>(postgres)).await?;
        Ok(names.iter().map(|name| stored::template_name(PLANS.table, name)).collect::<Result<_, _>>()?)
    }

    async fn lock_of(&mut self, owner: UserId) -> Result<(), RepositoryError> {
        self.connection.lock_rows(template::lock_of(&PLANS, owner)).await?;
        self.connection.lock_rows(template::lock_of(&UNITS, owner)).await?;
        Ok(())
    }

    async fn remove_of(&mut self, owner: UserId) -> Result<(), RepositoryError> {
        self.connection.execute(template::delete_of(&PLANS, owner)).await?;
        Ok(())
    }
}
