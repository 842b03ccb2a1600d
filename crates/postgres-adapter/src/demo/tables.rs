//! Which columns a batch has, table by table.

use chrono::{DateTime, SecondsFormat, Utc};
use irontrack_domain::{
    ExerciseId, TrainingPlanId, TrainingUnitId, UserId,
    account::PersonName,
    audit::{AuditAction, AuditEvent, Origin},
    training::{
        LongText, TemplateName,
        session::{Metric, Performance, PerformedSet, Planned, SessionTime, SetNotes},
    },
};
use irontrack_ports::{
    DemoAccount, DemoCounts, PasswordHash, RepositoryError,
    repo::{DoneExercise, NewTrainingSession},
};
use tokio_postgres::Transaction;

use super::{
    ROLE,
    copy::{Rows, copy},
    error::refused,
};
use crate::row::audit::stored_details;

const ACCOUNTS: &str = "COPY user_account (id, name, email, password, is_active, is_superuser, role_id, created_at, \
                        updated_at) FROM STDIN";
const EVENTS: &str = "COPY audit_event (occurred_at, kind, subject_id, details) FROM STDIN";
const SESSIONS: &str = "COPY training_sessions (id, user_id, training_plan_id, training_unit_id, plan_name_snapshot, \
                        unit_name_snapshot, start_time, end_time, user_timezone, status, duration_seconds, notes, \
                        created_at, updated_at) FROM STDIN";
const EXERCISES: &str = "COPY training_session_exercises (id, training_session_id, user_id, exercise_id, \
                         planned_unit_exercise_id, mode_snapshot, exercise_name_snapshot, order_index, \
                         order_index_snapshot, target_weight_snapshot, sets_snapshot, reps_min_snapshot, \
                         reps_max_snapshot, target_time_seconds_snapshot, target_distance_km_snapshot, \
                         rest_seconds_snapshot, notes) FROM STDIN";
const SETS: &str = "COPY training_session_sets (session_exercise_id, user_id, order_index, weight, reps_completed, \
                    time_seconds, distance_km, set_type, rpe, notes) FROM STDIN";
const HISTORIES: &str = "COPY training_histories (user_id, history_version) FROM STDIN";

/// Takes as many ids as there are exercises, so that nobody else gets them, and sets can name theirs.
const EXERCISE_IDS: &str = "SELECT nextval(pg_get_serial_sequence('training_session_exercises', 'id')) \
                            FROM generate_series(1, $1::bigint)";

/// Accounts that are written together.
pub(super) struct Batch<'a> {
    pub(super) accounts: &'a [DemoAccount],
    pub(super) password: &'a PasswordHash,
    /// The id of their role.
    pub(super) role: &'a str,
    pub(super) now: DateTime<Utc>,
}

impl Batch<'_> {
    /// Writes all of it. What is referred to comes first.
    pub(super) async fn write(&self, transaction: &Transaction<'_>) -> Result<DemoCounts, RepositoryError> {
        let rows = Rows::of(self.accounts.iter(), |rows, account| self.account(rows, account));
        let accounts = copy(transaction, ACCOUNTS, rows).await?;
        let events = self.accounts.iter().map(|account| self.event(account)).collect::<Result<Vec<_>, _>>()?;
        copy(transaction, EVENTS, Rows::of(events.iter(), event)).await?;
        let rows = Rows::of(self.sessions().map(|(session, _)| session), session);
        let sessions = copy(transaction, SESSIONS, rows).await?;
        let ids = self.exercise_ids(transaction).await?;
        let exercises = copy(transaction, EXERCISES, Rows::of(self.exercises().zip(&ids), exercise)).await?;
        let sets = copy(transaction, SETS, Rows::of(self.sets(&ids), performed)).await?;
        let histories = self.accounts.iter().filter(|account| !account.sessions.is_empty());
        copy(transaction, HISTORIES, Rows::of(histories, history)).await?;
        Ok(DemoCounts { accounts, sessions, exercises, sets })
    }

    fn sessions(&self) -> impl Iterator<Item = &(NewTrainingSession, Vec<DoneExercise>)> {
        self.accounts.iter().flat_map(|account| &account.sessions)
    }

    fn exercises(&self) -> impl Iterator<Item = (&NewTrainingSession, usize, &DoneExercise)> {
        self.sessions()
            .flat_map(|(session, done)| done.iter().enumerate().map(move |(place, done)| (session, place, done)))
    }

    fn sets(&self, exercise_ids: &[i64]) -> impl Iterator<Item = (i64, UserId, usize, &PerformedSet)> {
        self.exercises().zip(exercise_ids).flat_map(|((session, _, done), &id)| {
            done.sets.iter().enumerate().map(move |(place, set)| (id, session.owner, place, set))
        })
    }

    async fn exercise_ids(&self, transaction: &Transaction<'_>) -> Result<Vec<i64>, RepositoryError> {
        let count = i64::try_from(self.exercises().count()).unwrap_or(i64::MAX);
        let rows = transaction.query(EXERCISE_IDS, &[&count]).await.map_err(refused)?;
        rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>().map_err(refused)
    }

    fn account(&self, rows: &mut Rows, account: &DemoAccount) {
        rows.value(account.id)
            .text(account.name.as_ref().map(PersonName::as_str))
            .text(Some(account.email.as_str()))
            .text(Some(self.password.as_str()))
            .value(true)
            .value(ROLE.is_superuser())
            .value(self.role)
            .value(time(account.created_at))
            .value(time(account.created_at));
    }

    fn event(&self, account: &DemoAccount) -> Result<Event, RepositoryError> {
        let action = AuditAction::AccountCreated { role: ROLE, active: true };
        let event = AuditEvent::new(self.now, Origin::command_line(), account.id, action);
        let details = stored_details(&event)?;
        Ok(Event { at: event.at, kind: event.kind().name(), subject: account.id, details })
    }
}

