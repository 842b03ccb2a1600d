//! `irontrack users`.

use irontrack_domain::account::Role;
use irontrack_tests::{
    harness::{App, Exit, TestDatabase, body, sign_in, unique_email},
    http::Request,
};
use serde_json::{Value, json};

use super::{admin::Admin, assert_failed};

const PASSWORD: &str = "correct horse";

/// Migrated, without roles.
fn without_roles() -> TestDatabase {
    let database = TestDatabase::ready();
    database.connect().execute("DELETE FROM role", &[]).expect("roles can be removed");
    database
}

fn create<'a>(email: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["users", "create-user", "--name", "Jo Lifter", "--email", email, "--password", PASSWORD], more].concat()
}

/// The account as superusers see it.
fn account(admin: &Admin<'_>, email: &str) -> Value {
    let list = admin.json(&["users", "list", "--search", email]);
    assert_eq!(list["total"], json!(1), "{email}: {list}");
    list["users"][0].clone()
}

fn sign_in_status(app: &App, email: &str, password: &str) -> u16 {
    app.send(&sign_in(email, password)).status
}

#[test]
fn roles_are_created_once_and_brought_up_to_date() {
    let database = without_roles();
    let admin = Admin::of(&database);
    let expected = "Creating default roles.\nSuccessfully loaded and synchronized default roles";
    assert_eq!(admin.done(&["users", "create-roles"]), expected);
    let before = database.contents();
    assert_eq!(admin.done(&["users", "create-roles"]), expected);
    database.assert_unchanged(&before, "roles that were there");
}

#[test]
fn without_roles_there_are_no_accounts() {
    let database = without_roles();
    let admin = Admin::of(&database);
    for command in [
        create("jo@example.com", &[]),
        create("jo@example.com", &["--superuser"]),
        vec!["users", "create-system-admin", "--password", PASSWORD],
    ] {
        assert_failed(&admin.run(&command), 1, &["USER ROLES NOT CREATED", "create-roles"]);
    }
    admin.done(&["users", "create-roles"]);
    admin.done(&create("jo@example.com", &[]));
    database.connect().execute("DELETE FROM role WHERE slug = 'superuser'", &[]).expect("a role can be removed");
    let exit = admin.run(&["users", "promote-to-superuser", "--email", "jo@example.com"]);
    assert_failed(&exit, 1, &["USER ROLES NOT CREATED"]);
}

#[test]
fn the_system_administrator_is_created_once() {
    let app = App::start();
    let admin = Admin::with(&[("DATABASE_URL", &app.database.url), ("ADMIN_EMAIL", "Boss@example.com")]);
    let command = ["users", "create-system-admin", "--password-stdin"];
    let exit = admin.run_with_input(&command, format!("{PASSWORD}\nmore\n").as_bytes());
    assert_eq!(exit.stdout, "Create system administrator.\nSystem administrator was created");
    assert_eq!((exit.status.code(), &*exit.stderr), (Some(0), ""));
    assert_eq!(sign_in_status(&app, "boss@example.com", PASSWORD), 204);
    let boss = account(&admin, "boss@example.com");
    assert_eq!((&boss["name"], &boss["role"]), (&json!("System Administrator"), &json!("superuser")));

    let before = app.database.contents();
    let again = admin.run(&["users", "create-system-admin", "--password", "another password"]);
    assert_failed(&again, 1, &["System administrator already exists"]);
    app.database.assert_unchanged(&before, "a second administrator");
    let taken = Admin::with(&[("DATABASE_URL", &app.database.url), ("ADMIN_EMAIL", "jo@example.com")]);
    taken.done(&create("jo@example.com", &[]));
    let exit = taken.run(&["users", "create-system-admin", "--password", PASSWORD]);
    assert_failed(&exit, 1, &["jo@example.com", "no active superuser"]);
}

