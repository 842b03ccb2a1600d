//! One part of a list of sessions, in one statement.
//!
//! The sessions of an account, of one plan or of one unit stand in an index in the order of the list: a part is read from
//! where it begins, wherever that is. One row more than the part is looked for, to know whether more follow; what is
//! counted in a session is counted for the rows of the part only. The single row in front of them carries what is said
//! past the end, too. Conditions that choose an index stand in the text only if they are asked for; the others always.

use diesel::sql_types::{BigInt, Bool, Nullable};
use irontrack_domain::{ExerciseId, TrainingPlanId, TrainingUnitId, training::session::SessionStatus};
use irontrack_ports::{
    SortOrder,
    query::{SessionFilter, SessionWindow},
};

use crate::{
    row::training_session::{HEAD, HeadColumns},
    statement::Statement,
};

/// The total of a numbered page, whether more follow, and a session unless the part is empty: its head, how many exercises
/// and sets it has, and the volume in grams.
pub(super) type PartColumns = (Nullable<BigInt>, Bool, Nullable<(HeadColumns, BigInt, BigInt, BigInt)>);

/// What is counted in the session `t`.
const COUNTED: &str = "SELECT count(DISTINCT e.id) AS exercises, count(s.id) AS sets, \
    coalesce(sum(s.weight * 1000 * s.reps_completed) FILTER (WHERE s.set_type <> 'warmup'), 0)::bigint AS volume \
    FROM training_session_exercises e LEFT JOIN training_session_sets s ON s.session_exercise_id = e.id \
    WHERE e.training_session_id = t.id";

/// The statement that answers a filter.
pub(super) fn statement(filter: &SessionFilter) -> Statement<PartColumns> {
    let order = match filter.order {
        SortOrder::Ascending => " ORDER BY start_time, id",
        SortOrder::Descending => " ORDER BY start_time DESC, id DESC",
    };
    let (limit, offset) = match filter.window {
        SessionWindow::Page(page) => (page.limit, page.offset),
        SessionWindow::After { limit, .. } => (limit, 0),
    };
    let mut statement = matching(Statement::new("WITH found AS MATERIALIZED (SELECT t.id, t.start_time"), filter);
    if let SessionWindow::After { position, .. } = filter.window {
        statement = statement
            .sql(match filter.order {
                SortOrder::Ascending => " AND (t.start_time, t.id) > (",
                SortOrder::Descending => " AND (t.start_time, t.id) < (",
            })
            .bind(position.start)
            .sql(", ")
            .bind(position.id.uuid())
            .sql(")");
    }
    statement = statement.sql(order).sql(" LIMIT ").bind(limit.saturating_add(1)).sql(" OFFSET ").bind(offset);
    statement = statement.sql("), part AS (SELECT id FROM found").sql(order).sql(" LIMIT ").bind(limit);
    statement = match filter.window {
        SessionWindow::Page(_) => matching(statement.sql(") SELECT (SELECT count(*)"), filter).sql(")"),
        SessionWindow::After { .. } => statement.sql(") SELECT NULL::bigint"),
    };
    statement
        .sql(", (SELECT count(*) FROM found) > ")
        .bind(limit)
        .sql(", ")
        .sql(HEAD)
        .sql(", c.exercises, c.sets, c.volume FROM (VALUES (1)) AS one (row) LEFT JOIN (part JOIN training_sessions t USING (id) ")
        .sql("CROSS JOIN LATERAL (")
        .sql(COUNTED)
        .sql(") AS c) ON true")
        .sql(order)
}

/// Goes on with the sessions that match; further conditions can follow.
fn matching<Row>(statement: Statement<Row>, filter: &SessionFilter) -> Statement<Row> {
    let mut statement = statement
        .sql(" FROM training_sessions t WHERE t.user_id = ")
        .bind(filter.owner.uuid())
        .sql(" AND t.start_time >= coalesce(")
        .bind(filter.from)
        .sql(", '-infinity') AND t.start_time < coalesce(")
        .bind(filter.to)
        .sql(", 'infinity') AND t.status = coalesce(")
        .bind(filter.status.map(SessionStatus::as_str))
        .sql("::training_session_status_enum, t.status)");
    if let Some(plan) = filter.plan.map(TrainingPlanId::uuid) {
        statement = statement.sql(" AND t.training_plan_id = ").bind(plan);
    }
    if let Some(unit) = filter.unit.map(TrainingUnitId::uuid) {
        statement = statement.sql(" AND t.training_unit_id = ").bind(unit);
    }
    if let Some(exercise) = filter.exercise.map(ExerciseId::uuid) {
        statement = statement
            .sql(
                " AND EXISTS (SELECT 1 FROM training_session_exercises e WHERE e.training_session_id = t.id \
                 AND e.user_id = t.user_id AND e.exercise_id = ",
            )
            .bind(exercise)
            .sql(")");
    }
    statement
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use chrono::DateTime;
    use diesel::{debug_query, pg::Pg};
    use irontrack_domain::{TrainingSessionId, UserId};
    use irontrack_ports::{PageRequest, query::SessionPosition};
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_number_of_texts_is_bounded() {
        let position = SessionPosition { start: DateTime::UNIX_EPOCH, id: TrainingSessionId::new(Uuid::nil()) };
        let mut texts = HashSet::new();
        for window in [
            SessionWindow::Page(PageRequest::numbered(1, 20)),
            SessionWindow::Page(PageRequest::numbered(7, 100)),
            SessionWindow::After { position, limit: 20 },
        ] {
            for order in [SortOrder::Ascending, SortOrder::Descending] {
                for conditions in 0..64 {
                    let is_asked = |bit: u8| conditions & (1 << bit) > 0;
                    let statement = statement(&SessionFilter {
                        owner: UserId::new(Uuid::nil()),
                        status: is_asked(0).then_some(SessionStatus::Aborted),
                        from: is_asked(1).then_some(DateTime::UNIX_EPOCH),
                        to: is_asked(2).then_some(DateTime::UNIX_EPOCH),
                        plan: is_asked(3).then(|| TrainingPlanId::new(Uuid::nil())),
                        unit: is_asked(4).then(|| TrainingUnitId::new(Uuid::nil())),
                        exercise: is_asked(5).then(|| ExerciseId::new(Uuid::nil())),
                        order,
                        window,
                    });
                    let text = debug_query::<Pg, _>(&statement).to_string();
                    texts.insert(text.split(" -- binds").next().unwrap().to_owned());
                }
            }
        }
        // by kind of window, direction, and what chooses an index
        assert_eq!(texts.len(), 2 * 2 * 8);
    }
}
