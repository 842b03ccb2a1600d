//! `irontrack catalog import`.

use irontrack_tests::harness::{Mint, TestDatabase};
use serde_json::{Value, json};

use super::{
    admin::Admin,
    assert_failed,
    catalog::{migrated, rows},
};

/// An exercise in the schema of free-exercise-db.
fn exercise(name: &str) -> Value {
    json!({
        "id": name.replace(' ', "_"), "name": name, "force": "pull", "level": "beginner", "mechanic": "isolation",
        "equipment": "barbell", "primaryMuscles": ["biceps"], "secondaryMuscles": ["forearms"],
        "instructions": ["Stand tall.", "Curl."], "category": "strength",
        "images": [format!("{}/0.jpg", name.replace(' ', "_")), "made-up/1.jpg"]
    })
}

fn with(mut exercise: Value, field: &str, value: Value) -> Value {
    exercise[field] = value;
    exercise
}

const IMPORT: [&str; 5] = ["catalog", "import", "-", "--format", "free-exercise-db"];

/// Imports these, and answers the report.
fn import(admin: &Admin<'_>, entries: &Value, options: &[&str]) -> Value {
    let arguments = [&IMPORT, options, &["--json"]].concat();
    super::json(&admin.run_with_input(&arguments, entries.to_string().as_bytes()))
}

fn counts(report: &Value) -> [u64; 3] {
    ["inserted", "updated", "unchanged"].map(|name| report["exercises"][name].as_u64().expect("a number"))
}

/// A row of the catalogue.
fn row(database: &TestDatabase, name: &str) -> String {
    let rows: Vec<_> = rows(database).into_iter().filter(|row| row.contains(name)).collect();
    assert_eq!(rows.len(), 1, "{name}: {rows:?}");
    rows[0].clone()
}

#[test]
fn exercises_of_others_are_added_and_a_second_import_changes_nothing() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let bare =
        json!({"name": "Made Up Hold", "level": "Expert", "primaryMuscles": ["Middle  Back"], "category": "cardio"});
    let repeats = with(exercise("Made Up Row"), "secondaryMuscles", json!(["lats", "biceps"]));
    let entries = json!([exercise("Made Up Curl"), bare, repeats]);
    let report = import(&admin, &entries, &[]);
    assert_eq!((counts(&report), &report["left_out"], &report["written"]), ([3, 0, 0], &json!([]), &json!(true)));
    assert_eq!((&report["pictures_left_out"], &report["pictures_in_lower_case"]), (&json!(0), &json!(2)));
    let curl = row(&database, "made-up-curl");
    assert_eq!(
        curl,
        "(\"Made Up Curl\",made-up-curl,pull,beginner,isolation,strength,\"Stand tall.\n\nCurl.\",/made_up_curl/0.jpg,/made-up/1.jpg,\
         {biceps},{forearms},{barbell},{},{})"
    );
    let hold = row(&database, "made-up-hold");
    assert_eq!(hold, "(\"Made Up Hold\",made-up-hold,,expert,,cardio,,,,\"{\"\"middle back\"\"}\",{},{},{},{})");
    assert!(row(&database, "made-up-row").contains("{biceps},{lats}"), "a muscle is primary or secondary");
    database.assert_invariants(true);

    let before = database.contents();
    assert_eq!(counts(&import(&admin, &entries, &[])), [0, 0, 3]);
    database.assert_unchanged(&before, "a second import");
    let changed = with(exercise("MADE UP CURL"), "level", json!("expert"));
    assert_eq!(counts(&import(&admin, &json!([changed]), &[])), [0, 1, 0]);
    assert!(row(&database, "made-up-curl").starts_with("(\"MADE UP CURL\",made-up-curl,pull,expert,"));
}

#[test]
fn what_the_file_does_not_know_stays() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let plank = json!({"name": "Plank", "level": "expert", "primaryMuscles": ["abdominals"], "category": "strength"});
    let sql = "SELECT (SELECT count(*) FROM exercise_tag_map WHERE exercise_id = e.id) \
               + (SELECT count(*) FROM exercise_aliases WHERE exercise_id = e.id), e.difficulty_level::text, \
               e.image_path_end FROM exercises e WHERE slug = 'plank'";
    let mut client = database.connect();
    client.execute("UPDATE exercises SET image_path_end = '/plank.png' WHERE slug = 'plank'", &[]).expect("a picture");
    let before: i64 = client.query_one(sql, &[]).expect("a plank").get(0);
    assert!(before > 0);
    assert_eq!(counts(&import(&admin, &json!([plank]), &[])), [0, 1, 0]);
    let after = client.query_one(sql, &[]).expect("a plank");
    assert_eq!((after.get::<_, i64>(0), after.get::<_, &str>(1)), (before, "expert"), "tags and aliases stay");
    assert_eq!(after.get::<_, &str>(2), "/plank.png", "and so does the picture");
}