#[test]
fn accounts_are_created_with_options_alone() {
    let app = App::start();
    let admin = Admin::of(&app.database);
    let printed = admin.done(&create("Jo@Example.com", &[]));
    assert_eq!(printed, "Create a new application user.\nUser created with email: Jo@example.com");
    let jo = account(&admin, "jo@example.com");
    assert_eq!(
        (&jo["name"], &jo["role"], &jo["is_active"]),
        (&json!("Jo Lifter"), &json!("application-access"), &json!(true))
    );
    assert_eq!(sign_in_status(&app, "jo@example.com", PASSWORD), 204);

    admin.done(&create("su@example.com", &["--superuser"]));
    assert_eq!(account(&admin, "su@example.com")["role"], "superuser");
    let piped =
        ["users", "create-user", "--name", "", "--email", "al@example.com", "--no-superuser", "--password-stdin"];
    let exit = admin.run_with_input(&piped, format!("{PASSWORD}\r\n").as_bytes());
    assert_eq!(exit.status.code(), Some(0), "{exit:?}");
    assert_eq!(account(&admin, "al@example.com")["name"], Value::Null);
    assert_eq!(sign_in_status(&app, "al@example.com", PASSWORD), 204, "the line break is not part of it");
    app.database.assert_invariants(true);
}

#[test]
fn wrong_values_name_their_option_and_create_nothing() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    admin.done(&create("jo@example.com", &[]));
    let before = database.contents();
    let user = |name: &'static str, email: &'static str, password: &'static str| {
        vec!["users", "create-user", "--name", name, "--email", email, "--password", password]
    };
    let long = "x".repeat(129);
    let too_long = ["users", "create-user", "--name", "", "--email", "al@example.com", "--password", &long];
    for (command, code, said) in [
        (create("JO@example.com", &[]), 1, &["User with email 'JO@example.com' already exists in the database"][..]),
        (user("Al", "nobody", PASSWORD), 2, &["--email", "@-sign"]),
        (user("Al", "al@example.com", "geheim1"), 2, &["--password", "at least 8"]),
        (too_long.to_vec(), 2, &["--password", "at most 128"]),
        (vec!["users", "create-system-admin", "--password", "geheim1"], 2, &["--password", "at least 8"]),
        (vec!["users", "reset-password", "jo@example.com", "--password", "geheim1"], 2, &["--password", "at least 8"]),
        (vec!["users", "promote-to-superuser", "--email", "jo"], 2, &["--email"]),
    ] {
        let exit = admin.run(&command);
        assert_failed(&exit, code, said);
        assert!(!exit.stderr.contains("geheim1"), "a password is repeated: {}", exit.stderr);
    }
    database.assert_unchanged(&before, "wrong values");
}

#[test]
fn nobody_is_waited_for_without_a_terminal() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    admin.done(&create("jo@example.com", &[]));
    let before = database.contents();
    for (command, option) in [
        (&["users", "create-system-admin"][..], "--password-stdin"),
        (&["users", "create-user"], "--name"),
        (&["users", "create-user", "--name", "Al"], "--email"),
        (&["users", "create-user", "--name", "Al", "--email", "al@example.com"], "--password-stdin"),
        (&["users", "create-user", "--name", "Al", "--email", "al@example.com", "--password-stdin"], "empty"),
        (&["users", "promote-to-superuser"], "--email"),
        (&["users", "deactivate"], "--email"),
        (&["users", "activate"], "--email"),
        (&["users", "reset-password"], "--email"),
        (&["users", "reset-password", "jo@example.com"], "--password-stdin"),
        (&["users", "sessions"], "--email"),
    ] {
        assert_failed(&admin.run(command), 2, &[option]);
    }
    database.assert_unchanged(&before, "questions that nobody answered");
}

