//! Training sessions, written straight into the database.

use uuid::Uuid;

use super::Mint;

impl Mint {
    /// A training session of somebody, in progress since now, with nothing in it.
    pub fn training_session(&mut self, owner: Uuid) -> Uuid {
        let id = Uuid::now_v7();
        let sql = "INSERT INTO training_histories (user_id, history_version) VALUES ($1, 1) ON CONFLICT DO NOTHING";
        self.execute(sql, &[&owner]);
        let sql = "INSERT INTO training_sessions (id, user_id, user_timezone) VALUES ($1, $2, 'Europe/Berlin')";
        self.execute(sql, &[&id, &owner]);
        id
    }

    /// A last exercise of a session, in which repetitions are counted. Answers its id.
    pub fn session_exercise(&mut self, session: Uuid, exercise: Uuid) -> i64 {
        let sql = "INSERT INTO training_session_exercises (training_session_id, user_id, exercise_id, \
                   exercise_name_snapshot, mode_snapshot, order_index) SELECT s.id, s.user_id, e.id, e.name, 'reps', \
                   (SELECT count(*) FROM training_session_exercises WHERE training_session_id = s.id) \
                   FROM training_sessions s, exercises e WHERE s.id = $1 AND e.id = $2 RETURNING id";
        self.database.query_one(sql, &[&session, &exercise]).expect("the exercise can be added").get(0)
    }

    /// A last set of an exercise: eight repetitions with 60 kg. Answers its id.
    pub fn session_set(&mut self, exercise: i64) -> i64 {
        let sql = "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, weight, \
                   reps_completed) SELECT e.id, e.user_id, \
                   (SELECT count(*) FROM training_session_sets WHERE session_exercise_id = e.id), 60, 8 \
                   FROM training_session_exercises e WHERE e.id = $1 RETURNING id";
        self.database.query_one(sql, &[&exercise]).expect("the set can be added").get(0)
    }
}
