//! Commands that need a database, without one that they can use; and wrong arguments.

use irontrack_tests::harness::TestDatabase;

use super::{admin::Admin, assert_failed};

/// Commands of all groups that need a database.
const WITH_DATABASE: [&[&str]; 22] = [
    &["database", "status"],
    &["database", "check"],
    &["database", "upgrade", "--yes"],
    &["database", "downgrade", "--yes"],
    &["users", "create-roles"],
    &["users", "create-system-admin", "--password", "geheimgeheim"],
    &["users", "create-user", "--name", "Jo", "--email", "jo@example.com", "--password", "geheimgeheim"],
    &["users", "promote-to-superuser", "--email", "jo@example.com"],
    &["users", "deactivate", "jo@example.com"],
    &["users", "activate", "jo@example.com"],
    &["users", "reset-password", "jo@example.com", "--password", "geheimgeheim"],
    &["users", "list"],
    &["users", "sessions", "jo@example.com"],
    &["users", "sessions", "jo@example.com", "--end"],
    &["users", "export", "jo@example.com", "jo.json"],
    &["catalog", "seed"],
    &["catalog", "export"],
    &["catalog", "import", "-"],
    &["audit", "tail"],
    &["audit", "tail", "--follow"],
    &["audit", "export"],
    &["pgbouncer", "userlist", "--role", "irontrack"],
];

#[test]
fn without_a_database_each_command_fails_with_one_line() {
    let refused = ("postgresql://jo:geheim@127.0.0.1:1/x", 1, "cannot be reached");
    for (url, code, said) in [("", 2, "DATABASE_URL"), ("mysql://jo:geheim@db/x", 2, "DATABASE_URL"), refused] {
        let admin = Admin::with(&[("DATABASE_URL", url)]);
        for command in WITH_DATABASE {
            let exit = admin.run(command);
            assert_failed(&exit, code, &[said]);
            assert!(!exit.stderr.contains("geheim"), "{command:?}: {}", exit.stderr);
        }
    }
}

#[test]
fn an_unmigrated_database_is_answered_with_the_command_that_helps() {
    let database = TestDatabase::empty();
    let admin = Admin::of(&database);
    let before = database.contents();
    for command in WITH_DATABASE.iter().filter(|command| ["users", "catalog", "audit"].contains(&command[0])) {
        assert_failed(&admin.run(command), 1, &["irontrack database upgrade"]);
    }
    database.assert_unchanged(&before, "commands that were refused");
}

#[test]
fn a_wrong_setting_of_the_server_is_no_concern_of_commands() {
    let database = TestDatabase::ready();
    let admin = Admin::with(&[
        ("DATABASE_URL", &database.url),
        ("JWT_PRIVATE_KEY_FILE", "/nowhere/key"),
        ("COOKIE_HOST_PREFIX", "true"),
        ("PORT", "x"),
    ]);
    admin.done(&["users", "list"]);
    admin.done(&["database", "check"]);
}

#[test]
fn wrong_arguments_of_these_groups_exit_with_2_and_a_usage_message() {
    let admin = Admin::with(&[]);
    for arguments in [
        &["database"][..],
        &["database", "upgrade", "--json", "--quiet"],
        &["users"],
        &["users", "create-user", "--password", "x", "--password-stdin"],
        &["users", "list", "--role", "janitor"],
        &["users", "list", "--limit", "0"],
        &["users", "deactivate", "jo@example.com", "--email", "al@example.com"],
        &["catalog"],
        &["catalog", "import"],
        &["catalog", "import", "x", "--format", "csv"],
        &["catalog", "export", "--json"],
        &["pgbouncer"],
        &["pgbouncer", "userlist"],
    ] {
        let exit = admin.run(arguments);
        assert_eq!(exit.status.code(), Some(2), "{arguments:?}: {exit:?}");
        assert!(exit.stderr.contains("Usage:") || exit.stderr.starts_with("error:"), "{arguments:?}: {}", exit.stderr);
        assert_eq!(exit.stdout, "", "{arguments:?}");
    }
}