#[test]
fn a_person_is_asked_for_everything() {
    let app = App::start();
    let admin = Admin::of(&app.database);
    let mut terminal = admin.at_terminal(&["users", "create-user"]);
    for (question, answer) in [("Full Name: ", "Jo"), ("Email: ", "jo"), ("Email: ", "jo@example.com")] {
        terminal.answer(question, answer);
    }
    for (question, answer) in [
        ("Password: ", "geheimgeheim"),
        ("Password again: ", "geheimgehein"),
        ("Password: ", "geheimgeheim"),
        ("Password again: ", "geheimgeheim"),
    ] {
        terminal.answer_hidden(question, answer);
    }
    terminal.answer("Create a superuser (bool value)? [y/n]: ", "y");
    let (status, seen) = terminal.wait();
    assert_eq!(status.code(), Some(0), "{seen}");
    assert!(seen.contains("not the same") && seen.contains("User created with email: jo@example.com"), "{seen}");
    assert!(!seen.contains("geheim"), "the password is shown: {seen}");
    assert_eq!(account(&admin, "jo@example.com")["role"], "superuser");
    assert_eq!(sign_in_status(&app, "jo@example.com", "geheimgeheim"), 204);

    let mut terminal = admin.at_terminal(&["users", "reset-password"]);
    terminal.answer("Email: ", "jo@example.com");
    for question in ["Password: ", "Password again: "] {
        terminal.answer_hidden(question, "something else");
    }
    let (status, seen) = terminal.wait();
    assert_eq!(status.code(), Some(0), "{seen}");
    assert_eq!(sign_in_status(&app, "jo@example.com", "something else"), 204);
    let mut terminal = admin.at_terminal(&["users", "create-system-admin"]);
    for question in ["Password: ", "Password again: "] {
        terminal.answer_hidden(question, "yet another one");
    }
    let (status, seen) = terminal.wait();
    assert_eq!(status.code(), Some(0), "{seen}");
    for (command, said) in [
        (["users", "sessions"], "1 session of jo@example.com"),
        (["users", "promote-to-superuser"], "is a superuser already"),
        (["users", "deactivate"], "was deactivated"),
        (["users", "activate"], "is active"),
    ] {
        let mut terminal = admin.at_terminal(&command);
        terminal.answer("Email: ", "jo@example.com");
        let (status, seen) = terminal.wait();
        assert!(status.success() && seen.contains(said), "{command:?}: {seen}");
    }
    let (status, seen) = admin.at_terminal(&["users", "list"]).wait();
    assert!(status.success() && seen.contains("2 of 2 accounts") && seen.contains("  Email  "), "a table: {seen}");
}

#[test]
fn whoever_leaves_a_question_unanswered_has_changed_nothing() {
    const END_OF_INPUT: &str = "\u{4}";
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let before = database.contents();
    let mut terminal = admin.at_terminal(&["users", "create-user", "--name", "Jo"]);
    terminal.answer("Email: ", END_OF_INPUT);
    let (status, seen) = terminal.wait();
    assert_eq!(status.code(), Some(1), "{seen}");
    assert!(seen.contains("irontrack: Email: no answer"), "{seen}");
    let mut terminal = admin.at_terminal(&["users", "create-user", "--name", "Jo", "--email", "jo@example.com"]);
    for _ in 0..3 {
        terminal.answer_hidden("Password: ", "short");
        terminal.answer_hidden("Password again: ", "short");
    }
    let (status, seen) = terminal.wait();
    assert_eq!(status.code(), Some(2), "{seen}");
    assert!(seen.contains("Password: must have at least 8 characters") && seen.contains("3 attempts"), "{seen}");
    database.assert_unchanged(&before, "questions without an answer");
}

#[test]
fn an_unknown_address_is_one_line() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    let before = database.contents();
    for command in [
        &["users", "promote-to-superuser", "--email", "nobody@example.com"][..],
        &["users", "deactivate", "--email", "nobody@example.com"],
        &["users", "activate", "nobody@example.com"],
        &["users", "reset-password", "nobody@example.com", "--password", PASSWORD],
        &["users", "sessions", "nobody@example.com"],
        &["users", "sessions", "nobody@example.com", "--end"],
    ] {
        assert_failed(&admin.run(command), 1, &["User with email: nobody@example.com not found"]);
    }
    database.assert_unchanged(&before, "commands about nobody");
}

