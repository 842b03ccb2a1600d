//! A server with a database of its own, and people who use it.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use irontrack_auth::{Argon2Hasher, HasherSettings};
use irontrack_domain::account::{Password, Role};
use irontrack_ports::PasswordHasher;
use serde_json::Value;
use uuid::Uuid;

use super::{Process, TestDatabase, signing_key, unique_email};
use crate::http::{Client, Request, Response};

/// The password of all accounts of the tests.
#[must_use]
pub fn password() -> &'static str {
    "Passw0rd!"
}

/// A running server with its database.
#[derive(Debug)]
pub struct App {
    /// The server.
    pub process: Process,
    /// Its database.
    pub database: Arc<TestDatabase>,
    /// `http://host:port`.
    pub address: String,
    client: Client,
    _folder: Option<tempfile::TempDir>,
}

/// Somebody who is signed in, or nobody.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The account.
    pub user_id: Option<Uuid>,
    /// The session, where the test knows it.
    pub session_id: Option<Uuid>,
    /// Its address.
    pub email: String,
    /// The access token.
    pub access: Option<String>,
    /// The refresh token.
    pub refresh: Option<String>,
}

impl App {
    /// Starts a server on a new database.
    #[must_use]
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// Starts a server on a new database with these settings.
    #[must_use]
    pub fn start_with(settings: &[(&str, &str)]) -> Self {
        Self::start_on(Arc::new(TestDatabase::ready()), settings)
    }

    /// Starts another instance on the same database, with these settings.
    #[must_use]
    pub fn beside(&self, settings: &[(&str, &str)]) -> Self {
        Self::start_on(self.database.clone(), settings)
    }

    /// Starts a server on that database with these settings.
    #[must_use]
    pub fn start_on(database: Arc<TestDatabase>, settings: &[(&str, &str)]) -> Self {
        let mut environment = Self::environment(&database);
        environment.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let folder = tempfile::tempdir().expect("there is a temporary folder");
        let arguments = ["server", "run", "--address", "127.0.0.1", "--port", "0", "--workers", "2"];
        let mut process = Process::start(&arguments, folder.path(), &environment);
        let address = process.wait_until_ready();
        Self { process, database, address, client: Client::new(), _folder: Some(folder) }
    }

    /// A server that is reached at another address than its own.
    pub(super) fn behind(address: String, process: Process, database: Arc<TestDatabase>) -> Self {
        Self { process, database, address, client: Client::new(), _folder: None }
    }

    /// The settings of a test server.
    #[must_use]
    pub fn environment(database: &TestDatabase) -> BTreeMap<String, String> {
        [
            ("APP_ENVIRONMENT", "dev"),
            ("DATABASE_URL", &database.url),
            ("JWT_PRIVATE_KEY", &signing_key()),
            ("COOKIE_SECURE", "false"),
            ("LOG_LEVEL", "info"),
            // Tests sign in more often than people; rate_limits turns it on.
            ("RATE_LIMIT_ENABLED", "false"),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
    }

    /// Sends a request as it is.
    pub fn send(&self, request: &Request) -> Response {
        self.client.send(&self.address, request).unwrap_or_else(|error| {
            let error: String = error.to_string().chars().take(500).collect();
            panic!("{error}\n{}", self.process.log())
        })
    }

    /// Sends a request with the cookies of somebody.
    pub fn send_as(&self, who: &Session, request: Request) -> Response {
        self.send(&who.asks(request))
    }

    /// Reads as somebody.
    pub fn get(&self, who: &Session, path: &str) -> Response {
        self.send_as(who, Request::new("GET", path))
    }

    /// Writes an account of that role straight into the database, and signs in.
    #[must_use]
    pub fn sign_in_new(&self, role: Role) -> Session {
        let email = unique_email();
        let id = self.insert_account(&email, role, true);
        Session { user_id: Some(id), ..self.sign_in(&email, password()) }
    }

    /// Writes an account straight into the database; its password is [`password`].
    pub fn insert_account(&self, email: &str, role: Role, is_active: bool) -> Uuid {
        insert_account(&self.database, email, None, role, is_active, &hash())
    }

    /// Signs in, which must succeed.
    pub fn sign_in(&self, email: &str, password: &str) -> Session {
        let response = self.send(&sign_in(email, password));
        assert_eq!(response.status, 204, "expected to sign in as {email}: {}", response.text());
        Session { user_id: None, email: email.to_owned(), ..Session::of(&response) }
    }
}

impl Session {
    /// Nobody.
    #[must_use]
    pub fn anonymous() -> Self {
        Self::default()
    }

    /// Whoever these cookies belong to.
    #[must_use]
    pub fn of(response: &Response) -> Self {
        let cookies = response.set_cookies();
        let value = |name: &str| cookies.iter().find(|cookie| cookie.name == name).map(|cookie| cookie.value.clone());
        Self { access: value("access_token"), refresh: value("refresh_token"), ..Self::default() }
    }

    /// The request with the cookies of this session.
    #[must_use]
    pub fn asks(&self, mut request: Request) -> Request {
        for (name, token) in [("access_token", &self.access), ("refresh_token", &self.refresh)] {
            if let Some(token) = token {
                request = request.cookie(name, token);
            }
        }
        request
    }
}

/// The request that signs in.
#[must_use]
pub fn sign_in(email: &str, password: &str) -> Request {
    let pairs = [("username", email), ("password", password)];
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Request::new("POST", "/api/v1/access/signin").form(&pairs)
}

/// Writes an account straight into a database.
pub(super) fn insert_account(
    database: &TestDatabase,
    email: &str,
    name: Option<&str>,
    role: Role,
    is_active: bool,
    hash: &str,
) -> Uuid {
    let id = Uuid::now_v7();
    let sql = "INSERT INTO user_account (id, name, email, password, is_active, is_superuser, role_id) \
               SELECT $1, $2, $3, $4, $5, $6, id FROM role WHERE slug = $7";
    let is_superuser = role.is_superuser();
    let rows = database
        .connect()
        .execute(sql, &[&id, &name, &email, &hash, &is_active, &is_superuser, &role.slug()])
        .expect("the account can be inserted");
    assert_eq!(rows, 1, "the role {} exists", role.slug());
    id
}

/// The hash of [`password`].
pub(super) fn hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| hash_of(password())).clone()
}

/// The hash of a password.
pub(super) fn hash_of(password: &str) -> String {
    let password = Password::presented(password).expect("the password can be hashed");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("there is a runtime");
    let hasher = Argon2Hasher::new(HasherSettings { permits: 1, queue_limit: 1 }).expect("hashing works");
    runtime.block_on(hasher.hash(password)).expect("the password is hashed").as_str().to_owned()
}

/// The body of an answer.
#[must_use]
pub fn body(response: &Response) -> Value {
    response.json().unwrap_or_else(|error| panic!("expected JSON ({error}): {}", response.text()))
}
