//! All rows of a history, as they stand in the database.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use irontrack_domain::{
    SessionSetId, TimeZone, TrainingSessionId,
    progress::{Appearance, LoggedSet},
    training::{
        Distance, Weight,
        session::{Metric, Rpe, SessionStatus, SetType},
    },
};
use uuid::Uuid;

use super::history::Dice;
use crate::gym::Gym;

/// An exercise by its id, or by its name if it is gone.
pub(super) type Subject = (Option<Uuid>, Option<String>);

/// An exercise in a session.
pub(super) struct Entry {
    pub(super) subject: Subject,
    pub(super) name: String,
    pub(super) sets: Vec<LoggedSet>,
}

/// A session with its exercises in their order.
pub(super) struct Recorded {
    pub(super) id: Uuid,
    pub(super) start: DateTime<Utc>,
    pub(super) zone: TimeZone,
    pub(super) status: SessionStatus,
    pub(super) entries: Vec<Entry>,
}

/// The sessions in the order of time.
pub(super) struct Rows(pub(super) Vec<Recorded>);

impl Rows {
    /// Reads table by table.
    pub(super) fn of(gym: &mut Gym, owner: Uuid) -> Self {
        let sql = "SELECT id, start_time, user_timezone, status::text FROM training_sessions WHERE user_id = $1";
        let sessions = gym.mint.database.query(sql, &[&owner]).expect("sessions can be read");
        let mut sessions: Vec<_> = sessions
            .iter()
            .map(|row| Recorded {
                id: row.get(0),
                start: row.get(1),
                zone: TimeZone::parse(row.get(2)).expect("a zone"),
                status: SessionStatus::from_name(row.get(3)).expect("a status"),
                entries: Vec::new(),
            })
            .collect();
        sessions.sort_by_key(|session| (session.start, session.id));
        for session in &mut sessions {
            session.entries = entries(gym, session.id);
        }
        Self(sessions)
    }

    /// The exercises that are there.
    pub(super) fn exercises(&self) -> Vec<Uuid> {
        let with_sets = self.0.iter().flat_map(|session| &session.entries).filter(|entry| !entry.sets.is_empty());
        let mut ids: Vec<_> = with_sets.filter_map(|entry| entry.subject.0).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    pub(super) fn sessions(&self) -> Vec<Uuid> {
        self.0.iter().map(|session| session.id).collect()
    }

    /// When some session began.
    pub(super) fn some_start(&self, dice: &mut Dice) -> DateTime<Utc> {
        dice.pick(&self.0).start
    }

    /// The histories of all exercises.
    pub(super) fn appearances(&self) -> BTreeMap<Subject, Vec<Appearance>> {
        let mut appearances: BTreeMap<Subject, Vec<Appearance>> = BTreeMap::new();
        for session in &self.0 {
            let mut of_session: BTreeMap<&Subject, Vec<LoggedSet>> = BTreeMap::new();
            for entry in &session.entries {
                of_session.entry(&entry.subject).or_default().extend(&entry.sets);
            }
            for (subject, sets) in of_session {
                appearances.entry(subject.clone()).or_default().push(Appearance {
                    session_id: TrainingSessionId::new(session.id),
                    status: session.status,
                    start: session.start,
                    zone: session.zone,
                    sets,
                });
            }
        }
        appearances
    }

    /// What an exercise is called now, or was called if it is gone.
    pub(super) fn name(&self, subject: &Subject) -> String {
        let mut entries = self.0.iter().flat_map(|session| &session.entries);
        entries.find(|entry| entry.subject == *subject).map(|entry| entry.name.clone()).unwrap_or_default()
    }
}

fn entries(gym: &mut Gym, session: Uuid) -> Vec<Entry> {
    let sql = "SELECT e.id, e.exercise_id, coalesce(x.name, e.exercise_name_snapshot) FROM training_session_exercises e \
               LEFT JOIN exercises x ON x.id = e.exercise_id WHERE e.training_session_id = $1 ORDER BY e.order_index";
    let rows = gym.mint.database.query(sql, &[&session]).expect("exercises can be read");
    let entry = |row: &postgres::Row| {
        let (id, exercise, name): (i64, Option<Uuid>, String) = (row.get(0), row.get(1), row.get(2));
        let lost = exercise.is_none().then(|| name.clone());
        Entry { subject: (exercise, lost), name, sets: sets(gym, id) }
    };
    rows.iter().map(entry).collect()
}

fn sets(gym: &mut Gym, exercise: i64) -> Vec<LoggedSet> {
    let sql = "SELECT id, weight::text, reps_completed, time_seconds, distance_km::text, set_type::text, rpe::text \
               FROM training_session_sets WHERE session_exercise_id = $1 ORDER BY order_index";
    let rows = gym.mint.database.query(sql, &[&exercise]).expect("sets can be read");
    let set = |row: &postgres::Row| {
        let reps: Option<i16> = row.get(2);
        let seconds: Option<i32> = row.get(3);
        let distance = row.get::<_, Option<&str>>(4).map(|text| Distance::parse(text).expect("a distance"));
        LoggedSet {
            id: SessionSetId::new(row.get(0)),
            weight: row.get::<_, Option<&str>>(1).map(|text| Weight::parse(text).expect("a weight")),
            metric: reps.map(Metric::Reps).or(seconds.map(Metric::TimeSeconds)).or(distance.map(Metric::Distance)),
            set_type: SetType::from_name(row.get(5)).expect("a set type"),
            rpe: row.get::<_, Option<&str>>(6).map(|text| Rpe::parse(text).expect("a rating")),
        }
    };
    rows.iter().map(set).collect()
}
