//! `irontrack audit`.

use std::{fs, os::unix::fs::PermissionsExt, process::Command, process::Stdio};

use irontrack_tests::harness::{Process, TestDatabase, program};
use serde_json::{Value, json};

use super::{admin::Admin, assert_failed, owned};

const TAIL: [&str; 2] = ["audit", "tail"];

/// A database in which the command line has created Jo, promoted them, and created and deactivated Al.
fn busy() -> TestDatabase {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    for (name, email) in [("Jo", "jo@example.com"), ("Al", "al@example.com")] {
        admin.done(&["users", "create-user", "--name", name, "--email", email, "--password", "geheimgeheim"]);
    }
    admin.done(&["users", "promote-to-superuser", "jo@example.com"]);
    admin.done(&["users", "deactivate", "al@example.com"]);
    database
}

/// So many events more, a minute apart, the last one a minute ago.
fn fill(database: &TestDatabase, count: i32) {
    let sql = "INSERT INTO audit_event (occurred_at, kind, details) \
               SELECT now() - make_interval(mins => ($1 + 1 - n)::int), 'signed-out', '{}' FROM generate_series(1, $1) n";
    database.connect().execute(sql, &[&count]).expect("events can be added");
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

/// The table as `audit export` has to write it.
fn stored(database: &TestDatabase) -> Vec<Value> {
    let sql = "SELECT json_build_object('id', id, 'kind', kind, 'actor_id', actor_id, 'subject_id', subject_id, \
               'session_id', session_id, 'address', address, 'user_agent', user_agent, \
               'via', coalesce(details ->> 'via', 'api'), 'details', details - 'via')::text \
               FROM audit_event ORDER BY id";
    let rows = database.connect().query(sql, &[]).expect("the trail can be read");
    rows.iter().map(|row| serde_json::from_str(row.get(0)).expect("JSON")).collect()
}

/// Without the time, which PostgreSQL writes in another form.
fn timeless(mut line: Value) -> Value {
    let time = line.as_object_mut().and_then(|fields| fields.remove("occurred_at")).expect("a time");
    let time = time.as_str().expect("a text");
    assert!(time.starts_with("20") && time.ends_with('Z'), "{time}");
    line
}

#[test]
fn what_commands_did_is_shown_with_the_last_event_at_the_end() {
    let database = busy();
    let admin = Admin::of(&database);
    let shown = admin.done(&TAIL);
    let cells: Vec<Vec<&str>> = shown.lines().map(|line| line.split('\t').skip(1).collect()).collect();
    assert_eq!(
        cells,
        [
            ["account-created", "jo@example.com", "command line", "-", "role=application-access active=true"],
            ["account-created", "al@example.com", "command line", "-", "role=application-access active=true"],
            ["role-changed", "jo@example.com", "command line", "-", "from=application-access to=superuser"],
            ["account-deactivated", "al@example.com", "command line", "-", "sessions=0"],
        ]
    );
    assert_eq!(admin.done(&["audit", "tail", "-n", "1"]), shown.lines().last().expect("a line"));
    let seen: Vec<Value> = lines(&admin.done(&["audit", "tail", "--json"])).into_iter().map(timeless).collect();
    assert_eq!(seen, stored(&database));
    let seen = admin.at_terminal(&TAIL).wait();
    assert_eq!(seen.0.code(), Some(0), "{}", seen.1);
    assert!(seen.1.contains("Account") && seen.1.contains('─') && seen.1.contains("jo@example.com"), "{}", seen.1);
    assert_eq!(Admin::of(&TestDatabase::ready()).done(&TAIL), "", "an empty trail is nothing");
}

#[test]
fn options_choose_events() {
    let database = busy();
    let admin = Admin::of(&database);
    let kinds = |options: &[&str]| {
        let shown = admin.done(&[&TAIL, options, &["--json"]].concat());
        lines(&shown).into_iter().map(|line| line["kind"].as_str().expect("a kind").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&["--kind", "role-changed"]), ["role-changed"]);
    assert_eq!(kinds(&["--subject", "Jo@Example.com"]), ["account-created", "role-changed"]);
    let al = stored(&database)[1]["subject_id"].as_str().expect("an id").to_owned();
    assert_eq!(kinds(&["--subject", &al]), ["account-created", "account-deactivated"]);
    assert_eq!(kinds(&["--subject", &al, "--kind", "account-created"]), ["account-created"]);
    assert_eq!(kinds(&["--actor", "jo@example.com"]), [""; 0]);
    fill(&database, 5);
    assert_eq!(kinds(&["--kind", "signed-out", "--since", "150s"]).len(), 2);
    assert_eq!(kinds(&["--since", "1m", "-n", "3"]), ["account-created", "role-changed", "account-deactivated"]);
    assert_eq!(kinds(&["--since", "2999-01-01T00:00:00Z"]), [""; 0]);
    // The trail outlives accounts.
    database.connect().execute("DELETE FROM user_account WHERE email = 'al@example.com'", &[]).expect("a deletion");
    assert_eq!(kinds(&["--subject", &al]), ["account-created", "account-deactivated"]);
    assert!(admin.done(&["audit", "tail", "--subject", &al]).contains(&al), "who has no address any more is an id");
    assert_failed(&admin.run(&["audit", "tail", "--subject", "al@example.com"]), 1, &["al@example.com not found"]);
}

#[test]
fn wrong_options_exit_with_2() {
    let database = TestDatabase::ready();
    let admin = Admin::of(&database);
    for (options, said) in [
        (&["--since", "yesterday"][..], "--since is wrong"),
        (&["--subject", "jo"], "--subject is wrong"),
        (&["--actor", ""], "--actor is wrong"),
    ] {
        assert_failed(&admin.run(&[&TAIL, options].concat()), 2, &[said]);
    }
    for options in [
        &["audit", "tail", "--kind", "nonsense"][..],
        &["audit", "tail", "-n", "10001"],
        &["audit", "export", "--after=-1"],
        &["audit", "export", "--json"],
        &["audit"],
    ] {
        let exit = admin.run(options);
        assert_eq!((exit.status.code(), &*exit.stdout), (Some(2), ""), "{options:?}: {exit:?}");
    }
}

#[test]
fn who_follows_sees_each_event_once_and_soon() {
    let database = busy();
    let admin = Admin::of(&database);
    let arguments = ["audit", "tail", "--follow", "-n", "1", "--json", "--subject", "jo@example.com"];
    let mut following = Process::start(&arguments, admin.folder.path(), &owned(&admin.environment));
    following.wait_for_line("role-changed");
    admin.done(&["users", "reset-password", "al@example.com", "--password", "geheimgeheim"]);
    admin.done(&["users", "reset-password", "jo@example.com", "--password", "geheimgeheim"]);
    following.wait_for_line("password-reset");
    admin.done(&["users", "create-user", "--name", "", "--email", "x@example.com", "--password", "geheimgeheim"]);
    admin.done(&["users", "promote-to-superuser", "x@example.com"]);
    admin.done(&["users", "deactivate", "jo@example.com"]);
    following.wait_for_line("account-deactivated");
    following.signal("INT");
    let exit = following.wait();
    assert_eq!((lines(&exit.stdout).len(), &*exit.stderr), (3, ""), "{exit:?}");
}

#[test]
fn who_follows_for_nobody_ends() {
    let database = busy();
    let (reader, writer) = std::io::pipe().expect("there is a pipe");
    drop(reader);
    let mut command = Command::new(program());
    command.args(["audit", "tail", "--follow"]).env("DATABASE_URL", &database.url).current_dir(std::env::temp_dir());
    let output = command.stdin(Stdio::null()).stdout(writer).output().expect("the program runs");
    assert_eq!((output.status.code(), &*String::from_utf8_lossy(&output.stderr)), (Some(0), ""));
}

#[test]
fn an_export_is_the_whole_trail_and_can_be_continued() {
    let database = busy();
    fill(&database, 2500);
    let admin = Admin::of(&database);
    let stored = stored(&database);
    assert_eq!(stored.len(), 2504);
    let exported: Vec<Value> = lines(&admin.done(&["audit", "export"])).into_iter().map(timeless).collect();
    assert!(exported == stored, "the export is not what is stored");

    let after = stored[2501]["id"].to_string();
    let rest: Vec<Value> =
        lines(&admin.done(&["audit", "export", "--after", &after])).into_iter().map(timeless).collect();
    assert_eq!(rest, stored[2502..]);
    let last = stored[2503]["id"].to_string();
    assert_eq!(admin.done(&["audit", "export", "--after", &last]), "");

    let file = admin.folder.path().join("trail.jsonl");
    let printed = admin.done(&["audit", "export", "--out", "trail.jsonl"]);
    assert_eq!(printed, format!("trail.jsonl holds 2504 events, up to number {last}"));
    let written = lines(&fs::read_to_string(&file).expect("a file"));
    assert_eq!(written.len(), 2504);
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    let printed = admin.done(&["audit", "export", "--out", "none.jsonl", "--after", &last]);
    assert_eq!(printed, format!("none.jsonl holds no events: there are none after number {last}"));
    assert_eq!(written[0]["kind"], json!("account-created"));
}

#[test]
fn an_export_that_cannot_be_written_is_one_line() {
    let database = busy();
    fill(&database, 1500);
    let admin = Admin::of(&database);
    assert_failed(&admin.run(&["audit", "export", "--out", "missing/trail"]), 1, &["missing/trail was not written"]);
    #[cfg(target_os = "linux")]
    assert_failed(&admin.run(&["audit", "export", "--out", "/dev/full"]), 1, &["/dev/full was not written"]);
    let line = "\"$irontrack\" audit export | head -1";
    let mut bash = Command::new("bash");
    bash.args(["-o", "pipefail", "-c", line]).env("irontrack", program()).env("DATABASE_URL", &database.url);
    let output = bash.current_dir(admin.folder.path()).stdin(Stdio::null()).output().expect("bash runs");
    assert_eq!((output.status.code(), &*String::from_utf8_lossy(&output.stderr)), (Some(0), ""));
    assert_eq!(lines(&String::from_utf8_lossy(&output.stdout)).len(), 1);
}
