//! Databases of tests.

use postgres::{Client, NoTls};
use uuid::Uuid;

use super::{
    cluster::private_url,
    maintenance_url,
    template::{fill, template},
};

/// A database of one test's own.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    /// Its address.
    pub url: String,
    /// Whether its server is the one of the run.
    is_shared: bool,
}

impl TestDatabase {
    /// Migrated, with roles and the system catalogue.
    #[must_use]
    pub fn ready() -> Self {
        Self::from(Some(template()))
    }

    /// The same in the private cluster of the run, also where `TEST_DATABASE_URL` names another server.
    #[must_use]
    pub fn ready_in_private() -> Self {
        match private_url() {
            url if url == maintenance_url() => Self::ready(),
            url => Self::ready_in(url),
        }
    }

    /// Without any table, in the private cluster of the run.
    #[must_use]
    pub fn empty_in_private() -> Self {
        let name = format!("test_{}", Uuid::new_v4().simple());
        create(private_url(), &name, None);
        let url = url(private_url(), &name);
        Self { name, url, is_shared: false }
    }

    /// Without any table.
    #[must_use]
    pub fn empty() -> Self {
        Self::from(None)
    }

    fn from(template: Option<&str>) -> Self {
        let name = format!("test_{}", Uuid::new_v4().simple());
        create(maintenance_url(), &name, template);
        let url = url(maintenance_url(), &name);
        Self { name, url, is_shared: true }
    }

    /// The same in another server than the one of the run.
    pub(super) fn ready_in(maintenance_url: &str) -> Self {
        let name = format!("test_{}", Uuid::new_v4().simple());
        create(maintenance_url, &name, None);
        let url = url(maintenance_url, &name);
        fill(&url);
        Self { name, url, is_shared: false }
    }

    /// Ends all connections and lets nobody connect any more, as if the database server were away.
    pub fn go_away(&self) {
        let mut maintenance = connect(maintenance_url());
        let sql = format!("ALTER DATABASE {} ALLOW_CONNECTIONS false", self.name);
        maintenance.batch_execute(&sql).expect("connections can be forbidden");
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
        maintenance.query(sql, &[&self.name]).expect("connections can be ended");
    }

    /// A connection for looking behind the server's back.
    #[must_use]
    pub fn connect(&self) -> Client {
        connect(&self.url)
    }

    /// Fails if transactions have ever waited for each other in a circle. Ends the connections of all servers: only then
    /// does PostgreSQL count what they have met.
    pub fn assert_no_deadlock(&self) {
        let mut database = self.connect();
        let end = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity \
                   WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        database.query(end, &[]).expect("connections can be ended");
        let count = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        let deadlocks: i64 = database.query_one(count, &[]).expect("deadlocks are counted").get(0);
        assert_eq!(deadlocks, 0, "expected no deadlock");
    }

    /// Lets people in again, or ends all connections and lets nobody in: as if the server were away.
    pub fn allow_connections(&self, are_allowed: bool) {
        let mut maintenance = connect(maintenance_url());
        let sql = format!("ALTER DATABASE {} ALLOW_CONNECTIONS {are_allowed}", self.name);
        maintenance.batch_execute(&sql).expect("connections can be forbidden");
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
        maintenance.query(sql, &[&self.name]).expect("connections can be ended");
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        // A private cluster is thrown away as a whole; a foreign one is left as it was.
        if self.is_shared && std::env::var_os("TEST_DATABASE_URL").is_some() {
            let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
            connect(maintenance_url()).batch_execute(&drop).expect("the test database can be dropped");
        }
    }
}

pub(super) fn connect(url: &str) -> Client {
    Client::connect(url, NoTls).unwrap_or_else(|error| panic!("no connection to a test database: {error}"))
}

pub(super) fn create(maintenance_url: &str, name: &str, template: Option<&str>) {
    let template = template.map(|template| format!(" TEMPLATE {template}")).unwrap_or_default();
    let sql = format!("CREATE DATABASE {name}{template}");
    let mut client = connect(maintenance_url);
    client.batch_execute(&sql).unwrap_or_else(|error| panic!("{sql}: {error:?}"));
}

/// The address of another database of the same server.
pub(super) fn url(maintenance_url: &str, name: &str) -> String {
    let (address, parameters) = match maintenance_url.split_once('?') {
        Some((address, parameters)) => (address, format!("?{parameters}")),
        None => (maintenance_url, String::new()),
    };
    let (server, _) = address.rsplit_once('/').expect("the maintenance address ends with a database");
    format!("{server}/{name}{parameters}")
}
