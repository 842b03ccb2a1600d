//! Migrations and the schema that they make.

use std::fmt::Write;

use expect_test::expect_file;
use irontrack_postgres_adapter::{MigrationError, Migrator};
use irontrack_tests::harness::{App, Process, TestDatabase};
use postgres::Client;

/// Everything about the schema that PostgreSQL knows, as a Markdown document.
fn schema(client: &mut Client) -> String {
    let mut text = String::from(
        "# Database schema\n\nMade from the migrated database; a test compares it. `UPDATE_EXPECT=1` writes it anew.\n",
    );
    let enums = "SELECT t.typname::text, string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder) \
                 FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY 1 ORDER BY 1";
    text.push_str("\n## Enum types\n\n| type | values |\n|---|---|\n");
    for row in client.query(enums, &[]).expect("enums") {
        let _infallible = writeln!(text, "| {} | {} |", row.get::<_, &str>(0), row.get::<_, &str>(1));
    }
    let tables = "SELECT c.oid, c.relname::text, obj_description(c.oid) FROM pg_class c \
                  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p') ORDER BY 2";
    for table in client.query(tables, &[]).expect("tables") {
        let oid: u32 = table.get(0);
        let _infallible = writeln!(text, "\n## {}\n", table.get::<_, &str>(1));
        if let Some(comment) = table.get::<_, Option<&str>>(2) {
            let _infallible = writeln!(text, "{comment}.\n");
        }
        text.push_str("| column | type | null | default | notes |\n|---|---|---|---|---|\n");
        let columns = "SELECT a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull, \
                       coalesce(CASE a.attgenerated WHEN 's' THEN 'generated: ' ELSE '' END || \
                       pg_get_expr(d.adbin, d.adrelid), CASE a.attidentity WHEN 'd' THEN 'identity' \
                       WHEN 'a' THEN 'identity, always' ELSE '' END), coalesce(col_description(a.attrelid, a.attnum), '') \
                       FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum \
                       WHERE a.attrelid = $1 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum";
        for row in client.query(columns, &[&oid]).expect("columns") {
            let null = if row.get::<_, bool>(2) { "no" } else { "yes" };
            let [name, kind, default, notes] = [0, 1, 3, 4].map(|i| row.get::<_, String>(i));
            let _infallible = writeln!(text, "| {name} | {kind} | {null} | {default} | {notes} |");
        }
        for (title, sql) in [
            (
                "Constraints",
                "SELECT conname::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = $1 ORDER BY 1",
            ),
            (
                "Indexes",
                "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i \
                 LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u') \
                 WHERE i.indrelid = $1 AND c.oid IS NULL ORDER BY 1",
            ),
            (
                "Triggers",
                "SELECT tgname::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = $1 AND NOT tgisinternal ORDER BY 1",
            ),
        ] {
            let rows = client.query(sql, &[&oid]).expect("the catalogue can be read");
            if !rows.is_empty() {
                let _infallible = writeln!(text, "\n{title}:\n");
                for row in rows {
                    let _infallible = writeln!(text, "* `{}`: {}", row.get::<_, &str>(0), row.get::<_, &str>(1));
                }
            }
        }
    }
    let functions = "SELECT p.oid::regprocedure::text, pg_get_functiondef(p.oid) FROM pg_proc p \
                     LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e' \
                     WHERE p.pronamespace = 'public'::regnamespace AND d.objid IS NULL AND p.prokind = 'f' ORDER BY 1";
    for row in client.query(functions, &[]).expect("functions") {
        let _infallible =
            writeln!(text, "\n## Function {}\n\n```sql\n{}```", row.get::<_, &str>(0), row.get::<_, &str>(1));
    }
    text
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("there is a runtime").block_on(future)
}

#[test]
fn each_migration_goes_up_down_and_up_to_an_equal_schema() {
    let database = TestDatabase::empty();
    let mut client = database.connect();
    let migrator = Migrator::new(&database.url);
    let names = block_on(migrator.upgrade()).expect("the migrations run");
    assert!(names.len() >= 5, "{names:?}");
    // Down step by step, remembering each schema on the way …
    let mut schemas = vec![schema(&mut client)];
    for _ in &names {
        block_on(migrator.revert_last()).expect("the migration can be reverted");
        schemas.push(schema(&mut client));
    }
    assert!(!schemas[names.len()].contains("user_account"), "everything is gone:\n{}", schemas[names.len()]);
    // … and up again to the full one.
    block_on(migrator.upgrade()).expect("the migrations run again");
    assert_eq!(schema(&mut client), schemas[0]);
    for steps in 1..=names.len() {
        for _ in 0..steps {
            block_on(migrator.revert_last()).expect("the migration can be reverted");
        }
        assert_eq!(schema(&mut client), schemas[steps], "{steps} down");
        block_on(migrator.upgrade()).expect("the migrations run again");
        assert_eq!(schema(&mut client), schemas[0], "{steps} down and up");
    }
}

