//! `irontrack pgbouncer`.

use std::{fs, os::unix::fs::PermissionsExt};

use irontrack_tests::harness::TestDatabase;
use uuid::Uuid;

use super::{admin::Admin, assert_failed};

/// Roles of one test's own. They belong to the whole server.
struct Roles<'a> {
    database: &'a TestDatabase,
    unique: String,
}

impl<'a> Roles<'a> {
    fn new(database: &'a TestDatabase) -> Self {
        let roles = Self { database, unique: Uuid::new_v4().simple().to_string() };
        roles.execute(&format!(
            "SET password_encryption = 'scram-sha-256'; \
             CREATE ROLE {scram} LOGIN PASSWORD 'geheim'; CREATE ROLE {quoted} LOGIN PASSWORD 'geheim'; \
             CREATE ROLE {md5} LOGIN PASSWORD 'md5{hash}'; CREATE ROLE {none} LOGIN; \
             CREATE ROLE {group} NOLOGIN PASSWORD 'geheim'",
            scram = roles.quoted("scram"),
            quoted = roles.quoted("a\"b"),
            md5 = roles.quoted("md5"),
            none = roles.quoted("none"),
            group = roles.quoted("group"),
            hash = "0123456789abcdef".repeat(2),
        ));
        roles
    }

    fn name(&self, kind: &str) -> String {
        format!("{kind}_{}", self.unique)
    }

    fn quoted(&self, kind: &str) -> String {
        format!("\"{}\"", self.name(kind).replace('"', "\"\""))
    }

    fn execute(&self, sql: &str) {
        self.database.connect().batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    fn stored(&self, kind: &str) -> String {
        let sql = "SELECT rolpassword FROM pg_authid WHERE rolname = $1";
        self.database.connect().query_one(sql, &[&self.name(kind)]).expect("the role is there").get(0)
    }
}

impl Drop for Roles<'_> {
    fn drop(&mut self) {
        for kind in ["scram", "a\"b", "md5", "none", "group"] {
            self.execute(&format!("DROP ROLE IF EXISTS {}", self.quoted(kind)));
        }
    }
}

#[test]
fn the_roles_asked_for_are_printed_as_postgresql_has_them() {
    let database = TestDatabase::empty();
    let roles = Roles::new(&database);
    let admin = Admin::of(&database);
    let (scram, quoted) = (roles.name("scram"), roles.name("a\"b"));
    let printed = admin.done(&["pgbouncer", "userlist", "--role", &scram, "--role", &quoted]);
    let expected = format!(
        "\"{scram}\" \"{}\"\n\"{}\" \"{}\"",
        roles.stored("scram"),
        quoted.replace('"', "\"\""),
        roles.stored("a\"b")
    );
    assert_eq!(printed, expected);
    assert!(printed.contains("\"SCRAM-SHA-256$"), "{printed}");
    assert_eq!(admin.done(&["pgbouncer", "userlist", "--role", &scram, &quoted]), expected, "one option, two names");
}

#[test]
fn a_file_is_for_its_owner_only_and_whole() {
    let database = TestDatabase::empty();
    let roles = Roles::new(&database);
    let admin = Admin::of(&database);
    let (scram, file) = (roles.name("scram"), admin.folder.path().join("userlist.txt"));
    fs::write(&file, "old").expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("a mode");
    let exit = admin.run(&["pgbouncer", "userlist", "--role", &scram, "nobody", "--out", "userlist.txt"]);
    assert_failed(&exit, 1, &["nobody"]);
    assert_eq!(fs::read_to_string(&file).expect("it can be read"), "old", "half a list is none");
    let printed = admin.done(&["pgbouncer", "userlist", "--role", &scram, "--out", "userlist.txt"]);
    assert!(!printed.contains("SCRAM"), "{printed}");
    let content = fs::read_to_string(&file).expect("it can be read");
    assert_eq!(content, format!("\"{scram}\" \"{}\"\n", roles.stored("scram")));
    assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o7777, 0o600);
    let exit = admin.run(&["pgbouncer", "userlist", "--role", &scram, "--out", "missing/userlist.txt"]);
    assert_failed(&exit, 1, &["missing/userlist.txt"]);
}

#[test]
fn a_role_that_pgbouncer_cannot_use_is_one_line() {
    let database = TestDatabase::empty();
    let roles = Roles::new(&database);
    let admin = Admin::of(&database);
    let hash = "0123456789abcdef";
    for (kind, said) in [
        ("nobody", "does not exist"),
        ("none", "has no password"),
        ("md5", "not stored as SCRAM-SHA-256"),
        ("group", "may not log in"),
    ] {
        let name = roles.name(kind);
        let exit = admin.run(&["pgbouncer", "userlist", "--role", &roles.name("scram"), &name]);
        assert_failed(&exit, 1, &[&name, said]);
        assert_eq!(exit.stdout, "", "{kind}: nothing is printed");
        assert!(!exit.stderr.contains(hash) && !exit.stderr.contains("SCRAM-SHA-256$"), "{}", exit.stderr);
    }
}

#[test]
fn only_a_superuser_may_read_passwords() {
    let database = TestDatabase::empty();
    let roles = Roles::new(&database);
    let (_, place) = database.url.split_once('@').expect("an address with a user");
    let url = format!("postgresql://{}:geheim@{place}", roles.name("scram"));
    let admin = Admin::with(&[("DATABASE_URL", &database.url), ("DATABASE_DIRECT_URL", &url)]);
    let exit = admin.run(&["pgbouncer", "userlist", "--role", &roles.name("scram")]);
    assert_failed(&exit, 1, &[&roles.name("scram"), "superuser"]);
    assert!(!exit.stderr.contains("geheim"), "{}", exit.stderr);
}
