//! The fixtures of the contract cases, written straight into the database of a server.

use irontrack_domain::account::Role;
use postgres::Client;
use uuid::Uuid;

use super::{
    App, Session,
    app::{hash_of, insert_account},
};
use crate::cases::{ExerciseBody, Fixtures, World};

/// Starts a server with all fixtures, and signs in everybody who is active.
#[must_use]
pub fn world() -> (App, World) {
    let fixtures = Fixtures::load().expect("the fixtures can be read");
    let settings: Vec<(&str, &str)> =
        fixtures.environment.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?))).collect();
    let app = App::start_with(&settings);
    let world = furnish(&app, &fixtures);
    (app, world)
}

/// Writes all fixtures into the database of a server, and signs in everybody who is active.
#[must_use]
pub fn furnish(app: &App, fixtures: &Fixtures) -> World {
    let mut world = World::new(app.address.clone(), fixtures);
    for (key, fixture) in &fixtures.accounts {
        let role = fixture.role.as_deref().map_or(Role::ApplicationAccess, |slug| {
            Role::from_slug(slug).unwrap_or_else(|| panic!("{key} has the unknown role {slug}"))
        });
        let hash = hash_of(&fixture.password);
        let id = insert_account(&app.database, &fixture.email, fixture.name.as_deref(), role, fixture.is_active, &hash);
        let account = world.accounts.get_mut(key).expect("the world has all accounts");
        account.id = Some(id);
        if fixture.is_active {
            let Session { access, refresh, .. } = app.sign_in(&fixture.email, &fixture.password);
            (account.access_token, account.refresh_token) = (access, refresh);
        }
    }
    let mut client = app.database.connect();
    for (key, fixture) in &fixtures.exercises {
        let owner = world.accounts[&fixture.owner].id.filter(|_| fixture.slug.is_none());
        let id = insert_exercise(&mut client, &fixture.body, fixture.slug.as_deref(), owner);
        world.exercises.get_mut(key).expect("the world has all exercises").id = Some(id);
    }
    world
}

fn insert_exercise(client: &mut Client, body: &ExerciseBody, slug: Option<&str>, owner: Option<Uuid>) -> Uuid {
    let id = Uuid::now_v7();
    let sql = "INSERT INTO exercises (id, name, force, difficulty_level, mechanic, category, instructions, \
               image_path_start, image_path_end, is_system_default, created_by, slug) VALUES ($1, $2, \
               $3::text::force_enum, $4::text::difficulty_level_enum, $5::text::mechanic_enum, \
               $6::text::category_enum, $7, $8, $9, $10, $11, $12)";
    client
        .execute(
            sql,
            &[
                &id,
                &body.name,
                &body.force,
                &body.difficulty_level,
                &body.mechanic,
                &body.category,
                &body.instructions,
                &body.image_path_start,
                &body.image_path_end,
                &slug.is_some(),
                &owner,
                &slug,
            ],
        )
        .expect("the exercise can be inserted");
    for (table, column, ids) in [
        ("exercise_primary_muscles", "muscle_group_id", Some(&body.primary_muscles)),
        ("exercise_secondary_muscles", "muscle_group_id", body.secondary_muscles.as_ref()),
        ("exercise_equipment", "equipment_id", body.equipment.as_ref()),
        ("exercise_tag_map", "tag_id", body.tags.as_ref()),
    ] {
        for link in ids.into_iter().flatten() {
            let sql = format!("INSERT INTO {table} (exercise_id, {column}) VALUES ($1, $2)");
            client.execute(&sql, &[&id, link]).expect("the link can be inserted");
        }
    }
    id
}
