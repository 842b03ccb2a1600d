//! `irontrack config check`.

use std::fs;

use irontrack::settings::NAMES;
use irontrack_tests::harness::Exit;
use serde_json::{Value, json};

use super::{assert_failed, json, parse, run, run_at_terminal};

const CHECK: [&str; 3] = ["config", "check", "--json"];

/// The entry of a setting.
fn setting<'a>(report: &'a Value, name: &str) -> &'a Value {
    let settings = report["settings"].as_array().expect("a list");
    settings.iter().find(|setting| setting["name"] == name).unwrap_or_else(|| panic!("{name} is missing: {report}"))
}

fn entry(name: &str, value: Option<&str>, source: &str, is_used: bool) -> Value {
    json!({"name": name, "value": value, "source": source, "used": is_used})
}

/// Settings with which `server run` starts.
fn right() -> Vec<(&'static str, String)> {
    vec![
        ("DATABASE_URL", "postgresql://jo:Xae3Geheim@db:6543/gym?password=Xae3Geheim".to_owned()),
        ("CACHE_URL", "redis://:Xae3Geheim@cache:6379/0".to_owned()),
        ("JWT_PRIVATE_KEY", irontrack_auth::generate_jwk().expect("a key")),
        ("COOKIE_SECURE", "true".to_owned()),
    ]
}

fn borrowed<'a>(environment: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    environment.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[test]
fn every_setting_has_its_value_and_its_origin() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    fs::write(folder.path().join(".env"), "PORT=8001\nLOG_LEVEL=debug\nPGHOST=elsewhere\n").expect("a file");
    fs::write(folder.path().join("cache-url"), "redis://:Xae3Geheim@cache\n").expect("a file");
    let mut environment = right();
    environment.retain(|(name, _)| *name != "CACHE_URL");
    environment.extend([
        ("PORT", "9001".to_owned()),
        ("CACHE_URL_FILE", "cache-url".to_owned()),
        ("POSTGRES_PASSWORD", "Xae3Geheim".to_owned()),
        ("POSTGRES_HOST", "other".to_owned()),
    ]);
    let report = json(&run(&CHECK, folder.path(), &borrowed(&environment)));

    let names: Vec<&str> =
        report["settings"].as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, NAMES);
    for expected in [
        entry("PORT", Some("9001"), "environment", true),
        entry("LOG_LEVEL", Some("debug"), "dot_env", true),
        entry("JWT_ISSUER", Some("irontrack"), "default", true),
        entry("DATABASE_POOL_TIMEOUT", Some("0.8"), "default", true),
        entry("APP_ENVIRONMENT", Some("prod"), "default", true),
        entry("RATE_LIMIT_ENABLED", Some("true"), "default", true),
        entry("PUBLIC_URL", None, "default", true),
        entry("DATABASE_URL", Some("postgresql://jo:***@db:6543/gym"), "environment", true),
        entry("CACHE_URL", Some("redis://:***@cache:6379"), "file", true),
        entry("CACHE_URL_FILE", Some("cache-url"), "environment", true),
        entry("POSTGRES_HOST", Some("other"), "environment", false),
        entry("POSTGRES_PASSWORD", Some("***"), "environment", false),
    ] {
        assert_eq!(*setting(&report, expected["name"].as_str().expect("a name")), expected);
    }
    assert_eq!(report["problems"], json!([]));
    assert_eq!(report["unknown"], json!(["PGHOST"]));

    let report = json(&run(&[&CHECK[..], &["--for", "dev"]].concat(), folder.path(), &borrowed(&environment)));
    assert_eq!(*setting(&report, "APP_ENVIRONMENT"), entry("APP_ENVIRONMENT", Some("dev"), "default", true));
    assert_eq!(*setting(&report, "RATE_LIMIT_ENABLED"), entry("RATE_LIMIT_ENABLED", Some("false"), "default", true));
}

