//! Training sessions, written straight into the database.

use uuid::Uuid;

use super::Mint;

impl Mint {
    /// A session in progress that begins now, without a plan or a unit.
    pub fn training_session(&mut self, owner: Uuid) -> Uuid {
        let id = Uuid::now_v7();
        let history = "INSERT INTO training_histories AS h (user_id, history_version) VALUES ($1, 1) \
                       ON CONFLICT (user_id) DO UPDATE SET history_version = h.history_version + 1";
        self.execute(history, &[&owner]);
        let sql = "INSERT INTO training_sessions (id, user_id, user_timezone) VALUES ($1, $2, 'Europe/Berlin')";
        self.execute(sql, &[&id, &owner]);
        id
    }

    /// A last exercise of a session, in which repetitions are counted. Answers its id.
    pub fn session_exercise(&mut self, session: Uuid, exercise: Uuid) -> i64 {
        let sql = "INSERT INTO training_session_exercises (training_session_id, user_id, exercise_id, \
                   exercise_name_snapshot, mode_snapshot, order_index) SELECT t.id, t.user_id, x.id, x.name, 'reps', \
                   (SELECT count(*) FROM training_session_exercises WHERE training_session_id = $1) \
                   FROM training_sessions t, exercises x WHERE t.id = $1 AND x.id = $2 RETURNING id";
        self.database.query_one(sql, &[&session, &exercise]).expect("the exercise can be added").get(0)
    }

    /// A last set of an exercise of a session: eight repetitions with 60 kg. Answers its id.
    pub fn session_set(&mut self, exercise: i64) -> i64 {
        let sql = "INSERT INTO training_session_sets (session_exercise_id, user_id, order_index, reps_completed, weight) \
                   SELECT id, user_id, (SELECT count(*) FROM training_session_sets WHERE session_exercise_id = $1), 8, 60 \
                   FROM training_session_exercises WHERE id = $1 RETURNING id";
        self.database.query_one(sql, &[&exercise]).expect("the set can be added").get(0)
    }
}
