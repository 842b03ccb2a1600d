//! A session without its exercises.

use chrono::{DateTime, Utc};
use diesel::{
    Queryable,
    sql_types::{BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use irontrack_domain::{
    TrainingPlanId, TrainingSessionId, TrainingUnitId,
    training::session::{Course, Revision, SessionHead, SessionStatus, SessionTime},
};
use uuid::Uuid;

use crate::{error::CorruptValue, schema, stored};

const TABLE: &str = "training_sessions";

/// The columns of the session `t`, and how many references are left in it.
pub(crate) const HEAD: &str = "t.id, t.write_count, num_nonnulls(t.training_plan_id, t.training_unit_id) + \
    (SELECT count(r.exercise_id) + count(r.planned_unit_exercise_id) FROM training_session_exercises r \
    WHERE r.training_session_id = t.id), t.training_plan_id, t.training_unit_id, t.plan_name_snapshot, \
    t.unit_name_snapshot, t.status, t.start_time, t.end_time, t.user_timezone, t.notes, t.created_at, t.updated_at";

/// The types of the columns of [`HEAD`].
pub(crate) type HeadColumns = (
    SqlUuid,
    BigInt,
    BigInt,
    Nullable<SqlUuid>,
    Nullable<SqlUuid>,
    Nullable<Text>,
    Nullable<Text>,
    schema::SessionStatus,
    Timestamptz,
    Nullable<Timestamptz>,
    Text,
    Nullable<Text>,
    Timestamptz,
    Timestamptz,
);

/// A row of the columns of [`HEAD`].
#[derive(Queryable)]
pub(crate) struct HeadRow {
    id: Uuid,
    writes: i64,
    references: i64,
    plan_id: Option<Uuid>,
    unit_id: Option<Uuid>,
    plan_name: Option<String>,
    unit_name: Option<String>,
    status: SessionStatus,
    start: DateTime<Utc>,
    end: Option<DateTime<Utc>>,
    time_zone: String,
    notes: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl HeadRow {
    /// The session without its exercises.
    pub(crate) fn head(self) -> Result<SessionHead, CorruptValue> {
        let corrupt = |problem: &str| CorruptValue { table: TABLE, problem: problem.to_owned() };
        let start = SessionTime::from_clock(self.start);
        let course = Course::from_stored(self.status, start, self.end.map(SessionTime::from_clock));
        let name = |text: Option<&str>| text.map(|text| stored::template_name(TABLE, text)).transpose();
        let session = TrainingSessionId::new(self.id);
        Ok(SessionHead {
            revision: Revision { session, writes: self.writes, references: self.references },
            plan_id: self.plan_id.map(TrainingPlanId::new),
            unit_id: self.unit_id.map(TrainingUnitId::new),
            plan_name: name(self.plan_name.as_deref())?,
            unit_name: name(self.unit_name.as_deref())?,
            course: course.ok_or_else(|| corrupt("start and end do not go with the status"))?,
            time_zone: stored::time_zone(&self.time_zone)?,
            notes: stored::long_text(TABLE, self.notes.as_deref())?,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}
