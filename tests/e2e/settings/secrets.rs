//! Secrets: in files, and never in a message.

use std::{collections::BTreeMap, fs, path::Path};

use irontrack::settings::{Environment, NAMES, Settings, Source};
use irontrack_tests::harness::Process;

use crate::server_dev::assert_one_line;

/// Every secret, with a value that is right, and with one that is not. Anything is right for a password.
fn secrets() -> [(&'static str, String, Option<&'static str>); 6] {
    let database = "postgresql://jo:geheim@db/gym";
    let cache = "redis://:geheim@cache";
    [
        ("DATABASE_URL", database.to_owned(), Some("geheim")),
        ("DATABASE_DIRECT_URL", database.to_owned(), Some("postgresql://jo:geheim@db:port/gym")),
        ("POSTGRES_PASSWORD", "geheim".to_owned(), None),
        ("CACHE_URL", cache.to_owned(), Some("redis://:geheim@cache:port/0")),
        ("REDIS_URL", cache.to_owned(), Some("geheim")),
        ("JWT_PRIVATE_KEY", irontrack_auth::generate_jwk().expect("a key"), Some("{\"kty\":\"OKP\",\"d\":\"geheim\"}")),
    ]
}

/// What is read from one secret, beside a host that `POSTGRES_PASSWORD` needs.
fn read(settings: &[(&str, &str)]) -> Result<String, String> {
    let host = settings.iter().any(|(name, _)| name.starts_with("POSTGRES")).then_some(("POSTGRES_HOST", "db"));
    let source = Source::of(settings.iter().copied().chain(host));
    let settings = Settings::read(&source, Environment::Development).map_err(|failure| failure.to_string())?;
    let secrets = [settings.database.url, settings.database.direct_url, settings.cache.url, settings.signing_keys];
    secrets.into_iter().flatten().map(|secret| Ok(secret.expose().to_owned())).next().expect("a secret was set")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[test]
fn every_secret_can_be_in_a_file() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let file = folder.path().join("secret");
    for (name, value, _) in secrets() {
        let in_file = format!("{name}_FILE");
        assert!(NAMES.contains(&in_file.as_str()), "{in_file} is no setting");
        fs::write(&file, format!("{value}\n")).expect("a file");
        let expected = read(&[(name, &value)]).expect("the value is right");
        assert_eq!(read(&[(&in_file, path(&file))]), Ok(expected), "{in_file}");
    }
    let with_file = NAMES.iter().filter(|name| name.ends_with("_FILE")).count();
    assert_eq!(with_file, secrets().len(), "a secret is missing in this test");
}

#[test]
fn a_file_that_is_no_secret_is_refused_with_its_setting() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let [missing, blank, large, binary, wrong] =
        ["missing", "blank", "large", "binary", "wrong"].map(|name| folder.path().join(name));
    fs::write(&blank, " \n").expect("a file");
    fs::write(&large, "x".repeat(65_537)).expect("a file");
    fs::write(&binary, [0xff, 0xfe]).expect("a file");
    for (name, value, wrong_value) in secrets() {
        let in_file = format!("{name}_FILE");
        let cases = [
            (&missing, "cannot be read"),
            (&blank, "is empty"),
            (&large, "is larger than 65536 bytes"),
            (&binary, "cannot be read"),
        ];
        for (file, why) in cases {
            let message = read(&[(&in_file, path(file))]).expect_err("the file is wrong");
            assert!(message.starts_with(&in_file) && message.contains(why), "{in_file}: {message}");
        }
        if let Some(wrong_value) = wrong_value {
            fs::write(&wrong, wrong_value).expect("a file");
            let message = read(&[(&in_file, path(&wrong))]).expect_err("the content is wrong");
            assert!(message.starts_with(&format!("{in_file} is wrong")), "{in_file}: {message}");
            assert!(!message.contains("geheim"), "{message}");
            let message = read(&[(name, wrong_value)]).expect_err("the value is wrong");
            assert!(message.starts_with(&format!("{name} is wrong")), "{name}: {message}");
            assert!(!message.contains("geheim"), "{message}");
        }
        let message = read(&[(name, &value), (&in_file, path(&blank))]).expect_err("both are set");
        assert!(message.contains(name) && message.contains(&in_file) && message.contains("both"), "{message}");
    }
}

#[test]
fn the_environment_beats_the_file_for_secrets_too() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    fs::write(folder.path().join("secret"), "postgresql://file@db/gym").expect("a file");
    let shown = |dot_env: &str, environment: (&str, &str)| {
        fs::write(folder.path().join(".env"), dot_env).expect("a file");
        let environment = BTreeMap::from([(environment.0.to_owned(), environment.1.to_owned())]);
        let arguments = ["config", "check", "--for", "dev"];
        let exit = Process::start(&arguments, folder.path(), &environment).wait();
        assert_eq!(exit.status.code(), Some(0), "{}", exit.stderr);
        let line = exit.stdout.lines().find(|line| line.starts_with("DATABASE_URL\t")).expect("a line").to_owned();
        line.split_once('\t').expect("a value").1.to_owned()
    };
    let itself = shown("DATABASE_URL_FILE=secret\n", ("DATABASE_URL", "postgresql://environment@db/gym"));
    assert_eq!(itself, "postgresql://environment@db:5432/gym\tenvironment");
    let in_file = shown("DATABASE_URL=postgresql://dotenv@db/gym\n", ("DATABASE_URL_FILE", "secret"));
    assert_eq!(in_file, "postgresql://file@db:5432/gym\tfile");
    let unset = shown("DATABASE_URL_FILE=secret\n", ("DATABASE_URL", ""));
    assert_eq!(unset, "postgresql://file@db:5432/gym\tfile");
}

#[test]
fn secrets_are_not_printed() {
    let key = irontrack_auth::generate_jwk().expect("a key");
    let source = Source::of([("DATABASE_URL", "postgresql://jo:geheim@db/x"), ("JWT_PRIVATE_KEY", &key)]);
    let settings = Settings::read(&source, Environment::Development).expect("the settings are right");
    let shown = format!("{settings:?} {source:?}");
    assert!(!shown.contains("geheim") && !shown.contains("OKP"), "{shown}");
}

#[test]
fn a_wrong_secret_stops_both_servers_with_one_line() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    for server in ["run", "dev"] {
        for (name, _, wrong) in secrets() {
            let Some(wrong) = wrong else { continue };
            let environment = BTreeMap::from([(name.to_owned(), wrong.to_owned())]);
            let exit = Process::start(&["server", server], folder.path(), &environment).wait();
            assert_eq!(exit.status.code(), Some(2), "server {server}, {name}: {}", exit.stderr);
            assert_one_line(&exit.stderr, &format!("{name} is wrong"));
            assert!(!exit.stderr.contains("geheim"), "{}", exit.stderr);
        }
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "nothing is left behind");
}

#[test]
fn a_broken_line_of_the_file_is_not_repeated() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    fs::write(folder.path().join(".env"), "JWT_PRIVATE_KEY={\"kty\": \"OKP\", \"d\": \"geheim\"}\n").expect("a file");
    let exit = Process::start(&["server", "run"], folder.path(), &BTreeMap::new()).wait();
    assert_eq!(exit.status.code(), Some(2), "{}", exit.stderr);
    assert_one_line(&exit.stderr, ".env");
    assert!(!exit.stderr.contains("geheim"), "{}", exit.stderr);
}
