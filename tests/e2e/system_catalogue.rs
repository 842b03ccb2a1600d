//! The system catalogue and how it is loaded.

use std::{collections::HashSet, sync::Arc};

use irontrack::{SystemClock, system_catalogue};
use irontrack_application::setup::Setup;
use irontrack_auth::{Argon2Hasher, HasherSettings};
use irontrack_postgres_adapter::{Pool, PoolOptions, PostgresQueries, PostgresUnitOfWorkFactory};
use irontrack_tests::harness::{TestDatabase, no_copies};

async fn setup(database: &TestDatabase) -> Setup {
    let pool = Pool::connect(PoolOptions::new(&database.url), tokio::runtime::Handle::current()).await.expect("a pool");
    let hasher = Argon2Hasher::new(HasherSettings { permits: 1, queue_limit: 1 }).expect("a hasher");
    let units = Arc::new(PostgresUnitOfWorkFactory::new(pool.clone()));
    Setup::new(units, Arc::new(PostgresQueries::new(pool)), Arc::new(hasher), no_copies(), Arc::new(SystemClock))
}

#[test]
fn it_has_the_fixed_catalogues_and_enough_exercises() {
    let catalogue = system_catalogue().expect("the catalogue can be read");
    assert_eq!((catalogue.muscle_groups.len(), catalogue.equipment.len(), catalogue.exercise_tags.len()), (17, 12, 25));
    assert!(catalogue.exercises.len() >= 60, "{}", catalogue.exercises.len());
    let mut names = HashSet::new();
    for exercise in &catalogue.exercises {
        assert!(names.insert(exercise.name.as_str().to_lowercase()), "{} stands twice", exercise.name.as_str());
    }
    for exercise in &catalogue.exercises {
        for alias in &exercise.aliases {
            assert!(names.insert(alias.as_str().to_lowercase()), "the alias {} collides", alias.as_str());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn loading_it_again_touches_nothing_and_never_a_custom_exercise() {
    let database = tokio::task::spawn_blocking(TestDatabase::ready).await.expect("a database");
    let catalogue = system_catalogue().expect("the catalogue can be read");
    let setup = setup(&database).await;
    let again = setup.seed(&catalogue).await.expect("it can be loaded again");
    assert_eq!(again.items_inserted, 0);
    assert_eq!((again.exercises.inserted, again.exercises.updated), (0, 0));
    assert_eq!(again.exercises.unchanged, catalogue.exercises.len());

    let mut changed = catalogue.clone();
    changed.exercises.truncate(2);
    changed.exercises[0].instructions = "Changed.".to_owned();
    changed.exercises[1].tags = vec![1];
    let report = setup.seed(&changed).await.expect("a changed file can be loaded");
    assert_eq!((report.exercises.inserted, report.exercises.updated, report.exercises.unchanged), (0, 2, 0));

    let slug = catalogue.exercises[2].slug.as_str().to_owned();
    let name = catalogue.exercises[2].name.as_str().to_owned();
    let url = database.url.clone();
    tokio::task::spawn_blocking(move || {
        let mut client = postgres::Client::connect(&url, postgres::NoTls).expect("a connection");
        client.execute("DELETE FROM exercises WHERE slug = $1", &[&slug]).expect("it can be deleted");
        let sql = "INSERT INTO user_account (id, email, password, role_id) \
                   SELECT '00000000-0000-7000-8000-000000000001', 'jo@example.com', 'x', id FROM role LIMIT 1";
        client.execute(sql, &[]).expect("an account can be added");
        let sql = "INSERT INTO exercises (id, name, difficulty_level, category, created_by) VALUES \
                   (gen_random_uuid(), $1, 'expert', 'cardio', '00000000-0000-7000-8000-000000000001')";
        client.execute(sql, &[&name]).expect("a custom exercise of the same name can be added");
    })
    .await
    .expect("the database was changed");
    let report = setup.seed(&catalogue).await.expect("it can be loaded");
    assert_eq!((report.exercises.inserted, report.exercises.updated), (1, 2));
    let url = database.url.clone();
    let custom = tokio::task::spawn_blocking(move || {
        let mut client = postgres::Client::connect(&url, postgres::NoTls).expect("a connection");
        let sql = "SELECT category::text FROM exercises WHERE created_by IS NOT NULL";
        client.query_one(sql, &[]).expect("the custom exercise is there").get::<_, String>(0)
    });
    assert_eq!(custom.await.expect("it can be read"), "cardio");
}