#[test]
fn promotion_ignores_case_and_can_be_repeated() {
    let app = App::start();
    let admin = Admin::of(&app.database);
    app.insert_account("Jo.Lifter@example.com", Role::FitnessTrainer, true);
    app.insert_account("al@example.com", Role::ApplicationAccess, false);
    let promote = |email: &str| admin.run(&["users", "promote-to-superuser", "--email", email]);
    let printed = |exit: &Exit| exit.stdout.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let exit = promote("jo.lifter@EXAMPLE.com");
    assert_eq!(
        printed(&exit),
        ["Promoting user: jo.lifter@example.com", "Upgraded user with email: 'jo.lifter@example.com' to superuser"]
    );
    assert_eq!(account(&admin, "jo.lifter")["role"], "superuser");
    let before = app.database.contents();
    let again = promote("jo.lifter@example.com");
    assert_eq!((again.status.code(), printed(&again).pop().expect("a line").contains("already")), (Some(0), true));
    assert_failed(&promote("al@example.com"), 1, &["inactive user al@example.com"]);
    app.database.assert_unchanged(&before, "promotions that change nothing");
    app.database.assert_invariants(true);
}

#[test]
fn the_last_superuser_stays_and_the_system_administrator_can_be_managed() {
    let app = App::start();
    let admin = Admin::with(&[("DATABASE_URL", &app.database.url), ("ADMIN_EMAIL", "boss@example.com")]);
    admin.done(&["users", "create-system-admin", "--password", PASSWORD]);
    let deactivate = ["users", "deactivate", "boss@example.com"];
    let before = app.database.contents();
    assert_failed(&admin.run(&deactivate), 1, &["The last active superuser cannot be removed"]);
    app.database.assert_unchanged(&before, "the last superuser");
    admin.done(&["users", "reset-password", "boss@example.com", "--password", "another one"]);
    assert_eq!(sign_in_status(&app, "boss@example.com", "another one"), 204);
    assert_eq!(sign_in_status(&app, "boss@example.com", PASSWORD), 401);

    admin.done(&create("su@example.com", &["--superuser"]));
    admin.done(&deactivate);
    assert_eq!(account(&admin, "boss@example.com")["is_active"], json!(false));
    assert_failed(&admin.run(&["users", "deactivate", "su@example.com"]), 1, &["last active superuser"]);
    admin.done(&deactivate);
    assert_eq!(sign_in_status(&app, "boss@example.com", "another one"), 401);
    admin.done(&["users", "activate", "boss@example.com"]);
    assert_eq!(sign_in_status(&app, "boss@example.com", "another one"), 204);
    admin.done(&["users", "activate", "boss@example.com"]);
    let seen: Vec<_> = app.database.wait_for_audit(&["account-activated"], 1);
    assert_eq!((seen.len(), &seen[0].details), (1, &json!({"via": "command-line"})), "only what changes is recorded");
    app.database.assert_invariants(true);
}

#[test]
fn every_password_has_to_be_as_strong_as_the_installation_wants_it() {
    let database = TestDatabase::ready();
    let admin = Admin::with(&[("DATABASE_URL", &database.url), ("PASSWORD_MIN_STRENGTH", "3")]);
    Admin::of(&database).done(&create("jo@example.com", &[]));
    let before = database.contents();
    for command in [
        &["users", "create-system-admin"][..],
        &["users", "create-user", "--name", "Al", "--email", "al@example.com"],
        &["users", "reset-password", "jo@example.com"],
    ] {
        let exit = admin.run(&[command, &["--password", "password1"]].concat());
        assert_failed(&exit, 1, &["too easy to guess"]);
    }
    database.assert_unchanged(&before, "weak passwords");
    admin.done(&["users", "create-system-admin", "--password", "Quokka-vanadium-1784-lute"]);
}

