//! The system catalogue and how it is loaded.

use std::{
    collections::BTreeSet,
    fs,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use irontrack::{SystemClock, system_catalogue};
use irontrack_application::setup::Setup;
use irontrack_auth::{Argon2Hasher, HasherSettings, PasswordEstimator};
use irontrack_domain::exercise::Instructions;
use irontrack_postgres_adapter::{Migrator, Pool, PoolOptions, PostgresQueries, PostgresUnitOfWorkFactory};
use irontrack_tests::harness::{TestDatabase, no_copies};

async fn setup(database: &TestDatabase) -> Setup {
    let pool = Pool::connect(PoolOptions::new(&database.url), tokio::runtime::Handle::current()).await.expect("a pool");
    let hasher = Argon2Hasher::new(HasherSettings { permits: 1, queue_limit: 1 }).expect("a hasher");
    let strength = Arc::new(PasswordEstimator::new(0, &hasher));
    let units = Arc::new(PostgresUnitOfWorkFactory::new(pool.clone()));
    let queries = Arc::new(PostgresQueries::new(pool));
    Setup::new(units, queries, Arc::new(hasher), strength, no_copies(), Arc::new(SystemClock))
}

/// What the files hold is checked in `crates/cli/tests/catalogue`.
#[test]
fn the_program_has_every_exercise_of_the_files() {
    let folder = [env!("CARGO_MANIFEST_DIR"), "..", "catalogue", "exercises"].iter().collect::<PathBuf>();
    let mut in_files = BTreeSet::new();
    for file in fs::read_dir(folder).expect("the folder can be listed") {
        let text = fs::read_to_string(file.expect("the folder can be listed").path()).expect("a file can be read");
        let exercises: Vec<serde_json::Value> = serde_json::from_str(&text).expect("a file holds a list");
        in_files.extend(exercises.iter().map(|exercise| exercise["slug"].as_str().expect("a slug").to_owned()));
    }
    let catalogue = system_catalogue().expect("the catalogue can be read");
    let built_in: BTreeSet<String> = catalogue.exercises.iter().map(|it| it.slug.as_str().to_owned()).collect();
    assert_eq!(built_in, in_files, "expected every file to be named in crates/irontrack/src/catalogue.rs");
    assert_eq!(catalogue.exercises.len(), built_in.len());
    assert_eq!((catalogue.muscle_groups.len(), catalogue.equipment.len(), catalogue.exercise_tags.len()), (17, 12, 25));
}

/// Every row of every table that holds the catalogue, with the transaction that wrote it.
fn rows(database: &TestDatabase) -> Vec<String> {
    let tables = [
        "muscle_groups",
        "equipment",
        "exercise_tags",
        "exercises",
        "exercise_primary_muscles",
        "exercise_secondary_muscles",
        "exercise_equipment",
        "exercise_tag_map",
        "exercise_aliases",
    ];
    let of = |table| format!("SELECT concat_ws(' ', '{table}', t.xmin, t.ctid, t::text) FROM {table} t");
    let sql = format!("{} ORDER BY 1", tables.map(of).join(" UNION ALL "));
    database.connect().query(&sql, &[]).expect("rows can be read").iter().map(|row| row.get(0)).collect()
}

async fn rows_of(database: &Arc<TestDatabase>) -> Vec<String> {
    let database = Arc::clone(database);
    tokio::task::spawn_blocking(move || rows(&database)).await.expect("rows can be read")
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_loaded_fast_and_loading_it_again_writes_no_row() {
    let database = tokio::task::spawn_blocking(TestDatabase::empty).await.expect("a database");
    Migrator::new(&database.url).upgrade().await.expect("the migrations run");
    let catalogue = system_catalogue().expect("the catalogue can be read");
    let setup = setup(&database).await;

    let start = Instant::now();
    let first = setup.seed(&catalogue).await.expect("it can be loaded");
    let first_took = start.elapsed();
    assert_eq!((first.items_inserted, first.exercises.inserted), (17 + 12 + 25, catalogue.exercises.len()));
    let database = Arc::new(database);
    let before = rows_of(&database).await;
    assert!(
        before.len() > 10 * catalogue.exercises.len(),
        "expected muscles, tags and aliases, found {}",
        before.len()
    );

    let start = Instant::now();
    let again = setup.seed(&catalogue).await.expect("it can be loaded again");
    let again_took = start.elapsed();
    assert_eq!((again.items_inserted, again.exercises.inserted, again.exercises.updated), (0, 0, 0));
    let after = rows_of(&database).await;
    assert_eq!(before.len(), after.len());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after, "expected no row to be written again");
    }

    println!("loaded in {first_took:?}, again in {again_took:?}");
    assert!(first_took < Duration::from_secs(5), "expected less than 5 s into an empty database, took {first_took:?}");
    assert!(again_took < Duration::from_secs(2), "expected less than 2 s again, took {again_took:?}");
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
    changed.exercises[0].instructions = Some(Instructions::parse("Changed.").expect("instructions"));
    changed.exercises[1].tags = Some(vec![1]);
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
