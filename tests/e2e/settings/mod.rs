//! Settings: where they come from, and what is said about wrong ones.

mod production;
mod secrets;

use std::{collections::BTreeMap, collections::BTreeSet, fs};

use irontrack::settings::{Environment, NAMES, Settings, Source};
use irontrack_application::access::AccessLimits;
use irontrack_tests::harness::Process;

use crate::server_dev::assert_one_line;

#[test]
fn the_example_file_names_every_setting_and_no_other() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.env.example")).expect("the example");
    let named: BTreeSet<&str> = text
        .lines()
        .filter_map(|line| line.trim_start_matches('#').trim_start().split_once('='))
        .map(|(name, _)| name)
        .filter(|name| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_uppercase() || b == b'_' || b.is_ascii_digit())
        })
        .collect();
    assert_eq!(named, NAMES.into_iter().collect());
}

#[test]
fn wrong_values_name_the_variable_and_the_accepted_form() {
    let table = [
        ("APP_ENVIRONMENT", "test", "dev or prod"),
        ("PORT", "65536", "0 to 65535"),
        ("LOG_LEVEL", "loud", "debug"),
        ("OTLP_ENDPOINT", "http://127.0.0.1:4318", "a program that was built with the feature otlp"),
        ("DATABASE_URL", "mysql://x", "postgresql://"),
        ("DATABASE_DIRECT_URL", "x", "postgresql://"),
        ("DATABASE_POOL_SIZE", "0", "1 to 1000"),
        ("DATABASE_MAX_POOL_OVERFLOW", "-1", "0 to 1000"),
        ("DATABASE_POOL_TIMEOUT", "never", "seconds"),
        ("DATABASE_POOL_RECYCLE", "0", "seconds"),
        ("CACHE_URL", "http://x", "redis://"),
        ("CACHE_URL", "redis://cache:port/0", "redis://"),
        ("CACHE_URL", "redis://cache/first", "redis://"),
        ("CACHE_URL", "rediss://cache", "redis://"),
        ("REDIS_URL", "x", "redis://"),
        ("JWT_PRIVATE_KEY", "{}", "\"kty\" is missing"),
        ("ACCESS_TOKEN_EXPIRE_MINUTES", "0", "1 to 1440"),
        ("REFRESH_TOKEN_EXPIRE_DAYS", "x", "1 to 365"),
        ("SESSION_MAX_DAYS", "0", "1 to 3650"),
        ("SESSION_MAX_PER_ACCOUNT", "0", "1 to 10000"),
        ("COOKIE_SECURE", "maybe", "true or false"),
        ("COOKIE_HOST_PREFIX", "2", "true or false"),
        ("ADMIN_EMAIL", "admin", "e-mail"),
        ("CDN_RESOURCES_URL", "ftp://x", "https://"),
        ("CRYPTO_MAX_WORKERS", "0", "1 to 64"),
        ("PASSWORD_MIN_STRENGTH", "5", "0 to 4"),
        ("RATE_LIMIT_ENABLED", "sometimes", "true or false"),
        ("RATE_LIMIT_SIGN_IN_ACCOUNT", "-1", "0 to 10000"),
        ("RATE_LIMIT_SIGN_IN_ADDRESS", "10001", "0 to 10000"),
        ("RATE_LIMIT_PASSWORD_CHANGE", "few", "0 to 10000"),
        ("RATE_LIMIT_SIGN_UP", "1.5", "0 to 10000"),
        ("RATE_LIMIT_REFRESH", "-0.5", "0 to 10000"),
        ("ALLOWED_ORIGINS", "*", "https://"),
        ("PUBLIC_URL", "example.com", "https://"),
        ("TRUSTED_PROXIES", "gateway", "gateway"),
        ("HTTP_MAX_REQUESTS", "0", "1 to 100000"),
        ("HTTP_MAX_CONNECTIONS", "none", "1 to 1000000"),
        ("HTTP_BODY_TIMEOUT", "0", "seconds"),
        ("IMPORT_UPLOAD_TIMEOUT", "0", "1 to 3600"),
        ("DOCS_ENABLED", "perhaps", "true or false"),
    ];
    for (name, value, accepted) in table {
        let error = Settings::read(&Source::of([(name, value)]), Environment::Development);
        let message = error.expect_err(&format!("{name}={value} is wrong")).to_string();
        assert!(message.contains(name) && message.contains(accepted), "{name}: {message}");
    }
    let without_password = Source::of([("POSTGRES_HOST", "db")]);
    let message = Settings::read(&without_password, Environment::Development).expect_err("no password").to_string();
    assert!(message.contains("POSTGRES_PASSWORD"), "{message}");
}

