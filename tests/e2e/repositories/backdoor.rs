//! What suites do to the database behind the ports.

use irontrack_domain::{
    ExerciseId, UserId,
    account::Role,
    catalogue::{CatalogueItem, CatalogueKind},
    exercise::{Exercise, Force, Mechanic, Slug},
};
use irontrack_ports::testing::{Backdoor, StoredRole};
use postgres::{Client, NoTls, error::SqlState};

/// The database itself.
pub(super) struct Sql {
    /// Its address.
    pub(super) url: String,
}

impl Sql {
    /// On a thread of its own: the client must not run inside a runtime.
    fn run<T: Send>(&self, work: impl FnOnce(&mut Client) -> T + Send) -> T {
        let connect = || Client::connect(&self.url, NoTls).expect("there is a connection");
        std::thread::scope(|scope| scope.spawn(|| work(&mut connect())).join().expect("the statement works"))
    }
}

impl Backdoor for Sql {
    fn delete_account(&self, id: UserId) -> bool {
        self.run(|client| {
            let mut transaction = client.transaction().expect("a transaction");
            let sql = "SELECT 1 FROM user_account WHERE id = $1 FOR UPDATE NOWAIT";
            match transaction.query_one(sql, &[&id.uuid()]) {
                Err(error) if error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE) => return false,
                locked => locked.expect("the account is there"),
            };
            let sql = "DELETE FROM user_account WHERE id = $1";
            transaction.execute(sql, &[&id.uuid()]).expect("the account can be deleted");
            transaction.commit().expect("the account is deleted");
            true
        })
    }

    fn role(&self, role: Role) -> Option<StoredRole> {
        self.run(|client| {
            let sql = "SELECT name, description, created_at, updated_at FROM role WHERE slug = $1";
            let row = client.query_opt(sql, &[&role.slug()]).expect("roles can be read")?;
            Some(StoredRole {
                name: row.get(0),
                description: row.get(1),
                created_at: row.get(2),
                updated_at: row.get(3),
            })
        })
    }

    fn rewrite_role(&self, role: Role, name: &str, description: Option<&str>) {
        self.run(|client| {
            let sql = "UPDATE role SET name = $2, description = $3 WHERE slug = $1";
            let changed = client.execute(sql, &[&role.slug(), &name, &description]).expect("a role can be changed");
            assert_eq!(changed, 1, "the role is there");
        });
    }

    fn add_catalogue_item(&self, kind: CatalogueKind, name: &str) -> i16 {
        self.run(|client| {
            let sql = format!("INSERT INTO {} (name) VALUES ($1) RETURNING id", table(kind));
            client.query_one(&sql, &[&name]).expect("an item can be added").get(0)
        })
    }

    fn add_custom_exercise(&self, exercise: &Exercise) {
        self.run(|client| add_exercise(client, exercise));
    }

    fn hide_exercise(&self, id: ExerciseId) {
        self.run(|client| {
            let sql = "UPDATE exercises SET is_active = false WHERE id = $1 AND is_active";
            let hidden = client.execute(sql, &[&id.uuid()]).expect("an exercise can be hidden");
            assert_eq!(hidden, 1, "the exercise is there");
        });
    }

    fn delete_exercise(&self, id: ExerciseId) {
        self.run(|client| {
            let sql = "DELETE FROM exercises WHERE id = $1";
            let deleted = client.execute(sql, &[&id.uuid()]).expect("an exercise can be deleted");
            assert_eq!(deleted, 1, "the exercise is there");
        });
    }

    fn history_version(&self, id: UserId) -> i64 {
        self.run(|client| {
            let sql = "SELECT history_version FROM training_histories WHERE user_id = $1";
            let row = client.query_opt(sql, &[&id.uuid()]).expect("versions can be read");
            row.map_or(0, |row| row.get(0))
        })
    }
}

fn table(kind: CatalogueKind) -> &'static str {
    match kind {
        CatalogueKind::MuscleGroups => "muscle_groups",
        CatalogueKind::Equipment => "equipment",
        CatalogueKind::ExerciseTags => "exercise_tags",
    }
}

fn add_exercise(client: &mut Client, exercise: &Exercise) {
    let sql = "INSERT INTO exercises (id, name, force, difficulty_level, mechanic, category, instructions, \
               image_path_start, image_path_end, is_system_default, slug, created_by, created_at, updated_at) VALUES \
               ($1, $2, $3::text::force_enum, $4::text::difficulty_level_enum, $5::text::mechanic_enum, \
               $6::text::category_enum, $7, $8, $9, $10, $11, $12, $13, $14)";
    client
        .execute(
            sql,
            &[
                &exercise.id.uuid(),
                &exercise.name,
                &exercise.force.map(Force::as_str),
                &exercise.difficulty_level.as_str(),
                &exercise.mechanic.map(Mechanic::as_str),
                &exercise.category.as_str(),
                &exercise.instructions,
                &exercise.image_path_start,
                &exercise.image_path_end,
                &exercise.is_system_default,
                &exercise.slug.as_ref().map(Slug::as_str),
                &exercise.created_by.map(UserId::uuid),
                &exercise.created_at,
                &exercise.updated_at,
            ],
        )
        .expect("an exercise can be added");
    for (table, column, items) in [
        ("exercise_primary_muscles", "muscle_group_id", &exercise.primary_muscles),
        ("exercise_secondary_muscles", "muscle_group_id", &exercise.secondary_muscles),
        ("exercise_equipment", "equipment_id", &exercise.equipment),
        ("exercise_tag_map", "tag_id", &exercise.tags),
    ] {
        for CatalogueItem { id, .. } in items {
            let sql = format!("INSERT INTO {table} (exercise_id, {column}) VALUES ($1, $2)");
            client.execute(&sql, &[&exercise.id.uuid(), id]).expect("a link can be added");
        }
    }
    assert!(exercise.aliases.is_empty(), "custom exercises have no aliases");
}
