//! The full topology, of plain processes: proxy, two instances on unix sockets, PgBouncer in transaction mode, PostgreSQL,
//! and Valkey or Redis beside. All configuration is that of `deploy`, rendered for a temporary folder.

mod deployment;
mod nginx;
mod pooler;

use std::{collections::BTreeMap, path::Path, sync::Arc};

pub use nginx::Nginx;
pub use pooler::{PoolMode, Pooler, PoolerOptions};
use tempfile::TempDir;

use super::{App, CacheServer, Process, TestDatabase};

/// How people reach the topology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Front {
    /// Without encryption, which is all that the HTTP client of the tests knows. Everything else is the same.
    Plain,
    /// With TLS, as in production.
    Tls,
}

/// The running topology. Everything ends when it is dropped.
#[derive(Debug)]
pub struct Topology {
    /// The first instance, and how tests talk to all of it: its address is the proxy's.
    pub app: App,
    /// The second instance.
    second: Process,
    /// The proxy.
    pub nginx: Nginx,
    /// The pooler.
    pub pooler: Pooler,
    /// The shared cache.
    pub cache: CacheServer,
    environment: BTreeMap<String, String>,
    folder: TempDir,
}

impl Topology {
    /// Starts all of it on a new database, both instances with these settings.
    #[must_use]
    pub fn start(front: Front, settings: &[(&str, &str)]) -> Self {
        Self::limited(front, settings, &[])
    }

    /// The same, with variables of the proxy's templates. Its limits are out of the way unless they are set here.
    #[must_use]
    pub fn limited(front: Front, settings: &[(&str, &str)], proxy: &[(&str, &str)]) -> Self {
        Self::before(Arc::new(TestDatabase::ready_in_private()), front, settings, proxy)
    }

    /// The same before this database.
    #[must_use]
    pub fn before(
        database: Arc<TestDatabase>,
        front: Front,
        settings: &[(&str, &str)],
        proxy: &[(&str, &str)],
    ) -> Self {
        let folder = deployment::folder("irontrack-topology-");
        let pooler = Pooler::start(&database, PoolerOptions::default());
        let cache = CacheServer::start();
        let origins = settings.iter().find(|(name, _)| *name == "ALLOWED_ORIGINS").map_or("", |(_, origins)| origins);
        let nginx = Nginx::start(front, folder.path(), origins, proxy);
        let mut environment = App::environment(&database);
        let own = [
            ("DATABASE_URL", pooler.url.clone()),
            ("DATABASE_DIRECT_URL", pooler.direct_url.clone()),
            ("CACHE_URL", cache.url()),
            ("PUBLIC_URL", nginx.address(front)),
        ];
        environment.extend(own.map(|(name, value)| (name.to_owned(), value)));
        environment.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let [first, second] = [1, 2].map(|number| instance(number, folder.path(), &environment));
        let app = App::behind(nginx.address(Front::Plain), first, database);
        Self { app, second, nginx, pooler, cache, environment, folder }
    }

    /// Both instances.
    #[must_use]
    pub fn instances(&self) -> [&Process; 2] {
        [&self.app.process, &self.second]
    }

    /// Kills one of the instances; its socket file stays behind.
    pub fn kill(&self, number: usize) {
        self.instances()[number - 1].signal("KILL");
    }

    /// Starts an instance again that was killed.
    pub fn start_again(&mut self, number: usize) {
        let started = instance(number, self.folder.path(), &self.environment);
        drop(std::mem::replace(self.slot(number), started));
    }

    /// Stops an instance as a service manager does, waits for its end, and starts it again.
    pub fn restart(&mut self, number: usize) {
        self.instances()[number - 1].signal("TERM");
        let process = self.instances()[number - 1];
        process.wait_for_log("stopped");
        self.start_again(number);
    }

    fn slot(&mut self, number: usize) -> &mut Process {
        if number == 1 { &mut self.app.process } else { &mut self.second }
    }
}

/// Starts an instance and waits until it serves.
fn instance(number: usize, folder: &Path, environment: &BTreeMap<String, String>) -> Process {
    let socket = folder.join(format!("{number}.sock"));
    let socket = socket.to_str().expect("the path is UTF-8");
    let arguments = ["server", "run", "--uds", socket, "--uds-mode", "666", "--workers", "2"];
    let mut process = Process::start(&arguments, folder, environment);
    process.wait_for_line("Starting server");
    process
}
