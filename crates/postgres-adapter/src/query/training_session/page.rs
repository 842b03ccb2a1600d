//! One part of a list of sessions, in one statement.
//!
//! The sessions of an account, of one plan or of one unit stand in an index in the order of the list: a part is read from
//! where it begins, wherever that is. One row more than the part is looked for, to know whether more follow; what is
//! counted in a session is counted for the rows of the part only. The single row in front of them carries what is said
//! past the end, too. The times always stand in the text, other conditions only if they are asked for: planned once for
//! all values, a condition that may be none looks as if it left next to nothing, and the order of the index as if it were
//! worth nothing.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::sql_types::{BigInt, Bool, Nullable};
use irontrack_domain::{ExerciseId, TrainingPlanId, TrainingUnitId, training::session::SessionStatus};
use irontrack_ports::{
    SortOrder,
    query::{SessionFilter, SessionPosition, SessionWindow},
};
use uuid::Uuid;

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

/// Goes on with the sessions that match.
fn matching<Row>(statement: Statement<Row>, filter: &SessionFilter) -> Statement<Row> {
    let Bounds { first, end } = Bounds::of(filter);
    // One bound on each side: each moves the start or the end of the scan of an index.
    let mut statement = statement
        .sql(" FROM training_sessions t WHERE t.user_id = ")
        .bind(filter.owner.uuid())
        .sql(" AND (t.start_time, t.id) >= (coalesce(")
        .bind(first.0)
        .sql(", '-infinity'), ")
        .bind(first.1)
        .sql(") AND (t.start_time, t.id) < (coalesce(")
        .bind(end.0)
        .sql(", 'infinity'), ")
        .bind(end.1)
        .sql(")");
    if let Some(status) = filter.status.map(SessionStatus::as_str) {
        statement = statement.sql(" AND t.status = ").bind(status).sql("::training_session_status_enum");
    }
    if let Some(plan) = filter.plan.map(TrainingPlanId::uuid) {
        statement = statement.sql(" AND t.training_plan_id = ").bind(plan);
    }
    if let Some(unit) = filter.unit.map(TrainingUnitId::uuid) {
        statement = statement.sql(" AND t.training_unit_id = ").bind(unit);
    }
    if let Some(exercise) = filter.exercise.map(ExerciseId::uuid) {
        // Without the offset the planner may look through all sets of an exercise for every session.
        statement = statement
            .sql(
                " AND EXISTS (SELECT 1 FROM training_session_exercises e WHERE e.training_session_id = t.id \
                 AND e.user_id = t.user_id AND e.exercise_id = ",
            )
            .bind(exercise)
            .sql(" OFFSET 0)");
    }
    statement
}

/// Between which positions the sessions of a part stand; no time is before or after all of them.
struct Bounds {
    /// The first position that may be in it.
    first: (Option<DateTime<Utc>>, Uuid),
    /// The position before which it ends.
    end: (Option<DateTime<Utc>>, Uuid),
}

impl Bounds {
    fn of(filter: &SessionFilter) -> Self {
        let mut first = (filter.from, Uuid::nil());
        let mut end = (filter.to, Uuid::nil());
        if let SessionWindow::After { position: SessionPosition { start, id }, .. } = filter.window {
            let position = (Some(start), id.uuid());
            match filter.order {
                // `None` is less than every time.
                SortOrder::Ascending => first = first.max(following(start, id.uuid())),
                SortOrder::Descending if end.0.is_none() => end = position,
                SortOrder::Descending => end = end.min(position),
            }
        }
        Self { first, end }
    }
}

/// The position right behind another one.
fn following(start: DateTime<Utc>, id: Uuid) -> (Option<DateTime<Utc>>, Uuid) {
    match id.as_u128().checked_add(1) {
        Some(next) => (Some(start), Uuid::from_u128(next)),
        None => (Some(start + TimeDelta::microseconds(1)), Uuid::nil()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use diesel::{debug_query, pg::Pg};
    use irontrack_domain::{TrainingSessionId, UserId};
    use irontrack_ports::PageRequest;

    use super::*;

    fn filter() -> SessionFilter {
        SessionFilter {
            owner: UserId::new(Uuid::nil()),
            status: None,
            from: None,
            to: None,
            plan: None,
            unit: None,
            exercise: None,
            order: SortOrder::Ascending,
            window: SessionWindow::Page(PageRequest::numbered(1, 20)),
        }
    }

    #[test]
    fn a_position_only_narrows_what_is_asked_for() {
        let at = |second| DateTime::from_timestamp(second, 0);
        let id = |n| Uuid::from_u128(n);
        let bounds = |order, from, to, start: i64, number| {
            let position =
                SessionPosition { start: at(start).unwrap(), id: TrainingSessionId::new(Uuid::from_u128(number)) };
            let window = SessionWindow::After { position, limit: 1 };
            let bounds = Bounds::of(&SessionFilter { from, to, order, window, ..filter() });
            (bounds.first, bounds.end)
        };
        let (up, down) = (SortOrder::Ascending, SortOrder::Descending);
        let nil = Uuid::nil();
        assert_eq!(bounds(up, None, None, 5, 7), ((at(5), id(8)), (None, nil)));
        assert_eq!(bounds(up, at(4), at(9), 5, 7), ((at(5), id(8)), (at(9), nil)));
        assert_eq!(bounds(up, at(6), at(9), 5, 7), ((at(6), nil), (at(9), nil)));
        assert_eq!(bounds(down, None, None, 5, 7), ((None, nil), (at(5), id(7))));
        assert_eq!(bounds(down, at(4), at(9), 5, 7), ((at(4), nil), (at(5), id(7))));
        assert_eq!(bounds(down, at(1), at(5), 5, 7), ((at(1), nil), (at(5), nil)));
        assert_eq!(following(at(5).unwrap(), Uuid::max()).1, nil);
    }

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
                        status: is_asked(0).then_some(SessionStatus::Aborted),
                        from: is_asked(1).then_some(DateTime::UNIX_EPOCH),
                        to: is_asked(2).then_some(DateTime::UNIX_EPOCH),
                        plan: is_asked(3).then(|| TrainingPlanId::new(Uuid::nil())),
                        unit: is_asked(4).then(|| TrainingUnitId::new(Uuid::nil())),
                        exercise: is_asked(5).then(|| ExerciseId::new(Uuid::nil())),
                        order,
                        window,
                        ..filter()
                    });
                    let text = debug_query::<Pg, _>(&statement).to_string();
                    texts.insert(text.split(" -- binds").next().unwrap().to_owned());
                }
            }
        }
        // by kind of window, direction, and which of four conditions there are
        assert_eq!(texts.len(), 2 * 2 * 16);
    }
}
