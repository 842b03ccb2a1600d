//! A training plan with its schedule, in one row.

use diesel::{
    Queryable,
    sql_types::{Array, BigInt, Integer, Record, SmallInt, Text, Uuid as SqlUuid},
};
use irontrack_domain::{
    PlanUnitId, TrainingPlanId, TrainingUnitId, UserId,
    exercise::DifficultyLevel,
    training::{PlanUnit, TrainingPlan},
};
use uuid::Uuid;

use super::template::{HeadColumns, HeadRow, PLANS, head};
use crate::{error::CorruptValue, schema, statement::Statement, stored};

/// The units of the plan `t`, by day, then place.
const SCHEDULE: &str = "ARRAY(SELECT ROW(pu.id, pu.day_number, pu.order_index, u.id, u.name, \
    (SELECT count(*) FROM training_unit_exercises e WHERE e.training_unit_id = u.id)) \
    FROM training_plan_units pu JOIN training_units u ON u.id = pu.training_unit_id \
    WHERE pu.training_plan_id = t.id ORDER BY pu.day_number, pu.order_index)";

type PlanUnitColumns = Record<(Integer, SmallInt, SmallInt, SqlUuid, Text, BigInt)>;

type PlanUnitRow = (i32, i16, i16, Uuid, String, i64);

/// The types of the columns that [`by_id`] selects.
pub(crate) type PlanColumns = (HeadColumns, schema::DifficultyLevel, Array<PlanUnitColumns>);

/// A row that [`by_id`] selects.
#[derive(Queryable)]
pub(crate) struct PlanRow {
    head: HeadRow,
    difficulty_level: DifficultyLevel,
    units: Vec<PlanUnitRow>,
}

/// One plan, and how that reader stands to it.
pub(crate) fn by_id(reader: UserId, id: TrainingPlanId) -> Statement<PlanColumns> {
    plans(reader).sql("t.id = ").bind(id.uuid())
}

/// Plans `t`, and how that reader stands to them, with an open condition.
pub(crate) fn plans(reader: UserId) -> Statement<PlanColumns> {
    head(Statement::new("SELECT "), &PLANS, reader)
        .sql(", t.difficulty_level, ")
        .sql(SCHEDULE)
        .sql(" FROM training_plans t WHERE ")
}

impl PlanRow {
    /// The plan as that reader, for whom it was selected, sees it; `None` if for them it is not there.
    pub(crate) fn seen_by(self, reader: UserId) -> Result<Option<TrainingPlan>, CorruptValue> {
        let Some(head) = self.head.seen_by(reader, &PLANS)? else { return Ok(None) };
        let units = self.units.into_iter().map(plan_unit).collect::<Result<_, _>>()?;
        let id = TrainingPlanId::new(self.head.id);
        Ok(Some(TrainingPlan { id, head, difficulty_level: self.difficulty_level, units }))
    }
}

fn plan_unit((id, day, place, unit_id, unit_name, entry_count): PlanUnitRow) -> Result<PlanUnit, CorruptValue> {
    Ok(PlanUnit {
        id: PlanUnitId::new(id),
        day,
        place,
        unit_id: TrainingUnitId::new(unit_id),
        unit_name: stored::template_name("training_units", &unit_name)?,
        entry_count,
    })
}