/// A row of the audit trail.
struct Event {
    at: DateTime<Utc>,
    kind: &'static str,
    subject: UserId,
    details: String,
}

fn event(rows: &mut Rows, event: &Event) {
    rows.value(time(event.at)).value(event.kind).value(event.subject).text(Some(&event.details));
}

fn session(rows: &mut Rows, session: &NewTrainingSession) {
    let course = &session.details.course;
    let end = course.end().map(SessionTime::time);
    let start = course.start().time();
    let (plan, unit) = (session.plan.as_ref(), session.unit.as_ref());
    rows.value(session.id)
        .value(session.owner)
        .optional(plan.map(|(id, _): &(TrainingPlanId, _)| *id))
        .optional(unit.map(|(id, _): &(TrainingUnitId, _)| *id))
        .text(plan.map(|(_, name)| TemplateName::as_str(name)))
        .text(unit.map(|(_, name)| TemplateName::as_str(name)))
        .value(time(start))
        .optional(end.map(time))
        .value(session.details.time_zone)
        .value(course.status().as_str())
        .optional(course.duration_seconds())
        .text(session.details.notes.as_ref().map(LongText::as_str))
        // As if it had been noted while it happened.
        .value(time(start))
        .value(time(end.unwrap_or(start)));
}

fn exercise(rows: &mut Rows, ((session, place, done), id): ((&NewTrainingSession, usize, &DoneExercise), &i64)) {
    let exercise = &done.exercise;
    let planned: Option<&Planned> = exercise.planned.as_ref();
    let targets = planned.map(|planned| planned.prescription.targets);
    rows.value(id)
        .value(session.id)
        .value(session.owner)
        .optional(exercise.exercise_id.map(ExerciseId::uuid))
        .optional(planned.and_then(|planned| planned.entry))
        .value(exercise.mode.as_str())
        .text(Some(&exercise.exercise_name))
        .value(place)
        .optional(planned.map(|planned| planned.order_index))
        .optional(targets.and_then(|targets| targets.weight))
        .optional(planned.map(|planned| planned.prescription.sets))
        .optional(targets.and_then(|targets| targets.reps_min))
        .optional(targets.and_then(|targets| targets.reps_max))
        .optional(targets.and_then(|targets| targets.time_seconds))
        .optional(targets.and_then(|targets| targets.distance))
        .optional(planned.and_then(|planned| planned.prescription.rest_seconds))
        .text(exercise.notes.as_ref().map(LongText::as_str));
}

fn performed(rows: &mut Rows, (exercise, owner, place, set): (i64, UserId, usize, &PerformedSet)) {
    let metric: Option<Metric> = set.metric;
    let Performance { reps, time_seconds, distance } = metric.into();
    rows.value(exercise)
        .value(owner)
        .value(place)
        .optional(set.weight)
        .optional(reps)
        .optional(time_seconds)
        .optional(distance)
        .value(set.set_type.as_str())
        .optional(set.rpe)
        .text(set.notes.as_ref().map(SetNotes::as_str));
}

/// Each session was a write.
fn history(rows: &mut Rows, account: &DemoAccount) {
    rows.value(account.id).value(account.sessions.len());
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}