#[test]
fn the_schema_document_is_up_to_date() {
    let database = TestDatabase::ready();
    expect_file!["../../docs/schema.md"].assert_eq(&schema(&mut database.connect()));
}

#[test]
fn four_instances_come_up_together_on_an_empty_database() {
    let database = TestDatabase::empty();
    let environment = App::environment(&database);
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", "1", "--migrate"];
    let mut processes: Vec<_> = (0..4).map(|_| Process::start(&arguments, folder.path(), &environment)).collect();
    for process in &mut processes {
        process.wait_until_ready();
    }
    assert!(schema(&mut database.connect()).contains("## user_session"));
}

/// Why the schema cannot be brought up to date.
fn refusal(database: &TestDatabase) -> String {
    match block_on(Migrator::new(&database.url).upgrade()) {
        Err(MigrationError::Failed { name, reason }) => format!("{name}: {reason}"),
        other => panic!("a failed migration is expected, not {other:?}"),
    }
}

#[test]
fn a_server_without_trigrams_is_told_what_it_lacks() {
    let database = TestDatabase::empty();
    let sql = "CREATE SCHEMA poor; \
               CREATE VIEW poor.pg_available_extensions AS \
               SELECT * FROM pg_catalog.pg_available_extensions WHERE name <> 'pg_trgm'; \
               DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = poor, public, pg_catalog', \
               current_database()); END $$";
    database.connect().batch_execute(sql).expect("an extension can be hidden");
    let refusal = refusal(&database);
    assert!(refusal.contains("_exercise_search: "), "{refusal}");
    assert!(refusal.contains("lacks the extension pg_trgm: install its contrib modules"), "{refusal}");
}

#[test]
fn the_owner_of_a_database_needs_no_other_right() {
    let database = TestDatabase::empty();
    let mut client = database.connect();
    // Whoever connects is that role from then on.
    let sql = "DO $$ DECLARE role text := current_database() || '_owner'; BEGIN \
               EXECUTE format('CREATE ROLE %I', role); \
               EXECUTE format('GRANT ALL ON SCHEMA public TO %I', role); \
               EXECUTE format('ALTER DATABASE %I SET role = %I', current_database(), role); END $$";
    client.batch_execute(sql).expect("there is a role without rights");
    let refusal = refusal(&database);
    assert!(refusal.contains("may not create extensions in the database"), "{refusal}");
    assert!(refusal.contains("let its owner run CREATE EXTENSION pg_trgm"), "{refusal}");

    let sql = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO %I', current_database(), \
               current_database() || '_owner'); END $$";
    client.batch_execute(sql).expect("the role becomes the owner");
    block_on(Migrator::new(&database.url).upgrade()).expect("an owner can migrate");
    let sql = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user";
    let is_superuser: bool = database.connect().query_one(sql, &[]).expect("there is a role").get(0);
    assert!(!is_superuser, "it was not the superuser who migrated");
    let sql = "DO $$ DECLARE role text := current_database() || '_owner'; BEGIN \
               EXECUTE format('ALTER DATABASE %I OWNER TO %I', current_database(), session_user); \
               EXECUTE format('DROP OWNED BY %I', role); EXECUTE format('DROP ROLE %I', role); END $$";
    client.batch_execute(sql).expect("the role is gone again");
}

#[test]
fn the_database_enforces_ownership() {
    let database = TestDatabase::ready();
    let mut client = database.connect();
    let insert = |is_system: bool, owner: &str, slug: &str, is_active: bool| {
        format!(
            "INSERT INTO exercises (id, name, difficulty_level, category, is_system_default, created_by, slug, is_active) \
             VALUES (gen_random_uuid(), 'x', 'expert', 'cardio', {is_system}, {owner}, {slug}, {is_active})"
        )
    };
    client
        .batch_execute(
            "INSERT INTO user_account (id, email, password, role_id) \
             SELECT '00000000-0000-7000-8000-000000000001', 'jo@example.com', 'x', id FROM role LIMIT 1",
        )
        .expect("an account can be added");
    let owner = "'00000000-0000-7000-8000-000000000001'";
    for (statement, allowed) in [
        (insert(true, "NULL", "'x'", true), true),
        (insert(true, owner, "'y'", true), false),
        (insert(true, "NULL", "NULL", true), false),
        (insert(false, owner, "NULL", true), true),
        (insert(false, owner, "NULL", true), false),
        (insert(false, owner, "'z'", false), false),
        (insert(false, "NULL", "NULL", true), false),
        (insert(false, "NULL", "NULL", false), true),
    ] {
        assert_eq!(client.batch_execute(&statement).is_ok(), allowed, "{statement}");
    }
}
