//! Training units and plans, written straight into the database.

use uuid::Uuid;

use super::Mint;

impl Mint {
    /// A training unit with a unique name and no entries, of somebody or ownerless; `status` is `private`, `shared` or
    /// `public`.
    pub fn training_unit(&mut self, owner: Option<Uuid>, status: &str) -> Uuid {
        let id = Uuid::now_v7();
        let sql = "INSERT INTO training_units (id, name, sharing_status, created_by) \
                   VALUES ($1, $2, $3::text::sharing_status_enum, $4)";
        self.execute(sql, &[&id, &format!("unit {}", id.simple()), &status, &owner]);
        id
    }

    /// A last entry of a unit: three sets of eight. Answers its id.
    pub fn unit_entry(&mut self, unit: Uuid, exercise: Uuid) -> i32 {
        let sql = "INSERT INTO training_unit_exercises (training_unit_id, exercise_id, exercise_name_snapshot, mode, \
                   order_index, sets, reps_min) SELECT $1, id, name, 'reps', \
                   (SELECT count(*) FROM training_unit_exercises WHERE training_unit_id = $1), 3, 8 \
                   FROM exercises WHERE id = $2 RETURNING id";
        self.database.query_one(sql, &[&unit, &exercise]).expect("the entry can be added").get(0)
    }

    /// That many entries of a unit, for which nothing but sets is counted.
    pub fn unit_entries(&mut self, unit: Uuid, exercise: Uuid, count: i32) {
        let sql = "INSERT INTO training_unit_exercises \
                   (training_unit_id, exercise_id, exercise_name_snapshot, mode, order_index) \
                   SELECT $1, id, name, 'sets_only', n FROM exercises, generate_series(0, $3 - 1) n WHERE id = $2";
        self.execute(sql, &[&unit, &exercise, &count]);
    }

    /// A training plan with a unique name and no units, of somebody or ownerless.
    pub fn training_plan(&mut self, owner: Option<Uuid>, status: &str) -> Uuid {
        let id = Uuid::now_v7();
        let sql = "INSERT INTO training_plans (id, name, difficulty_level, sharing_status, created_by) \
                   VALUES ($1, $2, 'beginner', $3::text::sharing_status_enum, $4)";
        self.execute(sql, &[&id, &format!("plan {}", id.simple()), &status, &owner]);
        id
    }

    /// A last unit of a day of a plan. Answers the id of its place in the schedule.
    pub fn plan_unit(&mut self, plan: Uuid, unit: Uuid, day: i16) -> i32 {
        let sql = "INSERT INTO training_plan_units (training_plan_id, training_unit_id, day_number, order_index) \
                   SELECT $1, $2, $3, count(*) FROM training_plan_units \
                   WHERE training_plan_id = $1 AND day_number = $3 RETURNING id";
        self.database.query_one(sql, &[&plan, &unit, &day]).expect("the unit can be scheduled").get(0)
    }

    /// Gives somebody access to a unit; `level` is `read` or `write`.
    pub fn unit_access(&mut self, unit: Uuid, user: Uuid, level: &str) {
        let sql = "INSERT INTO training_unit_access (training_unit_id, user_id, granted_by, access_level) \
                   SELECT id, $2, created_by, $3::text::access_level_enum FROM training_units WHERE id = $1";
        assert_eq!(self.execute(sql, &[&unit, &user, &level]), 1, "the unit is there");
    }

    /// Gives somebody access to a plan; `level` is `read` or `write`.
    pub fn plan_access(&mut self, plan: Uuid, user: Uuid, level: &str) {
        let sql = "INSERT INTO training_plan_access (training_plan_id, user_id, granted_by, access_level) \
                   SELECT id, $2, created_by, $3::text::access_level_enum FROM training_plans WHERE id = $1";
        assert_eq!(self.execute(sql, &[&plan, &user, &level]), 1, "the plan is there");
    }
}
