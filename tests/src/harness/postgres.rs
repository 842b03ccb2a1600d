//! A PostgreSQL of one test's own, to be stopped and frozen: the one of the run serves all other tests.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use irontrack_embedded::{Cluster, ClusterOptions};
use tempfile::TempDir;

use super::{
    TestDatabase,
    database::connect,
    signal::{children, signal},
    until,
};

/// How a server is told to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Ends all sessions and writes everything to the data files.
    Fast,
    /// Ends at once; the next start recovers what was committed.
    Immediate,
    /// Is killed with everything that it has started, as by a loss of power; the next start recovers what was committed.
    Killed,
}

/// A private cluster that survives what is done to it: what was committed is there after the next start.
#[derive(Debug)]
pub struct PrivatePostgres {
    /// Nothing while it is stopped.
    cluster: Option<Cluster>,
    folder: TempDir,
}

impl PrivatePostgres {
    /// Makes a cluster and starts it.
    #[must_use]
    pub fn start() -> Self {
        // As root the server runs as another user, who must be able to enter.
        let open = Permissions::from_mode(0o755);
        let folder = tempfile::Builder::new().prefix("irontrack-postgres-").permissions(open).tempdir();
        let folder = folder.expect("there is a temporary folder");
        Self { cluster: Some(run(&folder)), folder }
    }

    /// A new database with all tables, the roles and the system catalogue.
    #[must_use]
    pub fn database(&self) -> TestDatabase {
        TestDatabase::ready_in(&self.running().url("postgres"))
    }

    /// Moves the tables of a database that nobody uses to a folder, as to another disk. The log stays where it was.
    pub fn move_to(&self, database: &TestDatabase, folder: &Path) {
        // Tables are in a folder of the user as whom the server runs.
        let server = self.socket().metadata().expect("the socket is there");
        chown(folder, Some(server.uid()), Some(server.gid())).expect("the folder can be given away");
        let name: String = database.connect().query_one("SELECT current_database()", &[]).expect("a name").get(0);
        let mut maintenance = connect(&self.running().url("postgres"));
        let place = format!("CREATE TABLESPACE elsewhere LOCATION '{}'", folder.display());
        maintenance.batch_execute(&place).expect("there can be tables elsewhere");
        let moved = format!("ALTER DATABASE {name} SET TABLESPACE elsewhere");
        maintenance.batch_execute(&moved).expect("the tables can be moved");
    }

    /// Moves the log of all writes to a folder, as to another disk, while the server is stopped.
    pub fn move_log_to(&mut self, folder: &Path) {
        let server = self.socket().metadata().expect("the socket is there");
        chown(folder, Some(server.uid()), Some(server.gid())).expect("the folder can be given away");
        let mut maintenance = connect(&self.running().url("postgres"));
        let data: String = maintenance.query_one("SHOW data_directory", &[]).expect("a folder").get(0);
        let log = Path::new(&data).join("pg_wal");
        drop(maintenance);
        self.stop(Stop::Fast);
        let moved = folder.join("pg_wal");
        let copied = Command::new("cp").arg("--archive").args([&log, &moved]).status();
        assert!(copied.is_ok_and(|status| status.success()), "the log is copied to {}", moved.display());
        fs::remove_dir_all(&log).expect("the old log can be removed");
        symlink(&moved, &log).expect("a link can be made");
        self.start_again();
    }

    /// Waits until it has ended by itself.
    pub fn wait_for_end(&mut self) {
        let server = Path::new("/proc").join(self.running().pid().to_string()).join("exe");
        // What has ended and is not fetched yet has no program any more.
        until(Duration::from_secs(60), "PostgreSQL ends by itself", || server.read_link().is_err());
        self.stop(Stop::Fast);
    }

    /// The file of its socket, which stays the same.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.running().socket_dir().join(".s.PGSQL.5432")
    }

    /// Stops it and waits for its end.
    pub fn stop(&mut self, how: Stop) {
        let cluster = self.cluster.take().expect("it runs");
        if how == Stop::Immediate {
            signal("QUIT", &[cluster.pid()]);
        }
        if how == Stop::Killed {
            // First the one that starts others.
            let server = cluster.pid();
            let backends = children(server);
            signal("KILL", &[server]);
            if !backends.is_empty() {
                signal("KILL", &backends);
            }
        }
        cluster.stop().unwrap_or_else(|error| panic!("PostgreSQL does not stop: {error}"));
    }

    /// Starts it again, and returns when it accepts connections.
    pub fn start_again(&mut self) {
        assert!(self.cluster.is_none(), "it runs");
        self.cluster = Some(run(&self.folder));
    }

    /// Holds all its processes: connections stay, new ones are taken by the operating system, and nothing answers.
    pub fn freeze(&self) {
        // First the one that starts others.
        let server = self.running().pid();
        signal("STOP", &[server]);
        signal("STOP", &children(server));
    }

    /// Lets all its processes go on.
    pub fn thaw(&self) {
        let server = self.running().pid();
        signal("CONT", &children(server));
        signal("CONT", &[server]);
    }

    fn running(&self) -> &Cluster {
        self.cluster.as_ref().expect("it runs")
    }
}

fn run(folder: &TempDir) -> Cluster {
    let options = ClusterOptions::new(folder.path());
    Cluster::start(options).unwrap_or_else(|error| panic!("no PostgreSQL for the test: {error}"))
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        if self.cluster.is_some() {
            self.thaw();
        }
    }
}
