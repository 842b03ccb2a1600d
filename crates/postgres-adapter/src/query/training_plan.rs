//! Reads of training plans.

use async_trait::async_trait;
use diesel::sql_types::{BigInt, Record};
use diesel_async::RunQueryDsl;
use irontrack_domain::{
    TrainingPlanId, UserId,
    exercise::DifficultyLevel,
    training::{PlanSummary, TrainingPlan},
};
use irontrack_ports::{
    Page, RepositoryError,
    query::{TemplateFilter, TrainingPlanQueries},
};

use super::{
    PostgresQueries,
    template::{Listed, statement},
};
use crate::{
    row::{
        template::{HeadRow, PLANS},
        training_plan::{PlanRow, by_id},
    },
    schema,
};

const LISTED: Listed = Listed {
    kind: &PLANS,
    more: "t.difficulty_level, (SELECT ROW(count(*), count(DISTINCT pu.day_number), \
        coalesce(max(pu.day_number), 0)::bigint) FROM training_plan_units pu WHERE pu.training_plan_id = t.id)",
    conditions: " AND (w.search IS NULL OR strpos(lower(t.name), lower(w.search)) > 0) \
        AND (w.difficulty_level IS NULL OR t.difficulty_level = w.difficulty_level) \
        AND (w.exercise_id IS NULL OR EXISTS (SELECT 1 FROM training_plan_units pu \
             JOIN training_unit_exercises e USING (training_unit_id) \
             WHERE pu.training_plan_id = t.id AND e.exercise_id = w.exercise_id))",
};

type MoreColumns = (schema::DifficultyLevel, Record<(BigInt, BigInt, BigInt)>);

type MoreRow = (DifficultyLevel, (i64, i64, i64));

#[async_trait]
impl TrainingPlanQueries for PostgresQueries {
    async fn plan(&self, reader: UserId, id: TrainingPlanId) -> Result<Option<TrainingPlan>, RepositoryError> {
        let plan = by_id(reader, id);
        let mut connection = self.pool.checkout().await?;
        let found = connection.run(|postgres| plan.load::<PlanRow>(postgres)).await?.pop();
        Ok(found.map(|row| row.seen_by(reader)).transpose()?.flatten())
    }

    async fn plans(&self, filter: &TemplateFilter) -> Result<Page<PlanSummary>, RepositoryError> {
        let page = statement::<MoreColumns>(&LISTED, filter);
        let mut connection = self.pool.checkout().await?;
        let rows = connection.run(|postgres| page.load::<(i64, Option<(HeadRow, MoreRow)>)>(postgres)).await?;
        let total = rows.as_slice().first().map_or(0, |&(total, _)| total);
        let mut items = Vec::with_capacity(rows.len());
        for (row, (difficulty_level, counts)) in rows.into_iter().filter_map(|(_, row)| row) {
            let (unit_count, day_count, length_days) = counts;
            let head = row.seen_by(filter.reader, &PLANS)?;
            items.extend(head.map(|head| PlanSummary {
                id: TrainingPlanId::new(row.id),
                head,
                difficulty_level,
                unit_count,
                day_count,
                length_days,
            }));
        }
        Ok(Page { items, total })
    }
}