#[test]
fn entries_that_cannot_be_imported_are_reported_and_left_out_as_a_whole() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let curl = exercise("Made Up Curl");
    let long = "x".repeat(101);
    let entries = json!([
        with(curl.clone(), "name", json!(long)),
        curl.clone(),
        with(exercise("Made Up Sled"), "equipment", json!("Sled")),
        with(exercise("Made Up Wing"), "secondaryMuscles", json!(["wings"])),
        with(exercise("Made Up Level"), "level", json!("easy")),
        with(exercise("Made Up Text"), "instructions", json!(["x".repeat(100_001)])),
        with(exercise("Made Up Nul"), "instructions", json!(["a\u{0}b"])),
        with(exercise("Made Up None"), "primaryMuscles", json!([])),
        with(exercise("made-up curl"), "force", json!(null)),
        {"name": "Made Up Nothing"},
        [],
    ]);
    let expected = [
        (0, &long[..80], "name must have at most 100"),
        (2, "Made Up Sled", "'Sled' (equipment)"),
        (3, "Made Up Wing", "'wings' (muscle_groups)"),
        (4, "Made Up Level", "level has the unknown value 'easy'"),
        (5, "Made Up Text", "instructions must have at most 100000"),
        (6, "Made Up Nul", "instructions must not contain NUL"),
        (7, "Made Up None", "primaryMuscles must not be empty"),
        (8, "made-up curl", "same slug as entry 1"),
        (9, "Made Up Nothing", "missing field"),
        (10, "", "invalid"),
    ];
    let check = |report: &Value| {
        let left_out = report["left_out"].as_array().expect("a list");
        assert_eq!(left_out.len(), expected.len(), "{report}");
        for (entry, (index, name, problem)) in left_out.iter().zip(expected) {
            assert_eq!(entry["index"], json!(index), "{entry}");
            assert!(entry["name"].as_str().expect("a name").starts_with(name), "{entry}");
            assert!(entry["problem"].as_str().expect("a problem").contains(problem), "{entry}");
        }
        let unknown = json!([
            {"catalogue": "equipment", "name": "sled", "exercises": 1},
            {"catalogue": "muscle_groups", "name": "wings", "exercises": 1}
        ]);
        assert_eq!((&report["unknown_names"], &report["entries"]), (&unknown, &json!(11)));
    };

    let before = database.contents();
    let strict = admin.run_with_input(&[&IMPORT[..], &["--strict", "--json"]].concat(), entries.to_string().as_bytes());
    assert_failed(&strict, 1, &["10 of 11 entries", "nothing was changed"]);
    check(&super::parse(&strict.stdout));
    database.assert_unchanged(&before, "a strict import");
    let dry = import(&admin, &entries, &["--dry-run"]);
    check(&dry);
    assert_eq!((counts(&dry), &dry["written"]), ([1, 0, 0], &json!(false)));
    database.assert_unchanged(&before, "a dry run");

    let report = import(&admin, &entries, &[]);
    check(&report);
    assert_eq!((counts(&report), &report["written"]), ([1, 0, 0], &json!(true)));
    row(&database, "Made Up Curl");
    let sql = "SELECT count(*) FROM exercises WHERE name ILIKE 'made%'";
    assert_eq!(database.connect().query_one(sql, &[]).expect("a count").get::<_, i64>(0), 1, "half-written");
    let text = admin.run_with_input(&IMPORT, entries.to_string().as_bytes());
    assert!(text.stdout.contains("2\tMade Up Sled\tunknown: 'Sled' (equipment)"), "{}", text.stdout);
}

#[test]
fn an_import_that_fails_half_way_changes_nothing() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    database
        .connect()
        .batch_execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$; \
             CREATE TRIGGER refuse AFTER INSERT ON exercise_primary_muscles EXECUTE FUNCTION refuse()",
        )
        .expect("a trigger");
    let before = database.contents();
    let entries = json!([exercise("Made Up Curl"), exercise("Made Up Row")]).to_string();
    assert_failed(&admin.run_with_input(&IMPORT, entries.as_bytes()), 1, &["nothing was imported"]);
    database.assert_unchanged(&before, "an import that failed");
}

#[test]
fn a_dry_run_says_what_an_import_does_and_touches_nothing() {
    let source = TestDatabase::ready();
    let exported = Admin::of(&source);
    exported.done(&["catalog", "export", "--out", "catalogue.json"]);
    let file = exported.folder.path().join("catalogue.json");
    let file = file.to_str().expect("a path");
    let database = migrated();
    let admin = Admin::of(&database);
    let sequences = "SELECT coalesce(sum(last_value), 0)::bigint FROM pg_sequences";
    let sequence = || database.connect().query_one(sequences, &[]).expect("a sum").get::<_, i64>(0);
    let (before, numbers) = (database.contents(), sequence());
    let dry = admin.json(&["catalog", "import", file, "--dry-run"]);
    database.assert_unchanged(&before, "a dry run");
    assert_eq!(sequence(), numbers, "not even a number is used up");
    let mut done = admin.json(&["catalog", "import", file]);
    assert_eq!((&done["written"], &done["items_inserted"]), (&json!(true), &json!(54)));
    done["written"] = json!(false);
    assert_eq!(dry, done);
}

