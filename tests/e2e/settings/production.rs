//! What `server run` refuses in production, although its form is right.

use std::{collections::BTreeMap, fs};

use irontrack_tests::harness::{Exit, Process};
use tempfile::TempDir;

use crate::server_dev::assert_one_line;

/// A production server whose settings are right, and whose database is away.
struct Server {
    folder: TempDir,
    environment: BTreeMap<String, String>,
}

impl Server {
    fn new() -> Self {
        let environment = [
            ("DATABASE_URL", "postgresql://jo:Xae3eeth@127.0.0.1:1/gym".to_owned()),
            ("JWT_PRIVATE_KEY", irontrack_auth::generate_jwk().expect("a key")),
            ("COOKIE_SECURE", "true".to_owned()),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value));
        Self { folder: tempfile::tempdir().expect("there is a temporary folder"), environment: environment.into() }
    }

    /// The same with other settings; an empty one is not set.
    fn run(&self, settings: &[(&str, &str)]) -> Exit {
        let mut environment = self.environment.clone();
        environment.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0"];
        Process::start(&arguments, self.folder.path(), &environment).wait()
    }

    fn refuses(&self, settings: &[(&str, &str)], why: &[&str]) {
        let exit = self.run(settings);
        assert_eq!(exit.status.code(), Some(2), "{settings:?}: {}", exit.stderr);
        for text in why {
            assert_one_line(&exit.stderr, text);
        }
        // What is no production may be as careless as it likes.
        self.accepts(&[settings, &[("APP_ENVIRONMENT", "dev")]].concat());
    }

    /// The settings are right: it gets as far as the database, which is away.
    fn accepts(&self, settings: &[(&str, &str)]) {
        let exit = self.run(settings);
        assert_eq!(exit.status.code(), Some(1), "{settings:?}: {}", exit.stderr);
        assert_one_line(&exit.stderr, "cannot be reached");
    }
}

#[test]
fn default_passwords_are_refused_wherever_they_stand() {
    let server = Server::new();
    let refused = "default password";
    for (name, url) in [
        ("DATABASE_URL", "postgresql://jo:postgres@127.0.0.1:1/gym"),
        ("DATABASE_URL", "postgresql://jo:Change%2DMe@127.0.0.1:1/gym"),
        ("DATABASE_URL", "postgresql://jo@127.0.0.1:1/gym?password=PASSWORD"),
        ("DATABASE_URL", "postgresql+asyncpg://gym:secret@127.0.0.1:1/gym"),
        ("DATABASE_URL", "postgresql://gym_user:gym_user@127.0.0.1:1/gym"),
        ("DATABASE_DIRECT_URL", "postgresql://jo:irontrack@127.0.0.1:1/gym"),
        ("CACHE_URL", "redis://:password@127.0.0.1:1/0"),
        ("CACHE_URL", "redis://valkey:valkey@127.0.0.1:1/0"),
        ("CACHE_URL", "unix:///nowhere/valkey.sock?pass=foobared"),
        ("REDIS_URL", "redis://:redis@127.0.0.1:1/0"),
    ] {
        server.refuses(&[(name, url)], &[name, refused]);
    }
    let file = server.folder.path().join("url");
    fs::write(&file, "postgresql://jo:changeme@127.0.0.1:1/gym").expect("a file");
    let in_file = [("DATABASE_URL", ""), ("DATABASE_URL_FILE", file.to_str().expect("a path"))];
    server.refuses(&in_file, &["DATABASE_URL_FILE", refused]);

    let parts = |password| {
        let host = ("POSTGRES_HOST", "127.0.0.1");
        [("DATABASE_URL", ""), host, ("POSTGRES_PORT", "1"), ("POSTGRES_USER", "jo"), ("POSTGRES_PASSWORD", password)]
    };
    server.refuses(&parts("postgres"), &["POSTGRES_PASSWORD", refused]);
    server.refuses(&parts("jo"), &["POSTGRES_PASSWORD", refused]);
    server.accepts(&parts("Xae3eeth"));
}

#[test]
fn real_passwords_and_none_at_all_are_accepted() {
    let server = Server::new();
    for settings in [
        &[][..],
        // A socket asks the system who connects.
        &[("DATABASE_URL", "postgresql://jo@%2Fnowhere/gym")],
        &[("DATABASE_DIRECT_URL", "postgresql://jo:passwordless-Xae3eeth@127.0.0.1:1/gym")],
        &[("CACHE_URL", "redis://127.0.0.1:1/0")],
        &[("CACHE_URL", "redis://:Xae3eeth@127.0.0.1:1/0")],
    ] {
        server.accepts(settings);
    }
}

/// The five keys of RFC 8032, section 7.1 (the first is also the one of RFC 8037), and the one that is made of zeros.
const PUBLISHED: [(&str, &str); 6] = [
    ("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"),
    ("PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw", "TM0Imyj_ltqdtsNG7BFOD1uKMZ81q6Yk2oz27U-4pvs"),
    ("_FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU", "xaqN9D-fg3vtt0QvMdy3sWbThTUHbwlLhc46LgtEWPc"),
    ("J4EX_BRMcjQPZ9DyMW6Dhs7_vyskKMnFH-98WX8dQm4", "9eV2fPFTMZUXYw8iaHa4bIFgzFg7wBN0TGvyVfXMDuU"),
    ("7Bcrk61eVjv0kyxw4SRQNMNUZ-8u_U1k6_gZaDRn4r8", "gz_mJAkje51i7HdYdSCRHpp1nOwdGXVbfakBuW3KPUI"),
    ("O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
];

#[test]
fn published_keys_are_refused_even_if_they_only_verify() {
    let server = Server::new();
    let samples =
        PUBLISHED.map(|(x, d)| format!("{{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"{x}\",\"d\":\"{d}\"}}"));
    for sample in samples.iter().chain([&irontrack_tests::harness::signing_key()]) {
        server.refuses(&[("JWT_PRIVATE_KEY", sample)], &["JWT_PRIVATE_KEY", "published"]);
    }
    let set = format!("{{\"keys\":[{},{}]}}", irontrack_auth::generate_jwk().expect("a key"), samples[0]);
    server.refuses(&[("JWT_PRIVATE_KEY", &set)], &["JWT_PRIVATE_KEY", "published"]);
    let file = server.folder.path().join("keys.json");
    fs::write(&file, set).expect("a file");
    let in_file = [("JWT_PRIVATE_KEY", ""), ("JWT_PRIVATE_KEY_FILE", file.to_str().expect("a path"))];
    server.refuses(&in_file, &["JWT_PRIVATE_KEY_FILE", "published"]);
}

#[test]
fn insecure_cookies_are_refused() {
    let server = Server::new();
    server.refuses(&[("COOKIE_SECURE", "false")], &["COOKIE_SECURE"]);
    server.refuses(&[("COOKIE_SECURE", "")], &["COOKIE_SECURE"]);
}
