//! Schedules of plans, each written by one statement.
//!
//! A schedule goes over the wire as one JSON text, which becomes the table `wanted`. The unique order is checked when the
//! statement ends, so that units may exchange their places in it.

use chrono::{DateTime, Utc};
use irontrack_domain::{PlanUnitId, TrainingPlanId, exercise::DifficultyLevel};
use irontrack_ports::repo::{NewTemplate, PlanUnitToStore};
use serde_json::{Value, json};

use crate::{repo::template, statement::Statement};

/// The table `wanted`.
const WANTED: &str = "::jsonb) AS w (id integer, day smallint, place smallint, unit_id uuid)";

fn wanted<Row>(statement: Statement<Row>, placed: &[PlanUnitToStore]) -> Statement<Row> {
    let rows = placed.iter().map(|unit| {
        let PlanUnitToStore { id, day, place, unit_id } = unit;
        json!({"id": id.map(PlanUnitId::number), "day": day, "place": place, "unit_id": unit_id.uuid()})
    });
    statement.sql("jsonb_to_recordset(").bind(Value::Array(rows.collect()).to_string().as_str()).sql(WANTED)
}

/// Inserts a plan with its schedule.
pub(super) fn insertion(
    id: TrainingPlanId,
    plan: &NewTemplate,
    difficulty_level: DifficultyLevel,
    placed: &[PlanUnitToStore],
    now: DateTime<Utc>,
) -> Statement<()> {
    let statement = Statement::new(
        "WITH plan AS (INSERT INTO training_plans \
         (id, created_by, name, description, sharing_status, created_at, updated_at, difficulty_level) SELECT ",
    );
    let statement = template::values(statement, id.uuid(), plan, now).sql(", ").bind(difficulty_level.as_str()).sql(
        "::difficulty_level_enum RETURNING id) INSERT INTO training_plan_units \
             (training_plan_id, training_unit_id, day_number, order_index) \
             SELECT plan.id, w.unit_id, w.day, w.place FROM plan, ",
    );
    wanted(statement, placed).sql(" ORDER BY w.day, w.place")
}

/// Makes the schedule of a plan equal to the list.
pub(super) fn replacement(id: TrainingPlanId, placed: &[PlanUnitToStore], now: DateTime<Utc>) -> Statement<()> {
    let statement = wanted(Statement::new("WITH wanted AS MATERIALIZED (SELECT * FROM "), placed)
        .sql("), removed AS (DELETE FROM training_plan_units pu WHERE pu.training_plan_id = ")
        .bind(id.uuid())
        .sql(
            " AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.id = pu.id)), \
             moved AS (UPDATE training_plan_units pu SET day_number = w.day, order_index = w.place FROM wanted w \
             WHERE pu.id = w.id AND (pu.day_number, pu.order_index) <> (w.day, w.place) AND pu.training_plan_id = ",
        )
        .bind(id.uuid())
        .sql(
            "), added AS (INSERT INTO training_plan_units (training_plan_id, training_unit_id, day_number, order_index) \
             SELECT ",
        )
        .bind(id.uuid())
        .sql(
            ", w.unit_id, w.day, w.place FROM wanted w WHERE w.id IS NULL ORDER BY w.day, w.place) \
             UPDATE training_plans t SET ",
        );
    template::moved(statement, now).sql(" WHERE t.id = ").bind(id.uuid())
}