#[test]
fn items_are_matched_by_name_and_a_taken_id_is_no_conflict() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let document = json!({
        "format": "irontrack-catalogue", "version": 1,
        "muscle_groups": [{"id": 5, "name": "Chest"}, {"id": 7, "name": "wing"}],
        "equipment": [{"id": 500, "name": "sled"}], "exercise_tags": [],
        "exercises": [{
            "name": "Made Up Flap", "slug": "made-up-flap", "aliases": ["Flap"], "force": null,
            "difficulty_level": "beginner", "mechanic": null, "category": "cardio", "equipment": ["sled"],
            "primary_muscles": ["wing"], "secondary_muscles": ["chest"], "tags": ["standing"], "instructions": "Flap."
        }]
    });
    let exit = admin.run_with_input(&["catalog", "import", "-", "--json"], document.to_string().as_bytes());
    let report = super::json(&exit);
    assert_eq!((counts(&report), &report["items_inserted"]), ([1, 0, 0], &json!(2)));
    let ids = "SELECT (SELECT name FROM muscle_groups WHERE id = 7), (SELECT id FROM muscle_groups WHERE name = 'wing'), \
               (SELECT id FROM equipment WHERE name = 'sled'), (SELECT name FROM muscle_groups WHERE id = 5)";
    let found = database.connect().query_one(ids, &[]).expect("items");
    assert_eq!((found.get::<_, &str>(0), found.get::<_, &str>(3)), ("chest", "biceps"), "ids keep their meaning");
    assert_eq!((found.get::<_, i16>(1), found.get::<_, i16>(2)), (18, 500));
    assert!(row(&database, "made-up-flap").ends_with(",Flap.,,,{wing},{chest},{sled},{standing},{Flap})"));
    database.assert_invariants(true);
}

#[test]
fn custom_exercises_of_the_same_name_are_not_touched() {
    let app = irontrack_tests::harness::App::start();
    let mut mint: Mint = app.mint();
    let owner = mint.person(irontrack_domain::account::Role::ApplicationAccess);
    let id = mint.exercise(owner.user_id);
    mint.execute("UPDATE exercises SET name = 'Made Up Curl' WHERE id = $1", &[&id]);
    let admin = Admin::of(&app.database);
    assert_eq!(counts(&import(&admin, &json!([exercise("Made Up Curl")]), &[])), [1, 0, 0]);
    let sql =
        "SELECT count(*) FROM exercises WHERE name = 'Made Up Curl' AND created_by = $1 AND category = 'strength'";
    let mine: i64 = mint.database.query_one(sql, &[&owner.user_id]).expect("a count").get(0);
    assert_eq!(mine, 1);
    app.database.assert_invariants(true);
}

#[test]
fn what_is_no_file_of_exercises_is_one_line() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let before = database.contents();
    let file = admin.folder.path().join("file.json");
    let write = |content: &[u8]| std::fs::write(&file, content).expect("a file");
    let import = |format: &str| admin.run(&["catalog", "import", "file.json", "--format", format]);
    assert_failed(&import("irontrack"), 1, &["file.json cannot be read"]);
    let open = vec![b'['; 100_000];
    let deep = [open.clone(), vec![b']'; open.len()]].concat();
    for (content, irontrack, other) in [
        (&b""[..], "no catalogue", "no list"),
        (b"{}", "missing field `format`", "no list"),
        (b"[1", "no list", "no list"),
        (b"[7]", "[0] : invalid type", "[0] : invalid type"),
        (b"\xff\xfe", "not UTF-8", "not UTF-8"),
        (&open, "no list", "no list"),
        (&deep, "[0] : invalid type", "[0] : invalid type"),
    ] {
        write(content);
        assert_failed(&import("irontrack"), 1, &["file.json", irontrack]);
        assert_failed(&import("free-exercise-db"), 1, &["file.json", other]);
    }
    write(json!([exercise("Made Up Curl")]).to_string().as_bytes());
    assert_failed(&import("irontrack"), 1, &["[0] Made Up Curl", "--format"]);
    assert_failed(&admin.run(&["catalog", "import", "."]), 1, &["cannot be read"]);
    write(&vec![b' '; 64 * 1024 * 1024 + 1]);
    assert_failed(&import("irontrack"), 1, &["larger than 64 MiB"]);
    write(b"[]");
    assert!(import("irontrack").status.success(), "an empty list is a list");
    database.assert_unchanged(&before, "files that are none");
}
