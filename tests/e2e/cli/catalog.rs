//! `irontrack catalog seed` and `irontrack catalog export`.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

use irontrack_tests::harness::TestDatabase;
use serde_json::{Value, json};

use super::{admin::Admin, assert_failed};

/// Everything about the system catalogue but ids and times of exercises, as text.
pub(super) fn rows(database: &TestDatabase) -> Vec<String> {
    let links = |table: &str, column: &str, items: &str| {
        format!(
            "ARRAY(SELECT c.name FROM {table} l JOIN {items} c ON c.id = l.{column} WHERE l.exercise_id = e.id ORDER BY 1)"
        )
    };
    let sql = format!(
        "SELECT row('muscle', id, name)::text FROM muscle_groups UNION ALL \
         SELECT row('equipment', id, name)::text FROM equipment UNION ALL \
         SELECT row('tag', id, name)::text FROM exercise_tags UNION ALL \
         SELECT row(e.name, e.slug, e.force, e.difficulty_level, e.mechanic, e.category, e.instructions, \
         e.image_path_start, e.image_path_end, {}, {}, {}, {}, \
         ARRAY(SELECT alias FROM exercise_aliases WHERE exercise_id = e.id ORDER BY 1))::text \
         FROM exercises e WHERE e.is_system_default AND e.is_active ORDER BY 1",
        links("exercise_primary_muscles", "muscle_group_id", "muscle_groups"),
        links("exercise_secondary_muscles", "muscle_group_id", "muscle_groups"),
        links("exercise_equipment", "equipment_id", "equipment"),
        links("exercise_tag_map", "tag_id", "exercise_tags"),
    );
    let rows = database.connect().query(&sql, &[]).unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter().map(|row| row.get(0)).collect()
}

/// Migrated, and nothing in it.
pub(super) fn migrated() -> TestDatabase {
    let database = TestDatabase::empty();
    Admin::of(&database).done(&["database", "upgrade", "--yes"]);
    database
}

#[test]
fn the_built_in_catalogue_is_loaded_and_then_left_alone() {
    let database = migrated();
    let admin = Admin::of(&database);
    let first = admin.json(&["catalog", "seed"]);
    let count = first["exercises"]["inserted"].as_u64().expect("a number");
    assert!(count >= 700, "{first}");
    let expected = json!({"items_inserted": 54, "exercises": {"inserted": count, "updated": 0, "unchanged": 0}});
    assert_eq!(first, expected);
    assert_eq!(rows(&database), rows(&TestDatabase::ready()));

    let before = database.contents();
    let start = Instant::now();
    let again = admin.json(&["catalog", "seed"]);
    assert!(start.elapsed() < Duration::from_secs(2), "it took {:?}", start.elapsed());
    let expected = json!({"items_inserted": 0, "exercises": {"inserted": 0, "updated": 0, "unchanged": count}});
    assert_eq!(again, expected);
    database.assert_unchanged(&before, "a catalogue that was there");

    let sql = "UPDATE exercises SET instructions = 'Mine.' WHERE slug = 'plank'";
    assert_eq!(database.connect().execute(sql, &[]).expect("a change"), 1);
    database.connect().execute("DELETE FROM exercises WHERE slug = 'barbell-curl'", &[]).expect("a deletion");
    let text = admin.done(&["catalog", "seed"]);
    assert!(text.contains("exercises inserted\t1") && text.contains("exercises updated\t1"), "{text}");
    assert_eq!(rows(&database), rows(&TestDatabase::ready()));
}

#[test]
fn long_work_shows_at_a_terminal_that_it_goes_on() {
    let database = TestDatabase::empty();
    let admin = Admin::of(&database);
    for (arguments, shown) in [
        (&["database", "upgrade", "--yes"][..], "Migrating"),
        (&["catalog", "seed"], "Loading "),
        (&["catalog", "import", "catalogue.json"], "Importing"),
        (&["audit", "export", "--out", "trail.jsonl"], "Exporting"),
        (&["database", "downgrade", "--yes"], "Taking migrations back"),
    ] {
        if arguments.contains(&"import") {
            admin.done(&["catalog", "export", "--out", "catalogue.json"]);
        }
        let (status, seen) = admin.at_terminal(arguments).wait();
        assert!(status.success() && seen.contains(shown), "{arguments:?}: expected {shown} in\n{seen:?}");
    }
}

#[test]
fn a_name_that_an_administrator_has_given_is_told() {
    let database = migrated();
    let admin = Admin::of(&database);
    database.connect().execute("INSERT INTO muscle_groups (id, name) VALUES (99, 'biceps')", &[]).expect("a muscle");
    let before = database.contents();
    assert_failed(&admin.run(&["catalog", "seed"]), 1, &["not loaded", "muscle group"]);
    database.assert_unchanged(&before, "a catalogue that was not loaded");
}