#[test]
fn lists_are_filtered_and_bounded() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    assert_eq!(admin.json(&["users", "list"]), json!({"total": 0, "users": []}));
    assert_eq!(admin.done(&["users", "list"]), "", "programs get rows only");
    for email in ["b@example.com", "a@example.com", "C@example.com"] {
        admin.done(&create(email, if email == "a@example.com" { &["--superuser"] } else { &[] }));
    }
    admin.done(&["users", "deactivate", "b@example.com"]);
    let emails = |options: &[&str]| {
        let list = admin.json(&[&["users", "list"], options].concat());
        let users = list["users"].as_array().expect("a list").iter();
        let emails: Vec<_> = users.map(|user| user["email"].as_str().expect("an address").to_owned()).collect();
        (emails.join(" "), list["total"].as_i64().expect("a number"))
    };
    for (options, expected, total) in [
        (&[][..], "a@example.com b@example.com C@example.com", 3),
        (&["--role", "superuser"], "a@example.com", 1),
        (&["--role", "application-access"], "b@example.com C@example.com", 2),
        (&["--role", "application-access", "--inactive"], "b@example.com", 1),
        (&["--role", "superuser", "--inactive"], "", 0),
        (&["--search", "c@EXAMPLE"], "C@example.com", 1),
        (&["--search", "lifter"], "a@example.com b@example.com C@example.com", 3),
        (&["--search", "%"], "", 0),
        (&["--limit", "2"], "a@example.com b@example.com", 3),
    ] {
        assert_eq!(emails(options), (expected.to_owned(), total), "{options:?}");
    }
    let rows = admin.done(&["users", "list"]);
    let b = rows.lines().nth(1).expect("three rows");
    assert!(b.starts_with("b@example.com\tJo Lifter\tapplication-access\tinactive\t20"), "{rows}");
}

#[test]
fn sessions_are_listed_and_ended() {
    let app = App::start();
    let admin = Admin::of(&app.database);
    let (jo, other) = (app.sign_in_new(Role::ApplicationAccess), app.sign_in_new(Role::ApplicationAccess));
    let again = app.sign_in(&jo.email, irontrack_tests::harness::password());
    let list = admin.json(&["users", "sessions", &jo.email]);
    let sessions = list["sessions"].as_array().expect("a list");
    assert_eq!((&list["email"], sessions.len()), (&json!(jo.email), 2));
    assert_eq!(sessions[0]["address"], "127.0.0.1");
    let me = |session| app.get(session, "/api/v1/access/me").status;
    let shown = app.get(&jo, "/api/v1/access/sessions");
    let ids = |list: &Value, name: &str| {
        let mut ids: Vec<_> =
            list.as_array().expect("a list").iter().map(|session| session[name].to_string()).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&list["sessions"], "id"), ids(&body(&shown), "id"), "the same as the owner sees");
    assert_eq!(admin.done(&["users", "sessions", &jo.email]).lines().count(), 2);

    assert_eq!(admin.json(&["users", "sessions", &jo.email, "--end"]), json!({"email": jo.email, "ended": 2}));
    let recorded = app.database.audit_trail(&["sessions-revoked"]);
    let expected = json!({"sessions": 2, "via": "command-line"});
    assert_eq!((recorded.len(), recorded[0].subject, &recorded[0].details), (1, jo.user_id, &expected));
    assert_eq!(admin.json(&["users", "sessions", "--email", &jo.email])["sessions"], json!([]));
    for ended in [&jo, &again] {
        let refresh = app.send_as(ended, Request::new("POST", "/api/v1/access/refresh-jwt"));
        assert_eq!(refresh.status, 401, "{}", refresh.text());
    }
    assert_eq!(me(&other), 200, "nobody else's");
    let unknown = unique_email();
    assert_failed(&admin.run(&["users", "sessions", &unknown, "--end", "--json"]), 1, &[&unknown]);
}