#[test]
fn secrets_are_shown_nowhere() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let key = irontrack_auth::generate_jwk().expect("a key");
    let private = parse(&key)["d"].as_str().expect("the private half").to_owned();
    let mut environment: Vec<(&str, String)> = vec![
        ("DATABASE_URL", "postgresql://jo:Xae3Geheim@db/gym".into()),
        ("DATABASE_DIRECT_URL", "postgresql://jo@db/gym?password=Xae3Geheim".into()),
        ("CACHE_URL", "unix:///run/valkey.sock?pass=Xae3Geheim".into()),
        ("REDIS_URL", "redis://:Xae3Geheim@cache".into()),
        ("POSTGRES_PASSWORD", "Xae3Geheim".into()),
        ("JWT_PRIVATE_KEY", key),
    ];
    let check = |environment: &[(&'static str, String)], code: i32| {
        let environment = borrowed(environment);
        for arguments in [&["config", "check"][..], &CHECK] {
            let Exit { status, stdout, stderr } = run(arguments, folder.path(), &environment);
            assert_eq!(status.code(), Some(code), "{stderr}");
            let (code_at_terminal, seen) = run_at_terminal(arguments, folder.path(), &environment);
            assert_eq!(code_at_terminal, Some(code), "{seen}");
            for text in [stdout, stderr, seen] {
                assert!(!text.contains("Geheim") && !text.contains(&private), "{arguments:?}: {text}");
            }
        }
    };
    environment.push(("COOKIE_SECURE", "true".into()));
    check(&environment, 0);
    // Wrong ones are not shown either, since the secret may be what is wrong with them.
    for (_, value) in &mut environment {
        value.insert(0, 'x');
    }
    check(&environment, 2);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let wrong = [("PORT", "many"), ("CACHE_URL", "redis://:Geheim@cache:port"), ("SESSION_MAX_DAYS", "0")];
    let exit = run(&CHECK, folder.path(), &wrong);
    assert_failed(&exit, 2, &["PORT is wrong", "CACHE_URL is wrong", "SESSION_MAX_DAYS is wrong"]);
    let report = parse(&exit.stdout);
    let problems = report["problems"].as_array().expect("a list");
    let settings: Vec<&str> = problems.iter().filter_map(|problem| problem["setting"].as_str()).collect();
    assert_eq!(settings, ["PORT", "CACHE_URL", "SESSION_MAX_DAYS"]);
    assert_eq!(*setting(&report, "CACHE_URL"), entry("CACHE_URL", None, "environment", true));
    assert_eq!(*setting(&report, "PORT"), entry("PORT", Some("many"), "environment", true));

    let nothing = run(&CHECK, folder.path(), &[]);
    assert_failed(&nothing, 2, &["DATABASE_URL (or", "JWT_PRIVATE_KEY (or", "COOKIE_SECURE"]);
    assert_failed(&run(&CHECK, folder.path(), &[("APP_ENVIRONMENT", "dev")]), 2, &["DATABASE_URL", "JWT_PRIVATE_KEY"]);
    json(&run(&[&CHECK[..], &["--for", "dev"]].concat(), folder.path(), &[]));
}

#[test]
fn people_see_a_table_and_programs_columns() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let environment = right();
    let environment = borrowed(&environment);
    let check = ["config", "check"];
    let exit = run(&check, folder.path(), &environment);
    assert!(exit.status.success() && exit.stderr.is_empty(), "{exit:?}");
    let lines: Vec<Vec<&str>> = exit.stdout.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines.len(), NAMES.len(), "{}", exit.stdout);
    for line in [["PORT", "8000", "default"], ["DATABASE_URL_FILE", "", "not set"]] {
        assert!(lines.contains(&line.to_vec()), "{}", exit.stdout);
    }
    assert!(!exit.stdout.contains('\u{1b}') && !exit.stdout.contains('─'), "{}", exit.stdout);

    let (code, seen) = run_at_terminal(&check, folder.path(), &environment);
    assert_eq!(code, Some(0), "{seen}");
    for text in ["──────", "\u{1b}[1m  Setting ", "\u{1b}[32mNothing is wrong with the settings."] {
        assert!(seen.contains(text), "expected {text:?} in\n{seen}");
    }
    for colourless in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let (code, seen) = run_at_terminal(&check, folder.path(), &[&environment[..], &[colourless]].concat());
        assert_eq!(code, Some(0), "{seen}");
        assert!(seen.contains("──────") && !seen.contains('\u{1b}'), "{colourless:?}:\n{seen}");
    }
    let (_, seen) = run_at_terminal(&check, folder.path(), &[&environment[..], &[("NO_COLOR", "")]].concat());
    assert!(seen.contains('\u{1b}'), "an empty NO_COLOR is none:\n{seen}");

    let (code, seen) = run_at_terminal(&check, folder.path(), &[&environment[..], &[("PORT", "many")]].concat());
    assert_eq!(code, Some(2), "{seen}");
    assert!(seen.contains("\u{1b}[31m  PORT ") && seen.contains("irontrack: PORT is wrong"), "{seen}");
}