#[test]
fn an_export_is_one_document_with_names() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let text = admin.done(&["catalog", "export"]);
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&document["format"], &document["version"]), (&json!("irontrack-catalogue"), &json!(1)));
    assert_eq!(document["muscle_groups"][6], json!({"id": 7, "name": "chest"}));
    let exercises = document["exercises"].as_array().expect("a list");
    let curl = exercises.iter().find(|exercise| exercise["slug"] == "barbell-curl").expect("a curl");
    assert_eq!((&curl["primary_muscles"], &curl["equipment"]), (&json!(["biceps"]), &json!(["barbell"])));
    assert!(curl.get("id").is_none() && curl.get("image_path_start").is_none(), "{curl}");

    let file = admin.folder.path().join("out.json");
    fs::write(&file, "old").expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("a mode");
    let printed = admin.done(&["catalog", "export", "--out", "out.json"]);
    assert!(printed.contains(&format!("out.json holds {} exercises", exercises.len())), "{printed}");
    assert_eq!(fs::read_to_string(&file).expect("it can be read").trim_end(), text);
    assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o640);
    assert_failed(&admin.run(&["catalog", "export", "--out", "missing/out.json"]), 1, &["missing/out.json"]);
    #[cfg(target_os = "linux")]
    assert_failed(&admin.run(&["catalog", "export", "--out", "/dev/full"]), 1, &["/dev/full"]);
}

#[test]
fn an_export_that_is_imported_elsewhere_makes_the_same_rows() {
    let database = TestDatabase::ready();
    // What administrators do, and what no built-in file has.
    database
        .connect()
        .batch_execute(
            "UPDATE muscle_groups SET name = 'upper arm' WHERE id = 5; DELETE FROM muscle_groups WHERE id = 16; \
             INSERT INTO exercise_tags (id, name) VALUES (300, 'at the park'); \
             INSERT INTO exercise_tag_map SELECT id, 300 FROM exercises WHERE slug = 'plank'; \
             UPDATE exercises SET image_path_start = '/plank/0.jpg', instructions = NULL WHERE slug = 'plank'; \
             UPDATE exercises SET image_path_start = '/a.jpg', image_path_end = '/b.jpg' WHERE slug = 'barbell-curl'; \
             INSERT INTO exercises (id, name, difficulty_level, category, is_system_default, slug, instructions) \
             VALUES (gen_random_uuid(), 'Übung \"one\"', 'expert', 'cardio', true, 'bung-one', E'Erst.\\n\\nDann.'); \
             UPDATE exercises SET is_active = false WHERE slug = 'barbell-drag-curl'; \
             INSERT INTO user_account (id, email, password, role_id) \
             SELECT gen_random_uuid(), 'jo@example.com', 'x', id FROM role LIMIT 1; \
             INSERT INTO exercises (id, name, difficulty_level, category, created_by) \
             SELECT gen_random_uuid(), 'My Own', 'expert', 'cardio', id FROM user_account",
        )
        .expect("the catalogue can be changed");
    let admin = Admin::of(&database);
    admin.done(&["catalog", "export", "--out", "catalogue.json"]);
    let file = admin.folder.path().join("catalogue.json");
    let file = file.to_str().expect("a path");

    let elsewhere = migrated();
    let other = Admin::of(&elsewhere);
    let report = other.json(&["catalog", "import", file, "--strict"]);
    assert_eq!((&report["left_out"], &report["written"]), (&json!([]), &json!(true)), "{report}");
    assert_eq!(rows(&elsewhere), rows(&database));
    let custom = "SELECT count(*) FROM exercises WHERE created_by IS NOT NULL OR NOT is_active";
    assert_eq!(elsewhere.connect().query_one(custom, &[]).expect("a count").get::<_, i64>(0), 0, "the system's only");
    elsewhere.assert_invariants(false);

    let before = elsewhere.contents();
    let again = other.json(&["catalog", "import", file]);
    assert_eq!((&again["exercises"]["inserted"], &again["exercises"]["updated"]), (&json!(0), &json!(0)), "{again}");
    elsewhere.assert_unchanged(&before, "a second import");
    let sql = "INSERT INTO exercise_tags (name) VALUES ('new') RETURNING id";
    let id: i16 = elsewhere.connect().query_one(sql, &[]).expect("new items get new ids").get(0);
    assert!(id > 300, "{id}");
}