#[test]
fn values_are_read() {
    let source = Source::of([
        ("POSTGRES_HOST", "db"),
        ("POSTGRES_PASSWORD", "p@ss/word"),
        ("POSTGRES_USER", "jo"),
        ("REDIS_URL", "redis://cache"),
        ("ALLOWED_ORIGINS", "https://App.example.com/, http://localhost:3000"),
        ("CDN_RESOURCES_URL", "https://cdn.example.com/"),
        ("LOG_LEVEL", "30"),
        ("DATABASE_POOL_SIZE", "7"),
        ("DATABASE_MAX_POOL_OVERFLOW", "3"),
        ("PORT", " "),
    ]);
    let settings = Settings::read(&source, Environment::Production).expect("the settings are right");
    let url = settings.database.url.expect("an address");
    assert_eq!(url.expose(), "postgresql://jo:p%40ss%2Fword@db:5432/iron_track");
    assert_eq!(settings.cache.url.expect("an address").expose(), "redis://cache");
    assert_eq!(settings.allowed_origins, ["https://app.example.com", "http://localhost:3000"]);
    assert_eq!(settings.images_url.as_deref(), Some("https://cdn.example.com"));
    assert_eq!(settings.log_level.to_string(), "warn");
    assert_eq!(settings.database.pool_size, 10);
    assert_eq!(settings.port, 8000, "a blank value is none");
    assert_eq!(settings.environment, Environment::Production);
}

#[test]
fn rate_limits_are_on_in_server_run_only_unless_set() {
    let limits = |settings: &[(&str, &str)], default| {
        let source = Source::of(settings.iter().copied());
        Settings::read(&source, default).expect("the settings are right").access_limits
    };
    let decided =
        AccessLimits { sign_in_account: 10, sign_in_address: 100, password_change: 5, sign_up: 20, refresh: 60 };
    assert_eq!(limits(&[], Environment::Production), decided);
    assert_eq!(limits(&[("APP_ENVIRONMENT", "dev")], Environment::Production), decided);
    assert_eq!(limits(&[], Environment::Development), AccessLimits::OFF);
    assert_eq!(limits(&[("RATE_LIMIT_ENABLED", "true")], Environment::Development), decided);
    assert_eq!(limits(&[("RATE_LIMIT_ENABLED", "false")], Environment::Production), AccessLimits::OFF);
    let some = [("RATE_LIMIT_SIGN_UP", "0"), ("RATE_LIMIT_REFRESH", "7")];
    assert_eq!(limits(&some, Environment::Production), AccessLimits { sign_up: 0, refresh: 7, ..decided });
}

#[test]
fn the_environment_beats_the_file() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    fs::write(folder.path().join(".env"), "LOG_LEVEL=loud\nDATABASE_URL=\"mysql://x\"\n").expect("a file");
    let arguments = ["server", "run"];
    let exit = Process::start(&arguments, folder.path(), &BTreeMap::new()).wait();
    assert_eq!(exit.status.code(), Some(2));
    assert_one_line(&exit.stderr, "LOG_LEVEL");
    let environment = BTreeMap::from([("LOG_LEVEL".to_owned(), "info".to_owned())]);
    let exit = Process::start(&arguments, folder.path(), &environment).wait();
    assert_eq!(exit.status.code(), Some(2));
    assert_one_line(&exit.stderr, "DATABASE_URL");
}

#[test]
fn the_file_of_a_folder_above_does_not_count() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    fs::write(folder.path().join(".env"), "PORT=many\n").expect("a file");
    let below = folder.path().join("below");
    fs::create_dir(&below).expect("a folder");
    let check = ["config", "check", "--for", "dev"];
    assert_eq!(Process::start(&check, folder.path(), &BTreeMap::new()).wait().status.code(), Some(2));
    assert_eq!(Process::start(&check, &below, &BTreeMap::new()).wait().status.code(), Some(0));
}
